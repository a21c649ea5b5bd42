"""The text in content: paragraphs, the address of each figure in them, and how sentences made them."""

from typing import Any

from budget.codes import Names
from budget.declare.sentence import Item, Sentence, as_json, from_json
from budget.drafts import sequences
from budget.figures.dossier import Dossier
from budget.sentences.compose import Composed, composed_of
from budget.text import clean
from disclosures.content.shapes import CELL, COUNT, FLAG, TEXT, Json, list_of, object_with, said


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text as readers see them."""
    return [clean(line) for line in text.split("\n") if line.strip()]


def narrative(dossier: Dossier, names: Names) -> Json:
    """The text with the addresses of the figures that its sentences state."""
    composed = composed_of(dossier, names)
    return {
        "preamble": paragraphs(dossier.entries.preamble),
        "sections": [
            {
                "number": section["number"],
                "title": clean(section["title"]),
                "paragraphs": paragraphs(section["text"]),
                "figures": _figures(composed.get(section["number"]), section["text"]),
            }
            for section in dossier.entries.sections
        ],
    }


def _figures(composed: Composed | None, text: str) -> list[Json]:
    """Where figures stand; none in a text that its sentences do not say (any more)."""
    spans = composed.spans if composed and composed.text == text else []
    return [span._asdict() | {"cell": str(span.cell)} for span in spans]


def written(dossier: Dossier, names: Names) -> Json:
    """The sequences with the sentences that stand in them, and what was typed in those; nothing else that was typed."""
    composed, said = composed_of(dossier, names), dossier.entries.reasons
    used = {asked.key: said[asked.key] for asked in _asked(composed) if asked.key in said}
    keys = dict.fromkeys(item.standard for items in dossier.entries.composed.values() for item in items)
    sentences = (dossier.recorded.sentences.get(key) for key in keys)
    kept = sequences.as_json(dossier.entries.composed, used)
    return kept | {"sentences": [as_json(one) for one in sentences if one]}


def _asked(composed: dict[int, Composed]) -> list[Any]:
    return [asked for section in composed.values() for one in section.items for asked in one.asked]


def sequences_of(content: Json) -> tuple[dict[int, tuple[Item, ...]], dict[str, str]]:
    """(the sequences of the sections that were written in sentences, what was typed in them)"""
    return sequences.from_json(content["written"])


def sentences_of(content: Json) -> dict[str, Sentence]:
    """{key: the declared sentence} of those that stand in the text."""
    return {one.key: one for one in map(from_json, content["written"]["sentences"])}


def section_schema() -> Json:
    """The JSON schema of a section."""
    figure = object_with(paragraph=COUNT, start=COUNT, end=COUNT, cell=CELL)
    return object_with(
        number={"type": "integer", "minimum": 1},
        title=TEXT,
        paragraphs=list_of(TEXT),
        figures=list_of(figure, "which letters of which paragraph (from 0) are a figure, and where that stands"),
    )


def written_schema() -> Json:
    """The JSON schema of how sections were put together."""
    item = object_with(
        optional=("standard", "own", "prompt", "joins"), standard=TEXT, own=TEXT, prompt=TEXT, joins=FLAG
    )
    return object_with(
        "how the sections that were written in sentences were put together",
        sections={"type": "object", "additionalProperties": list_of(item, "in their order")},
        reasons={"type": "object", "additionalProperties": said(TEXT, "what a person typed")},
        sentences=list_of({"type": "object", "required": ["key", "parts"]}, "the declared ones that stand in them"),
    )
