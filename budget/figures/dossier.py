"""One budget as plain values, in its three lives.

What the budget says (`Entries`), what the township's own file printed and where (`Original`), what people recorded
about it (`Recorded`). Every stage works on these: the reader makes the first two, `drafts` saves and loads all three,
the checks compare them, publication freezes them. So a file alone, a draft and a typed-in budget are all treated alike.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.fields import Record
from budget.declare.sentence import Item, Sentence
from budget.figures.as_printed import AS_PRINTED, AsPrinted
from budget.figures.facets import Book
from budget.figures.line import Line
from budget.figures.printed import Printed

Signature = tuple[str, Any]  # (who, the date)


class Explanation(TypedDict):
    """Why a finding may stand. at: an ISO date. accepted: whether its proposal was accepted instead."""

    text: str
    by: str
    at: str
    accepted: bool


@dataclass
class Entries:
    """What a budget says; amounts in yuan, texts raw.

    names: {(scheme, code): printed name} where the code list has another or none. records: {key of a list or form:
    its records}. dates: {key of a list: as of when it holds}. sections: [{number, title, text}]. as_printed: tables
    that nothing declares, by number. parts: what the source speaks of (books, keys of lists and forms, "sections",
    "as_printed"); an import replaces only these. composed: {number of a section: its sequence} of those written in
    sentences, whose texts follow (`budget.sentences`). reasons: {key: what a person typed in a sentence}.
    """

    document: Document
    region: str = ""
    unit: str = ""
    name: str = ""
    year: int | None = None
    lines: list[Line] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    records: dict[str, list[Record]] = field(default_factory=dict)
    dates: dict[str, datetime.date | None] = field(default_factory=dict)
    preamble: str = ""
    sections: list[Record] = field(default_factory=list)
    composed: dict[int, tuple[Item, ...]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    as_printed: list[AsPrinted] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.records = {records.key: [] for records in self.document.records} | self.records
        for listing in self.document.listings:
            if listing.dated:
                self.dates.setdefault(listing.key, None)

    def called(self) -> dict[tuple[str, str], str]:
        """{(facet, code): name} of what the records themselves name."""
        return called(self.document, self.records)


class Head(NamedTuple):
    """What stands over one table of a file, or on its cover: years and names of bodies, with where they stand."""

    years: dict[int, str]
    names: dict[str, str]


@dataclass
class Original:
    """What the township's own files printed, and where; of a table that several hold, what the latest prints.

    A place in an earlier file begins with that file's name, as in Excel's own references: `[909.xlsx]收支总表!C6`.
    figures: every figure that it prints, blanks too. notes: {table: its note}. places: {cell of a record: where it
    stands}. lines: those that the file gave, so that later changes of the draft can be told. years, names: {what the
    file says: where}. headings_missing: sentences on sections without their headings. heads: {a table, list or cover:
    what stands over it}. file: name of the latest file, where that is known.
    """

    figures: list[Printed] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    places: dict[Cell, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    years: dict[int, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    headings_missing: list[str] = field(default_factory=list)
    heads: dict[str, Head] = field(default_factory=dict)
    file: str = field(default="", compare=False)

    def of_table(self, key: str) -> list[Printed]:
        """The figures that the file prints of one table or list."""
        return [printed for printed in self.figures if printed.cell.table == key]


@dataclass
class Recorded:
    """What people recorded about a budget, and what this site knows of it.

    explanations: {a finding's fingerprint: why it may stand}. last_year: {cell: amount} as published last year;
    last_year_records: {key of a form: {name of a record: its amount}}. sentences: {key: a sentence of the county's}.
    """

    approved_on: datetime.date | None = None
    published_on: datetime.date | None = None
    secrecy_review: Signature = ("", None)
    sign_off: Signature = ("", None)
    explanations: dict[str, Explanation] = field(default_factory=dict)
    last_year: dict[Cell, Decimal] = field(default_factory=dict)
    last_year_records: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    sentences: dict[str, Sentence] = field(default_factory=dict)

    def explanation_of(self, fingerprints: Iterable[str]) -> Explanation | None:
        """Why a finding may stand; None while one of those that it tells together has no explanation.

        What was said of each by itself, before they were told together, still holds of all.
        """
        said = [self.explanations.get(fingerprint) for fingerprint in fingerprints]
        known = [one for one in said if one]
        if not known or len(known) < len(said):
            return None
        first, texts = known[0], "".join(dict.fromkeys(one["text"] for one in known))
        return Explanation(text=texts, by=first["by"], at=first["at"], accepted=all(one["accepted"] for one in known))


@dataclass
class Dossier:
    """A budget in its three lives; original is None where there is no file."""

    entries: Entries
    original: Original | None = None
    recorded: Recorded = field(default_factory=Recorded)

    @property
    def document(self) -> Document:
        """Which kind of document it is."""
        return self.entries.document


def called(document: Document, records: dict[str, list[Record]]) -> dict[tuple[str, str], str]:
    """{(facet, code): name} of what the records of forms name: a project by its code."""
    return {
        ("project", record[form.identity]): record[form.naming].strip()
        for form in document.forms
        for record in records.get(form.key, ())
    }


SECTIONS, SENTENCES, REASONS = "sections", "sentences", "reasons"


def parts_of(document: Document) -> tuple[str, ...]:
    """What an import replaces one by one: the books of lines, the lists and forms, the text, the other tables."""
    return (*Book.values, *(records.key for records in document.records), SECTIONS, AS_PRINTED)
