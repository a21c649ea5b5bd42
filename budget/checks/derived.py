"""Printed figures against derived ones: each figure of a file is compared with the sum that it should be."""

from collections.abc import Iterator
from decimal import Decimal

from budget.cell import Cell
from budget.checks.compare import MISSING, Compared
from budget.checks.view import View
from budget.checks.wording import slip
from budget.codes import prefixes
from budget.declare.tables import Column, Side, Table, passing
from budget.figures.fill import Derived, figure, fill
from budget.figures.printed import Printed
from budget.figures.totals import TOTAL
from budget.finding import Finding, Level
from budget.money import WAN, plain
from budget.text import quoted

TOP_LEVEL = "class"


def compare_table(table: Table, view: View) -> list[Compared]:
    """A `Compared` for each printed figure of a table and for each row that the file leaves out.

    Missing where the file lacks the table; nothing where there is nothing to compare (no file at all, or an
    empty table on both sides).
    """
    printed = view.in_file(table.key)
    if not view.has_file or _is_empty_on_both_sides(table, printed, view):
        return []
    if not printed:
        return [MISSING]
    derived = view.derived_of(table) | _also(table, printed, view)
    beyond = {key for key in view.columns(table) if (column := table.column(key)) and column.beyond}
    ours = [p for p in printed if p.cell.column not in beyond]  # those have a rule of their own
    compared = [_compare(p, *derived.get(p.cell, (None, 0)), view) for p in ours]
    return [*compared, *_left_out(table, derived, printed, view)]


def _is_empty_on_both_sides(table: Table, printed: list[Printed], view: View) -> bool:
    is_listed = table.key in view.original.notes
    return is_listed and all(p.amount is None for p in printed) and view.filled[table.key].is_empty


def _also(table: Table, printed: list[Printed], view: View) -> Derived:
    """Derived figures of rows and columns that only other layouts print."""
    cells, derived = {p.cell for p in printed}, Derived()
    for side in table.sides:
        derived |= _also_columns(table, side, cells, view)
        derived |= _also_rows(table, side, cells, view)
    return derived


def _also_rows(table: Table, side: Side, cells: set[Cell], view: View) -> Derived:
    rows = {row.key for row in side.also_rows}
    found = (cell for cell in cells if cell.row in rows and table.filter_of(cell))
    return {cell: figure(table, cell, view.entries.lines) for cell in found}


def _also_columns(table: Table, side: Side, cells: set[Cell], view: View) -> Derived:
    derived = Derived()
    for column in (column for column in side.also_columns if not column.beyond):
        if rows := {cell.row for cell in cells if cell.column == column.key}:
            derived |= _also_column(table, side, column, rows, view)
    return derived


def _also_column(table: Table, side: Side, column: Column, rows: set[str], view: View) -> Derived:
    """The table has no such column, so it is filled with this column's lines alone: their sum is its total."""
    filled, whole = fill(table, passing(view.entries.lines, column.where)).figures(), side.columns[0].key
    return {table.cell(row, column.key): filled.get(table.cell(row, whole), (None, 0)) for row in rows}


def _compare(printed: Printed, derived: Decimal | None, terms: int, view: View) -> Compared:
    """The comparison of one printed figure. terms: of how many lines the derived one is the sum."""
    cell, difference = printed.cell, (printed.amount or Decimal(0)) - (derived or Decimal(0))
    if not difference:  # nil and blank agree with each other
        return Compared((cell,))
    level = _level(printed, difference, terms)
    expected, actual = plain(derived, printed.unit), plain(printed.amount, printed.unit)
    message = f"{view.words(cell)}{_says(printed, expected, actual, level)}{_why(printed, derived, difference)}"
    is_slight = printed.amount is None or level == Level.NOTICE
    proposal = expected if is_slight and view.published(cell) == derived else ""
    reader = _for_readers(view.words(cell), printed.amount, derived)
    finding = Finding("", level, message, (printed.place,), expected, actual, (cell,), proposal, reader)
    return Compared((cell,), finding, difference=difference)


def _for_readers(where: str, printed: Decimal | None, derived: Decimal | None) -> str:
    """Both figures for the public, in 万元, and which of them this site has added up."""
    said = "是空白" if printed is None else f"印的是 {plain(printed, WAN)}万元"
    if derived is None:
        return f"{where}{said}，明细里没有这笔钱。"
    return f"{where}{said}，由本站把明细相加得 {plain(derived, WAN)}万元。"


def _level(printed: Printed, difference: Decimal, terms: int) -> Level:
    """A difference that rounding alone can make is a notice, anything above an error.

    Rounding can hide half the last printed place for each of n terms and for the sum itself.
    """
    rounding = printed.step / 2 * (terms + 1)
    return Level.NOTICE if printed.amount is not None and abs(difference) <= rounding else Level.ERROR


def _says(printed: Printed, expected: str, actual: str, level: Level) -> str:
    unit = printed.unit
    if printed.amount is None:
        return f"是空白，按明细合计应为 {expected}{unit}"
    if not expected:
        return f"是 {actual}{unit}，但没有任何明细"
    if level == Level.NOTICE:
        return f"是 {actual}{unit}，明细合计 {expected}{unit}，相差在四舍五入的范围内"
    return f"是 {actual}{unit}，按明细合计应为 {expected}{unit}"


def _why(printed: Printed, derived: Decimal | None, difference: Decimal) -> str:
    """The likeliest cause in words, for the mistakes that can be told from the two figures."""
    if printed.amount and derived:
        if slipped := slip(printed.amount, derived):
            return f"；{slipped}。"
        return f"，相差 {plain(abs(difference), printed.unit)}{printed.unit}。"
    return "；请补上。" if printed.amount is None else "；请核对。"


def _left_out(table: Table, derived: Derived, printed: list[Printed], view: View) -> Iterator[Compared]:
    """Rows with money that the file does not print at all; totals may be missing in other layouts."""
    rows, columns = {p.cell.row for p in printed}, {p.cell.column for p in printed}
    sheet = printed[0].place.rsplit("!", 1)[0]
    for cell, amount in _first_of_each_row(derived, columns):
        if _is_left_out(table, cell.row, rows):
            yield _one_left_out(table, cell, amount, printed[0].unit, sheet, view)


def _first_of_each_row(derived: Derived, columns: set[str]) -> list[tuple[Cell, Decimal]]:
    """(cell, amount) of each row's first figure with money, in a column that the file prints."""
    first: dict[str, tuple[Cell, Decimal]] = {}
    for cell, (amount, _) in derived.items():
        if amount and cell.column in columns:
            first.setdefault(cell.row, (cell, amount))
    return list(first.values())


def _one_left_out(table: Table, cell: Cell, amount: Decimal, unit: str, sheet: str, view: View) -> Compared:
    expected = plain(amount, unit)
    message = (
        f"表{table.number}没有{quoted(view.naming.row(cell))}这一行，按其他表应有 {expected}{unit}；请补上这一行。"
    )
    reader = (
        f"表{table.number}没有{quoted(view.naming.row(cell))}这一行，由本站按其他表相加得 {plain(amount, WAN)}万元。"
    )
    finding = Finding("", Level.ERROR, message, (sheet,), expected, "", (cell,), reader=reader)
    return Compared((cell,), finding, difference=amount)


def _is_left_out(table: Table, row: str, rows: set[str]) -> bool:
    return row not in rows and _is_in_every_layout(table, row) and not _is_below_its_level(row, rows)


def _is_in_every_layout(table: Table, row: str) -> bool:
    """Whether every layout prints the row when it is filled: rows of codes, and the classes of a two-sided table."""
    for side in table.sides:
        if side.is_tree:
            return row != TOTAL
        if declared := side.row(row):
            return declared.level == TOP_LEVEL and row.isdigit()
    return False


def _is_below_its_level(row: str, rows: set[str]) -> bool:
    """Whether the file stops at a code above this one: it prints 类 or 款 only."""
    stops_above = row.isdigit() and any(above in rows for above in prefixes(row)[:-1])
    return stops_above and not any(len(other) == len(row) and other.isdigit() for other in rows)
