"""Everything a budget says, as plain values: read from a file, or loaded from the database.

Every stage works on `Facts`: the reader of uploads makes them, `store` saves and loads them, `fill` adds
their lines up, the checks compare them, publication freezes them. So a file alone, a draft and a typed-in
budget are all treated alike.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from budget.facets import Book, Facets


class Amount(NamedTuple):
    """One line outside the database: the facets of `Facets`, then an amount in yuan."""

    book: str
    fund: str = ""
    kind: str = ""
    function: str = ""
    economic: str = ""
    item: str = ""
    carried_over: bool = False
    amount: Decimal | None = None

    @property
    def facets(self):
        """The facets alone, a line's identity inside one budget."""
        return Facets(*self[:-1])


class Printed(NamedTuple):
    """One figure as a file prints it.

    table, row, column: keys of the declaration. amount: yuan, None where the cell is blank. place: where it
    stands, `sheet!cell` or table, row and column in Word. unit: 元 or 万元. step: the last place that the
    table prints, in yuan (100 where it prints 0.01 万元): half of it is what rounding may hide.
    """

    table: str
    row: str
    column: str
    amount: Decimal | None
    place: str
    unit: str
    step: Decimal


@dataclass
class Facts:
    """A budget as values; amounts in yuan, texts raw.

    parts: what the source speaks of (books, "institutions", "projects", …); an import replaces only these.
    names: {(scheme, code): printed name} where the code list has another or none.
    printed, notes: the figures that the file prints, and its notes under tables. places: {(listing or "projects",
    row, field): where it stands}. source_lines: the lines as the file gave them, None without a file. years,
    departments: {what the file says: where}. headings_missing: sentences on sections without their headings.
    last_year: {(table, row, column): amount} as published last year. approved_on, published_on: dates.
    explanations: {a finding's fingerprint: {text, by, at, accepted}}. secrecy_review, sign_off: (who, when).
    """

    region: str = ""
    unit: str = ""
    name: str = ""
    year: int | None = None
    lines: list = field(default_factory=list)
    names: dict = field(default_factory=dict)
    institutions: list[dict] = field(default_factory=list)
    projects: list[dict] = field(default_factory=list)
    procurement: list[dict] = field(default_factory=list)
    fixed_assets: list[dict] = field(default_factory=list)
    assets_as_of: datetime.date | None = None
    preamble: str = ""
    sections: list[dict] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    notes: dict = field(default_factory=dict)
    parts: set = field(default_factory=set)
    places: dict = field(default_factory=dict)
    source_lines: list | None = None
    years: dict = field(default_factory=dict)
    departments: dict = field(default_factory=dict)
    headings_missing: list[str] = field(default_factory=list)
    last_year: dict = field(default_factory=dict)
    approved_on: datetime.date | None = None
    published_on: datetime.date | None = None
    explanations: dict = field(default_factory=dict)
    secrecy_review: tuple = ("", None)
    sign_off: tuple = ("", None)


BOOK_PARTS = tuple(Book)
RECORD_PARTS = ("institutions", "procurement", "fixed_assets")
PARTS = (*BOOK_PARTS, *RECORD_PARTS, "projects", "sections")

PROJECT_FIELDS = ("code", "name", "amount", "fiscal_funds", "other_funds", "purpose")
INDICATOR_FIELDS = ("level1", "level2", "level3", "description", "target", "basis")
SECTION_FIELDS = ("number", "title", "text")


def sort_key(line):
    """Lines in a fixed order, so that equal budgets are equal lists."""
    return tuple(str(value) for value in line[:-1])
