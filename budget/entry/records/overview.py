"""All records of a form on one page: how much each is, what it lacks, and whether they add up to the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.db.models.aggregates import Count

from budget.declare.fields import Field, Figure, Money, Record, Rows
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
    """Every record: one query, and one for each kind of rows, which the database counts."""
    plain = [one for one in form.stored() if not isinstance(one, Rows)]
    keys = [one.key for one in plain]
    found = getattr(budget, form.key).values_list("pk", *keys)
    counted = [(one, _counted(budget, form, one)) for one in form.stored() if isinstance(one, Rows)]
    return [_told(form, pk, dict(zip(keys, values, strict=True)), counted) for pk, *values in found]


Counted = dict[int, dict[str, int]]  # {a record's number in the database: {"rows": how many, a field: how often blank}}


def _counted(budget: Budget, form: Form, rows: Rows) -> Counted:
    relation: Any = getattr(budget, form.key).model._meta.get_field(rows.key)
    owner = relation.field.name
    blank = {one.key: Count("pk", filter=Q(**_is_blank(one))) for one in rows.fields if one.wanted}
    found = relation.related_model.objects.filter(**{f"{owner}__budget": budget}).order_by().values(f"{owner}_id")
    return {one.pop(f"{owner}_id"): one for one in found.annotate(rows=Count("pk"), **blank)}


def _is_blank(declared: Field) -> dict[str, Any]:
    return {f"{declared.key}__isnull": True} if isinstance(declared, Figure) else {declared.key: ""}


def _told(form: Form, pk: int, record: Record, counted: list[tuple[Rows, Counted]]) -> Told:
    amount = amount_of(form)
    lacking = unfinished(tuple(one for one in form.stored() if one.key in record), record)
    lacking += [said for rows, found in counted for said in _lacking(rows, found.get(pk, {}))]
    name = record[form.naming].strip()
    return Told(record[form.identity], name, record[amount.key] if amount else None, lacking)


def _lacking(rows: Rows, counts: dict[str, int]) -> Iterator[str]:
    if not counts:
        yield from [rows.label] if rows.wanted else []
    for inner in rows.fields:
        if number := counts.get(inner.key):
            yield f"{number} 行{rows.label}的{inner.label}"


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
