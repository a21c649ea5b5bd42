"""Table 2: every row by source, every column by code, and all of it against table 1."""

from budget.checks.compare import equal
from budget.checks.rule import rule
from budget.checks.rules.cells import SOURCES, T2, TREASURY, income, tree


def _sources(view, row):
    columns = view.columns(T2)
    treasury = ["fiscal"] if "fiscal" in columns else [c for c in TREASURY if c in columns]
    return [(T2, row, column) for column in (*treasury, *SOURCES[1:])]


@rule("I05")
def revenue_rows_add_up(view):
    """表2 每一行：合计等于小计加上年结转，小计等于各项来源之和"""
    for row in view.rows(T2):
        carried = (T2, row, "carried_over")
        if "this_year" in view.columns(T2):
            yield equal(view, (T2, row, "this_year"), _sources(view, row))
            yield equal(view, (T2, row, "total"), [(T2, row, "this_year"), carried])
        else:
            yield equal(view, (T2, row, "total"), [*_sources(view, row), carried])


@rule("I06")
def revenue_tree_adds_up(view):
    """表2 每一栏：类等于款之和，款等于项之和，合计等于类之和"""
    for total, parts in tree(view, T2):
        yield equal(view, total, parts)


@rule("I07")
def revenue_agrees_with_totals(view):
    """表2 合计、小计、上年结转与表1 收入总计、本年收入合计、上年结转结余相同"""
    yield equal(view, (T2, "total", "total"), [income("income_total")])
    for column, row in (("this_year", "income_this_year"), ("carried_over", "carried_over")):
        if column in view.columns(T2) and view.figure(income(row)):
            yield equal(view, (T2, "total", column), [income(row)])


@rule("I08")
def sources_agree_with_totals(view):
    """表2 各项来源与表1 的财政拨款、财政专户管理资金、单位资金相同"""
    fiscal, *others = _sources(view, "total")
    treasury = [income(row) for row in TREASURY]
    if view.figure(treasury[0]):
        if fiscal[2] == "fiscal":
            yield equal(view, fiscal, treasury)
    else:
        yield equal(view, fiscal, [income("fiscal")])
    if view.figure(income("special_account")) and "special_account" in view.columns(T2):
        yield equal(view, (T2, "total", "special_account"), [income("special_account")])
    own = [(T2, "total", column) for column in SOURCES[2:]]
    if view.figure(income("own_funds")):
        yield equal(view, income("own_funds"), own)
    else:
        for cell in own:
            if view.figure(cell) and view.figure(income(cell[2])):
                yield equal(view, cell, [income(cell[2])])


RULES = (revenue_rows_add_up, revenue_tree_adds_up, revenue_agrees_with_totals, sources_agree_with_totals)
