"""Which column of a grid is which column of a declared table: by heading labels, never by position.

Townships lay one table out in many ways: codes in one, two or three columns or before the name in its cell, the unit's
own code and name beside them, last year's figures and the change on them, 人员经费 and 公用经费 under 基本支出. What a
layout prints beyond ours is a column `beyond`: it is kept and compared, and feeds nothing.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from budget.declare.tables import Column, Row, Side, Table, beside
from budget.intake.beside import beside_of, years_of
from budget.intake.grid import Grid
from budget.intake.headings import (
    CODE,
    CODE_PARTS,
    NAME,
    ORDINAL,
    REMARKS,
    as_titles,
    heading_rows,
    heading_wordings,
    meant,
    paths,
    printed_paths,
    title,
)

_OF_A_UNIT = re.compile(r"^(预算)?(部门|单位)(编码|代码|名称|编号)?$")


@dataclass
class SideColumns:
    """Where one side of a table stands in a grid: grid columns of codes, names and figures; units: of whose rows."""

    side: Side
    codes: list[int] = field(default_factory=list)
    name: int = 0
    columns: dict[int, Column] = field(default_factory=dict)
    units: list[int] = field(default_factory=list)


@dataclass
class Layout:
    """A recognised table in a grid. unknown: grid columns whose heading is not declared: {column: heading}.

    rows: those of the headings. wide: {grid column: row} where the table's rows are laid out as columns.
    """

    table: Table
    rows: list[int]
    sides: list[SideColumns] = field(default_factory=list)
    unknown: dict[int, str] = field(default_factory=dict)
    wide: dict[int, Row] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """The first row of the headings."""
        return self.rows[0]

    @property
    def data_row(self) -> int:
        """The first row under the headings."""
        return self.rows[-1] + 1


def is_whole(layout: Layout) -> bool:
    """Whether every printed leaf column of every side was found: the test for a grid without a title."""
    found = [{c.key for c in side.columns.values()} for side in layout.sides]
    return all({c.key for c in s.side.leaf_columns} <= keys for s, keys in zip(layout.sides, found, strict=True))


def fit(grid: Grid, table: Table, year: int = 0) -> Layout | None:
    """The layout of this very table in the grid, or None when its headings are not there.

    year: what its title or heading lines say, 0 where they are silent: 2023年预算数 is then last year's beside 2024's.
    """
    rows = heading_rows(grid, _labels(table))
    if not rows:
        return None
    layout = Layout(table, rows)
    _Assignment(layout, grid, year).run()
    if layout.sides and all(side.name and side.columns for side in layout.sides):
        return layout if len(layout.sides) == len(table.sides) else None
    return _fit_wide(grid, table, rows) if table.wide else None


@cache  # each grid is held against each table
def _labels(table: Table) -> frozenset[str]:
    """Every heading that the table declares, other wordings included."""
    texts = [text for side in table.sides for path in side.labels for text in path]
    for column in table.columns():
        texts += (*column.heading, *column.same_as)
    rows = _row_wordings(table.sides[0]) if table.wide else ()
    return frozenset((*CODE_PARTS, *map(title, texts), *rows))


@cache
def _row_wordings(side: Side) -> dict[str, Row]:
    """{wording: the row} of fixed rows that a layout may print as columns."""
    return {title(text): row for row in side.fixed_rows for text in (row.label, *row.same_as)}


class _Assignment:
    """Goes through the columns of a grid from left to right and says what each is."""

    def __init__(self, layout: Layout, grid: Grid, year: int):
        self.layout, self.printed = layout, printed_paths(grid, layout.rows)
        self.paths = as_titles(self.printed)
        self.latest = max(years_of(text for path in self.printed.values() for text in path), default=0)
        self.this_year = year

    def run(self) -> None:
        """Fill the layout's sides."""
        for column, path in sorted(self.paths.items()):
            if any(text in ORDINAL + REMARKS for text in path) or self._is_of_a_unit(column, path):
                continue
            if not self._take_label(column, path) and self.layout.sides:
                self._take_figures(column, path)
        for side in self.layout.sides:
            if side.side.is_tree and side.codes and not side.name:
                side.name = side.codes[-1]  # 科目编码 with the names in its own cells

    def _is_of_a_unit(self, column: int, path: list[str]) -> bool:
        """Take the column that says of which unit a row is; it stands before the names."""
        side = self.layout.sides[-1] if self.layout.sides else None
        if not self.layout.table.sides[0].is_tree or not _OF_A_UNIT.search(path[-1]) or (side and side.columns):
            return False
        if side is None:
            side = SideColumns(self.layout.table.sides[0])
            self.layout.sides.append(side)
        side.units.append(column)
        return True

    def _take_label(self, column: int, path: list[str]) -> bool:
        """Take a column as a code or name column; a second name column opens the next side."""
        is_code = _is_code_heading(path)
        if not is_code and not NAME.search(path[-1]):
            return False
        layout = self.layout
        if not layout.sides or (not is_code and self._is_full()):
            layout.sides.append(SideColumns(layout.table.sides[len(layout.sides)]))
        side = layout.sides[-1]
        if is_code:
            side.codes.append(column)
        elif not side.name:
            side.name = column
        return True

    def _is_full(self) -> bool:
        """Whether the side at hand has its names, and the table another side."""
        return bool(self.layout.sides[-1].name) and len(self.layout.sides) < len(self.layout.table.sides)

    def _take_figures(self, column: int, path: list[str]) -> None:
        side = self.layout.sides[-1]
        declared = meant(path, _column_wordings(side.side))
        what = beside_of(self.printed[column], self.latest, self.this_year)
        if declared is None and what:  # 上年预算数 alone: of the whole
            declared = side.side.columns[0]
        found = beside(declared, what) if declared and what else declared
        if found is None or found.key in {taken.key for taken in side.columns.values()}:
            self.layout.unknown[column] = _as_printed(self.printed[column])
        else:
            side.columns[column] = found


def _as_printed(headings: list[str]) -> str:
    """The lowest heading over a column, in one line."""
    return next("".join(text.split()) for text in reversed(headings) if title(text))


def _is_code_heading(path: list[str]) -> bool:
    return (path[-1] in CODE_PARTS and len(path) > 1) or bool(CODE.search(path[-1]))


@cache
def _column_wordings(side: Side) -> dict[str, Column]:
    """{wording of the lowest heading: the first column that is called so}"""
    wordings: dict[str, Column] = {}
    for column in side.columns + side.also_columns:
        for text in heading_wordings(column):
            wordings.setdefault(text, column)
    return wordings


def _fit_wide(grid: Grid, table: Table, rows: list[int]) -> Layout | None:
    """A layout whose columns are the table's rows, as Shanghai prints table 9: one row of figures."""
    (side,) = table.sides
    wide: dict[int, Row] = {}
    for column, path in paths(grid, rows).items():
        row = meant(path, _row_wordings(side))
        if row and row not in wide.values():
            wide[column] = row
    return Layout(table, rows, wide=wide) if len(wide) > 1 else None
