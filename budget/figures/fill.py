"""From lines to tables: every figure is the sum of the lines that pass its cell's filter.

Nothing here asks the database or knows a file format. A cell without lines is None: blank is not zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget import codes
from budget.cell import Cell
from budget.declare.tables import CodeTree, Row, Side, Table, passing
from budget.figures.line import Line

Names = dict[tuple[str, str], str]  # {(scheme or facet, code): name}
Amounts = tuple[Decimal | None, ...]
Derived = dict[Cell, tuple[Decimal | None, int]]  # {cell: (amount, of how many lines it is the sum)}


@dataclass(frozen=True)
class FilledRow:
    """A row of one side: its key, label cells, level (total, class, section, item …) and amounts in yuan.

    `terms` says of how many lines each amount is the sum, for the tolerance of rounded print.
    """

    key: str
    labels: tuple[str, ...]
    level: str
    amounts: Amounts
    terms: tuple[int, ...]


@dataclass(frozen=True)
class Filled:
    """A table with its figures: for each declared side its rows; None is a gap in a two-sided table."""

    table: Table
    sides: tuple[list[FilledRow | None], ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell has a figure."""
        return not any(a is not None for rows in self.sides for row in rows if row for a in row.amounts)

    def figures(self) -> Derived:
        """Every cell of the table, blank ones too."""
        derived, cell = Derived(), self.table.cell
        for side, rows in zip(self.table.sides, self.sides, strict=True):
            for row in filter(None, rows):
                for column, amount, terms in zip(side.columns, row.amounts, row.terms, strict=True):
                    derived[cell(row.key, column.key)] = (amount, terms)
        return derived


def fill(table: Table, lines: Iterable[Line], names: Names | None = None) -> Filled:
    """A `Filled` table; `names` is {(facet, code): name} for code rows."""
    lines = passing(lines, table.where)
    return Filled(table, tuple(_fill_side(side, lines, names or {}) for side in table.sides))


def figure(table: Table, cell: Cell, lines: Iterable[Line]) -> tuple[Decimal | None, int]:
    """(amount, terms) of a single cell, printed or not: what `also` rows of other layouts are held to."""
    filter_ = table.filter_of(cell)
    return _sum([] if filter_ is None else passing(lines, filter_))


def _fill_side(side: Side, lines: list[Line], names: Names) -> list[FilledRow | None]:
    lines = passing(lines, side.where)
    if isinstance(side.rows, CodeTree):
        return _tree_rows(side.rows, [passing(lines, column.where) for column in side.columns], names)
    return [_fixed_row(row, side, lines) if row else None for row in side.rows if _is_shown(row, lines)]


def _is_shown(row: Row | None, lines: list[Line]) -> bool:
    return row is None or not row.optional or bool(passing(lines, row.where))


def _fixed_row(row: Row, side: Side, lines: list[Line]) -> FilledRow:
    lines = passing(lines, row.where)
    amounts, terms = zip(*(_sum(passing(lines, column.where)) for column in side.columns), strict=True)
    return FilledRow(row.key, (row.label,), row.level, amounts, terms)


def _tree_rows(tree: CodeTree, by_column: list[list[Line]], names: Names) -> list[FilledRow | None]:
    columns = [_sums_by_row(tree, lines) for lines in by_column]
    used = sorted({key for sums in columns for key in sums}, key=lambda key: (key != "total", key))
    return [_tree_row(tree, key, columns, names) for key in used]


def _sums_by_row(tree: CodeTree, lines: list[Line]) -> dict[str, tuple[Decimal, int]]:
    """{row key: (amount, terms)} of one column."""
    sums: dict[str, tuple[Decimal, int]] = {}
    for line in lines:
        for key in ("total", *rows_of(tree, line)):
            amount, terms = sums.get(key, (Decimal(0), 0))
            sums[key] = (amount + line.amount, terms + 1)
    return sums


def rows_of(tree: CodeTree, line: Line) -> tuple[str, ...]:
    """The rows that a line counts in, from the highest down."""
    code = getattr(line, tree.facet)
    if not tree.within:
        return codes.prefixes(code)
    above = getattr(line, tree.within)
    return (above, f"{above}.{code}") if above else ()


def _tree_row(tree: CodeTree, key: str, columns: list[dict[str, tuple[Decimal, int]]], names: Names) -> FilledRow:
    amounts, terms = zip(*(sums.get(key, (None, 0)) for sums in columns), strict=True)
    if key == "total":
        return FilledRow(key, ("", tree.total), "total", amounts, terms)
    facet, code, level = part_of_tree(tree, key)
    return FilledRow(key, (code, names.get((facet, code), "")), level, amounts, terms)


def part_of_tree(tree: CodeTree, key: str) -> tuple[str, str, str]:
    """(facet, code, level) of a row that follows from a code, by its key."""
    above, _, code = key.rpartition(".")
    if tree.within and not above:
        return tree.within, code, "class"
    return tree.facet, code, "item" if tree.within else codes.level(code)


def _sum(lines: list[Line]) -> tuple[Decimal | None, int]:
    """(amount, terms); a cell without lines is blank."""
    return (sum((line.amount for line in lines), Decimal(0)) if lines else None, len(lines))
