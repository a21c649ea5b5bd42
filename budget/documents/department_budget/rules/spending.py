"""Table 3: every row by kind, every column by code, and all of it against tables 1 and 2."""

from collections.abc import Iterator

from budget.checks.compare import Compared, equal, equal_if_any
from budget.checks.view import View
from budget.declare.rule import rule
from budget.documents.department_budget.rules.vocabulary import CLASSES, KINDS, all_codes, spending, tree
from budget.documents.department_budget.tables.t1 import T1
from budget.documents.department_budget.tables.t2 import T2
from budget.documents.department_budget.tables.t3 import T3


@rule("I09")
def spending_rows_add_up(view: View) -> Iterator[Compared]:
    """表3 每一行：合计等于基本支出、项目支出等各项之和"""
    for row in view.rows(T3):
        yield equal(view, T3.cell(row), [T3.cell(row, kind) for kind in KINDS])


@rule("I10")
def spending_tree_adds_up(view: View) -> Iterator[Compared]:
    """表3 每一栏：类等于款之和，款等于项之和，合计等于类之和"""
    for total, parts in tree(view, T3):
        yield equal(view, total, parts)


@rule("I11")
def spending_agrees_with_totals(view: View) -> Iterator[Compared]:
    """表3 合计等于表1 本年支出合计"""
    total = view.first(spending("spending_this_year"), spending("spending_total"))
    kept = [spending("kept")] if total.row == "spending_total" else []
    yield equal(view, total, [T3.cell("total"), *kept])


@rule("I12")
def classes_and_codes_agree(view: View) -> Iterator[Compared]:
    """表3 各类支出与表1 相同；没有年终结转结余时，表2 与表3 每个科目的合计相同"""
    if view.has(T3) and view.has(T1):
        for code in CLASSES:
            yield from equal_if_any(view, spending(code), T3.cell(code))
        yield from _codes_agree(view)


def _codes_agree(view: View) -> Iterator[Compared]:
    """Money kept for next year is received under a code but not spent, and nothing prints which."""
    if view.has(T2) and not view.amount(spending("kept")):
        for code in all_codes(view, T2, T3):
            yield equal(view, T2.cell(code), [T3.cell(code)])
