"""The text line by line, each under its headings; parsed once for all rules.

A passage is a paragraph: `passages_of(entries)` gives those of all sections. Amounts in it are read from `written`,
which has full-width digits made narrow and nothing else changed, so that places stay the same.
"""

from functools import lru_cache
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.naming import section_in_words
from budget.figures.dossier import SECTIONS, Entries
from budget.text import is_heading

_NARROW = str.maketrans("０１２３４５６７８９．％－＋", "0123456789.%-+")
_BEGINNING = 18  # characters by which a reader finds a sentence again

Texts = tuple[tuple[str, str, str], ...]  # ((number, title, text) of each section)


class Passage(NamedTuple):
    """A paragraph: its section, its number in it from 1, the headings above it, and what it says."""

    section: str
    at: int
    headings: str
    place: str
    written: str

    @property
    def cell(self) -> Cell:
        """Its address: section and paragraph."""
        return Cell(SECTIONS, self.section, f"text-{self.at}")

    def words(self, sentence: str = "") -> str:
        """Its place in words, with how a sentence of it begins: 情况说明第二部分的“2024年支出预算…”."""
        start = (sentence or self.written).strip()
        return f"{self.place}的“{start[:_BEGINNING]}{'…' if len(start) > _BEGINNING else ''}”"


def texts_of(entries: Entries) -> Texts:
    """The sections as a key that a cache can keep."""
    return tuple((str(s["number"]), s["title"], s["text"]) for s in entries.sections)


def whole_text_of(entries: Entries) -> Texts:
    """The same with what stands before the first section as section 0."""
    return (("0", "", entries.preamble), *texts_of(entries))


def passages_of(entries: Entries) -> tuple[Passage, ...]:
    """Every paragraph of every section, in order; what stands before the first section included."""
    return read_passages(whole_text_of(entries))


@lru_cache(maxsize=32)  # a dozen rules ask about the same text
def read_passages(texts: Texts) -> tuple[Passage, ...]:
    """The passages of sections as (number, title, text)."""
    return tuple(passage for number, title, text in texts for passage in _passages(number, title, text))


def _passages(number: str, title: str, text: str) -> list[Passage]:
    place, inner, found = section_in_words(number, title), "", list[Passage]()
    for at, line in enumerate(text.split("\n"), 1):
        if is_heading(line):
            inner = line.strip()
        if line.strip():
            found.append(Passage(number, at, f"{title} {inner}", place, line.translate(_NARROW)))
    return found
