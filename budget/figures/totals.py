"""Totals of a list: of all its records and of each group; derived, never stored."""

from collections.abc import Iterable
from decimal import Decimal

from budget.cell import Cell
from budget.declare.fields import Field, Money, Record
from budget.declare.records import Listing, add_up

TOTAL = "total"


def groups(listing: Listing, records: list[Record]) -> list[str]:
    """The values by which a list is subtotalled, in the order of its records."""
    if listing.group is None:
        return []
    return list(dict.fromkeys(record[listing.group.key] for record in records if record[listing.group.key]))


def _members(listing: Listing, records: list[Record], row: str) -> list[tuple[int, Record]]:
    """(number, record) of the records that a row adds up."""
    return [(number, record) for number, record in enumerate(records, 1) if _is_member(listing, number, record, row)]


def _is_member(listing: Listing, number: int, record: Record, row: str) -> bool:
    """The total adds up all records, a number one, a picked row those that it picks, any other those of its group."""
    if row == TOTAL:
        return True
    if row.isdigit():
        return number == int(row)
    if picked := listing.picked.get(row):
        return bool(record[picked.by].startswith(picked.begins))
    return listing.group is not None and record[listing.group.key] == row


def total_of(listing: Listing, records: list[Record], cell: Cell) -> Decimal | None:
    """What a figure of a list is by its records; None when all that it adds up is blank."""
    field = next((f for f in listing.fields if f.key == cell.column), None)
    if not isinstance(field, Money):
        return None
    return sum_or_blank(add_up(record, _keys(field)) for _, record in _members(listing, records, cell.row))


def terms_of(listing: Listing, records: list[Record], cell: Cell) -> list[Cell]:
    """The stored cells whose sum a printed figure of a list is; never another printed total, which may be wrong."""
    keys, members = _keys(listing.field(cell.column)), _members(listing, records, cell.row)
    return [Cell(cell.table, str(number), key) for number, _ in members for key in keys]


def _keys(field: Field) -> tuple[str, ...]:
    """The stored fields that a field is the sum of, or itself."""
    return field.sum_of if isinstance(field, Money) and field.sum_of else (field.key,)


def sum_or_blank(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of those that are not blank; None when all are."""
    filled = [amount for amount in amounts if amount is not None]
    return sum(filled, Decimal(0)) if filled else None
