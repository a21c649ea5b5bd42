"""Sections put together from their sequences: paragraphs, the address of each figure in them, what is missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from budget.cell import Cell
from budget.declare.sentence import Item, Reason, Sentence
from budget.figures.dossier import Dossier
from budget.figures.fill import Names
from budget.sentences.figures import Figures
from budget.sentences.render import Piece, Rendering, missing, typed
from budget.text import is_heading

_BLANKS = re.compile(r"[ \t\u00a0]+")
_AFTER_ORDINAL = re.compile(r"^(\d{1,2}[.、])\s+")  # a numbered line has no blank there, as `text.clean` shows it
GONE = "县里的标准句里已经没有这一句，请删去或换一句"


class Span(NamedTuple):
    """Where in a paragraph a figure stands, and which."""

    paragraph: int
    start: int
    end: int
    cell: Cell


@dataclass(frozen=True)
class Rendered:
    """One item of a section. pieces: as it will be published, none where its conditions do not hold."""

    item: Item
    sentence: Sentence | None
    pieces: tuple[Piece, ...]

    @property
    def joins(self) -> bool:
        """Whether it goes on in the paragraph of what stands before it."""
        return self.sentence.joins if self.sentence else self.item.joins

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def gaps(self) -> list[Piece]:
        """What is missing in it."""
        return [piece for piece in self.pieces if piece.gap]

    @property
    def asked(self) -> list[Reason]:
        """The reasons that stand in it or are missing."""
        return [piece.asks for piece in self.pieces if piece.asks]


@dataclass
class Composed:
    """A section: its items rendered, its paragraphs, the figures in them."""

    items: list[Rendered]
    paragraphs: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The section's text."""
        return "\n".join(self.paragraphs)

    @property
    def gaps(self) -> list[str]:
        """What is missing, one after the other."""
        return [piece.gap for one in self.items for piece in one.gaps]

    @property
    def says_nothing(self) -> bool:
        """Whether all that it says is that there is nothing."""
        standing = [one for one in self.items if one.pieces]
        return bool(standing) and all(one.sentence and one.sentence.nothing for one in standing)


class Composing:
    """The sections of one budget, put together. sentences: by key, those that the county uses."""

    def __init__(self, dossier: Dossier, names: Names):
        self.entries, self.sentences = dossier.entries, dossier.recorded.sentences
        self.rendering = Rendering(Figures(dossier.entries, dossier.recorded, names), dossier.entries.reasons)

    def section(self, items: tuple[Item, ...]) -> Composed:
        """A section from its sequence."""
        composed = Composed([self.rendered(item) for item in items])
        for at, line in enumerate(_paragraphs(composed.items)):
            composed.paragraphs.append("".join(piece.text for piece in line))
            composed.spans += _spans(at, line)
        return composed

    def rendered(self, item: Item) -> Rendered:
        """One item: a standard sentence, or the person's own paragraph."""
        if not item.standard:
            return Rendered(item, None, tuple(_own(item)))
        sentence = self.sentences.get(item.standard)
        pieces = self.rendering.pieces(sentence) if sentence else [Piece(missing(GONE), gap=GONE)]
        return Rendered(item, sentence, tuple(piece for piece in pieces if piece.text))

    def all(self) -> dict[int, Composed]:
        """{number of a section: it} of those that are written in sentences."""
        return {number: self.section(items) for number, items in self.entries.composed.items()}


def _own(item: Item) -> Iterator[Piece]:
    text = typed(item.own)
    if text:
        yield Piece(text)
    elif item.prompt:
        yield Piece(missing(item.prompt), gap=item.prompt)


def _paragraphs(items: list[Rendered]) -> list[list[Piece]]:
    """The pieces of each paragraph; a line end inside a typed text begins the next one, and nothing joins a heading."""
    found = list[list[Piece]]()
    for one in items:
        if one.pieces and not (one.joins and found and not is_heading("".join(piece.text for piece in found[-1]))):
            found.append([])
        for piece in one.pieces:
            first, *rest = piece.text.split("\n")
            found[-1].append(piece._replace(text=first))
            found += [[piece._replace(text=line)] for line in rest]
    return [line for line in map(_tidy, found) if line]


def _tidy(line: list[Piece]) -> list[Piece]:
    """Without white space at either end and twice in a row, so that cleaning it for display changes nothing."""
    tidy, whole = list[Piece](), ""
    for piece in line:
        text = _BLANKS.sub(" ", piece.text).replace('"', "”")
        text = text.lstrip() if not whole or whole[-1].isspace() else text
        text = _AFTER_ORDINAL.sub(r"\1", whole + text)[len(whole) :]
        if text:
            tidy, whole = [*tidy, piece._replace(text=text)], whole + text
    while tidy and not (last := tidy[-1].text.rstrip()):
        tidy.pop()
    return [*tidy[:-1], tidy[-1]._replace(text=last)] if tidy else []


def _spans(at: int, line: list[Piece]) -> Iterator[Span]:
    start = 0
    for piece in line:
        if piece.cell is not None and piece.text:
            yield Span(at, start, start + len(piece.text), piece.cell)
        start += len(piece.text)


def composed_of(dossier: Dossier, names: Names | None = None) -> dict[int, Composed]:
    """The sections that are written in sentences, put together."""
    return Composing(dossier, names or {}).all() if dossier.entries.composed else {}


def compose(dossier: Dossier, names: Names) -> dict[int, Composed]:
    """Put the sections that are written in sentences together, and set their texts in the dossier."""
    found = composed_of(dossier, names)
    for section in dossier.entries.sections:
        if section["number"] in found:
            section["text"] = found[section["number"]].text
    return found
