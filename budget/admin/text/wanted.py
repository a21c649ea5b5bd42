"""What the clerk wants a section to be, from what was sent: freely written, or a sequence."""

from collections.abc import Iterable
from typing import Any

from budget.admin.text.beside import REASON, Beside
from budget.admin.text.sections import OPENING
from budget.cell import Cell
from budget.declare.sentence import Item
from budget.drafts import sequences
from budget.drafts.flat import Flat, Parts, Said, flatten
from budget.drafts.standing import standing, with_title
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES, Dossier, Entries
from budget.figures.fill import Names
from budget.sentences.compose import Composing
from budget.sentences.matching import sequence

MOVES = {"up-": -1, "down-": 1}


def wanted(dossier: Dossier, names: Names, number: int, title: str, sent: Any, free: str) -> Parts:
    """What the person wants the parts of the text to say. free: the text that was sent."""
    items = dossier.entries.composed.get(number)
    if "standard" in sent:
        return _composed(dossier, number, title, standing(dossier.document, number), {})
    if not items:
        return _beside(dossier, names, number, title, sent, plain(free))
    if "free" in sent:
        return _freely(dossier, number, title, Composing(dossier, names).section(items).text)
    return _composed(dossier, number, title, _sequence(items, sent), reasons_in(sent))


def reasons_in(sent: Any) -> dict[str, str]:
    """{key of a reason: what was typed} of a page."""
    return {key.removeprefix(REASON): plain(sent[key]) for key in sent if key.startswith(REASON)}


def _beside(dossier: Dossier, names: Names, number: int, title: str, sent: Any, free: str) -> Parts:
    """The text as it was sent, with the standard sentences that were chosen in their places."""
    beside = Beside(dossier, names, number, free)
    chosen = beside.chosen(sent)
    if not chosen:
        return _freely(dossier, number, title, free)
    items = [one._replace(own=plain(one.own)) for one in sequence(beside.places, chosen)]
    reasons = {key: plain(text) for key, text in beside.reasons(chosen, sent).items()}
    return _composed(dossier, number, title, items, reasons)


def _sequence(items: tuple[Item, ...], sent: Any) -> list[Item]:
    """The sequence with what was taken out, rewritten, put between, moved or added."""
    groups = [[*_kept(at, item, sent), *_typed(f"after-{at}", sent)] for at, item in enumerate(items)]
    if move := moved(sent, len(groups)):
        here, there = move
        groups[here], groups[there] = groups[there], groups[here]
    added = [Item(standard=sent["add"])] if sent.get("add") else []
    return [*(item for group in groups for item in group), *added, *_typed("own-new", sent)]


def _kept(at: int, item: Item, sent: Any) -> list[Item]:
    """An item as it was rewritten, none where it was taken out."""
    if f"remove-{at}" in sent:
        return []
    return [item if item.standard else item._replace(own=plain(sent.get(f"own-{at}", item.own)))]


def _typed(field: str, sent: Any) -> list[Item]:
    """A new paragraph of one's own, if anything was typed."""
    own = plain(sent.get(field, ""))
    return [Item(own=own)] if own else []


def moved(sent: Any, many: int) -> tuple[int, int] | None:
    """(from, to) of the one that is to move, None where none is or where it stands at the end already."""
    moves = ((at, at + by) for at in range(many) for button, by in MOVES.items() if f"{button}{at}" in sent)
    return next(((here, there) for here, there in moves if 0 <= there < many), None)


def plain(typed: str) -> str:
    """What somebody typed, with the line breaks that are kept, and nothing that no database takes."""
    return typed.replace("\r\n", "\n").replace("\x00", "").strip()


def _composed(dossier: Dossier, number: int, title: str, items: Iterable[Item], reasons: dict[str, str]) -> Parts:
    """The section as a sequence. Its text goes, and so whoever has rewritten that meanwhile is heard."""
    entries = dossier.entries
    known = {one.key for one in dossier.document.narrative.sentences.get(number, ())} | set(dossier.recorded.sentences)
    real = sequences.real(one for one in items if not one.standard or one.standard in known)
    composed = {n: sequence for n, sequence in {**entries.composed, number: real}.items() if sequence}
    sections = _with_title(entries, number, title)
    sections.pop(_text_of(number), None)
    return {
        SECTIONS: sections,
        SENTENCES: sequences.flat_of(composed),
        REASONS: sequences.reasons_flat({**entries.reasons, **reasons}),
    }


def _freely(dossier: Dossier, number: int, title: str, written: str) -> Parts:
    sections = _with_title(dossier.entries, number, title)
    sections.pop(_text_of(number), None)
    if own := plain(written):
        sections[_text_of(number)] = own
    rest = {n: items for n, items in dossier.entries.composed.items() if n != number}
    return {SECTIONS: sections, SENTENCES: sequences.flat_of(rest)}


def _text_of(number: int) -> str:
    """The address of a section's text."""
    return str(Cell(SECTIONS, str(number), sequences.TEXT))


def _with_title(entries: Entries, number: int, title: str) -> Flat:
    """The text as it stands, with this section's title and place in it; the opening has neither."""
    sections = flatten(Said(entries))[SECTIONS]
    return sections if number == OPENING else with_title(sections, number, title)
