"""All records of a form on one page: how much each is, what it lacks, and whether they add up to the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.declare.fields import Money, Record, Rows, blank, stored
from budget.declare.records import Form
from budget.entry.records.remarks import unfinished
from budget.figures.facets import Book, Kind
from budget.models import Budget


@dataclass(frozen=True)
class Told:
    """A record in the list. lacking: what it lacks, in words."""

    identity: str
    name: str
    amount: Decimal | None
    lacking: list[str]


def overview(budget: Budget, form: Form) -> list[Told]:
    """Every record: one query, and one for each kind of rows, as plain values."""
    plain = [one for one in form.stored() if not isinstance(one, Rows)]
    found = list(getattr(budget, form.key).values_list("pk", *(one.key for one in plain)))
    records = {pk: blank(form.fields) | dict(zip((one.key for one in plain), rest, strict=True)) for pk, *rest in found}
    for one in form.stored():
        if isinstance(one, Rows):
            _with_rows(budget, form, one, records)
    return [_told(form, record) for record in records.values()]


def _with_rows(budget: Budget, form: Form, rows: Rows, records: dict[int, Record]) -> None:
    relation: Any = getattr(budget, form.key).model._meta.get_field(rows.key)
    owner, keys = relation.field.name, [one.key for one in stored(rows.fields)]
    wanted = [one.key for one in rows.fields if one.wanted]
    found = relation.related_model.objects.filter(**{f"{owner}__budget": budget})
    for pk, *texts in found.values_list(f"{owner}_id", *wanted):
        records[pk][rows.key].append(dict.fromkeys(keys, "") | dict(zip(wanted, texts, strict=True)))


def _told(form: Form, record: Record) -> Told:
    amount = amount_of(form)
    return Told(
        record[form.identity],
        record[form.naming].strip(),
        record[amount.key] if amount else None,
        unfinished(tuple(form.stored()), record),
    )


def amount_of(form: Form) -> Money | None:
    """The amount that says how large a record is: its first."""
    return next((one for one in form.stored() if isinstance(one, Money)), None)


def project_spending(budget: Budget) -> Decimal | None:
    """What the tables say that projects cost; None while they say nothing."""
    lines = budget.lines.filter(book=Book.SPENDING, kind=Kind.PROJECT)
    amounts = list(lines.values_list("amount", flat=True))
    return sum(amounts, Decimal(0)) if amounts else None


def total(told: list[Told]) -> Decimal:
    """What the records add up to."""
    return sum((one.amount for one in told if one.amount is not None), Decimal(0))


def in_order(found: list[Record], places: list[str]) -> Iterator[Record]:
    """The records by the places that were typed beside them, any numbers; one without comes last."""
    numbers = [int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None for text in places]
    for at in sorted(range(len(found)), key=lambda at: (numbers[at] is None, numbers[at] or 0, at)):
        yield found[at]
