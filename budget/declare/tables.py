"""What a standard table is: sides of rows and columns, each a filter over lines.

A cell is a filter (table × side × row × column), a figure is the sum of the lines that pass it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from budget.cell import Cell, cell_at

CODES = ("function", "economic")  # facets that a filter matches by prefix: 208 passes 2080505

Filter = dict[str, tuple[Any, ...]]  # facet -> allowed values


def where(**facets: Any) -> Filter:
    """A filter: `where(book="income", fund=FISCAL)`; one value or a tuple of them for each facet."""
    return {facet: value if isinstance(value, tuple) else (value,) for facet, value in facets.items()}


def passing(lines: Iterable[Any], filter_: Filter) -> list[Any]:
    """The lines that pass a filter; codes match by prefix."""
    for facet, allowed in filter_.items():
        lines = _passing(lines, facet, allowed)
    return list(lines)


def _passing(lines: Iterable[Any], facet: str, allowed: tuple[Any, ...]) -> list[Any]:
    if facet in CODES:
        return [line for line in lines if getattr(line, facet).startswith(allowed)]
    return [line for line in lines if getattr(line, facet) in allowed]


def narrower(one: Filter, other: Filter) -> bool:
    """Whether filter `one` lets through strictly less than `other` can be seen to let through."""
    return one != other and all(facet in one and _within(facet, one[facet], other[facet]) for facet in other)


def _within(facet: str, some: tuple[Any, ...], allowed: tuple[Any, ...]) -> bool:
    return all(value.startswith(allowed) if facet in CODES else value in allowed for value in some)


@dataclass(frozen=True, eq=False)
class Column:
    """A column of figures.

    heading: its labels from the top heading row down, exactly as printed; equal neighbours are merged.
    same_as: other wordings of the lowest label, as other counties print it.
    memo: a 其中 column: it shows part of another one, is compared and never feeds lines.
    beyond: what no line says (人员经费 by function, last year's figures): kept as printed and held against the columns
    beside it. parts: beyond columns that add up to this one, where a layout prints them in its place.
    """

    key: str
    heading: tuple[str, ...]
    where: Filter = field(default_factory=dict)
    same_as: tuple[str, ...] = ()
    memo: bool = False
    beyond: bool = False
    parts: tuple[str, ...] = ()


# What layouts print beside a column of this year.
LAST_YEAR, CHANGE, CHANGE_PERCENT = "last_year", "change", "change_percent"
BESIDE = {LAST_YEAR: "上年", CHANGE: "比上年增减", CHANGE_PERCENT: "比上年增减（%）"}


def beside(column: Column, what: str) -> Column:
    """Last year's figures of a column, or the change on them: `total_last_year`, `total_change`."""
    heading = (*column.heading[:-1], f"{column.heading[-1]}（{BESIDE[what]}）")
    return Column(f"{column.key}_{what}", heading, beyond=True)


@dataclass(frozen=True, eq=False)
class Row:
    """A fixed row. optional: printed only when it has a figure. feeds: its cells become lines."""

    key: str
    label: str
    where: Filter = field(default_factory=dict)
    level: str = "item"
    same_as: tuple[str, ...] = ()
    optional: bool = False
    feeds: bool = False


@dataclass(frozen=True, eq=False)
class CodeTree:
    """Rows that follow from the codes in use: the total, then 类, 款 and 项 in code order.

    facet: "function" or "economic". within: another facet (project) whose values stand above their codes: each
    is a row, and the codes under it are whole ones, their rows keyed `project.code`.
    """

    facet: str
    total: str = "合计"
    within: str = ""


@dataclass(frozen=True, eq=False)
class Side:
    """One half of a two-sided table, or the whole of a plain one.

    labels: heading paths of the label columns: (code, name) for a tree, (name,) for fixed rows.
    also_rows, also_columns: read and compared in uploads of other layouts, never printed.
    """

    labels: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    rows: CodeTree | tuple[Row | None, ...]
    where: Filter = field(default_factory=dict)
    also_rows: tuple[Row, ...] = ()
    also_columns: tuple[Column, ...] = ()

    @property
    def is_tree(self) -> bool:
        """Whether the rows follow from codes."""
        return isinstance(self.rows, CodeTree)

    @property
    def tree(self) -> CodeTree:
        """The rows of a side that follow from codes."""
        assert isinstance(self.rows, CodeTree)
        return self.rows

    @cached_property
    def _columns_by_key(self) -> dict[str, Column]:
        return {column.key: column for column in (*self.also_columns, *self.columns)}

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The declared columns, other layouts' included."""
        return (*self.columns, *self.also_columns)

    @cached_property
    def fixed_rows(self) -> tuple[Row, ...]:
        """The declared rows, gaps aside; none where the rows follow from codes."""
        return () if isinstance(self.rows, CodeTree) else tuple(filter(None, self.rows))

    def row(self, key: str) -> Row | None:
        """The declared row with this key, other layouts' included; for a code, the row that it makes."""
        if isinstance(self.rows, CodeTree):
            return Row(key, key, _of_code(self.rows, key))
        return self._rows_by_key.get(key)

    @cached_property
    def _rows_by_key(self) -> dict[str, Row]:
        return {row.key: row for row in (*self.also_rows, *self.fixed_rows)}

    def column(self, key: str) -> Column | None:
        """The declared column with this key, other layouts' included, and what they print beside it."""
        declared = self._columns_by_key
        if key in declared:
            return declared[key]
        found = ((declared.get(key.removesuffix(f"_{what}")), what) for what in BESIDE if key.endswith(f"_{what}"))
        return next((beside(column, what) for column, what in found if column), None)

    @cached_property
    def leaf_columns(self) -> tuple[Column, ...]:
        """Printed columns that no other printed column refines: they alone can feed lines."""
        plain = [column for column in self.columns if not column.memo]
        return tuple(c for c in plain if not any(narrower(other.where, c.where) for other in plain))

    @cached_property
    def leaf_rows(self) -> tuple[Row, ...]:
        """Fixed rows that no other row refines (for a tree, the codes in use decide)."""
        rows = self.fixed_rows
        return tuple(r for r in rows if not any(narrower(other.where, r.where) for other in rows))


def _of_code(tree: CodeTree, key: str) -> Filter:
    """The filter of a row that follows from a code: 208 passes 2080505, `P001.2080505` that code of that project."""
    if key == "total":
        return {}
    above, dot, code = key.rpartition(".")
    if not tree.within:
        return {tree.facet: (key,)}
    return {tree.within: (above,), tree.facet: (code,)} if dot else {tree.within: (key,)}


FEEDS, REMAINDER, COMPARED = "feeds", "remainder", "compared"


@dataclass(frozen=True, eq=False)
class Table:
    """A standard table, declared once.

    number: its number in print and in addresses, never given to another table. sheet: name of its worksheet in our
    workbook. title: as printed. like: regular expression for titles of the same table elsewhere (on text without
    white space, quotes and years); by default the title itself.
    role: FEEDS (its leaf cells become lines), REMAINDER (only what the feeding tables leave over does),
    COMPARED (every figure is compared with the derived one).
    empty_note: what stands under the table when there is nothing in it.
    wide: key of the column that a layout with the rows laid out as columns fills.
    required: whether a disclosure without it is incomplete.
    """

    number: int
    title: str
    sheet: str
    sides: tuple[Side, ...]
    where: Filter = field(default_factory=dict)
    role: str = COMPARED
    like: str = ""
    empty_note: str = ""
    wide: str = ""
    required: bool = True

    @cached_property
    def key(self) -> str:
        """t1 … t9, as addresses of figures begin."""
        return f"t{self.number}"

    @property
    def code(self) -> str:
        """T1 … T9, as the field's rules call the table."""
        return f"T{self.number}"

    def cell(self, row: str, column: str = "total") -> Cell:
        """The address of one of its figures."""
        return cell_at(self.key, row, column)

    def filter(self, side: Side, row: Row, column: Column) -> Filter:
        """The whole filter of a cell."""
        return {**self.where, **side.where, **row.where, **column.where}

    def filter_of(self, cell: Cell) -> Filter | None:
        """The whole filter of one of its cells; None where the address names no row or column that lines say."""
        for side in self.sides:
            row, column = side.row(cell.row), side.column(cell.column)
            if row and column and not column.beyond:
                return self.filter(side, row, column)
        return None

    def column(self, key: str) -> Column | None:
        """The column with this key on any of its sides."""
        return next((column for side in self.sides if (column := side.column(key))), None)

    def columns(self) -> Iterator[Column]:
        """All columns of figures, other layouts' included."""
        for side in self.sides:
            yield from (*side.columns, *side.also_columns)
