"""What other layouts print beyond our columns: kept as printed, and held against the columns beside it."""

from collections.abc import Iterator
from decimal import Decimal

from budget.cell import Cell
from budget.checks.compare import Compared, differs, equal, passed
from budget.checks.view import View
from budget.declare.rule import rule
from budget.declare.tables import CHANGE, CHANGE_PERCENT, LAST_YEAR, Column, Side, Table
from budget.documents.department_budget.rules.vocabulary import tree
from budget.documents.department_budget.tables import wording
from budget.documents.department_budget.tables.t1 import T1
from budget.documents.department_budget.tables.t6 import T6
from budget.figures.facets import Fund
from budget.finding import Level

_HUNDREDTH = Decimal("0.01")  # of a per cent: where the printed one may be rounded


@rule("I54")
def other_columns_agree(view: View) -> Iterator[Compared]:
    """其他版式多印的栏：人员经费与公用经费之和等于基本支出，各级合计等于分项之和；上年数加增减等于本年数"""
    for table in view.document.tables:
        for side in table.sides:
            if beyond := _beyond(view, table, side):
                yield from _of_a_side(view, table, side, beyond)
    yield from _as_in_table_6(view)


def _beyond(view: View, table: Table, side: Side) -> list[Column]:
    """The columns beyond ours that the file prints on one side."""
    found = (side.column(key) for key in view.columns(table))
    return [column for column in found if column and column.beyond]


def _of_a_side(view: View, table: Table, side: Side, beyond: list[Column]) -> Iterator[Compared]:
    for column in beyond:
        if not column.key.endswith(CHANGE_PERCENT):  # percentages add up to nothing
            yield from _adds_up(view, table, side, column)
    for column in side.all_columns:
        yield from _parts(view, table, column)
        yield from _changes(view, table, column)


def _adds_up(view: View, table: Table, side: Side, column: Column) -> Iterator[Compared]:
    """Every total of the column, along codes; in a table of fixed rows its total of the classes."""
    if side.is_tree:
        yield from (equal(view, cell, parts) for cell, parts in tree(view, table, [column.key]))
    elif whole := _total_row(view, table, side, column):
        rows = [row.key for row in side.fixed_rows if row.level == "class"]
        yield equal(view, whole, [table.cell(row, column.key) for row in rows])


def _total_row(view: View, table: Table, side: Side, column: Column) -> Cell | None:
    """The total of a side's classes, where nothing besides classes stands in it."""
    if not any(row.level == "class" for row in side.fixed_rows) or view.amount(table.cell("kept", column.key)):
        return None
    totals = (table.cell(row.key, column.key) for row in side.fixed_rows if row.level == "total")
    return next((cell for cell in totals if view.figure(cell)), None)


def _parts(view: View, table: Table, column: Column) -> Iterator[Compared]:
    """The parts of a column, where the layout prints both."""
    for row in view.rows(table):
        parts = [table.cell(row, part) for part in column.parts]
        if parts and all(view.figure(part) for part in parts) and view.figure(table.cell(row, column.key)):
            yield equal(view, table.cell(row, column.key), parts)


def _changes(view: View, table: Table, column: Column) -> Iterator[Compared]:
    """Last year's figure and the change on it make this year's."""
    for row in view.rows(table):
        now, last, change, percent = (
            table.cell(row, key) for key in (column.key, *(f"{column.key}_{what}" for what in _BESIDE))
        )
        if view.figure(last) and view.figure(change) and view.figure(now):
            yield equal(view, now, [last, change])
        if view.figure(last) and view.figure(percent) and view.figure(now):
            yield _percentage(view, now, last, percent)


_BESIDE = (LAST_YEAR, CHANGE, CHANGE_PERCENT)


def _percentage(view: View, now: Cell, last: Cell, percent: Cell) -> Compared:
    """Whether the printed percentage is that of the two figures; of nothing there is none."""
    base, shown = view.amount(last) or Decimal(0), view.figure(percent)
    if shown is None or shown.amount is None or not base:
        return passed(percent)
    true = ((view.amount(now) or Decimal(0)) - base) / base * 100
    places = max(Decimal(1).scaleb(int(shown.amount.as_tuple().exponent)), _HUNDREDTH)
    if abs(shown.amount - true) <= places:
        return passed(now, last, percent)
    message = f"{view.words(percent)}写的是 {shown.amount}%，按两年的数应为 {true:.2f}%；请核对。"
    return differs(Level.ERROR, message, [percent, now, last], [shown.place], f"{true:.2f}", str(shown.amount))


def _as_in_table_6(view: View) -> Iterator[Compared]:
    """人员 and 公用 in table 1 are those of table 6, where all money is of the one fund that table 6 shows."""
    funds = {line.fund for line in view.entries.lines if line.book == "spending"}
    (_, side) = T1.sides
    for key in wording.PARTS_OF_BASIC:
        column = side.column(key)
        whole = _total_row(view, T1, side, column) if column else None
        if whole and view.figure(T6.cell("total", key)) and funds == {Fund.GENERAL}:
            yield equal(view, whole, [T6.cell("total", key)])
