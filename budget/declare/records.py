"""What a document lists one record at a time: in rows of a table (`Listing`), or each on its own sheet (`Form`)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budget.cell import Cell
from budget.declare.fields import Choice, Field, Money, Record, Rows, Text, blank, stored, walk


@dataclass(frozen=True)
class Records:
    """key: how addresses, files and the budget's model call them. sheet: name of the worksheet in our workbook.

    identity: key of the field that tells a record from the others, '' where its number does. naming: key of the field
    that a person knows it by. called: what one of them is called in a sentence. address: of their page, where it is
    not the key. recurs: whether a year begins with those of the year before, without their amounts.
    """

    key: str
    title: str
    sheet: str
    fields: tuple[Field, ...]
    identity: str = ""
    naming: str = ""
    called: str = ""
    address: str = ""
    recurs: bool = True

    @property
    def path(self) -> str:
        """The address of their page below the disclosure's own."""
        return self.address or self.key.replace("_", "-")

    @property
    def first(self) -> Field:
        """The field that names a row."""
        return self.fields[0]

    def stored(self) -> list[Field]:
        """Fields that a record keeps, without the derived ones."""
        return stored(self.fields)

    def blank(self) -> Record:
        """A record with every stored field empty."""
        return blank(tuple(self.stored()))

    def row(self, record: Record, number: int) -> str:
        """The row of a record's address: what identifies it, or its number from 1."""
        return record[self.identity] if self.identity else str(number)

    def field(self, key: str) -> Field:
        """The field with this key; KeyError without one."""
        return {f.key: f for f in self.fields}[key]

    def value(self, record: Record, column: str) -> tuple[Field, Any]:
        """(field, value) under a column of the address, derived ones too. KeyError without such a field or row."""
        key, _, rest = column.partition("-")
        found = self.field(key)
        if rest and isinstance(found, Rows):
            number, _, inner = rest.partition("-")
            row = dict(enumerate(record[key], 1))[int(number)]
            return {f.key: f for f in found.fields}[inner], row[inner]
        return found, value_of(found, record)

    def cells(self, records: list[Record]) -> Iterator[tuple[Cell, Field, Any]]:
        """(address, field, value) of every stored value."""
        for number, record in enumerate(records, 1):
            for column, found, value in walk(tuple(self.stored()), record):
                yield Cell(self.key, self.row(record, number), column), found, value

    @property
    def has_amounts(self) -> bool:
        """Whether any field is an amount, so that the money unit must be said."""
        return any(isinstance(f, Money) for f in self.fields)


@dataclass(frozen=True)
class Picked:
    """Those of a list's records whose field `by` begins with one of these, added up though no table prints the sum."""

    label: str
    by: str
    begins: tuple[str, ...]


@dataclass(frozen=True)
class Listing(Records):
    """A table with one record a row.

    like: regular expression for titles elsewhere. group: a field of its own by whose values subtotals are printed
    above their rows. parts: for a listing of fixed rows, {a row that is a total: the rows that add up to it}.
    dated: the budget's field that says as of when it holds. picked: {row of an address: the records that it adds up}.
    """

    like: str = ""
    group: Text | None = None
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dated: str = ""
    note: str = ""
    picked: dict[str, Picked] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, str]:
        """{value of the first field: its printed label} of a listing with fixed rows, {} of any other."""
        return self.first.choices or {} if isinstance(self.first, Choice) else {}

    def stored(self) -> list[Field]:
        """The fields of a row, and the one that groups them."""
        return [*super().stored(), *([self.group] if self.group else [])]

    def totalled(self) -> list[Money]:
        """The amounts of which totals over several records are printed."""
        return [f for f in self.fields if isinstance(f, Money) and f.totalled]


@dataclass(frozen=True)
class Form(Records):
    """One sheet a record: labels beside their values, then rows of its own.

    signs: labels that tell such a sheet from any other.
    """

    signs: tuple[str, ...] = ()

    @property
    def counted(self) -> str:
        """Key of the amount that a record is known by: its first one; '' without any."""
        return next((f.key for f in self.fields if isinstance(f, Money)), "")

    def __post_init__(self) -> None:
        """A bare field has no label to find it by: only its place under its block's line tells what it is."""
        for before, field_ in zip(self.fields, self.fields[1:], strict=False):
            if getattr(field_, "bare", False) and not (before.under or before.beside):
                raise ValueError(f"{self.key}: the bare field {field_.key} must follow the line that opens its block")


def value_of(field: Field, record: Record) -> Any:
    """What a record says of a field; of a derived one, what its amounts add up to."""
    return add_up(record, field.sum_of) if isinstance(field, Money) and field.sum_of else record[field.key]


def add_up(record: Record, keys: tuple[str, ...]) -> Decimal | None:
    """The sum of a record's amounts under these keys; None when all are blank."""
    amounts = [record[key] for key in keys if record[key] is not None]
    return sum(amounts, Decimal(0)) if amounts else None
