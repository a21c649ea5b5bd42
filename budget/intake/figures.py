"""A recognised table's cells as printed figures: (row key, column key) → amount with its place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budget import money
from budget.cell import Cell
from budget.codes import FUNCTION, former_names
from budget.declare.fields import Code, Field, Money, Number, Percent
from budget.declare.tables import Table
from budget.figures.printed import Printed
from budget.finding import Finding, Level
from budget.intake.grid import NOTE, Grid, as_typed
from budget.intake.headings import CODE_PARTS, ORDINAL, TOTALS, Layout, SideColumns, title
from budget.intake.problems import at, problem
from budget.text import label, narrow

_WIDTHS = (3, 2, 2)  # digits of 类, 款, 项


@dataclass
class TableReading:
    """What a grid prints of one declared table.

    printed: every figure of a known row and column, blanks included. names: {code: printed name}.
    """

    table: Table
    sheet: str
    printed: dict[Cell, Printed] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    note: str = ""
    problems: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Cells:
    """Reads values of one grid in its money unit and remembers what could not be read."""

    def __init__(self, grid: Grid, unit: str):
        self.grid, self.unit = grid, unit
        self.problems: list[Finding] = []
        self.findings: list[Finding] = []

    def value(self, row: int, column: int, declared: Field) -> Any:
        """The cell's value as its field keeps it: yuan, a number, a code, words."""
        if isinstance(declared, Money):
            return self.amount(row, column)
        if isinstance(declared, Number):
            return self.number(row, column, declared)
        text = self.grid.text(row, column).strip()
        return narrow(text) if isinstance(declared, Code) else text

    def amount(self, row: int, column: int) -> Decimal | None:
        """The cell's amount in yuan, None for a blank; what is no amount becomes a problem."""
        return self._read(row, column, lambda value: money.read(value, self.unit))

    def number(self, row: int, column: int, declared: Number) -> Decimal | None:
        """The cell's count or percentage, None for a blank."""
        reader = money.read_percent if isinstance(declared, Percent) else money.read_count
        return self._read(row, column, lambda value: reader(value, declared.places, declared.limit))

    def _read(self, row: int, column: int, reader: Callable[[Any], Decimal | None]) -> Decimal | None:
        if sentence := self.grid.problems.get((row, column)):
            self._refuse(row, column, sentence)
            return None
        value = self.grid.value(row, column)
        try:
            number = reader(value)
        except money.Unreadable as error:
            self._refuse(row, column, str(error), found=str(value))
            return None
        if money.is_negative_in_brackets(value):
            self._warn(row, column, value)
        return number

    def _refuse(self, row: int, column: int, sentence: str, found: str = "") -> None:
        place = self.grid.place(row, column)
        self.problems.append(problem("R01", f"{at(self.grid, row, column)}：{sentence}。", place, found=found))

    def _warn(self, row: int, column: int, value: object) -> None:
        message = f"{at(self.grid, row, column)}写作“{value}”，按负数读取；如果不是负数，请改正。"
        self.findings.append(Finding("R01", Level.WARNING, message, (self.grid.place(row, column),)))


def read_table(grid: Grid, layout: Layout, unit: str) -> TableReading:
    """A `TableReading` of a grid with its layout; `unit` is 元 or 万元."""
    reading = TableReading(layout.table, grid.name)
    cells = Cells(grid, unit)
    if layout.wide:
        _read_wide(grid, layout, cells, reading)
    else:
        _read_rows(grid, layout, cells, reading)
    reading.problems += cells.problems
    reading.findings += cells.findings
    _set_steps(reading, unit)
    return reading


def _set_steps(reading: TableReading, unit: str) -> None:
    """The last printed place of the table: 0.01 万元, 1 元 or 0.01 元, unless it prints finer figures."""
    amounts = [p.amount for p in reading.printed.values() if p.amount is not None]
    usual = money.YUAN_PER[unit] / 100 if unit == money.WAN else Decimal(1)
    step = usual if all(amount % usual == 0 for amount in amounts) else money.CENT
    reading.printed = {key: printed._replace(step=step) for key, printed in reading.printed.items()}


def _read_wide(grid: Grid, layout: Layout, cells: Cells, reading: TableReading) -> None:
    """Rows laid out as columns over a single row of figures."""
    for column, row in layout.wide.items():
        _put(reading, cells, layout.data_row, column, layout.table.cell(row.key, layout.table.wide))


def _read_rows(grid: Grid, layout: Layout, cells: Cells, reading: TableReading) -> None:
    rows = [row for row in range(layout.data_row, grid.rows + 1) if grid.row_values(row)]
    notes = {row: text for row in rows if (text := _note(grid, row))}
    reading.note = next(iter([*notes.values(), *grid.notes]), "")
    for side in layout.sides:
        _read_side(grid, layout, side, [row for row in rows if row not in notes], cells, reading)


def _note(grid: Grid, row: int) -> str:
    first = str(grid.row_values(row)[0][1]).strip()
    return first if NOTE.match(first) or (first.startswith("注") and len(grid.row_values(row)) == 1) else ""


def _read_side(
    grid: Grid, layout: Layout, side: SideColumns, rows: list[int], cells: Cells, reading: TableReading
) -> None:
    finder = _finder(grid, side, reading)
    unknown = [column for column in layout.unknown if _belongs(column, side, layout)]
    for row in rows:
        key = finder.key(row)
        if key is None:
            _report_unknown_row(grid, side, row, reading)
            continue
        _report_former_name(grid, side, row, key, reading)
        for column, declared in side.columns.items():
            _put(reading, cells, row, column, layout.table.cell(key, declared.key))
        for column in unknown:
            _report_unknown_column(grid, layout, row, column, reading)


def _finder(grid: Grid, side: SideColumns, reading: TableReading) -> "_TreeRows | _FixedRows":
    return _TreeRows(grid, side, reading) if side.side.is_tree else _FixedRows(grid, side)


def _belongs(column: int, side: SideColumns, layout: Layout) -> bool:
    """Whether an unknown column stands on this side: right of its name and left of the next side's."""
    later = [other.name for other in layout.sides if other.name > side.name]
    return side.name < column < min(later, default=10**6)


def _put(reading: TableReading, cells: Cells, row: int, column: int, cell: Cell) -> None:
    grid = cells.grid
    place = grid.place(row, column)
    if cell in reading.printed:
        other = reading.printed[cell].place
        here = at(grid, row, column)
        message = f"{here}与 {other} 是同一科目（{cell.row}），一张表里只能出现一次，请合并或改正编码。"
        reading.problems.append(problem("R08", message, place, other))
        return
    reading.printed[cell] = Printed(cell, cells.amount(row, column), place, cells.unit, money.CENT)


def _filled(grid: Grid, row: int, columns: Iterable[int]) -> int | None:
    """The first of the columns that holds something other than a blank mark."""
    return next((c for c in columns if narrow(grid.value(row, c) or "") not in money.BLANKS), None)


def _report_former_name(grid: Grid, side: SideColumns, row: int, key: str, reading: TableReading) -> None:
    """A class under a name that it bore before: what rows of codes print, the rules compare themselves (C04)."""
    declared = None if side.side.is_tree else side.side.row(key)
    if declared and (name := _former_name(grid.text(row, side.name), key)):
        now = label(declared.label)
        message = f"{at(grid, row, side.name)}写的“{name}”是 {key} 的旧称，现在的名称是“{now}”；请核对。"
        place = (grid.place(row, side.name),)
        reading.findings.append(Finding("C04", Level.NOTICE, message, place, now, name, cause=f"{FUNCTION} {key}"))


def _former_name(text: str, key: str) -> str:
    return next((name for name in former_names(FUNCTION, key) if title(text) == title(name)), "")


def _report_unknown_row(grid: Grid, side: SideColumns, row: int, reading: TableReading) -> None:
    column = _filled(grid, row, side.columns)
    if column:
        name = grid.text(row, side.name).strip() or "（没有名称）"
        message = f"{at(grid, row, column)}有金额，但认不出“{name}”这一行，请核对编码和名称，或删去这一行。"
        reading.problems.append(problem("R07", message, grid.place(row, column)))


def _report_unknown_column(grid: Grid, layout: Layout, row: int, column: int, reading: TableReading) -> None:
    if _filled(grid, row, [column]) and isinstance(grid.value(row, column), int | float):
        message = (
            f"{at(grid, row, column)}有金额，但认不出“{layout.unknown[column]}”这一栏，请核对栏目名称，或删去这一栏。"
        )
        if not any(p.message == message for p in reading.problems):
            reading.problems.append(problem("R07", message, grid.place(row, column)))


class _FixedRows:
    """Finds the declared row of each grid row by its label, in order, so that equal labels stay apart."""

    def __init__(self, grid: Grid, side: SideColumns):
        self.grid, self.side = grid, side
        rows = [*side.side.fixed_rows, *side.side.also_rows]
        self.rows = [(row.key, {title(text) for text in (row.label, *row.same_as)}) for row in rows]
        self.next = 0
        self.used: set[str] = set()

    def key(self, row: int) -> str | None:
        """The row's key, or None when its label is not declared."""
        text = title(self.grid.text(row, self.side.name))
        order = [*range(self.next, len(self.rows)), *range(self.next)]
        for index in order if text else ():
            key, wordings = self.rows[index]
            if text in wordings and key not in self.used:
                self.next = index + 1
                self.used.add(key)
                return key
        return None


class _TreeRows:
    """Finds the code of each grid row, whole or split into 类, 款 and 项 columns."""

    def __init__(self, grid: Grid, side: SideColumns, reading: TableReading):
        self.grid, self.side, self.reading = grid, side, reading
        self.parts = ["", "", ""]
        self.above = ""

    def key(self, row: int) -> str | None:
        """The row's key, "total" for the total row, None for anything else."""
        texts = [self._text(row, column) for column in self.side.codes]
        name = self.grid.text(row, self.side.name).strip()
        if TOTALS & {label(name), *map(label, texts)}:
            return "total"
        key = self._code(row, self._split(texts) if len(texts) > 1 else "".join(texts))
        if key and name and label(name) not in ORDINAL:
            self.reading.names.setdefault(key, name)
        return key

    def _code(self, row: int, code: str) -> str | None:
        """The key that a code makes; what is no code is a problem, unless it may open rows of its own."""
        if not code:
            return None
        if self.side.side.tree.within:
            return self._below(code)
        if not _is_code(code):
            self._refuse(row, code)
            return None
        return code

    def _below(self, code: str) -> str:
        """A code under the value above it (a project), or that value itself, which opens its rows."""
        if self.above and _is_code(code):
            return f"{self.above}.{code}"
        self.above = code
        return code

    def _text(self, row: int, column: int) -> str:
        value = as_typed(self.grid.value(row, column))
        return "" if value is None else narrow(value)

    def _split(self, texts: list[str]) -> str:
        """A code from its parts; parts printed once above stand for the rows below them."""
        filled = [i for i, text in enumerate(texts) if text]
        if not filled:
            return ""
        for i in filled:
            self.parts[i] = texts[i].zfill(_WIDTHS[i])
        deepest = filled[-1]
        self.parts[deepest + 1 :] = [""] * (len(self.parts) - deepest - 1)
        last = self.parts[deepest]
        return last if len(last) > _WIDTHS[deepest] else "".join(self.parts[: deepest + 1])

    def _refuse(self, row: int, code: str) -> None:
        column = self.side.codes[0]
        message = (
            f"{at(self.grid, row, column)}的科目编码“{code}”读不出来，"
            f"应是 3、5 或 7 位数字（{'、'.join(CODE_PARTS)}）。"
        )
        self.reading.problems.append(problem("R09", message, self.grid.place(row, column), found=code))


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in (3, 5, 7)
