"""Facts in the database: saved in one transaction, loaded in a dozen queries."""

import hashlib
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from budget import codes
from budget.facets import Facets
from budget.facts import (
    BOOK_PARTS,
    INDICATOR_FIELDS,
    PARTS,
    PROJECT_FIELDS,
    SECTION_FIELDS,
    Amount,
    Facts,
    Printed,
    sort_key,
)
from budget.listings import LISTINGS
from budget.models import (
    Budget,
    Code,
    Department,
    Goal,
    Indicator,
    Line,
    PaymentStep,
    PrintedName,
    Project,
    Region,
    Section,
    Upload,
)
from budget.money import CENT
from budget.regions import region_name
from budget.text import clean

_NO_FILE = {
    "figures": [], "notes": {}, "places": [], "lines": [], "years": {}, "departments": {}, "headings_missing": [],
}  # fmt: skip


class Saved(NamedTuple):
    """What saving did. changed: parts that are different now; none when the budget already said the same."""

    budget: Budget
    created: bool
    changed: tuple


def load(budget):
    """The `Facts` of a budget in the database."""
    department = budget.department
    source = budget.source.printed if budget.source else _NO_FILE
    facts = Facts(
        region=department.region_id,
        unit=department.unit,
        name=department.name,
        year=budget.year,
        lines=load_lines(budget),
        names={(n.scheme, n.code): n.name for n in budget.printed_names.all()},
        projects=_load_projects(budget),
        assets_as_of=budget.assets_as_of,
        preamble=budget.preamble,
        sections=list(budget.sections.values(*SECTION_FIELDS)),
        printed=[_printed(figure) for figure in source["figures"]],
        notes=source["notes"],
        parts=set(PARTS),
        places={tuple(where): place for *where, place in source["places"]},
        source_lines=_source_lines(source) if budget.source else None,
        years={int(year): place for year, place in source["years"].items()},
        departments=source["departments"],
        headings_missing=source["headings_missing"],
        explanations=_explanations(budget),
        approved_on=budget.approved_on,
        secrecy_review=(budget.secrecy_reviewed_by, budget.secrecy_reviewed_on),
        sign_off=(budget.signed_by, budget.signed_on),
    )
    for listing in LISTINGS:
        setattr(facts, listing.key, _load_records(budget, listing))
    return facts


def _explanations(budget):
    """{fingerprint: {text, by, at, accepted}}; at as a local ISO date."""
    return {
        e.fingerprint: {
            "text": e.text,
            "by": e.by,
            "at": timezone.localtime(e.at).date().isoformat(),
            "accepted": e.accepted,
        }
        for e in budget.explanations.all()
    }


def _source_lines(source):
    return [Amount(*facets, Decimal(amount)) for *facets, amount in source["lines"]]


def load_lines(budget):
    """A budget's lines as values, in their fixed order: one query."""
    rows = Line.objects.filter(budget=budget).values_list(*Facets._fields, "amount")
    return sorted((Amount(*row) for row in rows.order_by()), key=sort_key)


def names_for(year):
    """{(scheme, code): name} from the county's code lists, for a budget of this year: one query."""
    rows = Code.objects.values_list("scheme", "code", "name", "edition", "confirmed").order_by()
    return codes.names_for(year, (codes.Entry(*row) for row in rows))


def _load_records(budget, listing):
    keys = list(listing.blank()) + [listing.group] * bool(listing.group)
    return [_normal(record) for record in getattr(budget, listing.key).values(*keys)]


def _load_projects(budget):
    found = budget.projects.prefetch_related("payment_plan", "goals", "indicators")
    return [
        {
            **{key: getattr(project, key) for key in PROJECT_FIELDS},
            "payment_plan": [_normal({"until": s.until, "percent": s.percent}) for s in project.payment_plan.all()],
            "goals": [goal.text for goal in project.goals.all()],
            "indicators": [{k: getattr(i, k) for k in INDICATOR_FIELDS} for i in project.indicators.all()],
        }
        for project in found
    ]


def _normal(record):
    """Quantities without the zeros that the database pads them with: 6272.0000 → 6272."""
    return {key: _shortest(value) for key, value in record.items()}


def _shortest(value):
    if not hasattr(value, "as_tuple"):
        return value
    short = value.normalize()
    return short.quantize(CENT) if -short.as_tuple().exponent <= 2 else short


def _printed(figure):
    table, row, column, amount, place, unit, step = figure
    return Printed(table, row, column, None if amount is None else Decimal(amount), place, unit, Decimal(step))


@transaction.atomic
def save(reading, data, name, user=None):
    """Save what a file says as the draft of its department and year; parts that it lacks stay as they are.

    `reading` is an `intake.read.Reading` without problems, `data` the file's bytes, `name` its name.
    Saving the same file again changes nothing. Returns `Saved`.
    """
    facts = reading.facts
    budget, created = _budget(facts)
    now = load(budget)
    changed = tuple(part for part in PARTS if part in facts.parts and _save_part(budget, part, facts, now))
    upload = _keep_upload(budget, reading, data, name, user)
    if changed or created or budget.source_id != upload.pk:
        budget.source = upload
        budget.save()
    return Saved(budget, created, changed)


def _budget(facts):
    region, _ = Region.objects.get_or_create(code=facts.region, defaults={"name": region_name(facts.region)})
    department, _ = Department.objects.get_or_create(region=region, unit=facts.unit, defaults={"name": facts.name})
    budget, created = Budget.objects.get_or_create(department=department, year=facts.year)
    return Budget.objects.select_for_update().get(pk=budget.pk), created


def _keep_upload(budget, reading, data, name, user):
    facts = reading.facts
    upload, _ = Upload.objects.get_or_create(
        budget=budget,
        sha256=hashlib.sha256(data).hexdigest(),
        defaults={
            "name": name[:200],
            "content": data,
            "uploaded_by": user,
            "printed": _what_the_file_says(facts),
        },
    )
    return upload


def _what_the_file_says(facts):
    """What only the file knows, as plain JSON: printed figures, places, its own lines, years and names."""
    figures = [
        [*p[:3], None if p.amount is None else str(p.amount), p.place, p.unit, str(p.step)] for p in facts.printed
    ]
    return {
        "figures": figures,
        "notes": facts.notes,
        "places": [[*where, place] for where, place in facts.places.items()],
        "lines": [[*line.facets, str(line.amount)] for line in facts.lines],
        "years": facts.years,
        "departments": facts.departments,
        "headings_missing": facts.headings_missing,
    }


def _save_part(budget, part, facts, now):
    """Replace one part of the budget when the file says something else; returns whether it did."""
    if part in BOOK_PARTS:
        return _save_book(budget, part, facts, now)
    old, new = _comparable(part, now), _comparable(part, facts)
    if old == new:
        return False
    _REPLACE.get(part, _replace_records)(budget, part, facts)
    return True


def _comparable(part, facts):
    """A part as its reader sees it: texts cleaned, so that an export does not replace the raw text it came from."""
    if part == "sections":
        return _as_shown([facts.preamble, *facts.sections])
    if part == "fixed_assets":
        return [facts.assets_as_of, *_as_shown(facts.fixed_assets)]
    return _as_shown(getattr(facts, part))


def _as_shown(value):
    if isinstance(value, dict):
        return {key: _as_shown(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_shown(inner) for inner in value]
    return clean(value) if isinstance(value, str) else _shortest(value)


def _save_book(budget, book, facts, now):
    old = {line for line in now.lines if line.book == book}
    new = {line for line in facts.lines if line.book == book}
    names = _changed_names(book, facts, now)
    if old == new and not names:
        return False
    budget.lines.filter(book=book).delete()
    Line.objects.bulk_create(
        Line(budget=budget, **line.facets._asdict(), amount=line.amount) for line in sorted(new, key=sort_key)
    )
    for (scheme, code), name in names.items():
        PrintedName.objects.update_or_create(budget=budget, scheme=scheme, code=code, defaults={"name": name})
    return True


def _changed_names(book, facts, now):
    codes_ = {
        (scheme, getattr(line, scheme)[:n])
        for line in facts.lines
        if line.book == book
        for scheme in ("function", "economic")
        for n in (3, 5, 7)
    }
    return {key: name for key, name in facts.names.items() if key in codes_ and now.names.get(key) != name}


def _replace_records(budget, part, facts):
    manager = getattr(budget, part)
    manager.all().delete()
    ordered = hasattr(manager.model, "order")
    manager.model.objects.bulk_create(
        manager.model(budget=budget, **record, **({"order": i} if ordered else {}))
        for i, record in enumerate(getattr(facts, part), 1)
    )
    if part == "fixed_assets":
        budget.assets_as_of = facts.assets_as_of


def _replace_sections(budget, part, facts):
    budget.sections.all().delete()
    Section.objects.bulk_create(Section(budget=budget, **section) for section in facts.sections)
    budget.preamble = facts.preamble


def _replace_projects(budget, part, facts):
    budget.projects.all().delete()
    projects = Project.objects.bulk_create(
        Project(budget=budget, order=i, **{key: record[key] for key in PROJECT_FIELDS})
        for i, record in enumerate(facts.projects, 1)
    )
    pairs = list(zip(projects, facts.projects, strict=True))
    PaymentStep.objects.bulk_create(
        PaymentStep(project=p, order=i, **step) for p, r in pairs for i, step in enumerate(r["payment_plan"], 1)
    )
    Goal.objects.bulk_create(
        Goal(project=p, order=i, text=text) for p, r in pairs for i, text in enumerate(r["goals"], 1)
    )
    Indicator.objects.bulk_create(
        Indicator(project=p, order=i, **indicator) for p, r in pairs for i, indicator in enumerate(r["indicators"], 1)
    )


_REPLACE = {"projects": _replace_projects, "sections": _replace_sections}
