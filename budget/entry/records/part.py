"""The records of a list or form as a person saw them, and with their changes the part that the door is asked for.

A sheet's identity (a project's code) is what its lines bear, too: who changes it moves those lines to the new one in
the same act, so that a table by project still finds them.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.declare.document import Document
from budget.declare.fields import Record
from budget.declare.records import Listing, Records
from budget.documents import DOCUMENTS
from budget.drafts.flat import Flat, Parts, address_of, line_at, of_records, unflatten
from budget.drafts.journal import as_of
from budget.drafts.load import load_lines, load_records
from budget.figures.dossier import Entries
from budget.figures.facets import Book
from budget.models import Budget


@dataclass
class Part:
    """A list or form of a budget as it was when a person saw it; date: as of when it holds."""

    document: Document
    records: Records
    found: list[Record]
    date: datetime.date | None = None

    def flat(self) -> Flat:
        """What the door compares."""
        entries = Entries(self.document)
        entries.records[self.records.key] = self.found
        if self.date is not None:
            entries.dates[self.records.key] = self.date
        return of_records(self.records, entries)

    def at(self, row: str) -> int | None:
        """The place of the record that this identifies; None without one."""
        places = (n for n, record in enumerate(self.found) if self.records.row(record, n + 1) == row)
        return next(places, None)

    def put(self, row: str, record: Record) -> None:
        """Put a record in the place of the one that this identifies, or after the others."""
        at = self.at(row) if row else None
        if at is None:
            self.found.append(record)
        else:
            self.found[at] = record

    def take_away(self, row: str) -> None:
        """Take away the record that this identifies, where there is one."""
        at = self.at(row)
        if at is not None:
            del self.found[at]


def part_of(budget: Budget, records: Records, seen: int | None = None) -> Part:
    """The part as it was when a person saw it, or as it is now."""
    document, key = DOCUMENTS[budget.document], records.key
    dated = getattr(records, "dated", "")
    there = Part(document, records, load_records(budget, records), getattr(budget, dated) if dated else None)
    if seen is None:
        return there
    flat = as_of({key: there.flat()}, budget, seen)
    entries = unflatten(flat, document).entries
    return Part(document, records, entries.records[key], entries.dates.get(key))


def wanted(budget: Budget, part: Part, seen: int | None, moved: dict[str, str] | None = None) -> Parts:
    """What the door is asked for; moved: {an identity: its new one}."""
    parts = {part.records.key: part.flat()}
    return parts | (_moved(budget, seen, moved) if moved and part.records.identity else {})


def _moved(budget: Budget, seen: int | None, moved: dict[str, str]) -> Parts:
    """The books in which a line bears an identity that is another now."""
    books: Parts = {book: {} for book in Book.values}
    for line in load_lines(budget):
        books[line.book][str(address_of(line))] = f"{line.amount:f}"
    before = books if seen is None else as_of(books, budget, seen)
    after = {book: _with_new(flat, moved) for book, flat in before.items()}
    return {book: flat for book, flat in after.items() if flat != before[book]}


def _with_new(flat: Flat, moved: dict[str, str]) -> Flat:
    """The lines under the new identity; two that become one are added up."""
    amounts: dict[str, Decimal] = {}
    for address, amount in flat.items():
        line = line_at(address, amount)
        new = line._replace(project=moved.get(line.project, line.project))
        amounts[str(address_of(new))] = amounts.get(str(address_of(new)), Decimal(0)) + line.amount
    return {address: f"{amount:f}" for address, amount in amounts.items()}


def lines_of(budget: Budget, identity: str) -> int:
    """How many lines bear a record's identity."""
    return int(budget.lines.filter(project=identity).count())


def repeated(part: Part) -> str:
    """An identity that two records bear; '' where each has its own."""
    seen: set[str] = set()
    for number, record in enumerate(part.found, 1):
        row = part.records.row(record, number)
        if row in seen:
            return row
        seen.add(row)
    return ""


def own_words(budget: Budget, records: Records, rows_key: str, keys: list[str]) -> list[tuple[str, ...]]:
    """What the rows of all records say in fields that are chosen together."""
    model: Any = getattr(budget, records.key).model._meta.get_field(rows_key)
    owner = model.field.name
    found = model.related_model.objects.filter(**{f"{owner}__budget": budget}).order_by()
    return list(found.values_list(*keys).distinct())


def fixed(listing: Listing, found: list[Record]) -> list[Record]:
    """The records of a list of fixed rows, with an empty one for each row that has none."""
    key = listing.first.key
    there = {record[key] for record in found}
    return [*found, *(listing.blank() | {key: kind} for kind in listing.kinds if kind not in there)]
