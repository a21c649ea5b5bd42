"""A draft out of the database: a dossier in a dozen queries."""

import datetime
from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils import timezone

from budget import codes
from budget.declare.fields import Record, Rows
from budget.declare.records import Records
from budget.documents import DOCUMENTS
from budget.drafts import sequences
from budget.drafts.kept import original_of
from budget.drafts.passages import by_key, passages_of
from budget.drafts.year_before import year_before
from budget.figures.as_printed import AsPrinted, from_json
from budget.figures.dossier import Dossier, Entries, Explanation, Recorded, parts_of
from budget.figures.facets import Facets
from budget.figures.line import Line, sort_key
from budget.models import Budget, Code
from budget.models import Line as StoredLine
from budget.money import shortest
from budget.sentences.compose import compose


def load(budget: Budget) -> Dossier:
    """The dossier of a budget in the database."""
    source = budget.source
    original = original_of(source.printed, source.name) if source else None
    dossier = Dossier(_entries(budget), original, _recorded(budget))
    if dossier.entries.composed:
        compose(dossier, names_of(budget))
    return dossier


def _entries(budget: Budget) -> Entries:
    department, document = budget.department, DOCUMENTS[budget.document]
    composed, reasons = sequences.from_json(budget.written)
    return Entries(
        document,
        region=department.region_id,
        unit=department.unit,
        name=department.name,
        year=budget.year,
        lines=load_lines(budget),
        names={(n.scheme, n.code): n.name for n in budget.printed_names.all()},
        records={records.key: load_records(budget, records) for records in document.records},
        dates={listing.key: getattr(budget, listing.dated) for listing in document.listings if listing.dated},
        preamble=budget.preamble,
        sections=list(budget.sections.values("number", "title", "text")),
        composed=composed,
        reasons=reasons,
        as_printed=[as_printed(one) for one in budget.as_printed.all()],
        parts=set(parts_of(document)),
    )


def as_printed(one: Any) -> AsPrinted:
    """A stored table as a value."""
    return from_json(one.printed | {"title": one.title}, one.number, one.place)


def _recorded(budget: Budget) -> Recorded:
    last_year = year_before(budget)
    return Recorded(
        approved_on=budget.approved_on,
        secrecy_review=(budget.secrecy_reviewed_by, budget.secrecy_reviewed_on),
        sign_off=(budget.signed_by, budget.signed_on),
        explanations={e.fingerprint: _explanation(e) for e in budget.explanations.all()},
        last_year=last_year.figures,
        last_year_records=last_year.records,
        sentences=by_key(passages_of(budget.department.region_id, budget.document)),
    )


def _explanation(explanation: Any) -> Explanation:
    day = timezone.localtime(explanation.at).date().isoformat()
    return {"text": explanation.text, "by": explanation.by, "at": day, "accepted": explanation.accepted}


def load_lines(budget: Budget) -> list[Line]:
    """A budget's lines as values, in their fixed order: one query."""
    return lines_of([budget.pk])


def lines_of(budgets: Any) -> list[Line]:
    """The same of the budget that a queryset finds, which is asked for with them, or of a list of its key."""
    rows = StoredLine.objects.filter(budget__in=budgets).values_list(*Facets._fields, "amount")
    return sorted((Line(*row) for row in rows.order_by()), key=sort_key)


Lists = Callable[[Budget], codes.Names]  # the code lists that a budget follows


def names_for(year: int, approved_on: datetime.date | None = None) -> codes.Names:
    """{(scheme, code): name} from the county's code lists, for a budget of this year: one query."""
    rows = Code.objects.values_list(*codes.Entry._fields).order_by()
    entries = (codes.Entry._make((*row, tuple(successors.split()))) for *row, successors in rows)
    return codes.names_for(codes.day_of(year, approved_on), entries)


def names_of(budget: Budget) -> codes.Names:
    """The same by the lists that a budget in the database follows."""
    return names_for(budget.year, budget.approved_on)


def names_once() -> Lists:
    """`names_of` for many budgets: the lists of a date are asked for with its first budget."""
    known = cache(names_for)
    return lambda budget: known(budget.year, budget.approved_on)


def load_records(budget: Budget, records: Records, **only: Any) -> list[Record]:
    """The records of a list or form, or some of them; each kind of rows of their own takes one more query."""
    fields = records.stored()
    rows = [field for field in fields if isinstance(field, Rows)]
    found = getattr(budget, records.key).prefetch_related(*(field.key for field in rows))
    return [_record(stored, fields) for stored in found.filter(**only)]


def _record(stored: Any, fields: list[Any]) -> Record:
    return {
        field.key: [_record(row, list(field.fields)) for row in getattr(stored, field.key).all()]
        if isinstance(field, Rows)
        else shortest(getattr(stored, field.key))
        for field in fields
    }
