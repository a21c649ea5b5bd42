"""What one field of a record is: its key, its heading, and of which kind.

From a field's declaration follow the database column, the admin's form, the reader, the worksheet, CSV, JSON and its
schema, the public page and the differences between two versions. A kind says how its values are kept in JSON: `freeze`
and `thaw` are each other's inverse, but that texts are cleaned for display.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from budget.text import clean

Record = dict[str, Any]

_UNIT = re.compile(r"（(金额)?(单位：.*|%)）$")
YEAR = "{year}"  # in a heading: the budget's year


@dataclass(frozen=True)
class Field:
    """heading: its labels from the top heading row down, exactly as printed. same_as: other wordings of the lowest.

    question: what a citizen would ask about it, the heading on the project's page. beside: in a form, whether it
    stands in the line of the field before it. under: in a form, the label of a block that it begins. hint: what the
    back office says beside it. wanted: whether a record without it is shown as unfinished.
    """

    key: str
    heading: tuple[str, ...]
    same_as: tuple[str, ...] = ()
    question: str = ""
    beside: bool = False
    under: str = ""
    hint: str = ""
    wanted: bool = False

    kind: ClassVar[str] = "text"
    blank: ClassVar[Any] = ""

    @property
    def label(self) -> str:
        """The lowest heading without the blanks that set it in print, and without its year and unit."""
        return _UNIT.sub("", "".join(self.heading[-1].split()).replace(YEAR + "年", ""))

    def heading_in(self, year: int | None) -> list[str]:
        """The heading as a budget of this year prints it."""
        return [text.replace(YEAR, str(year)) for text in self.heading]

    def freeze(self, value: Any) -> Any:
        """The value as published content holds it."""
        return clean(value)

    def thaw(self, value: Any) -> Any:
        """The value that content holds."""
        return value


@dataclass(frozen=True)
class Text(Field):
    """Words, at most so many characters. long: several lines. required: whether a record needs it.

    bare: in a form, written without a label of its own, in the line under the field before it. spans: in a form's
    rows, printed once for the rows below that bear the same.
    """

    length: int = 200
    long: bool = False
    required: bool = False
    bare: bool = False
    spans: bool = False


@dataclass(frozen=True)
class Code(Text):
    """A code: read without white space and in half width."""

    kind: ClassVar[str] = "code"

    def freeze(self, value: str) -> str:
        """The code itself: addresses hold it."""
        return value


@dataclass(frozen=True)
class Choice(Text):
    """One of several fixed values: {value: its printed label}."""

    choices: dict[str, str] | None = None

    def freeze(self, value: Any) -> Any:
        """The value itself: its label is declared."""
        return value


@dataclass(frozen=True)
class Figure(Field):
    """A number of any kind; None is blank."""

    blank: ClassVar[Any] = None

    def thaw(self, value: str | None) -> Decimal | None:
        """The number that content holds."""
        return None if value is None else Decimal(value)


@dataclass(frozen=True)
class Money(Figure):
    """An amount in yuan; None is blank.

    sum_of: keys of the amounts that it adds up; such a field is printed and compared but never stored. equals: keys of
    the amounts that it should be the sum of, though it is typed. totalled: whether totals over several records print
    its sum.
    """

    sum_of: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()
    totalled: bool = True

    kind: ClassVar[str] = "amount"

    def freeze(self, value: Decimal | None) -> str | None:
        """Yuan with two places."""
        return None if value is None else f"{value:.2f}"


@dataclass(frozen=True)
class Number(Figure):
    """A count or an area; None is blank."""

    kind: ClassVar[str] = "number"
    places: ClassVar[int] = 4  # after the point, at most
    limit: ClassVar[int] = 10**11  # which it does not reach, either way

    def freeze(self, value: Decimal | None) -> str | None:
        """The number without padded zeros."""
        return None if value is None else f"{value.normalize():f}"


@dataclass(frozen=True)
class Percent(Number):
    """A share of the whole in percent; None is blank. rising_to: what its rows climb to, one after the other."""

    rising_to: int | None = None

    kind: ClassVar[str] = "percent"
    places: ClassVar[int] = 2
    limit: ClassVar[int] = 10**4


@dataclass(frozen=True)
class Rows(Field):
    """Rows of a record's own: the steps of a payment plan, goals, indicators. A value is a list of records.

    across: whether a form prints them as columns. naming: key of the field that names a row. reading: keys in the order
    in which a reader wants them, where that is not the printed one. chosen: what a row's first fields say together,
    to be chosen from and not typed. begins: what the first fields of the rows say with which a new record begins.
    """

    fields: tuple[Field, ...] = ()
    across: bool = False
    naming: str = ""
    reading: tuple[str, ...] = ()
    chosen: tuple[tuple[str, ...], ...] = ()
    begins: tuple[tuple[str, ...], ...] = ()

    kind: ClassVar[str] = "rows"

    @property
    def choosing(self) -> tuple[Field, ...]:
        """The fields that are chosen together; () where each is typed."""
        return self.fields[: len(self.chosen[0])] if self.chosen else ()

    @property
    def is_table(self) -> bool:
        """Whether the rows are a table with headings of its own, not a plain list."""
        return is_table(self.fields)

    def freeze(self, value: list[Record]) -> list[Record]:
        """Each row's fields."""
        return [{field.key: field.freeze(row[field.key]) for field in self.fields} for row in value]

    def thaw(self, value: list[Record]) -> list[Record]:
        """The rows that content holds; what has been declared since is blank in them."""
        return [{field.key: field.thaw(row.get(field.key, field.blank)) for field in self.fields} for row in value]


def is_table(fields: Sequence[Any]) -> bool:
    """Whether rows with these fields are a table with headings of its own, not a plain list."""
    return len(fields) > 2


def blank(fields: tuple[Field, ...]) -> Record:
    """A record with every stored field empty."""
    return {f.key: [] if isinstance(f, Rows) else f.blank for f in stored(fields)}


def stored(fields: tuple[Field, ...]) -> list[Field]:
    """Fields that a record keeps, without the derived ones."""
    return [field for field in fields if not (isinstance(field, Money) and field.sum_of)]


def walk(fields: tuple[Field, ...], record: Record) -> Iterator[tuple[str, Field, Any]]:
    """(column of the address, field, value) of every stored value of a record, those of its own rows included."""
    for field in stored(fields):
        if isinstance(field, Rows):
            for number, row in enumerate(record[field.key], 1):
                for inner in field.fields:
                    yield f"{field.key}-{number}-{inner.key}", inner, row[inner.key]
        else:
            yield field.key, field, record[field.key]


def mapped(fields: tuple[Field, ...], record: Record, change: Callable[[Field, Any], Any]) -> Record:
    """The record with every stored value changed, those of its own rows included."""
    found: Record = {}
    for field in stored(fields):
        value = record[field.key]
        if isinstance(field, Rows):
            found[field.key] = [mapped(field.fields, row, change) for row in value]
        else:
            found[field.key] = change(field, value)
    return found
