"""A year from the year before: what recurs is taken along, what was last year's own is not.

Amounts stay behind: they are shown beside this year's, from last year's budget itself. Texts come marked (`carried`).
Everything goes through the door, and only into parts that are still empty, so that to begin twice changes nothing.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from budget import carried
from budget.codes import ECONOMIC, FUNCTION, Names, prefixes
from budget.declare.document import Document
from budget.declare.fields import Field, Figure, Percent, Record, Text, mapped
from budget.declare.records import Form, Records
from budget.declare.sentence import reasons_of
from budget.drafts.door import Doing, How, Who, change, held, now, open_budget
from budget.drafts.flat import NAMES, Parts, Said, flatten
from budget.drafts.last_year import Moved, followed, moved
from budget.drafts.load import load, names_for
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES, Entries
from budget.models import Budget

_CODED = (FUNCTION, ECONOMIC)


@dataclass(frozen=True)
class Taken:
    """What a year takes from the year before. codes: how many stand in its tables; moved: those that have ended.

    texts: how many sections; parts: all of it, flat.
    """

    codes: int = 0
    moved: list[Moved] = field(default_factory=list)
    records: dict[str, int] = field(default_factory=dict)
    texts: int = 0
    parts: Parts = field(default_factory=dict)

    def in_words(self) -> str:
        """What it is, in one line for the journal and the terminal."""
        rows = [f"科目 {self.codes} 个", *(f"{name} {count} 条" for name, count in self.records.items())]
        told = "；".join(f"{one.code} 已停用，{_instead(one)}" for one in self.moved)
        return "、".join([*rows, f"情况说明 {self.texts} 个部分"]) + (f"；{told}" if told else "")


def _instead(one: Moved) -> str:
    return f"改用 {'、'.join(one.successors)}" if one.successors else "没有指明改用哪个"


@dataclass(frozen=True)
class Begun:
    """A year that was begun. closed: why nothing could be taken along, '' where it could."""

    budget: Budget
    created: bool
    taken: Taken
    changed: tuple[str, ...] = ()
    closed: str = ""


def survey(last: Budget) -> Taken:
    """What the next year would take from this budget."""
    entries, names = load(last).entries, names_for(last.year + 1)
    used = {(facet, code) for line in entries.lines for facet in _CODED if (code := getattr(line, facet))}
    new = _next(entries, names)
    return Taken(
        codes=len({(facet, code) for facet, old in used for code in followed((facet, old), names)}),
        moved=moved(entries.lines, names),
        records={one.called or one.title: len(new.records[one.key]) for one in _recurring(new.document)},
        texts=sum(bool(section["text"].strip()) for section in new.sections),
        parts=_parts(new),
    )


@transaction.atomic
def begin_next(last: Budget, who: Who) -> Begun:
    """Open the budget of the year after this one, and fill what is still empty of it."""
    last = held(last)  # what it says is read at one moment
    year, taken = last.year + 1, survey(last)
    doing = Doing(who, How.COPY, f"照 {last.year} 年开始：{taken.in_words()}")
    budget, created = open_budget(last.department, year, last.document, doing)
    there = flatten(now(budget))
    bound = (SENTENCES, REASONS) if there[SECTIONS] else ()  # sequences come only where there is no text yet
    wanted = {part: flat for part, flat in taken.parts.items() if flat and not there[part] and part not in bound}
    outcome = change(budget, wanted, doing) if wanted else None
    if outcome is None:
        return Begun(budget, created, taken)
    budget.refresh_from_db()
    return Begun(budget, created, taken, outcome.parts, outcome.closed)


def beginning(last: Budget) -> Entries:
    """What the next year of a budget says when it is begun, whether it was or not."""
    entries = load(last).entries
    new = _next(entries, names_for(last.year + 1))
    return replace(new, region=entries.region, unit=entries.unit, name=entries.name, year=last.year + 1)


def _recurring(document: Document) -> list[Records]:
    return [records for records in document.records if records.recurs]


def _next(entries: Entries, names: Names) -> Entries:
    """What the next year says to begin with."""
    document = entries.document
    records = {one.key: [_record(one, record) for record in entries.records[one.key]] for one in _recurring(document)}
    most = document.narrative
    return Entries(
        document,
        names=_names(entries, names),
        records=records,
        preamble=_passage(entries.preamble, most.opening_length),
        sections=[section | {"text": _passage(section["text"], most.text_length)} for section in entries.sections],
        composed=entries.composed,
        reasons={key: _passage(text, most.opening_length) for key, text in _lasting(entries)},
    )


def _parts(new: Entries) -> Parts:
    flat = flatten(Said(new))
    texts = (SECTIONS, SENTENCES, REASONS)
    return {part: flat[part] for part in (NAMES, *texts, *(one.key for one in _recurring(new.document)))}


def _lasting(entries: Entries) -> list[tuple[str, str]]:
    """What people typed in sentences, but for the reasons of last year's changes."""
    sentences = (one for found in entries.document.narrative.sentences.values() for one in found)
    long = {reason.key for one in sentences for reason in reasons_of(one) if reason.long}
    return [(key, text) for key, text in entries.reasons.items() if key in long]


def _names(entries: Entries, names: Names) -> dict[tuple[str, str], str]:
    """The names that the township prints, of the codes that it still uses."""
    used = {
        (facet, above)
        for line in entries.lines
        for facet in _CODED
        for code in followed((facet, getattr(line, facet)), names)
        for above in prefixes(code)
    }
    return {key: name for key, name in entries.names.items() if key in used and key not in names.ended}


def _passage(text: str, length: int) -> str:
    return carried.to_look_at(carried.without_figures(text), length) if text.strip() else text


def _record(records: Records, record: Record) -> Record:
    """A record without its amounts; of a form, with the mark that somebody must decide whether it goes on."""
    new = mapped(records.fields, record, _value) | _grouped(records, record)
    if isinstance(records, Form) and (first := _first_text(records)):
        new[first.key] = carried.to_look_at(new[first.key], first.length)
    return new


def _grouped(records: Records, record: Record) -> Record:
    group = getattr(records, "group", None)
    return {group.key: record[group.key]} if group else {}


def _first_text(form: Form) -> Text | None:
    """The field that says what a record is for."""
    return next((one for one in form.fields if isinstance(one, Text) and one.long), None)


def _value(declared: Field, value: Any) -> Any:
    """What recurs of a value: words, shares of a plan, no amounts and counts."""
    if isinstance(declared, Figure) and not isinstance(declared, Percent):
        return declared.blank
    if isinstance(declared, Text) and declared.kind == Text.kind:
        return _fitting(carried.without_amounts(value), declared)
    return value


def _fitting(text: str, declared: Text) -> str:
    return text if len(text) <= declared.length else carried.FILL
