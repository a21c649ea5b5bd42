"""The sections of the narrative in a Word document's paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from budget.declare.document import Document
from budget.declare.fields import Record
from budget.intake.grid import CONTENTS_LINE, NOTE, Paragraph
from budget.intake.recognise import is_title
from budget.text import label, quoted

_HEADING = re.compile(r"^\s*(十一|十|[一二三四五六七八九])、\s*(.+?)\s*$")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")
_ALIKE = 0.6  # how much of a title must be the same for a heading worded a little differently
_LONGEST = 40


Paragraphs = dict[int, list[str]]  # {number of a section, 0 before the first: its paragraphs}


@dataclass
class NarrativeReading:
    """sections: [{number, title, text}]; preamble: what stands between the tables and section one.

    headings_missing: a sentence for each section without its heading.
    """

    preamble: str = ""
    sections: list[Record] = field(default_factory=list)
    headings_missing: list[str] = field(default_factory=list)


def read_narrative(texts: Iterable[Paragraph], document: Document) -> NarrativeReading:
    """The narrative in paragraphs in document order; titles of tables are no text."""
    declared = document.narrative.titles
    paragraphs: Paragraphs = {0: []}
    titles, current = dict[int, str](), 0
    for text in texts:
        if CONTENTS_LINE.search(text.text):
            continue
        if number := _section_number(text.text, current, declared):
            current = number
            titles[number] = text.text.strip()
            paragraphs[number] = []
        elif not (_is_sub_heading(text) or (current == 0 and _is_of_a_table(text.text, document))):
            paragraphs[current].append(text.text.strip())
    return _narrative(paragraphs, titles, document) if titles else NarrativeReading()


def _is_of_a_table(text: str, document: Document) -> bool:
    return is_title(document, text) or bool(NOTE.match(text))


def _is_sub_heading(text: Paragraph) -> bool:
    """Headings inside a section that only name a performance sheet."""
    return text.style.lower().startswith("heading") and text.text.strip().endswith("绩效目标表")


def _section_number(text: str, current: int, declared: tuple[str, ...]) -> int:
    """The number of the section whose heading a paragraph is, 0 when it is none; sections only go forward."""
    match = _HEADING.match(text)
    if not match or len(text.strip()) > _LONGEST:
        return 0
    number = _NUMERALS.index(match[1]) + 1
    if not current < number <= len(declared):
        return 0
    alike = SequenceMatcher(None, label(text), label(declared[number - 1])).ratio()
    return number if alike >= _ALIKE else 0


def _narrative(paragraphs: Paragraphs, titles: dict[int, str], document: Document) -> NarrativeReading:
    declared = document.narrative
    found = NarrativeReading("\n".join(_preamble(paragraphs[0], declared.opening)))
    for number, title in enumerate(declared.titles, 1):
        if number not in titles:
            found.headings_missing.append(_recover(number, title, paragraphs))
    for number, title in enumerate(declared.titles, 1):
        text = "\n".join(paragraphs.get(number, []))
        found.sections.append({"number": number, "title": titles.get(number, title), "text": text})
    return found


def _preamble(paragraphs: list[str], opening: str) -> list[str]:
    """From the paragraph that opens the narrative on; the contents list before it is left out."""
    starts = [i for i, text in enumerate(paragraphs) if opening in text and "目录" not in text]
    return paragraphs[starts[-1] :] if starts else []


def _recover(number: int, title: str, paragraphs: Paragraphs) -> str:
    """A section without a heading: the tail of the section before it that speaks of its subject; what to say of it."""
    before = max(n for n in paragraphs if n < number)
    start = _beginning(title, paragraphs[before]) if before else None
    if start is None:
        return f"情况说明缺少标题{quoted(title)}，也没有内容；请补上标题。"
    paragraphs[number] = paragraphs[before][start:]
    paragraphs[before] = paragraphs[before][:start]
    return f"情况说明缺少标题{quoted(title)}，它的内容接在第{_NUMERALS[before - 1]}部分之后；请补上标题。"


def _beginning(title: str, texts: list[str]) -> int | None:
    """Where the paragraphs begin to speak of a title's subject; the first belongs to the section itself."""
    subject = label(title)
    return next((at for at, text in enumerate(texts) if at and subject in label(text)), None)
