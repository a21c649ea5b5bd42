"""Table 1: what comes in is what goes out, and both are the sums of their parts."""

from collections.abc import Iterator

from budget.checks.compare import Compared, equal
from budget.checks.view import View
from budget.declare.rule import rule
from budget.documents.department_budget.rules.vocabulary import CLASSES, income, printed_income_items, spending
from budget.documents.department_budget.tables.t1 import T1


@rule("I01")
def income_equals_spending(view: View) -> Iterator[Compared]:
    """表1 收入总计等于支出总计"""
    yield equal(view, income("income_total"), [spending("spending_total")])


@rule("I02")
def income_adds_up(view: View) -> Iterator[Compared]:
    """表1 本年收入合计等于各项收入之和"""
    yield equal(view, income("income_this_year"), printed_income_items(view))


@rule("I03")
def spending_adds_up(view: View) -> Iterator[Compared]:
    """表1 本年支出合计等于各类支出之和"""
    total = view.first(spending("spending_this_year"), spending("spending_total"))
    kept = [spending("kept")] if total.row == "spending_total" else []
    yield equal(view, total, [*map(spending, CLASSES), *kept])


@rule("I04")
def totals_add_up(view: View) -> Iterator[Compared]:
    """表1 收入总计等于本年收入合计加上年结转结余，支出总计等于本年支出合计加年终结转结余"""
    if not view.has(T1):
        return
    if view.figure(income("income_this_year")):
        yield equal(view, income("income_total"), [income("income_this_year"), income("carried_over")])
    else:
        yield equal(view, income("income_total"), [*printed_income_items(view), income("carried_over")])
    if view.figure(spending("spending_this_year")):
        yield equal(view, spending("spending_total"), [spending("spending_this_year"), spending("kept")])
