"""Sections that are written in sentences: their sequences flat, as the door compares them, and as stored.

The text of such a section follows from its sequence, so it is nowhere stored and has no address.
"""

from collections.abc import Iterable
from typing import Any

from budget.cell import Cell
from budget.declare.sentence import Item
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES

Composed = dict[int, tuple[Item, ...]]
Flat = dict[str, str]
TEXT = "text"
_FIELDS = ("standard", "own", "prompt")


def flat_of(composed: Composed) -> Flat:
    """The sequences: one value an address, `sentences-4-1-standard`."""
    return {
        str(Cell(SENTENCES, str(number), f"{at}-{name}")): "1" if value is True else value
        for number, items in composed.items()
        for at, item in enumerate(items, 1)
        for name, value in item._asdict().items()
        if value
    }


def composed_in(flat: Flat) -> Composed:
    """The inverse of `flat_of`, gaps closed."""
    found: dict[int, dict[int, dict[str, str]]] = {}
    for address, text in flat.items():
        cell = Cell.parse(address)
        at, _, name = cell.column.partition("-")
        found.setdefault(int(cell.row), {}).setdefault(int(at), {})[name] = text
    return {number: tuple(_item(items[at]) for at in sorted(items)) for number, items in sorted(found.items())}


def _item(texts: dict[str, str]) -> Item:
    standard, own, prompt = (texts.get(name, "") for name in _FIELDS)
    return Item(standard, own, prompt, texts.get("joins") == "1")


def real(items: Iterable[Item]) -> tuple[Item, ...]:
    """Those that say something, or are to say it."""
    said = (Item(item.standard) if item.standard else item for item in items)
    return tuple(item for item in said if item.standard or item.own or item.prompt)


def reasons_flat(reasons: dict[str, str]) -> Flat:
    """What people typed in sentences, each under its key."""
    return {str(Cell(REASONS, key, TEXT)): text for key, text in reasons.items() if text}


def reasons_in(flat: Flat) -> dict[str, str]:
    """The inverse of `reasons_flat`."""
    return {Cell.parse(address).row: text for address, text in flat.items()}


def without_composed(parts: dict[str, Flat]) -> dict[str, Flat]:
    """The parts of a budget with no text for the sections that are written in sentences."""
    numbers = {Cell.parse(address).row for address in parts[SENTENCES]}
    texts = {str(Cell(SECTIONS, number, TEXT)) for number in numbers}
    return parts | {SECTIONS: {address: text for address, text in parts[SECTIONS].items() if address not in texts}}


def as_json(composed: Composed, reasons: dict[str, str]) -> dict[str, Any]:
    """Both as the database keeps them: {"sections": {"4": [{"standard": key} | {"own", "prompt", "joins"}]}, …}."""
    sections = {str(number): [_kept(item) for item in items] for number, items in composed.items() if items}
    return {"sections": sections, "reasons": {key: text for key, text in reasons.items() if text}}


def _kept(item: Item) -> dict[str, Any]:
    kept = {"own": item.own, "prompt": item.prompt, "joins": item.joins}
    return {"standard": item.standard} if item.standard else kept


def from_json(kept: dict[str, Any]) -> tuple[Composed, dict[str, str]]:
    """The inverse of `as_json`."""
    sections = kept.get("sections", {})
    composed = {int(number): tuple(Item(**one) for one in items) for number, items in sections.items()}
    return dict(sorted(composed.items())), dict(kept.get("reasons", {}))
