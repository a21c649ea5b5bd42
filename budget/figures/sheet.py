"""Tables and lists as sheets: plain JSON values, frozen with a publication, that pages and files draw alike.

A sheet of a table: {key, number, title, unit, note, sides: [{labels, columns}], rows: [{sides: [{key, level, labels,
amounts}]}]}. Amounts are strings in yuan ("8334500.00"), blank is None. A gap of a two-sided table has an
empty key. A sheet of a list: {key, title, fields, records, totals, …}.
"""

from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from budget.cell import Cell
from budget.declare.fields import Field, Record, Rows
from budget.declare.records import Listing, value_of
from budget.declare.tables import Side, Table
from budget.figures.dossier import Entries
from budget.figures.fill import Filled, FilledRow
from budget.figures.totals import TOTAL, groups, sum_or_blank, total_of
from budget.money import WAN

Json = dict[str, Any]
Paths = list[list[str]]  # the labels over each column, from the top heading row down


class HeadCell(NamedTuple):
    """A heading cell with its spans."""

    text: str
    columns: int
    rows: int


def sheet(filled: Filled) -> Json:
    """The sheet of a filled table."""
    table, note = filled.table, filled.table.empty_note if filled.is_empty else ""
    return about_table(table, note, [side_of(side, side.columns) for side in table.sides], _rows(filled))


def _rows(filled: Filled) -> list[Json]:
    """Of an empty table only declared rows, blank: no code is in use."""
    if filled.is_empty and all(side.is_tree for side in filled.table.sides):
        return []
    return [_row(filled.table, pair) for pair in zip(*filled.sides, strict=True)]


def about_table(table: Table, note: str, sides: list[Json], rows: list[Json], unit: str = WAN) -> Json:
    """A sheet from its parts."""
    return {
        "key": table.key,
        "number": table.number,
        "title": table.title,
        "sheet": table.sheet,
        "unit": unit,
        "note": note,
        "sides": sides,
        "rows": rows,
    }


def side_of(side: Side, columns: Any) -> Json:
    """One side of a sheet with these of its columns."""
    kinds = ("code", "name") if len(side.labels) == 2 else ("name",)
    return {
        "labels": [{"kind": kind, "heading": list(path)} for kind, path in zip(kinds, side.labels, strict=True)],
        "columns": [{"key": column.key, "heading": list(column.heading)} for column in columns],
    }


def _row(table: Table, filled_rows: tuple[FilledRow | None, ...]) -> Json:
    return {"sides": [_half(side, row) for side, row in zip(table.sides, filled_rows, strict=True)]}


def _half(side: Side, row: FilledRow | None) -> Json:
    if row is None:
        return gap(len(side.labels), len(side.columns))
    return {"key": row.key, "level": row.level, "labels": list(row.labels), "amounts": [*map(amount_text, row.amounts)]}


def gap(labels: int, columns: int) -> Json:
    """A half without a row."""
    return {"key": "", "level": "", "labels": [""] * labels, "amounts": [None] * columns}


def amount_text(amount: Decimal | None) -> str | None:
    """An amount in yuan as content holds it."""
    return None if amount is None else f"{amount:.2f}"


def list_sheet(listing: Listing, entries: Entries) -> Json:
    """The sheet of a list's records, with its derived totals."""
    records, as_of = entries.records[listing.key], entries.dates.get(listing.key)
    return {
        "key": listing.key,
        "title": listing.title,
        "sheet": listing.sheet,
        "note": listing.note if records else "",
        "group": listing.group.key if listing.group else "",
        "as_of": as_of.isoformat() if as_of else None,
        "fields": [about_field(field, entries.year) for field in listing.fields],
        "kinds": listing.kinds,
        "records": [_record(listing, record) for record in records],
        "totals": _totals(listing, records),
    }


def about_field(field: Field, year: int | None) -> Json:
    """What pages and files need to know of a field, and of those of its rows."""
    about = {"key": field.key, "heading": field.heading_in(year), "kind": field.kind}
    return about | ({"fields": [about_field(inner, year) for inner in field.fields]} if isinstance(field, Rows) else {})


def _record(listing: Listing, record: Record) -> Json:
    fields = [*listing.fields, *([listing.group] if listing.group else [])]
    return {field.key: field.freeze(value_of(field, record)) for field in fields}


def _totals(listing: Listing, records: list[Record]) -> Json:
    """Derived totals: of all records and of each group; of fixed rows beside the printed total."""
    if listing.parts:
        return _of_fixed_rows(listing, records)
    if not listing.group or not records:
        return {}
    key, shown = listing.group.key, listing.group.freeze
    records = [record | {key: shown(record[key])} for record in records]
    return {row: _sums(listing, records, row) for row in (TOTAL, *groups(listing, records))}


def _of_fixed_rows(listing: Listing, records: list[Record]) -> Json:
    """{amount: what the rows that make up the total add up to}"""
    parts = _parts(listing, records)
    sums = {field.key: sum_or_blank(record[field.key] for record in parts) for field in listing.totalled()}
    return {key: amount_text(whole) for key, whole in sums.items() if whole is not None}


def _parts(listing: Listing, records: list[Record]) -> list[Record]:
    kinds = set(chain.from_iterable(listing.parts.values()))
    return [record for record in records if record[listing.identity] in kinds]


def _sums(listing: Listing, records: list[Record], row: str) -> Json:
    fields = listing.totalled()
    return {f.key: amount_text(total_of(listing, records, Cell(listing.key, row, f.key))) for f in fields}


def headings(drawn: Json) -> Paths:
    """The heading paths of all columns of a table's sheet, from left to right, without 序号."""
    return [column["heading"] for side in drawn["sides"] for column in side["labels"] + side["columns"]]


def head_rows(paths: Paths) -> list[list[tuple[int, HeadCell]]]:
    """Heading rows with merged cells from heading paths: equal neighbours share a cell, short paths reach down.

    Returns a list of rows of (column index, HeadCell).
    """
    depth = max(map(len, paths))
    return [_head_row(paths, level, depth) for level in range(depth)]


def _head_row(paths: Paths, level: int, depth: int) -> list[tuple[int, HeadCell]]:
    cells: list[tuple[int, HeadCell]] = []
    for index, path in enumerate(paths):
        if level >= len(path):
            continue  # the label above reaches down to here
        if _is_merged(paths, index, level):
            column, cell = cells[-1]
            cells[-1] = (column, cell._replace(columns=cell.columns + 1))
        else:
            rows = depth - level if level == len(path) - 1 else 1
            cells.append((index, HeadCell(path[level], 1, rows)))
    return cells


def _is_merged(paths: Paths, index: int, level: int) -> bool:
    """Whether a label shares the cell of its left neighbour; the lowest never does: it heads its column alone."""
    path, down = paths[index], level + 1
    return index > 0 and len(path) > down and paths[index - 1][:down] == path[:down]
