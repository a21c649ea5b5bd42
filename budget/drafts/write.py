"""The parts of a draft written into its tables. Only the door calls this: it knows who, why, and what was there."""

from collections.abc import Callable
from typing import Any

from budget.declare.fields import Record, Rows
from budget.drafts import sequences
from budget.drafts.flat import EXPLANATIONS, HEAD, NAMES, SOURCE, Said
from budget.figures.as_printed import AS_PRINTED, AsPrinted
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES
from budget.figures.facets import Book
from budget.models import Budget, Explanation, Line, PrintedName, PrintedTable, Section, Upload


def write(budget: Budget, part: str, said: Said) -> None:
    """Replace a part by what is said now; fields of the budget itself are set, and saved by the caller."""
    if part in Book.values:
        _write_book(budget, part, said)
    elif part in _WRITERS:
        _WRITERS[part](budget, said)
    else:
        _write_records(budget, part, said)


def _write_book(budget: Budget, book: str, said: Said) -> None:
    budget.lines.filter(book=book).delete()
    lines = [line for line in said.entries.lines if line.book == book]
    Line.objects.bulk_create(Line(budget=budget, **line.facets._asdict(), amount=line.amount) for line in lines)


def _write_names(budget: Budget, said: Said) -> None:
    budget.printed_names.all().delete()
    names = said.entries.names.items()
    PrintedName.objects.bulk_create(
        PrintedName(budget=budget, scheme=scheme, code=code, name=name) for (scheme, code), name in names
    )


def _write_sections(budget: Budget, said: Said) -> None:
    budget.sections.all().delete()
    ordered = enumerate(said.entries.sections, 1)
    Section.objects.bulk_create(Section(budget=budget, order=order, **section) for order, section in ordered)
    budget.preamble = said.entries.preamble


def _write_sequences(budget: Budget, said: Said) -> None:
    budget.written = sequences.as_json(said.entries.composed, said.entries.reasons)


def _write_as_printed(budget: Budget, said: Said) -> None:
    budget.as_printed.all().delete()
    PrintedTable.objects.bulk_create(_printed_table(budget, table) for table in said.entries.as_printed)


def _printed_table(budget: Budget, table: AsPrinted) -> PrintedTable:
    printed = table.as_json()
    title = printed.pop("title")
    return PrintedTable(budget=budget, number=table.number, title=title, printed=printed, place=table.place[:200])


def _write_head(budget: Budget, said: Said) -> None:
    for name in HEAD_FIELDS:
        field = budget._meta.get_field(name)
        text, blank = said.head.get(name), None if field.null else ""
        setattr(budget, name, field.to_python(text) if text else blank)


def _write_explanations(budget: Budget, said: Said) -> None:
    """One that says the same stays as it is, with the day on which it was said."""
    kept = {one.fingerprint: one for one in budget.explanations.all()}
    budget.explanations.exclude(fingerprint__in=said.explanations).delete()
    for fingerprint, values in said.explanations.items():
        old = kept.get(fingerprint)
        if old is None or any(getattr(old, name) != value for name, value in values.items()):
            Explanation.objects.update_or_create(budget=budget, fingerprint=fingerprint, defaults=values)


def _write_source(budget: Budget, said: Said) -> None:
    budget.source = Upload.objects.defer("content").get(budget=budget, sha256=said.source) if said.source else None


# Dates and names of those who answer for a budget.
HEAD_FIELDS = ("approved_on", "secrecy_reviewed_by", "secrecy_reviewed_on", "signed_by", "signed_on")
_WRITERS: dict[str, Callable[[Budget, Said], None]] = {
    NAMES: _write_names,
    SECTIONS: _write_sections,
    SENTENCES: _write_sequences,
    REASONS: _write_sequences,
    AS_PRINTED: _write_as_printed,
    HEAD: _write_head,
    EXPLANATIONS: _write_explanations,
    SOURCE: _write_source,
}


def _write_records(budget: Budget, part: str, said: Said) -> None:
    """The records of a list or form, each of its rows a row of the database."""
    entries = said.entries
    records, manager, found = entries.document.list_of(part), getattr(budget, part), entries.records[part]
    assert records is not None, part
    manager.all().delete()
    saved = list(manager.model.objects.bulk_create(_made(manager.model, {"budget": budget}, found, records.stored())))
    for rows in records.stored():
        if isinstance(rows, Rows):
            _write_rows(manager.model, rows, saved, found)
    if dated := getattr(records, "dated", ""):
        setattr(budget, dated, entries.dates.get(part))


def _write_rows(model: Any, rows: Rows, saved: list[Any], found: list[Record]) -> None:
    """The rows of all records at once."""
    relation = model._meta.get_field(rows.key)
    made = [
        one
        for owner, record in zip(saved, found, strict=True)
        for one in _made(relation.related_model, {relation.field.name: owner}, record[rows.key], list(rows.fields))
    ]
    relation.related_model.objects.bulk_create(made)


def _made(model: Any, owner: Record, found: list[Record], fields: list[Any]) -> list[Any]:
    """Unsaved rows of the database, in their order where the model has one."""
    keys = [field.key for field in fields if not isinstance(field, Rows)]
    ordered = any(field.name == "order" for field in model._meta.fields)
    return [
        model(**owner, **{key: record[key] for key in keys}, **({"order": number} if ordered else {}))
        for number, record in enumerate(found, 1)
    ]
