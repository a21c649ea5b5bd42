"""What a file says, saved as the draft of its department, year and kind: all of it in one transaction, or nothing."""

from dataclasses import replace
from typing import Any, NamedTuple

from django.db import transaction

from budget.drafts.door import Doing, How, change, open_budget, person
from budget.drafts.flat import NAMES, SOURCE, Parts, Said, flatten, source_of
from budget.drafts.kept import keep_original
from budget.drafts.load import Lists, load, names_of
from budget.drafts.merge import merge, prints_the_same
from budget.figures.as_printed import AS_PRINTED, merged
from budget.figures.dossier import SECTIONS, SENTENCES, Entries, parts_of
from budget.figures.facets import Book
from budget.intake.code_names import keep_names
from budget.intake.guard import Refused
from budget.intake.read import Reading
from budget.models import Budget, Department, Region, Upload
from budget.money import shortest
from budget.regions import region_name
from budget.text import clean


class Saved(NamedTuple):
    """What saving did. changed: parts that are different now; none when the budget already said the same.

    reading: what was saved: the file together with what the draft had besides.
    """

    budget: Budget
    created: bool
    changed: tuple[str, ...]
    reading: Reading


@transaction.atomic
def save(reading: Reading, data: bytes, name: str, user: Any = None, names: Lists = names_of) -> Saved:
    """Save what a file says into the draft of its department, year and kind; what it lacks stays (`merge`).

    `reading` is without problems, `data` the file's bytes, `name` its name. names: the code lists that a budget
    follows. Saving the same file again changes nothing. Raises Refused where the budget is not open to the person.
    """
    doing = Doing(person(user), How.IMPORT, name)
    budget, created = open_budget(_department(reading.entries), _year(reading), reading.document.key, doing)
    keep_names(reading.entries, reading.tables.values(), names(budget))
    draft = load(budget)
    whole = reading if created else merge(draft, reading)
    wanted = _wanted(whole.entries, draft.entries)
    known = Upload.objects.filter(budget=budget, sha256=reading.sha256).exists()
    if wanted or created or not known or not prints_the_same(draft.original, whole.original):
        _keep_upload(budget, whole, data, name, user)
        wanted[SOURCE] = source_of(reading.sha256)
    outcome = change(budget, wanted, doing)
    if outcome.closed:
        raise Refused(outcome.closed)
    budget.refresh_from_db()
    return Saved(budget, created, tuple(part for part in outcome.parts if part != SOURCE), whole)


def _year(reading: Reading) -> int:
    assert reading.entries.year is not None
    return reading.entries.year


def _department(entries: Entries) -> Department:
    region, _ = Region.objects.get_or_create(code=entries.region, defaults={"name": region_name(entries.region)})
    whose = {"region": region, "unit": entries.unit}
    return Department.objects.get_or_create(**whose, defaults={"name": entries.name})[0]


def _keep_upload(budget: Budget, reading: Reading, data: bytes, name: str, user: Any) -> None:
    """The file with what all files print now; one that was handed in before becomes the latest again."""
    printed = keep_original(reading.original)
    kept = {"printed": printed, "name": name[:200], "content": data, "uploaded_by": user}
    Upload.objects.update_or_create(
        budget=budget, sha256=reading.sha256, defaults={"printed": printed}, create_defaults=kept
    )


def _wanted(entries: Entries, now: Entries) -> Parts:
    """The parts of which the file says something else, and what they are to say; names are added, never taken away."""
    whole = replace(
        entries,
        names=now.names | _used_names(entries),
        as_printed=merged(now.as_printed, entries.as_printed),
    )
    new, old = flatten(Said(whole)), flatten(Said(now))
    held = entries.parts | {NAMES} | ({SENTENCES} if SECTIONS in entries.parts else set())
    parts = [part for part in (*parts_of(entries.document), NAMES, SENTENCES) if part in held]
    return {part: new[part] for part in parts if new[part] != old[part] and _differs(part, entries, now)}


def _differs(part: str, entries: Entries, now: Entries) -> bool:
    """Whether a reader would see the difference."""
    if part in Book.values or part in (NAMES, AS_PRINTED, SENTENCES):
        return True
    return bool(_comparable(part, now) != _comparable(part, entries))


def _used_names(entries: Entries) -> dict[tuple[str, str], str]:
    used = {
        (scheme, getattr(line, scheme)[:digits])
        for line in entries.lines
        if line.book in entries.parts
        for scheme in ("function", "economic")
        for digits in (3, 5, 7)
    }
    return {key: name for key, name in entries.names.items() if key in used}


def _comparable(part: str, entries: Entries) -> Any:
    """A part as its reader sees it: texts cleaned, so that an export does not replace the raw text it came from."""
    if part == SECTIONS:
        return _as_shown([entries.preamble, *entries.sections])
    return [entries.dates.get(part), *_as_shown(entries.records[part])]


def _as_shown(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_shown(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_shown(inner) for inner in value]
    return clean(value) if isinstance(value, str) else shortest(value)
