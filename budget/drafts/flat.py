"""What a budget says, part by part, as {address: text}: what the door compares, and what the journal keeps.

A part is what a person works on: a book of lines, a list, the projects, the text. Every value has one address, and a
blank has none, so two versions are compared, and one is made from the other, value by value. Flat and back again is the
same budget (`tests/budget/test_door.py`): journal, undo and restoring rest on that.
"""

import datetime
import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.fields import Field, Figure, Record, Rows
from budget.declare.records import Listing, Records
from budget.drafts import sequences
from budget.figures.as_printed import AS_PRINTED, AsPrinted, from_json
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES, Entries
from budget.figures.facets import Book, Facets
from budget.figures.line import Line, sort_key
from budget.money import shortest

Flat = dict[str, str]
Parts = dict[str, Flat]  # {part: what it says}

NAMES, HEAD, EXPLANATIONS, SOURCE = "names", "head", "explanations", "source"
ORDER, AS_OF = "order", "as_of"
STATE = "state"  # a part that people do not change by themselves: each step is one of `states.TRANSITIONS`


@dataclass
class Said:
    """A budget as people change it: its entries, what stands at its head, why findings may stand, its latest file.

    head: {field of the budget: value}. explanations: {fingerprint: {rule, message, text, accepted, by}}. source: the
    SHA-256 of the file that it follows, '' for none.
    """

    entries: Entries
    head: dict[str, Any] = field(default_factory=dict)
    explanations: dict[str, dict[str, Any]] = field(default_factory=dict)
    source: str = ""


def parts_of(document: Document) -> tuple[str, ...]:
    """Every part of a budget that a person may change."""
    records = (records.key for records in document.records)
    return (*Book.values, NAMES, *records, SECTIONS, SENTENCES, REASONS, AS_PRINTED, HEAD, EXPLANATIONS, SOURCE)


def flatten(said: Said) -> Parts:
    """Every part, flat."""
    entries = said.entries
    flat = {book: _of_lines(line for line in entries.lines if line.book == book) for book in Book.values}
    flat |= {records.key: of_records(records, entries) for records in entries.document.records}
    return flat | {
        NAMES: {str(Cell(NAMES, code, scheme)): name for (scheme, code), name in entries.names.items()},
        SECTIONS: _of_sections(entries),
        SENTENCES: sequences.flat_of(entries.composed),
        REASONS: sequences.reasons_flat(entries.reasons),
        AS_PRINTED: {str(Cell(AS_PRINTED, str(one.number), "table")): _of_table(one) for one in entries.as_printed},
        HEAD: _filled((Cell(HEAD, "", key), value) for key, value in said.head.items()),
        EXPLANATIONS: of_explanations(said.explanations),
        SOURCE: source_of(said.source) if said.source else {},
    }


def source_of(sha256: str) -> Flat:
    """The part that says which file a budget follows."""
    return {str(Cell(SOURCE, "", "sha256")): sha256}


def unflatten(parts: Parts, document: Document) -> Said:
    """The inverse of `flatten`, for the parts that are given; whose budget it is, no part says."""
    entries = Entries(document, parts=set(parts))
    lines = (line_at(address, text) for book in Book.values for address, text in parts.get(book, {}).items())
    entries.lines = sorted(lines, key=sort_key)
    entries.names = {(cell.column, cell.row): name for cell, name in _cells(parts.get(NAMES, {}))}
    for records in document.records:
        entries.records[records.key] = records_in(records, parts.get(records.key, {}))
        if isinstance(records, Listing) and records.dated:
            entries.dates[records.key] = _date(parts.get(records.key, {}).get(str(Cell(records.key, "", AS_OF))))
    entries.preamble, entries.sections = _sections_in(parts.get(SECTIONS, {}))
    entries.composed = sequences.composed_in(parts.get(SENTENCES, {}))
    entries.reasons = sequences.reasons_in(parts.get(REASONS, {}))
    entries.as_printed = sorted(
        (_table_in(int(cell.row), text) for cell, text in _cells(parts.get(AS_PRINTED, {}))), key=lambda one: one.number
    )
    head = {cell.column: text for cell, text in _cells(parts.get(HEAD, {}))}
    source = next(iter(parts.get(SOURCE, {}).values()), "")
    return Said(entries, head, _explanations_in(parts.get(EXPLANATIONS, {})), source)


# Lines: an address bears all facets, the code (of a project) as its row, fund and kind as its column.


def address_of(line: Line) -> Cell:
    """Where a line stands in its book.

    >>> str(address_of(Line("spending", "general_public_budget", "project", "2130705", project="P01")))
    'spending-P01.2130705-general_public_budget.project'
    """
    code = line.function or line.economic or line.item
    row = f"{line.project}.{code}" if line.project else code
    column = ".".join(filter(None, (line.fund, line.kind, "carried_over" if line.carried_over else "")))
    return Cell(line.book, row, column)


def line_at(address: str, amount: str) -> Line:
    """The inverse of `address_of`, with its amount."""
    cell = Cell.parse(address)
    project, _, code = cell.row.rpartition(".")
    fund, *rest = cell.column.split(".")
    facet = {Book.ECONOMIC: "economic", Book.THREE_PUBLIC: "item"}.get(Book(cell.table), "function")
    kind = next((word for word in rest if word != "carried_over"), "")
    of_code = {"function": "", "economic": "", "item": "", facet: code}
    facets = Facets(cell.table, fund, kind, **of_code, project=project, carried_over="carried_over" in rest)
    return Line(*facets, amount=Decimal(amount))


def _of_lines(lines: Iterable[Line]) -> Flat:
    return {str(address_of(line)): _text(line.amount) for line in lines}


# Lists and forms.


def of_records(records: Records, entries: Entries) -> Flat:
    """The records of a list or form; the order of those that are not known by their number is kept beside them."""
    found = entries.records[records.key]
    flat = _filled((cell, value) for cell, _, value in records.cells(found))
    if records.identity:
        places = ((records.row(record, 0), str(n)) for n, record in enumerate(found, 1))
        flat |= {str(Cell(records.key, row, ORDER)): n for row, n in places}
    if as_of := entries.dates.get(records.key):
        flat[str(Cell(records.key, "", AS_OF))] = as_of.isoformat()
    return flat


def records_in(records: Records, flat: Flat) -> list[Record]:
    """The inverse of `of_records`: in their order, gaps closed."""
    by_row: dict[str, dict[str, str]] = {}
    for cell, text in _cells(flat):
        if cell.row:
            by_row.setdefault(cell.row, {})[cell.column] = text
    known_by = (lambda row: int(by_row[row].get(ORDER, "0"))) if records.identity else int
    return [_record(records.stored(), by_row[row]) for row in sorted(by_row, key=known_by)]


def _record(fields: Iterable[Field], texts: dict[str, str]) -> Record:
    return {one.key: _rows(one, texts) if isinstance(one, Rows) else _value(one, texts.get(one.key)) for one in fields}


def _rows(rows: Rows, texts: dict[str, str]) -> list[Record]:
    by_number: dict[int, dict[str, str]] = {}
    for column, text in texts.items():
        key, _, rest = column.partition("-")
        if key == rows.key and rest:
            number, _, inner = rest.partition("-")
            by_number.setdefault(int(number), {})[inner] = text
    return [_record(rows.fields, by_number[number]) for number in sorted(by_number)]


def _value(declared: Field, text: str | None) -> Any:
    if isinstance(declared, Figure):
        return None if text is None else Decimal(text)
    return text or ""


# The text, the tables kept as printed, explanations.


def _of_sections(entries: Entries) -> Flat:
    flat = _filled([(Cell(SECTIONS, "0", "text"), entries.preamble)])
    for order, section in enumerate(entries.sections, 1):
        row = str(section["number"])
        said = ("title",) if section["number"] in entries.composed else ("title", "text")
        flat |= _filled((Cell(SECTIONS, row, key), section[key]) for key in said)
        flat[str(Cell(SECTIONS, row, ORDER))] = str(order)
    return flat


def _sections_in(flat: Flat) -> tuple[str, list[Record]]:
    rows: dict[int, dict[str, str]] = {}
    for cell, text in _cells(flat):
        rows.setdefault(int(cell.row), {})[cell.column] = text
    preamble = rows.pop(0, {}).get("text", "")
    numbers = sorted(rows, key=lambda number: int(rows[number].get(ORDER, "0")))
    texts = ({"number": n, "title": rows[n].get("title", ""), "text": rows[n].get("text", "")} for n in numbers)
    return preamble, list(texts)


def _of_table(one: AsPrinted) -> str:
    return json.dumps([one.as_json(), one.place], ensure_ascii=False, sort_keys=True)


def _table_in(number: int, text: str) -> AsPrinted:
    kept, place = json.loads(text)
    return from_json(kept, number, place)


def of_explanations(said: dict[str, dict[str, Any]]) -> Flat:
    """Why findings may stand, as a part."""
    return _filled((Cell(EXPLANATIONS, key, name), value) for key, one in said.items() for name, value in one.items())


def _explanations_in(flat: Flat) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for cell, text in _cells(flat):
        one = found.setdefault(cell.row, {"rule": "", "message": "", "text": "", "accepted": False, "by": ""})
        one[cell.column] = text == "1" if cell.column == "accepted" else text
    return found


# Values.


def _cells(flat: Flat) -> Iterator[tuple[Cell, str]]:
    return ((Cell.parse(address), text) for address, text in flat.items())


def _filled(values: Iterable[tuple[Cell, Any]]) -> Flat:
    return {str(cell): text for cell, value in values if (text := _text(value))}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, Decimal):
        return f"{shortest(value):f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


# What belongs together.


def unit_of(address: str, document: Document, gone: Container[str] = ()) -> str:
    """What two people cannot change apart: a value; of rows that are known by their number, all of them.

    gone: records that one of them took away (`gone_records`): all that such a record says is one.

    >>> from budget.documents.department_budget import DEPARTMENT_BUDGET
    >>> unit_of("projects-P01-indicators-3-target", DEPARTMENT_BUDGET), unit_of("procurement-2-item", DEPARTMENT_BUDGET)
    ('projects-P01-indicators', 'procurement')
    """
    cell = Cell.parse(address)
    row, records = str(Cell(cell.table, cell.row)), document.list_of(cell.table)
    if records is not None:
        known = row if row in gone else str(Cell(cell.table, cell.row, cell.column.partition("-")[0]))
        return known if records.identity else cell.table
    return row if cell.table in (SECTIONS, SENTENCES, EXPLANATIONS, AS_PRINTED) else address


def gone_records(changes: Iterable[tuple[str, str | None, str | None]], document: Document) -> set[str]:
    """The records that these changes (address, old, new) take away: who fills in one of them must be asked."""
    gone = set()
    for address, old, new in changes:
        cell = Cell.parse(address)
        records = document.list_of(cell.table)
        if records and old is not None and new is None and cell.column == records.identity:
            gone.add(str(Cell(cell.table, cell.row)))
    return gone
