"""Table 3: every row by kind, every column by code, and all of it against tables 1 and 2."""

from budget.checks.compare import equal
from budget.checks.rule import rule
from budget.checks.rules.cells import CLASSES, KINDS, T1, T2, T3, all_codes, spending, tree


@rule("I09")
def spending_rows_add_up(view):
    """表3 每一行：合计等于基本支出、项目支出等各项之和"""
    for row in view.rows(T3):
        yield equal(view, (T3, row, "total"), [(T3, row, kind) for kind in KINDS])


@rule("I10")
def spending_tree_adds_up(view):
    """表3 每一栏：类等于款之和，款等于项之和，合计等于类之和"""
    for total, parts in tree(view, T3):
        yield equal(view, total, parts)


@rule("I11")
def spending_agrees_with_totals(view):
    """表3 合计等于表1 本年支出合计"""
    total = view.first(spending("spending_this_year"), spending("spending_total"))
    kept = [spending("kept")] if total[1] == "spending_total" else []
    yield equal(view, total, [(T3, "total", "total"), *kept])


@rule("I12")
def classes_and_codes_agree(view):
    """表3 各类支出与表1 相同；没有年终结转结余时，表2 与表3 每个科目的合计相同"""
    if not (view.has(T3) and view.has(T1)):
        return
    for code in CLASSES:
        if view.amount(*spending(code)) or view.amount(T3, code, "total"):
            yield equal(view, spending(code), [(T3, code, "total")])
    if view.has(T2) and not view.amount(*spending("kept")):
        for code in all_codes(view, T2, T3):
            yield equal(view, (T2, code, "total"), [(T3, code, "total")])


RULES = (spending_rows_add_up, spending_tree_adds_up, spending_agrees_with_totals, classes_and_codes_agree)
