"""A table as a grid: its rows and cells as printed, which of them are typed, and last year's figure beside each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.tables import Column, Row, Side, Table, passing
from budget.entry.tables.feeds import feed_of
from budget.figures.facets import Facets
from budget.figures.fill import Derived, Names, fill, part_of_tree, rows_of
from budget.figures.line import Line
from budget.figures.totals import TOTAL, sum_or_blank

NOT_DIVIDED = "其中：没有细分的"


@dataclass(frozen=True)
class Square:
    """A cell of a grid. own: the facets of what is typed into it; none where it is added up."""

    cell: Cell
    column: Column
    amount: Decimal | None
    last_year: Decimal | None = None
    own: tuple[Facets, ...] = ()


@dataclass(frozen=True)
class GridRow:
    """A row of one side. is_rest: what stands on a code itself that others refine; printed with its row above."""

    key: str
    labels: tuple[str, ...]
    level: str
    squares: tuple[Square, ...]
    is_rest: bool = False


@dataclass(frozen=True)
class Grid:
    """A table with what is typed into it; for each declared side its rows, None is a gap."""

    document: Document
    table: Table
    lines: tuple[Line, ...]
    sides: tuple[tuple[GridRow | None, ...], ...] = ()
    typed: dict[Cell, Square] = field(default_factory=dict)

    def rows(self) -> Iterator[GridRow]:
        """All rows, gaps aside."""
        return (row for side in self.sides for row in side if row)

    def lines_of(self, square: Square) -> list[Line]:
        """The lines that a typed cell adds up."""
        found = passing(self.lines, self.table.filter_of(square.cell) or {})
        trees = [side.tree for side in self.table.sides if side.is_tree]
        if not trees:
            return found
        code = part_of_tree(trees[0], square.cell.row)[1]
        return [line for line in found if getattr(line, trees[0].facet) == code]


@dataclass(frozen=True)
class LastYear:
    """The lines of the year before; empty where it is not known."""

    lines: tuple[Line, ...] = ()
    year: int | None = None
    names: Names = field(default_factory=dict)


def grid(
    document: Document, table: Table, lines: Iterable[Line], names: Names,
    last_year: LastYear = LastYear(), added: Iterable[str] = (),
) -> Grid:  # fmt: skip
    """The `Grid` of a table. names: {(scheme, code): name}. added: keys of rows of codes that hold nothing yet."""
    lines, builder = tuple(lines), _Builder(document, table, names | {}, tuple(added))
    return builder.built(lines, last_year)


class _Builder:
    def __init__(self, document: Document, table: Table, names: Names, added: tuple[str, ...]):
        self.document, self.table, self.names, self.added = document, table, names, added
        self.figures: Derived = {}
        self.before: Derived = {}
        self.beside: tuple[Line, ...] = ()

    def built(self, lines: tuple[Line, ...], last_year: LastYear) -> Grid:
        self.names = last_year.names | self.names
        self.figures = fill(self.table, lines).figures()
        is_of_all_funds = set(self.table.where) == {"book"}
        self.beside = lines if is_of_all_funds else ()  # what is received for a code is spent under it
        self.before = fill(self.table, last_year.lines).figures() if last_year.lines else {}
        sides = tuple(tuple(self._side(side, lines)) for side in self.table.sides)
        squares = (square for side in sides for row in side if row for square in row.squares)
        typed = {square.cell: square for square in squares if square.own}
        return Grid(self.document, self.table, lines, sides, typed)

    def _side(self, side: Side, lines: tuple[Line, ...]) -> Iterator[GridRow | None]:
        if side.is_tree:
            yield from self._tree(side, passing(lines, self.table.where | side.where))
            return
        for row in cast("tuple[Row | None, ...]", side.rows):
            yield self._fixed(side, row) if row else None

    def _fixed(self, side: Side, row: Row) -> GridRow:
        squares = tuple(self._square(row.key, column, True) for column in side.columns)
        return GridRow(row.key, (row.label,), row.level, squares)

    def _tree(self, side: Side, lines: list[Line]) -> Iterator[GridRow]:
        keys = _keys(side, lines, self.before, self.added) | _used(side, lines, self.beside)
        inner = {above for key in keys for above in _above(key) if above in keys}
        direct = {_key_of(side, line) for line in lines} & inner
        for key in (TOTAL, *sorted(keys)):
            squares = tuple(self._square(key, column, key not in inner) for column in side.columns)
            yield GridRow(key, *self._named(side, key), squares)
            if key in direct:
                yield self._rest(side, key, lines)

    def _named(self, side: Side, key: str) -> tuple[tuple[str, ...], str]:
        if key == TOTAL:
            return ("", side.tree.total), "total"
        facet, code, level = part_of_tree(side.tree, key)
        return (code, self.names.get((facet, code), "")), level

    def _square(self, key: str, column: Column, is_leaf: bool) -> Square:
        cell = self.table.cell(key, column.key)
        own = self._own(cell) if is_leaf else ()
        return Square(cell, column, _amount(self.figures, cell), _amount(self.before, cell), own)

    def _own(self, cell: Cell) -> tuple[Facets, ...]:
        return feed_of(self.document.tables, self.table, cell)

    def _rest(self, side: Side, key: str, lines: list[Line]) -> GridRow:
        """What stands on the code itself: a file may stop at 类 or 款, and somebody goes on below it."""
        direct = [line for line in lines if _key_of(side, line) == key]
        squares = (
            Square(
                cell := self.table.cell(key, column.key),
                column,
                sum_or_blank(line.amount for line in passing(direct, column.where)),
                None,
                self._own(cell),
            )
            for column in side.columns
        )
        level = "item" if len(key) >= 5 else "section"
        return GridRow(key, ("", NOT_DIVIDED), level, tuple(squares), is_rest=True)


def _keys(side: Side, lines: list[Line], before: Derived, added: Iterable[str]) -> set[str]:
    """The rows of the codes in use, of last year's that nothing refines or stands above now, and of the added ones."""
    used = {key for line in lines for key in rows_of(side.tree, line)}
    return used | _kept(side, lines, before) | {one for key in added for one in (*_above(key), key)}


def _used(side: Side, lines: list[Line], beside: Iterable[Line]) -> set[str]:
    """The rows of codes that other tables use, but for those that would refine a code that stands here."""
    leaves = {_key_of(side, line) for line in lines}
    found = [rows_of(side.tree, line) for line in beside if getattr(line, side.tree.facet)]
    return {key for keys in found if not leaves & set(_above(keys[-1])) for key in keys}


def _kept(side: Side, lines: list[Line], before: Derived) -> set[str]:
    """Last year's rows, but for those that would refine what stands on a code itself this year."""
    leaves = {_key_of(side, line) for line in lines}
    known = {cell.row for cell, (amount, _) in before.items() if amount is not None} - {TOTAL}
    return {key for key in known if not leaves & set(_above(key))}


def _key_of(side: Side, line: Line) -> str:
    return rows_of(side.tree, line)[-1] if rows_of(side.tree, line) else ""


def _above(key: str) -> list[str]:
    """The keys of the rows above a row: of 2080505 208 and 20805, of P01.2080505 P01."""
    above, dot, _ = key.rpartition(".")
    return [above] if dot else [key[:n] for n in (3, 5) if n < len(key)]


def _amount(figures: Derived, cell: Cell) -> Decimal | None:
    return figures.get(cell, (None, 0))[0]
