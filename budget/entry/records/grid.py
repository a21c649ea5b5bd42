"""A list as rows of fields: the records of one page of it, read back into the whole."""

import datetime
from collections.abc import Mapping
from typing import cast

from budget.declare.fields import Field, Record, Rows
from budget.declare.records import Listing, value_of
from budget.entry.records.part import Part, fixed
from budget.entry.records.read import Wrong, read_rows
from budget.entry.records.typed import LIST, Typed, posted, shown


def rows_of(listing: Listing) -> Rows:
    """A list as rows: what groups them stands before the rest."""
    fields: tuple[Field, ...] = (*([listing.group] if listing.group else []), *listing.fields)
    return Rows(LIST, (listing.title,), fields=fields)


def window(listing: Listing, found: list[Record], first: int, size: int) -> list[Record]:
    """The records of one page, the first of which has this number; of a list of fixed rows all of them."""
    return fixed(listing, found) if listing.kinds else found[first - 1 : first - 1 + size]


def typed_of(listing: Listing, found: list[Record], unit: str) -> list[Typed]:
    """Records as their fields show them."""
    rows = rows_of(listing)
    return [shown(rows.fields, record, unit) for record in found]


def sent(listing: Listing, data: Mapping[str, str], was: list[Typed]) -> list[Typed]:
    """The rows that were sent; of a list of fixed rows each in its place, whatever was sent for its name."""
    found = cast(list[Typed], posted((rows_of(listing),), data, {LIST: was})[LIST])
    if not listing.kinds:
        return found
    key = listing.first.key
    return [row | {key: old[key]} for row, old in zip(found, was, strict=False)] + was[len(found) :]


def read_window(part: Part, listing: Listing, rows: list[Typed], there: list[Record], unit: str, wrong: Wrong) -> None:
    """Put the rows that were typed into the list, in place of those that stood on the page."""
    found = read_rows(rows_of(listing), rows, unit, there, wrong)
    if listing.kinds:
        part.found = _said(listing, part.found, found)
    else:
        at = _place_of(part.found, there)
        part.found = [*part.found[:at], *found, *part.found[at + len(there) :]]


def _place_of(whole: list[Record], there: list[Record]) -> int:
    """Where the records of a page begin in the whole list."""
    return next((at for at, record in enumerate(whole) if there and record is there[0]), len(whole))


def _said(listing: Listing, before: list[Record], found: list[Record]) -> list[Record]:
    """The fixed rows that say something, or stood there before."""
    key, there = listing.first.key, {record[listing.first.key] for record in before}
    return [one for one in found if one[key] in there or any(v not in (None, "") for k, v in one.items() if k != key)]


def date_in(text: str) -> datetime.date | None:
    """The date that was typed; None for none. Raises ValueError."""
    return datetime.date.fromisoformat(text.strip()) if text.strip() else None


def totals(listing: Listing, found: list[Record]) -> Record:
    """What all records of a list add up to, for the line under it."""
    sums: Record = {}
    for one in listing.totalled():
        amounts = [amount for record in found if (amount := value_of(one, record)) is not None]
        sums[one.key] = sum(amounts[1:], amounts[0]) if amounts else None
    return sums
