"""Totals of a list: of all its records and of each group; derived, never stored."""

from collections.abc import Iterable
from decimal import Decimal

from budget.cell import Cell
from budget.declare.fields import Money, Record
from budget.declare.records import Listing, add_up

TOTAL = "total"


def groups(listing: Listing, records: list[Record]) -> list[str]:
    """The values by which a list is subtotalled, in the order of its records."""
    if listing.group is None:
        return []
    return list(dict.fromkeys(record[listing.group.key] for record in records if record[listing.group.key]))


def _members(listing: Listing, records: list[Record], row: str) -> list[Record]:
    """The records that a row adds up: all, those of a group, or the one with this number."""
    if row == TOTAL:
        return records
    if row.isdigit():
        return records[int(row) - 1 : int(row)]
    return [record for record in records if listing.group and record[listing.group.key] == row]


def total_of(listing: Listing, records: list[Record], cell: Cell) -> Decimal | None:
    """What a figure of a list is by its records; None when all that it adds up is blank."""
    field = next((f for f in listing.fields if f.key == cell.column), None)
    if not isinstance(field, Money):
        return None
    return _sum(add_up(record, field.sum_of or (field.key,)) for record in _members(listing, records, cell.row))


def terms_of(listing: Listing, records: list[Record], cell: Cell) -> list[Cell]:
    """The stored cells whose sum a printed figure of a list is; never another printed total, which may be wrong."""
    field = listing.field(cell.column)
    keys = field.sum_of if isinstance(field, Money) and field.sum_of else (field.key,)
    members = [str(number) for number in _numbers(listing, records, cell.row)]
    return [Cell(cell.table, number, key) for number in members for key in keys]


def _numbers(listing: Listing, records: list[Record], row: str) -> list[int]:
    """The numbers of the records that a row adds up, from 1."""
    members = _members(listing, records, row)
    return [number for number, record in enumerate(records, 1) if any(record is member for member in members)]


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    filled = [amount for amount in amounts if amount is not None]
    return sum(filled, Decimal(0)) if filled else None
