"""The sections of the narrative in a document's paragraphs: under the declared headings, or under its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from budget.declare.document import Document
from budget.declare.fields import Record
from budget.declare.narrative import MOST_OWN, OWN
from budget.intake import outline
from budget.intake.grid import NOTE, Paragraph, is_contents_line
from budget.intake.recognise import is_title
from budget.text import is_short, label, narrow, quoted

_HEADING = re.compile(r"^\s*(十一|十|[一二三四五六七八九])、\s*(.+?)\s*$")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")
_ALIKE = 0.6  # how much of a title must be the same for a heading worded a little differently
_THE_SAME = 0.75  # the same where no number says which section is meant
_LONGEST = 40
_YEAR = re.compile(r"^\d{4}年度?")
# 编制单位：… 单位：元, 公开01表: what stands above a table and is no text.
_ABOVE_TABLE = re.compile(r"^(编制|填报|填表|预算)?(单位|部门)(名称)?[:：]|^(金额)?单位[:：]万?元|^公开\d+表$")
_OF_TABLE = re.compile(r"表([(（].{1,12}[)）])?$")
_OF_EMPTY_TABLE = re.compile(r"(本|空|下|上)表")


Paragraphs = dict[int, list[str]]  # {number of a section, 0 before the first: its paragraphs}


@dataclass
class NarrativeReading:
    """sections: [{number, title, text}] in the order of the file; preamble: what stands before the first.

    headings_missing: a sentence for each declared section without its heading, where the file follows the declaration.
    """

    preamble: str = ""
    sections: list[Record] = field(default_factory=list)
    headings_missing: list[str] = field(default_factory=list)


def read_narrative(texts: Iterable[Paragraph], document: Document) -> NarrativeReading:
    """The narrative in paragraphs in document order; cover, contents and titles of tables are no text.

    A file whose headings are mostly the declared ones is read by them; any other keeps its own outline.
    """
    all_texts = list(texts)
    found = _by_declaration(all_texts, document)
    others = [text for text in outline.without_contents(all_texts) if not _is_beside_a_table(text.text)]
    headings = outline.headings(others)
    if found.titles and 2 * len(found.titles) >= len(headings):
        return _narrative(found, document)
    return _by_own_outline(others, headings[:MOST_OWN], document)


def _by_own_outline(texts: list[Paragraph], headings: list[outline.Heading], document: Document) -> NarrativeReading:
    """Sections under the file's own headings; one that is worded as a declared section takes its number."""
    found = NarrativeReading()
    if not headings:
        return found
    found.preamble = _own_preamble(texts[: headings[0].at])
    ends = [heading.at for heading in headings[1:]] + [len(texts)]
    for heading, end in zip(headings, ends, strict=True):
        title, inside = texts[heading.at].text.strip(), texts[heading.at + 1 : end]
        taken = {section["number"] for section in found.sections}
        number = _fitting(title, document, taken) or max(OWN, *taken, OWN) + 1
        text = "\n".join(_lines(inside))
        found.sections.append({"number": number, "title": title, "text": text})
    return found


def _own_preamble(texts: list[Paragraph]) -> str:
    """What stands before the first heading, from its first sentence on: the lines before are the cover's."""
    start = next((at for at, text in enumerate(texts) if "。" in text.text), len(texts))
    return "\n".join(_lines(texts[start:]))


def _lines(texts: list[Paragraph]) -> list[str]:
    """The paragraphs; one that breaks off inside a bracket goes on in the next: a PDF has lines, no paragraphs."""
    lines = list[str]()
    for text in texts:
        if _is_sub_heading(text):
            continue
        if lines and _is_broken(lines[-1]) and _is_broken(text.text, -1):
            lines[-1] += text.text.strip()
        else:
            lines.append(text.text.strip())
    return lines


def _is_broken(text: str, side: int = 1) -> bool:
    """Whether a text has a bracket that is not closed in it; with side -1 one that is not opened in it."""
    opened, closed = (sum(map(text.count, marks)) for marks in ("（(《“", "）)》”"))
    return (opened - closed) * side > 0 and (side < 0 or text.strip()[-1] not in "。；：！？")


def _fitting(title: str, document: Document, taken: set[int]) -> int:
    """The number of the declared section that a heading is worded as, 0 where there is none, or it is taken."""
    own = _YEAR.sub("", label(title))
    for number, declared in enumerate(document.narrative.titles, 1):
        if number not in taken and SequenceMatcher(None, own, label(declared)).ratio() >= _THE_SAME:
            return number
    return 0


def _is_beside_a_table(text: str) -> bool:
    """Whether a line belongs to a table beside it: its title, its unit, its note."""
    bare = narrow(text)
    if _ABOVE_TABLE.search(bare) or (NOTE.match(text) and _OF_EMPTY_TABLE.search(bare)):
        return True
    return bool(_OF_TABLE.search(bare)) and is_short(text)


@dataclass
class _Declared:
    """What was read by the declared headings. titles: {number: its heading}; paragraphs: what stands under each."""

    titles: dict[int, str] = field(default_factory=dict)
    paragraphs: Paragraphs = field(default_factory=lambda: {0: []})
    current: int = 0


def _by_declaration(texts: list[Paragraph], document: Document) -> _Declared:
    declared, found = document.narrative.titles, _Declared()
    for text in texts:
        if is_contents_line(text.text):
            continue
        if number := _section_number(text.text, found.current, declared):
            found.current = number
            found.titles[number] = text.text.strip()
            found.paragraphs[number] = []
        elif not (_is_sub_heading(text) or (found.current == 0 and _is_of_a_table(text.text, document))):
            found.paragraphs[found.current].append(text.text.strip())
    return found


def _is_of_a_table(text: str, document: Document) -> bool:
    return is_title(document, text) or bool(NOTE.match(text))


def _is_sub_heading(text: Paragraph) -> bool:
    """Headings inside a section that only name a performance sheet."""
    return text.style.lower().startswith("heading") and text.text.strip().endswith("绩效目标表")


def _section_number(text: str, current: int, declared: tuple[str, ...]) -> int:
    """The number of the section whose heading a paragraph is, 0 when it is none; sections only go forward.

    After the last declared section a heading that numbers on (十二、) opens a section of the file's own.
    """
    if len(text.strip()) > _LONGEST:
        return 0
    if current >= len(declared):
        return _beyond(text, current, len(declared))
    match = _HEADING.match(text)
    number = _NUMERALS.index(match[1]) + 1 if match else 0
    if not current < number <= len(declared):
        return 0
    alike = SequenceMatcher(None, label(text), label(declared[number - 1])).ratio()
    return number if alike >= _ALIKE else 0


def _beyond(text: str, current: int, last: int) -> int:
    before = last if current == last else current - OWN
    number = outline.numbered(text)
    return OWN + number if number == before + 1 else 0


def _narrative(read: _Declared, document: Document) -> NarrativeReading:
    declared, titles, paragraphs = document.narrative, read.titles, read.paragraphs
    found = NarrativeReading("\n".join(_preamble(paragraphs[0], declared.opening)))
    for number, title in enumerate(declared.titles, 1):
        if number not in titles:
            found.headings_missing.append(_recover(number, title, paragraphs))
    all_titles = dict(enumerate(declared.titles, 1)) | titles
    for number, title in sorted(all_titles.items()):
        text = "\n".join(paragraphs.get(number, []))
        found.sections.append({"number": number, "title": title, "text": text})
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
