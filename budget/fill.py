"""From lines to tables: every figure is the sum of the lines that pass its cell's filter.

Nothing here asks the database or knows a file format. A cell without lines is None: blank is not zero.
"""

from dataclasses import dataclass

from budget import codes
from budget.tables.declare import Table, passes


@dataclass(frozen=True)
class FilledRow:
    """A row of one side: its key, label cells, level (total, class, section, item …) and amounts in yuan.

    `terms` says of how many lines each amount is the sum, for the tolerance of rounded print.
    """

    key: str
    labels: tuple[str, ...]
    level: str
    amounts: tuple
    terms: tuple[int, ...]


@dataclass(frozen=True)
class Filled:
    """A table with its figures: for each declared side its rows; None is a gap in a two-sided table."""

    table: Table
    sides: tuple[list, ...]

    @property
    def is_empty(self):
        """Whether no cell has a figure."""
        return not any(a is not None for rows in self.sides for row in rows if row for a in row.amounts)

    def figures(self):
        """{(row key, column key): (amount, terms)} of every cell, blank ones too."""
        found = {}
        for side, rows in zip(self.table.sides, self.sides, strict=True):
            for row in filter(None, rows):
                for column, amount, terms in zip(side.columns, row.amounts, row.terms, strict=True):
                    found[row.key, column.key] = (amount, terms)
        return found


def fill(table, lines, names=None):
    """A `Filled` table from an iterable of lines; `names` is {(facet, code): name} for code rows."""
    lines = [line for line in lines if passes(line, table.where)]
    return Filled(table, tuple(_fill_side(side, lines, names or {}) for side in table.sides))


def figure(table, side, row, column, lines):
    """(amount, terms) of a single cell, printed or not: what `also` rows of other layouts are held to."""
    return _sum(line.amount for line in lines if passes(line, table.filter(side, row, column)))


def _fill_side(side, lines, names):
    lines = [line for line in lines if passes(line, side.where)]
    by_column = [[line for line in lines if passes(line, column.where)] for column in side.columns]
    if side.is_tree:
        return _tree_rows(side.rows, by_column, names)
    return [row and _fixed_row(row, by_column) for row in side.rows if _is_shown(row, lines)]


def _is_shown(row, lines):
    return row is None or not row.optional or any(passes(line, row.where) for line in lines)


def _fixed_row(row, by_column):
    sums = [_sum(line.amount for line in lines if passes(line, row.where)) for lines in by_column]
    return FilledRow(row.key, (row.label,), row.level, *zip(*sums, strict=True))


def _tree_rows(tree, by_column, names):
    columns = [_sums_by_prefix(tree.facet, lines) for lines in by_column]
    used = sorted({code for sums in columns for code in sums})
    return [_tree_row(tree, code, columns, names) for code in used]


def _sums_by_prefix(facet, lines):
    """{code or "" for the total: [amount, terms]} of one column."""
    sums = {}
    for line in lines:
        for code in ("", *codes.prefixes(getattr(line, facet))):
            amount, terms = sums.get(code, (0, 0))
            sums[code] = (amount + line.amount, terms + 1)
    return sums


def _tree_row(tree, code, columns, names):
    amounts, terms = zip(*(sums.get(code, (None, 0)) for sums in columns), strict=True)
    if not code:
        return FilledRow("total", ("", tree.total), "total", amounts, terms)
    return FilledRow(code, (code, names.get((tree.facet, code), "")), codes.level(code), amounts, terms)


def _sum(amounts):
    amounts = list(amounts)
    return (sum(amounts) if amounts else None, len(amounts))
