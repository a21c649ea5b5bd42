"""What a cell of a table feeds: the facets that its money may have. Found from the declarations, for any document.

A leaf cell of a feeding table is typed. Most say all facets of their line. One that leaves the fund open feeds what no
other table says by itself: of table 3's cells only the money that tables 5, 7 and 8 do not print. Where several funds
are left, a person or the document says whose the money is (`Document.dividing`).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from budget.cell import Cell
from budget.declare.tables import COMPARED, CodeTree, Column, Filter, Row, Side, Table, passing
from budget.figures.facets import SHAPES, AnyBut, Facets, Shape

_CODE = "0"  # stands for whatever code a row has


class Feed(NamedTuple):
    """The money of a typed cell. own: the facets that it may have; code: which of them is the row's own code."""

    own: tuple[Facets, ...]
    facet: str = ""

    def at(self, code: str, project: str = "") -> tuple[Facets, ...]:
        """The facets of a row of codes."""
        if not self.facet:
            return self.own
        there: dict[str, Any] = {self.facet: code, "project": project}
        return tuple(one._replace(**there) for one in self.own)


def is_fed(table: Table) -> bool:
    """Whether something of a table is typed."""
    return table.role != COMPARED or any(row.feeds for side in table.sides for row in side.fixed_rows)


def typed_columns(side: Side) -> tuple[Column, ...]:
    """The columns of a side that may be typed."""
    return tuple(column for column in side.leaf_columns if not column.beyond)


def typed_rows(table: Table, side: Side) -> tuple[Row, ...]:
    """Its fixed rows that are typed: all leaves of a feeding table, of a compared one those that feed all the same."""
    return tuple(row for row in side.leaf_rows if table.role != COMPARED or row.feeds)


def choices(filter_: Filter) -> tuple[Facets, ...]:
    """Every combination of facets that a line in a cell may bear."""
    return tuple(facets for shape in SHAPES for facets in _of_shape(shape, filter_))


def _of_shape(shape: Shape, filter_: Filter) -> Iterator[Facets]:
    allowed = shape._replace(book=(shape.book,))._asdict()  # type: ignore[arg-type]
    return (Facets(*values) for values in product(*(_values(allowed[name], filter_.get(name)) for name in allowed)))


def _values(allowed: tuple[Any, ...], wanted: tuple[Any, ...] | None) -> list[Any]:
    if isinstance(allowed, AnyBut):
        return _but(wanted or (), ("", *allowed))
    return [_plain(value) for value in allowed if wanted is None or value in wanted]


def _but(wanted: tuple[Any, ...], refused: tuple[Any, ...]) -> list[Any]:
    return [_plain(value) for value in wanted if value not in refused]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


@lru_cache(maxsize=64)
def feeds(table: Table, tables: tuple[Table, ...]) -> dict[tuple[str, str], Feed]:
    """{(row, column): Feed} of a table among those of its document; of rows of codes the row is ''."""
    others = [other for other in tables if other is not table and is_fed(other)]
    return {
        (row, column): Feed(own, side.tree.facet if side.is_tree else "")
        for side in table.sides
        for row, column, filter_ in _typed(table, side)
        if (own := _own(choices(filter_), others))
    }


def _typed(table: Table, side: Side) -> Iterator[tuple[str, str, Filter]]:
    """(row, column, filter) of what is typed on a side."""
    for column in typed_columns(side):
        if isinstance(side.rows, CodeTree):
            if table.role != COMPARED:
                yield "", column.key, _of_tree(table, side, column)
        else:
            for row in typed_rows(table, side):
                yield row.key, column.key, table.filter(side, row, column)


def _of_tree(table: Table, side: Side, column: Column) -> Filter:
    tree = side.tree
    above: Filter = {tree.within: (_CODE,)} if tree.within else {}
    return {**table.where, **side.where, tree.facet: (_CODE,), **above, **column.where}


def _own(found: tuple[Facets, ...], others: Iterable[Table]) -> tuple[Facets, ...]:
    """What remains when other tables have said theirs; all of it where they say everything."""
    if len(found) == 1:
        return found
    return tuple(one for one in found if not any(_says(other, one) for other in others)) or found


def _says(table: Table, facets: Facets) -> bool:
    """Whether a cell of a table says these facets, and nothing but them."""
    filters = (filter_ for side in table.sides for _, _, filter_ in _typed(table, side))
    return any(passing([facets], filter_) and len(choices(filter_)) == 1 for filter_ in filters)


def is_said_elsewhere(tables: tuple[Table, ...], table: Table, facets: Facets) -> bool:
    """Whether a cell of another table says a line's facets alone: so that it is no part of what is typed here."""
    codes: dict[str, Any] = {name: _CODE for name in ("function", "economic", "project") if getattr(facets, name)}
    like = facets._replace(**codes)
    return any(_says(other, like) for other in tables if other is not table and is_fed(other))


def feed_of(document_tables: tuple[Table, ...], table: Table, cell: Cell) -> tuple[Facets, ...]:
    """The facets that what is typed into a cell may have; none where it is not typed."""
    known = feeds(table, document_tables)
    if feed := known.get((cell.row, cell.column)):
        return feed.at("")
    feed = known.get(("", cell.column))
    if feed is None or cell.row == "total":
        return ()
    project, _, code = cell.row.rpartition(".")
    return feed.at(code, project)
