"""The laws of entry: what is typed is what is printed, what is left alone stays, in either unit, for any document."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget import codes, money
from budget.cell import Cell
from budget.declare.tables import FEEDS, CodeTree, Column, Side, Table, passing, where
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.documents.department_budget.tables import T1, T2, T3, T4, T5, TABLES
from budget.entry.tables.codes import Codes, tree_of
from budget.entry.tables.divided import Asked, Said
from budget.entry.tables.doubts import Scale, doubt, plainly
from budget.entry.tables.feeds import choices, feed_of, feeds, is_fed
from budget.entry.tables.grid import NOT_DIVIDED, LastYear, grid
from budget.entry.tables.typed import Typed, enter
from budget.figures.facets import FISCAL, SHAPES, Book, Fund, Kind
from budget.figures.fill import fill
from budget.money import WAN, YUAN
from tests.budget.conftest import ledger, read_original
from tests.budget.small import LINES

FILES = ("liujiaying-2024.docx", "liujiaying-2024.xlsx", "liujiaying-2024.xls", "wanli-2023.xlsx")
NAMES = codes.shipped_names(2024)
UNITS = st.sampled_from([WAN, YUAN])


def entries(name):
    return read_original(name).entries


def lines_of(name):
    return ledger(LINES) if name == "small" else entries(name).lines


def texts(made, unit):
    """Every typed cell with what stands in it."""
    return {cell: "" if one.amount is None else plainly(one.amount, unit) for cell, one in made.typed.items()}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
@pytest.mark.parametrize("unit", [WAN, YUAN])
@pytest.mark.parametrize("name", ["small", *FILES])
def test_what_is_posted_as_it_stands_changes_nothing(name, unit, table):
    lines = lines_of(name)
    made = grid(DEPARTMENT_BUDGET, table, lines, NAMES)
    found = enter(made, Typed(unit, texts(made, unit)))
    assert found.is_settled and not found.changed and found.lines == list(lines)


@st.composite
def edits(draw):
    """A budget, one of its tables, a unit, and amounts for some of its typed cells; None blanks one."""
    name, unit = draw(st.sampled_from(["small", *FILES])), draw(UNITS)
    table = draw(st.sampled_from([table for table in TABLES if feeds(table, TABLES)]))
    made = grid(DEPARTMENT_BUDGET, table, lines_of(name), NAMES)
    cents = st.one_of(st.none(), st.integers(0, 10**10).map(lambda n: Decimal(n) / 100))
    cells = draw(st.lists(st.sampled_from(sorted(made.typed)), unique=True, max_size=6)) if made.typed else []
    return made, unit, {cell: draw(cents) for cell in cells}


def everything_said(made, unit, amounts):
    """The form of somebody who means every amount, and says whose it is by giving all of it to the first."""
    typed = {cell: "" if amount is None else plainly(amount, unit) for cell, amount in amounts.items()}
    said = {cell: Said("0", {}) for cell in amounts if len(made.typed[cell].own) > 1}
    return Typed(unit, typed, frozenset(amounts.items()), said)


@settings(deadline=None, max_examples=150)
@given(edits())
def test_a_filled_table_prints_exactly_what_was_typed(edit):
    made, unit, amounts = edit
    found = enter(made, everything_said(made, unit, amounts))
    printed = fill(made.table, found.lines).figures()
    for cell, amount in found.changed.items():
        assert printed.get(cell, (None, 0))[0] == amount == amounts[cell]
    assert set(found.wrong) <= set(amounts) and not found.doubts and not found.asked


@settings(deadline=None, max_examples=60)
@given(edits())
def test_what_is_not_typed_stays(edit):
    made, unit, amounts = edit
    found = enter(made, everything_said(made, unit, amounts))
    touched = {line.facets for cell in amounts for line in passing(found.lines, made.table.filter_of(cell))}
    touched |= {line.facets for cell in amounts for line in passing(made.lines, made.table.filter_of(cell))}
    assert {line for line in found.lines if line.facets not in touched} == {
        line for line in made.lines if line.facets not in touched
    }


@settings(deadline=None, max_examples=60)
@given(edits())
def test_every_line_that_comes_out_is_one_that_the_database_takes(edit):
    made, unit, amounts = edit
    for line in enter(made, everything_said(made, unit, amounts)).lines:
        filter_ = {facet: (value,) for facet, value in line.facets._asdict().items()}
        assert choices(filter_) == (line.facets,)


@settings(deadline=None, max_examples=60)
@given(edits())
def test_typing_it_all_again_changes_nothing_more(edit):
    made, unit, amounts = edit
    once = enter(made, everything_said(made, unit, amounts))
    again = grid(DEPARTMENT_BUDGET, made.table, once.lines, NAMES, added={row.key for row in made.rows()} - {"total"})
    assert enter(again, Typed(unit, texts(again, unit))).lines == once.lines


@given(st.decimals(min_value=0, max_value=10**10, places=2), UNITS)
def test_an_amount_stands_in_its_input_exactly(amount, unit):
    assert money.read(plainly(amount, unit), unit) == amount


def test_what_is_typed_follows_from_the_declarations():
    """Each shape of line that a budget may have is typed in exactly one table, but for those that name a project."""
    own = [one for table in TABLES for feed in feeds(table, TABLES).values() for one in feed.own]
    kinds = {(one.book, one.fund, one.kind, one.item, one.carried_over) for one in own}
    assert len(own) == len(kinds) == len(set(own))
    every = {
        (book, fund, kind, item, carried)
        for shape in SHAPES
        if shape.project == ("",)
        for book, fund, kind, item, carried in _combined(shape)
    }
    assert kinds == every


def _combined(shape):
    kinds = [k for k in Kind if k not in (*shape.kind, "")] if type(shape.kind).__name__ == "AnyBut" else shape.kind
    return (
        (str(shape.book), str(fund), str(kind), str(item), carried)
        for fund in shape.fund
        for kind in kinds
        for item in shape.item
        for carried in shape.carried_over
    )


BY_PROJECT = Table(
    number=11, title="部门预算项目支出表", sheet="项目支出表", role=FEEDS,
    where=where(book=Book.SPENDING, kind=Kind.PROJECT),
    sides=(Side(labels=(("编码",), ("名称",)), rows=CodeTree("function", within="project"), columns=(
        Column("total", ("合计",)),
        *(Column(str(fund), (fund.label,), where(fund=fund)) for fund in (*FISCAL, Fund.NON_FISCAL)))),),
)  # fmt: skip


def test_a_table_by_project_declared_on_the_spot_is_typed_into():
    document = replace(DEPARTMENT_BUDGET, tables=(*TABLES, BY_PROJECT))
    (line, *others) = ledger("spending general_public_budget project 2130705 5.00")
    lines = [line, *others, line._replace(project="P01", amount=Decimal(20_000))]
    made = grid(document, BY_PROJECT, lines, NAMES)
    cell = Cell("t11", "P01.2130705", "general_public_budget")
    assert [one.project for one in feed_of(document.tables, BY_PROJECT, cell)] == ["P01"]
    found = enter(made, Typed(WAN, {cell: "3"}))
    assert [(one.project, one.amount) for one in found.lines] == [("", 50_000), ("P01", 30_000)]
    whole = grid(document, T5, lines, NAMES)
    found = enter(whole, Typed(WAN, {T5.cell("2130705", "project"): "9", T5.cell("2130705", "basic"): ""}))
    assert [(one.project, one.amount) for one in found.lines] == [("", 70_000), ("P01", 20_000)]
    assert (
        "别的表" in enter(whole, Typed(WAN, {T5.cell("2130705", "project"): "1"})).wrong[T5.cell("2130705", "project")]
    )


def test_a_code_that_somebody_refines_keeps_what_stands_on_it():
    lines = ledger("spending general_public_budget basic 201 5.00")
    made = grid(DEPARTMENT_BUDGET, T5, lines, NAMES, added=["2010301"])
    assert [row.labels[-1] for row in made.rows() if row.is_rest] == [NOT_DIVIDED]
    found = enter(made, Typed(WAN, {T5.cell("201", "basic"): "", T5.cell("2010301", "basic"): "5"}))
    assert [(line.function, line.amount) for line in found.lines] == [("2010301", 50_000)]


def test_last_years_rows_are_there_and_blank():
    made = grid(DEPARTMENT_BUDGET, T5, [], NAMES, LastYear(tuple(ledger(LINES)), 2023))
    square = made.typed[T5.cell("2010301", "basic")]
    assert (square.amount, square.last_year) == (None, 1_000_000)


ASKED = """
income general_public_budget 2010302 20.00
spending general_public_budget project 2010302 40.00
spending non_fiscal basic 2010350 10.00
spending government_fund project 2120803 30.00
spending general_public_budget project 2120803 30.00
"""


@pytest.mark.parametrize(
    ("row", "column", "text", "fund"),
    [
        ("2010302", "carried_over", "20", "general_public_budget"),  # spends 20 more than it receives
        ("2010302", "carried_over", "21", None),
        ("2010350", "carried_over", "10", "non_fiscal"),
        ("2120803", "fiscal", "30", None),  # two spend
        ("2080501", "fiscal", "1", "general_public_budget"),  # nobody spends yet: assumed, and said
        ("2120803", "carried_over", "30", None),
        ("2080501", "carried_over", "1", None),  # nobody spends
    ],
)
def test_whose_the_money_is_is_asked_where_nothing_says_it(row, column, text, fund):
    made = grid(DEPARTMENT_BUDGET, T2, ledger(ASKED), NAMES, added=["2010302", "2010350", "2120803", "2080501"])
    cell = T2.cell(row, column)
    found = enter(made, Typed(WAN, {cell: text}))
    if fund is None:
        assert isinstance(found.asked[cell], Asked) and found.lines == list(made.lines)
    else:
        (line,) = set(found.lines) - set(made.lines)
        assert (line.fund, line.function) == (fund, row)


@pytest.mark.parametrize(
    ("text", "unit", "instead"),
    [
        ("15000", WAN, "1.50"),
        ("190", WAN, None),
        ("0.02", WAN, None),
        ("236.36", YUAN, "2,363,600.00"),
        ("5000", YUAN, None),
    ],
)
def test_an_amount_that_may_be_in_the_other_unit_is_doubted(text, unit, instead):
    lines = lines_of("liujiaying-2024.xlsx")
    found = doubt(money.read(text, unit), unit, Scale.of(lines, []), [])
    assert (plainly(found.instead, unit) if found else None) == instead


def test_in_an_empty_budget_little_is_doubted():
    assert doubt(Decimal(6_000_000), WAN, Scale.of([], []), []) is None
    assert doubt(Decimal(10) ** 10, WAN, Scale.of([], []), [])


@given(st.text(max_size=12))
def test_any_text_finds_a_row_or_is_refused_in_one_sentence(text):
    found = Codes(tree_of(T3), NAMES).find(text)
    assert bool(found.key) != bool(found.why) and found.why.count("。") <= 1


@pytest.mark.parametrize(
    ("text", "key", "proposed"),
    [
        ("2010301", "2010301", None), ("２０１０３０１", "2010301", None), ("2 01 03 01", "2010301", None),
        ("群众文化", "2070109", None), ("20103", "", "2010301"), ("2130799x", "", None), ("2019998", "", "20199"),
        ("行政运行", "", "2010101"),
    ],
)  # fmt: skip
def test_codes_are_found_by_digits_and_by_name(text, key, proposed):
    found = Codes(tree_of(T3), NAMES).find(text)
    assert found.key == key
    assert proposed is None or any(one.key.startswith(proposed) for one in found.proposals)


@pytest.mark.parametrize("table", [T1, T4], ids=["t1", "t4"])
def test_of_a_compared_table_only_what_is_kept_is_typed(table):
    assert {row for row, _ in feeds(table, TABLES)} == {"kept"} and is_fed(table)
