"""Where the figures of a table come from, and where they go: by the declarations of what feeds what."""

from budget.declare.document import Document
from budget.declare.tables import CODES, Filter, Row, Table, passing
from budget.entry.tables.feeds import feeds
from budget.figures.facets import Facets

_ANY = Row("", "")


def sources(document: Document, table: Table) -> list[Table]:
    """The tables whose typed cells a table adds up, itself aside."""
    return [other for other in document.tables if other is not table and _flows(document, other, table)]


def _flows(document: Document, source: Table, table: Table) -> bool:
    return any(_is_in(table, one) for feed in feeds(source, document.tables).values() for one in feed.own)


def _is_in(table: Table, facets: Facets) -> bool:
    """Whether a line with these facets, under some code, stands in a table."""
    rows = ((side, row) for side in table.sides for row in ([_ANY] if side.is_tree else side.fixed_rows))
    return any(passing([facets], table.where | side.where | _but_codes(row)) for side, row in rows)


def _but_codes(row: Row) -> Filter:
    return {facet: allowed for facet, allowed in row.where.items() if facet not in CODES}
