"""Sections put into their standard sentences, several at once."""

from collections.abc import Iterable

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.sentence import Item
from budget.drafts import sequences
from budget.drafts.flat import ORDER, Flat, Parts, Said, flatten
from budget.figures.dossier import SECTIONS, SENTENCES, Entries


def standing(document: Document, number: int) -> tuple[Item, ...]:
    """The standard sentences that make up a section by themselves; none where it has no such sentences."""
    declared = document.narrative.sentences.get(number, ())
    return tuple(Item(standard=one.key) for one in declared if not one.spare)


def with_title(sections: Flat, number: int, title: str) -> Flat:
    """The text as it stands, with a section's title and place in it."""
    address, place = (str(Cell(SECTIONS, str(number), column)) for column in ("title", ORDER))
    return {address: title, place: str(number)} | sections


def unwritten(entries: Entries) -> list[int]:
    """The sections that say nothing yet, have no list to stand for them, and have standard sentences."""
    narrative = entries.document.narrative
    there = {one["number"] for one in entries.sections if one["text"].strip()} | entries.composed.keys()
    listed = {number for number, key in narrative.lists.items() if entries.records.get(key)}
    numbers = range(1, len(narrative.titles) + 1)
    return [number for number in numbers if number not in there | listed and standing(entries.document, number)]


def in_sentences(entries: Entries, numbers: Iterable[int], sections: Flat | None = None) -> Parts:
    """The parts of the text once these sections are in sentences; sections: what the text says besides.

    Their own text goes, and so whoever has rewritten that meanwhile is heard.
    """
    flat = flatten(Said(entries))[SECTIONS] if sections is None else sections
    composed = {number: standing(entries.document, number) for number in numbers}
    for number in composed:
        flat = with_title(flat, number, entries.document.narrative.titles[number - 1])
        flat.pop(str(Cell(SECTIONS, str(number), sequences.TEXT)), None)
    return {SECTIONS: flat, SENTENCES: sequences.flat_of({**entries.composed, **composed})}
