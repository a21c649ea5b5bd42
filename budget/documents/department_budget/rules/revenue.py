"""Table 2: every row by source, every column by code, and all of it against table 1."""

from collections.abc import Iterator

from budget.cell import Cell
from budget.checks.compare import Compared, equal
from budget.checks.view import View
from budget.declare.rule import rule
from budget.documents.department_budget.rules.vocabulary import OWN_SOURCES, SOURCES, TREASURY, income, tree
from budget.documents.department_budget.tables.t2 import T2

FISCAL_COLUMN, *OTHER_COLUMNS = SOURCES


def _sources(view: View, row: str) -> list[Cell]:
    """This year's income of a row by source, the treasury's in one column or by fund, as the table prints it."""
    columns = view.columns(T2)
    treasury = [FISCAL_COLUMN] if FISCAL_COLUMN in columns else [c for c in TREASURY if c in columns]
    return [T2.cell(row, column) for column in (*treasury, *OTHER_COLUMNS)]


@rule("I05")
def revenue_rows_add_up(view: View) -> Iterator[Compared]:
    """表2 每一行：合计等于小计加上年结转，小计等于各项来源之和"""
    for row in view.rows(T2):
        carried = T2.cell(row, "carried_over")
        if "this_year" in view.columns(T2):
            yield equal(view, T2.cell(row, "this_year"), _sources(view, row))
            yield equal(view, T2.cell(row), [T2.cell(row, "this_year"), carried])
        else:
            yield equal(view, T2.cell(row), [*_sources(view, row), carried])


@rule("I06")
def revenue_tree_adds_up(view: View) -> Iterator[Compared]:
    """表2 每一栏：类等于款之和，款等于项之和，合计等于类之和"""
    for total, parts in tree(view, T2):
        yield equal(view, total, parts)


@rule("I07")
def revenue_agrees_with_totals(view: View) -> Iterator[Compared]:
    """表2 合计、小计、上年结转与表1 收入总计、本年收入合计、上年结转结余相同"""
    yield equal(view, T2.cell("total"), [income("income_total")])
    for column, row in (("this_year", "income_this_year"), ("carried_over", "carried_over")):
        if column in view.columns(T2) and view.figure(income(row)):
            yield equal(view, T2.cell("total", column), [income(row)])


@rule("I08")
def sources_agree_with_totals(view: View) -> Iterator[Compared]:
    """表2 各项来源与表1 的财政拨款、财政专户管理资金、单位资金相同"""
    yield from _treasury_agrees(view)
    if "special_account" in view.columns(T2) and view.figure(income("special_account")):
        yield equal(view, T2.cell("total", "special_account"), [income("special_account")])
    if view.figure(income("own_funds")):
        yield equal(view, income("own_funds"), [T2.cell("total", column) for column in OWN_SOURCES])
    else:
        for source in OWN_SOURCES:
            yield from _source_agrees(view, source)


def _source_agrees(view: View, source: str) -> Iterator[Compared]:
    """One of the sources that table 1 may print by themselves, instead of 单位资金."""
    if view.figure(T2.cell("total", source)) and view.figure(income(source)):
        yield equal(view, T2.cell("total", source), [income(source)])


def _treasury_agrees(view: View) -> Iterator[Compared]:
    """The treasury's money stands in one figure or by fund, in either table; by fund in both, T2 compares each."""
    fiscal, *_ = _sources(view, "total")
    treasury = [income(row) for row in TREASURY]
    if not view.figure(treasury[0]):
        yield equal(view, fiscal, [income("fiscal")])
    elif fiscal.column == FISCAL_COLUMN:
        yield equal(view, fiscal, treasury)
