"""What a file says, saved as the draft of its department, year and kind: all of it in one transaction, or nothing."""

from typing import Any, NamedTuple

from django.db import transaction

from budget.declare.fields import Record, Rows
from budget.drafts.kept import keep_original
from budget.drafts.load import Lists, load, names_of, shortest
from budget.drafts.merge import merge, prints_the_same
from budget.figures.as_printed import AS_PRINTED, AsPrinted, merged
from budget.figures.dossier import SECTIONS, Entries, parts_of
from budget.figures.facets import Book
from budget.figures.line import sort_key
from budget.intake.code_names import keep_names
from budget.intake.read import Reading
from budget.models import Budget, Department, Line, PrintedName, PrintedTable, Region, Section, Upload
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
    follows. Saving the same file again changes nothing.
    """
    budget, created = _budget(reading.entries)
    keep_names(reading.entries, reading.tables.values(), names(budget))
    draft = load(budget)
    whole = reading if created else merge(draft, reading)
    entries = whole.entries
    parts = [part for part in parts_of(entries.document) if part in entries.parts]
    changed = tuple(part for part in parts if _save_part(budget, part, entries, draft.entries))
    known = Upload.objects.filter(budget=budget, sha256=reading.sha256).exists()
    if changed or created or not known or not prints_the_same(draft.original, whole.original):
        budget.source = _keep_upload(budget, whole, data, name, user)
        budget.save()
    return Saved(budget, created, changed, whole)


def _budget(entries: Entries) -> tuple[Budget, bool]:
    region, _ = Region.objects.get_or_create(code=entries.region, defaults={"name": region_name(entries.region)})
    whose = {"region": region, "unit": entries.unit}
    department, _ = Department.objects.get_or_create(**whose, defaults={"name": entries.name})
    budget, created = Budget.objects.get_or_create(
        department=department, year=entries.year, document=entries.document.key
    )
    held = Budget.objects.select_for_update(of=("self",)).select_related("department__region", "source")
    return held.defer("source__content").get(pk=budget.pk), created


def _keep_upload(budget: Budget, reading: Reading, data: bytes, name: str, user: Any) -> Upload:
    """The file with what all files print now; one that was handed in before becomes the latest again."""
    printed = keep_original(reading.original)
    kept = {"printed": printed, "name": name[:200], "content": data, "uploaded_by": user}
    return Upload.objects.update_or_create(
        budget=budget, sha256=reading.sha256, defaults={"printed": printed}, create_defaults=kept
    )[0]


def _save_part(budget: Budget, part: str, entries: Entries, now: Entries) -> bool:
    """Replace one part of the budget when the file says something else; returns whether it did."""
    if part in Book.values:
        return _save_book(budget, part, entries, now)
    if part == AS_PRINTED:
        return _save_as_printed(budget, merged(now.as_printed, entries.as_printed), now)
    if _comparable(part, now) == _comparable(part, entries):
        return False
    if part == SECTIONS:
        _replace_sections(budget, entries)
    else:
        _replace_records(budget, part, entries)
    return True


def _save_as_printed(budget: Budget, tables: list[AsPrinted], now: Entries) -> bool:
    """Keep these tables instead of those of now; returns whether any is another."""
    if [(table.number, table) for table in tables] == [(table.number, table) for table in now.as_printed]:
        return False
    budget.as_printed.all().delete()
    PrintedTable.objects.bulk_create(_printed_table(budget, table) for table in tables)
    return True


def _printed_table(budget: Budget, table: AsPrinted) -> PrintedTable:
    printed = table.as_json()
    title = printed.pop("title")
    return PrintedTable(budget=budget, number=table.number, title=title, printed=printed, place=table.place[:200])


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


def _save_book(budget: Budget, book: str, entries: Entries, now: Entries) -> bool:
    old = {line for line in now.lines if line.book == book}
    new = {line for line in entries.lines if line.book == book}
    names = _changed_names(book, entries, now)
    if old == new and not names:
        return False
    budget.lines.filter(book=book).delete()
    Line.objects.bulk_create(
        Line(budget=budget, **line.facets._asdict(), amount=line.amount) for line in sorted(new, key=sort_key)
    )
    for (scheme, code), name in names.items():
        PrintedName.objects.update_or_create(budget=budget, scheme=scheme, code=code, defaults={"name": name})
    return True


def _changed_names(book: str, entries: Entries, now: Entries) -> dict[tuple[str, str], str]:
    used = {
        (scheme, getattr(line, scheme)[:digits])
        for line in entries.lines
        if line.book == book
        for scheme in ("function", "economic")
        for digits in (3, 5, 7)
    }
    return {key: name for key, name in entries.names.items() if key in used and now.names.get(key) != name}


def _replace_records(budget: Budget, part: str, entries: Entries) -> None:
    records, manager, found = entries.document.list_of(part), getattr(budget, part), entries.records[part]
    assert records is not None, part
    manager.all().delete()
    saved = _create(manager.model, {"budget": budget}, found, records.stored())
    for rows in records.stored():
        if isinstance(rows, Rows):
            _create_rows(manager.model, rows, saved, found)
    if dated := getattr(records, "dated", ""):
        setattr(budget, dated, entries.dates.get(part))


def _create_rows(model: Any, rows: Rows, saved: list[Any], found: list[Record]) -> None:
    """The rows of all records at once."""
    relation = model._meta.get_field(rows.key)
    made = [
        one
        for owner, record in zip(saved, found, strict=True)
        for one in _made(relation.related_model, {relation.field.name: owner}, record[rows.key], list(rows.fields))
    ]
    relation.related_model.objects.bulk_create(made)


def _create(model: Any, owner: Record, found: list[Record], fields: list[Any]) -> list[Any]:
    return list(model.objects.bulk_create(_made(model, owner, found, fields)))


def _made(model: Any, owner: Record, found: list[Record], fields: list[Any]) -> list[Any]:
    """Unsaved rows of the database, in their order where the model has one."""
    keys = [field.key for field in fields if not isinstance(field, Rows)]
    ordered = any(field.name == "order" for field in model._meta.fields)
    return [
        model(**owner, **{key: record[key] for key in keys}, **({"order": number} if ordered else {}))
        for number, record in enumerate(found, 1)
    ]


def _replace_sections(budget: Budget, entries: Entries) -> None:
    budget.sections.all().delete()
    ordered = enumerate(entries.sections, 1)
    Section.objects.bulk_create(Section(budget=budget, order=order, **section) for order, section in ordered)
    budget.preamble = entries.preamble
