"""What a standard table is: sides of rows and columns, each a filter over lines.

A cell is a filter (table × side × row × column), a figure is the sum of the lines that pass it.
"""

from dataclasses import dataclass, field

CODES = ("function", "economic")  # facets that a filter matches by prefix: 208 passes 2080505

Filter = dict  # facet -> tuple of allowed values


def where(**facets):
    """A filter: `where(book="income", fund=FISCAL)`; one value or a tuple of them for each facet."""
    return {facet: value if isinstance(value, tuple) else (value,) for facet, value in facets.items()}


def passes(line, filter_):
    """Whether a line passes a filter; codes match by prefix."""
    for facet, allowed in filter_.items():
        value = getattr(line, facet)
        if not (value.startswith(allowed) if facet in CODES else value in allowed):
            return False
    return True


def narrower(one, other):
    """Whether filter `one` lets through strictly less than `other` can be seen to let through."""
    return one != other and all(facet in one and _within(facet, one[facet], other[facet]) for facet in other)


def _within(facet, some, allowed):
    return all(value.startswith(allowed) if facet in CODES else value in allowed for value in some)


@dataclass(frozen=True, eq=False)
class Column:
    """A column of figures.

    heading: its labels from the top heading row down, exactly as printed; equal neighbours are merged.
    same_as: other wordings of the lowest label, as other counties print it.
    memo: a 其中 column: it shows part of another one, is compared and never feeds lines.
    """

    key: str
    heading: tuple[str, ...]
    where: Filter = field(default_factory=dict)
    same_as: tuple[str, ...] = ()
    memo: bool = False


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

    facet: "function" or "economic".
    """

    facet: str
    total: str = "合计"


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
    def is_tree(self):
        """Whether the rows follow from codes."""
        return isinstance(self.rows, CodeTree)

    def leaf_columns(self):
        """Printed columns that no other printed column refines: they alone can feed lines."""
        plain = [column for column in self.columns if not column.memo]
        return [c for c in plain if not any(narrower(other.where, c.where) for other in plain)]

    def leaf_rows(self):
        """Fixed rows that no other row refines (for a tree, the codes in use decide)."""
        rows = [row for row in self.rows if row]
        return [r for r in rows if not any(narrower(other.where, r.where) for other in rows)]


FEEDS, REMAINDER, COMPARED = "feeds", "remainder", "compared"


@dataclass(frozen=True, eq=False)
class Table:
    """A standard table, declared once.

    key: stable name, as in addresses of figures. sheet: name of its worksheet in our workbook.
    title: as printed. like: regular expression for titles of the same table elsewhere (on text without
    white space, quotes and years); by default the title itself.
    role: FEEDS (its leaf cells become lines), REMAINDER (only what the feeding tables leave over does),
    COMPARED (every figure is compared with the derived one).
    empty_note: what stands under the table when there is nothing in it.
    wide: key of the column that a layout with the rows laid out as columns fills.
    """

    number: int
    key: str
    title: str
    sheet: str
    sides: tuple[Side, ...]
    where: Filter = field(default_factory=dict)
    role: str = COMPARED
    like: str = ""
    empty_note: str = ""
    wide: str = ""

    @property
    def code(self):
        """T1 … T9, as the field's rules call the table."""
        return f"T{self.number}"

    def filter(self, side, row, column):
        """The whole filter of a cell; `row` and `column` are filters or declared rows and columns."""
        return {**self.where, **side.where, **row.where, **column.where}
