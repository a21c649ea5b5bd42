"""A recognised table's cells as printed figures: (row key, column key) → amount with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from budget import money
from budget.cell import Cell
from budget.codes import FUNCTION, former_names
from budget.declare.tables import COMPARED, Column, Table
from budget.figures.printed import Printed
from budget.figures.totals import TOTAL, sum_or_blank
from budget.finding import Finding, Level
from budget.intake.cells import Cells
from budget.intake.grid import NOTE, Grid
from budget.intake.headings import SUBTOTALS, title
from budget.intake.layout import Layout, SideColumns
from budget.intake.no_data import heading_texts, is_data, is_figure, is_repeated
from budget.intake.preface import owners
from budget.intake.problems import at, problem
from budget.intake.rows import FixedRows, TreeRows, says_code
from budget.text import label, narrow


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


def read_table(grid: Grid, layout: Layout, unit: str, owner: str = "") -> TableReading:
    """A `TableReading` of a grid with its layout; `unit` is 元 or 万元. owner: whose it is, for rows that name it."""
    reading = TableReading(layout.table, grid.name)
    cells = Cells(grid, unit)
    if layout.wide:
        _read_wide(grid, layout, cells, reading)
    else:
        _Rows(grid, layout, cells, reading, owner).read()
    reading.problems += cells.problems
    reading.findings += cells.findings
    _refine(reading, cells.step)
    return reading


def _refine(reading: TableReading, usual: Decimal) -> None:
    """A table with figures finer than 0.01 万元 or 1 元 prints them to the cent."""
    if any(p.amount % usual for p in reading.printed.values() if p.amount and p.unit):
        reading.printed = {cell: printed._replace(step=money.CENT) for cell, printed in reading.printed.items()}


def _read_wide(grid: Grid, layout: Layout, cells: Cells, reading: TableReading) -> None:
    """Rows laid out as columns over a single row of figures: the first that holds one."""
    rows = (row for row in range(layout.data_row, grid.rows + 1) if is_data(grid, row, [*layout.wide]))
    at_row = next(rows, layout.data_row)
    for column, row in layout.wide.items():
        cell = layout.table.cell(row.key, layout.table.wide)
        reading.printed[cell] = cells.printed(at_row, column, cell)


_WHOLE = "汇总"


class _Rows:
    """Reads the rows of one table. What is no row of it is passed over, unless it holds a figure."""

    def __init__(self, grid: Grid, layout: Layout, cells: Cells, reading: TableReading, owner: str):
        self.grid, self.layout, self.cells, self.reading = grid, layout, cells, reading
        self.owner = label(owner)
        self.headings = heading_texts(grid, layout.rows)

    def read(self) -> None:
        """Put every figure of the table into the reading."""
        grid = self.grid
        rows = [row for row in range(self.layout.data_row, grid.rows + 1) if grid.row_values(row)]
        notes = {row: text for row in rows if (text := _note(grid, row))}
        self.reading.note = next(iter([*notes.values(), *grid.notes]), "")
        rows = [row for row in rows if row not in notes and not is_repeated(grid, row, self.headings)]
        for side in self.layout.sides:
            self._side(side, rows)

    def _side(self, side: SideColumns, rows: list[int]) -> None:
        unknown = [column for column in self.layout.unknown if self._belongs(column, side)]
        finder = TreeRows(self.grid, side) if side.side.is_tree else FixedRows(self.grid, side)
        figures = _Side(self, side)
        for row in rows:
            if key := finder.key(row):
                figures.put(row, key)
                self._report_former_name(side, row, key)
                self._report_unknown_columns(row, unknown)
            elif is_data(self.grid, row, side.columns):
                figures.nameless(row, finder.unreadable)
        figures.finish()
        self.reading.names |= finder.names

    def _belongs(self, column: int, side: SideColumns) -> bool:
        """Whether an unknown column stands on this side: right of its name and left of the next side's."""
        later = [other.name for other in self.layout.sides if other.name > side.name]
        return side.name < column < min(later, default=10**6)

    def _report_unknown_columns(self, row: int, unknown: list[int]) -> None:
        """Tell of the first unknown column with a figure in this row, which is then taken off the list."""
        column = next((column for column in unknown if is_figure(self.grid.value(row, column))), None)
        if column is not None:
            self._report(row, column, f"认不出“{self.layout.unknown[column]}”这一栏，请核对栏目名称，或删去这一栏")
            unknown.remove(column)

    def _report_former_name(self, side: SideColumns, row: int, key: str) -> None:
        """A class under a name that it bore before; what rows of codes print, the rules compare themselves (C04)."""
        declared = None if side.side.is_tree else side.side.row(key)
        if not declared:
            return
        text = title(self.grid.text(row, side.name))
        if name := next((name for name in former_names(FUNCTION, key) if title(name) == text), ""):
            now, place = label(declared.label), self.grid.place(row, side.name)
            message = f"{at(self.grid, row, side.name)}写的“{name}”是 {key} 的旧称，现在的名称是“{now}”；请核对。"
            self.reading.findings.append(Finding("C04", Level.NOTICE, message, (place,), now, name))

    def _report(self, row: int, column: int, why: str) -> None:
        message = f"{at(self.grid, row, column)}有金额，但{why}。"
        self.reading.problems.append(problem("R07", message, self.grid.place(row, column)))


class _Side:
    """The figures of one side: put by row and column; rows that add up a part are held against what they repeat."""

    def __init__(self, rows: _Rows, side: SideColumns):
        self.rows, self.side, self.table = rows, side, rows.layout.table
        self.grid, self.cells, self.printed = rows.grid, rows.cells, rows.reading.printed
        self.columns = list(side.columns.items())
        self.units: dict[str, str] = {}
        self.subtotals: list[int] = []

    def put(self, row: int, key: str) -> None:
        """Take the figures of a row. A code of another unit is added to it; a blank or equal copy is passed over."""
        found = self._found(row, key)
        before = [self.printed.get(one.cell) for one in found]
        unit = self._unit(row)
        if not any(before):
            self.units[key] = unit
            self._keep(found)
        elif self.side.units and unit != self.units.get(key):
            self._add(found)
        elif _is_nil(before):
            self._keep(found)
        elif not _is_nil(found) and not _is_same(found, before):
            self._refuse_twice(row, key, before)

    def _found(self, row: int, key: str) -> list[Printed]:
        """What stands in a row, as figures of this row of the table."""
        return [self.cells.printed(row, at, self.table.cell(key, column.key)) for at, column in self.columns]

    def _keep(self, found: list[Printed]) -> None:
        self.printed |= {one.cell: one for one in found}

    def _unit(self, row: int) -> str:
        return "/".join(narrow(self.grid.text(row, column)) for column in self.side.units)

    def _add(self, found: list[Printed]) -> None:
        """A figure of several units is the sum of theirs, at the place of the first."""
        for one in found:
            whole = self.printed[one.cell]
            if one.amount is not None:
                self.printed[one.cell] = whole._replace(amount=(whole.amount or Decimal(0)) + one.amount)

    def _refuse_twice(self, row: int, key: str, before: list[Printed | None]) -> None:
        other = next(one.place for one in before if one)
        place = self.grid.place(row, self.side.name)
        message = (
            f"{at(self.grid, row, self.side.name)}与 {other} 是同一科目（{key}），"
            "一张表里只能出现一次，请合并或改正编码。"
        )
        self.rows.reading.problems.append(problem("R08", message, place, other))

    def nameless(self, row: int, unreadable: str) -> None:
        """A row with figures that is none of the table's: a subtotal, or a mistake."""
        texts = [self.grid.text(row, column) for column in (self.side.name, *self.side.codes, *self.side.units)]
        names = {*map(label, texts), *(label(name) for _, name in owners(texts))}
        if names & SUBTOTALS or (self.rows.owner and self.rows.owner in names):
            self.subtotals.append(row)
        elif unreadable:
            self._refuse_code(row, unreadable)
        else:
            self._refuse_row(row)

    def _refuse_code(self, row: int, code: str) -> None:
        column = (self.side.codes or [self.side.name])[0]
        message = f"{at(self.grid, row, column)}的科目编码“{code}”读不出来，{says_code()}。"
        self.rows.reading.problems.append(problem("R09", message, self.grid.place(row, column), found=code))

    def _refuse_row(self, row: int) -> None:
        column = next(column for column in self.side.columns if is_figure(self.grid.value(row, column)))
        name = self.grid.text(row, self.side.name).strip() or "（没有名称）"
        self.rows._report(row, column, f"认不出“{name}”这一行，请核对编码和名称，或删去这一行")

    def finish(self) -> None:
        """Add up what a feeding table prints in parts only, and hold subtotals against the rows that they repeat."""
        missing = [] if self.table.role == COMPARED else [c for c in self.side.side.all_columns if c.parts]
        for column in missing:
            if column not in self.side.columns.values():
                self._add_up(column)
        if self.subtotals:
            self._hold_subtotals()

    def _hold_subtotals(self) -> None:
        rows = {cell.row for cell in self.printed}
        every = [self._amounts({self.table.cell(row, column.key) for _, column in self.columns}) for row in rows]
        for row in self.subtotals:
            found = self._found(row, "")
            if not any(self._repeats(found, amounts) for amounts in every) and not self._is_whole(row):
                self._refuse_row(row)

    def _repeats(self, found: list[Printed], amounts: tuple[Decimal, ...]) -> bool:
        """Whether a subtotal shows what a row does; what a layout prints beyond ours it may leave blank."""
        columns = (column for _, column in self.columns)
        return all(
            (one.amount or Decimal(0)) == amount or (column.beyond and one.amount is None)
            for column, one, amount in zip(columns, found, amounts, strict=True)
        )

    def _is_whole(self, row: int) -> bool:
        """Whether a 汇总 is the table's total, for want of another."""
        named = _WHOLE in {label(self.grid.text(row, column)) for column in (self.side.name, *self.side.codes)}
        if named and not any(cell.row == TOTAL for cell in self.printed):
            self.put(row, TOTAL)
            return True
        return False

    def _amounts(self, cells: set[Cell]) -> tuple[Decimal, ...]:
        order = [column.key for _, column in self.columns]
        found = {cell.column: self.printed[cell] for cell in cells if cell in self.printed}
        return tuple(found[key].amount or Decimal(0) if key in found else Decimal(0) for key in order)

    def _add_up(self, column: Column) -> None:
        rows = [cell.row for cell in self.printed if cell.column == column.parts[0]]
        for row in rows:
            parts = [one for part in column.parts if (one := self.printed.get(self.table.cell(row, part)))]
            if len(parts) == len(column.parts):
                cell, amount = self.table.cell(row, column.key), sum_or_blank(part.amount for part in parts)
                self.printed[cell] = parts[0]._replace(cell=cell, amount=amount)


def _is_nil(found: Iterable[Printed | None]) -> bool:
    return not any(one.amount for one in found if one)


def _is_same(found: list[Printed], before: list[Printed | None]) -> bool:
    return all(other and other.amount == one.amount for one, other in zip(found, before, strict=True))


def _note(grid: Grid, row: int) -> str:
    first = str(grid.row_values(row)[0][1]).strip()
    return first if NOTE.match(first) or (first.startswith("注") and len(grid.row_values(row)) == 1) else ""
