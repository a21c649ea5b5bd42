"""From a small ledger to the nine tables: every figure is a sum of lines."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget.documents.department_budget.tables import T1, T2, T3, T4, T5, T7, T8, TABLES
from budget.documents.department_budget.tables.classes import CLASS_ROWS
from budget.figures.fill import fill
from tests.budget.conftest import ledger

LEDGER = """
income       general_public_budget  2010301            120.00
income       general_public_budget  2010301  carried    20.00
income       government_fund        2120801             30.00
income       business               2010350              5.00
spending     general_public_budget  2010301  basic      90.00
spending     general_public_budget  2010301  project    48.00
spending     government_fund        2120801  project    30.00
spending     non_fiscal             2010350  basic       5.00
economic     general_public_budget  30101    staff      70.00
economic     general_public_budget  30201    running    20.00
three_public general_public_budget  vehicle_running      2.00
kept         general_public_budget                       2.00
"""


def figures(table, lines):
    """{row and column: amount in 万元} of the filled cells."""
    found = fill(table, lines).figures()
    return {cell[1:]: amount / 10000 for cell, (amount, _) in found.items() if amount is not None}


def test_table_1_adds_up_both_sides():
    t1 = figures(T1, ledger(LEDGER))
    assert t1["general_public_budget", "income"] == 120
    assert t1["own_funds", "income"] == 5
    assert t1["income_this_year", "income"] == 155
    assert t1["carried_over", "income"] == 20
    assert t1["income_total", "income"] == t1["spending_total", "spending"] == 175
    assert t1["201", "spending"] == 143
    assert t1["kept", "spending"] == 2


def test_table_2_subtotals_by_class_section_and_item():
    t2 = figures(T2, ledger(LEDGER))
    assert t2["total", "total"] == 175
    assert t2["201", "total"] == t2["20103", "total"] == 145
    assert t2["2010301", "fiscal"] == 120
    assert t2["2010301", "carried_over"] == 20
    assert t2["2010350", "business"] == 5


def test_table_4_holds_treasury_money_only():
    t4 = figures(T4, ledger(LEDGER))
    assert t4["income_total", "income"] == t4["spending_total", "total"] == 170
    assert t4["212", "government_fund"] == 30
    assert ("2010350", "total") not in t4


def test_tables_5_7_8_hold_one_fund_each():
    lines = ledger(LEDGER)
    assert figures(T5, lines)["total", "total"] == 138
    assert figures(T7, lines)["total", "project"] == 30
    assert fill(T8, lines).is_empty


def test_blank_is_not_zero():
    t5 = fill(T5, ledger("spending general_public_budget 2010301 basic 0.00"))
    (amount, _), (blank, _) = (t5.figures()[T5.cell("2010301", kind)] for kind in ("basic", "project"))
    assert amount == Decimal(0) and blank is None


def test_the_31_classes_are_numbered_as_printed():
    assert len(CLASS_ROWS) == 31
    assert [CLASS_ROWS[i].label for i in (0, 9, 19, 30)] == [
        "一、一般公共服务支出",
        "十、卫生健康支出",
        "二十、住房保障支出",
        "三十一、人行科目",
    ]


amounts = st.decimals(0, 10**6, places=2)
codes = st.sampled_from(["2010301", "2010350", "2080505", "2130705"])
kinds = st.sampled_from(["basic", "project"])


@given(st.dictionaries(st.tuples(codes, kinds), amounts, min_size=1))
def test_every_parent_is_the_sum_of_its_children(amounts):
    lines = ledger("\n".join(f"spending general_public_budget {c} {k} {a / 10000}" for (c, k), a in amounts.items()))
    found = {cell[1:]: amount or 0 for cell, (amount, _) in fill(T3, lines).figures().items()}
    classes = [row for row, column in found if len(row) == 3 and column == "total"]
    assert found["total", "total"] == sum(amounts.values()) == sum(found[c, "total"] for c in classes)
    assert all(found[r, "total"] == found[r, "basic"] + found[r, "project"] for r, _ in found)


def test_every_table_can_be_filled_from_nothing():
    assert all(fill(table, []).is_empty for table in TABLES)
