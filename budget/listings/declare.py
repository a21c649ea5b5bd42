"""What a listing is: fields in printed order; the page, the files and the reader of uploads follow."""

from dataclasses import dataclass

TEXT, CODE, AMOUNT, NUMBER = "text", "code", "amount", "number"


@dataclass(frozen=True)
class Field:
    """A column of a listing.

    heading: its labels from the top heading row down, exactly as printed. kind: TEXT, CODE, AMOUNT (yuan
    inside, the file's unit outside) or NUMBER (a count or area). sum_of: keys of the amounts that it adds
    up; such a field is printed and compared but never stored.
    """

    key: str
    heading: tuple[str, ...]
    kind: str = TEXT
    same_as: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A table with one record a row.

    key: the name of the records on `Facts` and on the budget's model. like: regular expression for titles
    elsewhere. group: field key by whose values subtotals are printed above their rows. kinds: for a listing
    of fixed rows, {value of the first field: its printed label}.
    """

    key: str
    title: str
    sheet: str
    fields: tuple[Field, ...]
    like: str
    group: str = ""
    kinds: dict | None = None
    note: str = ""

    def stored(self):
        """Fields that a record keeps, without the derived ones."""
        return [field for field in self.fields if not field.sum_of]

    def blank(self):
        """A record with every stored field empty."""
        return {f.key: None if f.kind in (AMOUNT, NUMBER) else "" for f in self.stored()}


def add_up(record, keys):
    """The sum of a record's amounts under these keys; None when all are blank."""
    amounts = [record[key] for key in keys if record[key] is not None]
    return sum(amounts) if amounts else None
