"""Where the sections of a text begin, whatever its outline: by titles, 第一部分, 一、 or （一）.

Only headings of the outermost level in use open a section; those below it stay in the text where they stand.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from budget.intake.grid import Paragraph, is_contents_line
from budget.text import ends_as_title, is_short, label, narrow, numeral

PART, TITLE, NUMBERED, BRACKETED, COUNTED = "part", "title", "numbered", "bracketed", "counted"
_ORDER = (PART, TITLE, NUMBERED, BRACKETED, COUNTED)  # from the outside in
_FORMS = {
    PART: re.compile(r"^第([一二三四五六七八九十]{1,3})(?:部分|章|篇)"),
    NUMBERED: re.compile(r"^([一二三四五六七八九十]{1,3})[、.．,]"),
    BRACKETED: re.compile(r"^[(（]([一二三四五六七八九十]{1,3})[)）]"),
    COUNTED: re.compile(r"^[(（]?(\d{1,2})[)）]?[、.．](?!\d)|^(\d{1,2})[.．](?=\d{4}年)"),
}
_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*(\d)|^(title|标题)$", re.I)
_CONTENTS = ("目录", "目次")


class Heading(NamedTuple):
    """A paragraph that may open a section: where it stands, its level, its number (0 for a title)."""

    at: int
    level: str
    number: int


def without_contents(texts: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs without tables of contents, and without the short lines of the cover before the first."""
    start = next((at for at, text in enumerate(texts) if narrow(text.text) in _CONTENTS), None)
    if start is not None:
        after = texts[start + 1 :]
        cover = [text for text in texts[:start] if not is_short(text.text)]
        texts = cover + after[_with_pages(after) or _entries(after) :]
    return [text for text in texts if not is_contents_line(text.text)]


def _with_pages(texts: list[Paragraph]) -> int:
    """How many of the paragraphs after 目录 belong to it where its lines end in pages: up to the last such line."""
    last = 0
    for count, text in enumerate(texts, 1):
        if is_contents_line(text.text):
            last = count
        elif not is_short(text.text):
            break
    return last


def _entries(texts: list[Paragraph]) -> int:
    """How many of the paragraphs after 目录 belong to it: until the numbers start again, or a line is no entry."""
    last: dict[str, int] = {}
    seen: set[str] = set()
    for count, text in enumerate(texts):
        level, number = _numbering(text.text)
        if not is_short(text.text) or label(text.text) in seen or (seen and not level and last):
            return count
        if level and (number <= last.get(level, 0) or (last and level in _above(next(iter(last))))):
            return count
        seen.add(label(text.text))
        if level:
            last = {above: last[above] for above in _above(level) if above in last} | {level: number}
    return len(texts)


def _above(level: str) -> tuple[str, ...]:
    """The levels outside one, the outermost first."""
    return _ORDER[: _ORDER.index(level)]


def _numbering(text: str) -> tuple[str, int]:
    """(level, number) by which a paragraph is numbered; ("", 0) for one that is not."""
    bare = narrow(text)
    for level, form in _FORMS.items():
        if match := form.match(bare):
            digits = match[1] or match[match.lastindex or 1]
            return level, int(digits) if digits.isdecimal() else numeral(digits)
    return "", 0


def numbered(text: str) -> int:
    """The number of a heading 十二、…; 0 where a paragraph is none."""
    level, number = _numbering(text)
    return number if level == NUMBERED and is_short(text) else 0


def headings(texts: list[Paragraph]) -> list[Heading]:
    """The headings of the outermost level: that of the first heading whose level is used more than once."""
    found = list(_all(texts))
    levels = [heading.level for heading in found]
    outermost = next((level for level in levels if levels.count(level) > 1), levels[0] if levels else "")
    return [heading for heading in found if heading.level == outermost]


def _all(texts: list[Paragraph]) -> Iterator[Heading]:
    """Every heading with its level; numbers of a level go forward: a list inside a section starts again from one."""
    styled = min((_styled(text.style) for text in texts if _styled(text.style)), default=0)
    last = dict.fromkeys(_ORDER, 0)
    for at, text in enumerate(texts):
        level, number = _heading(text, styled)
        if level == TITLE:
            yield Heading(at, TITLE, 0)
        elif level and last[level] < number <= last[level] + 2:
            last[level] = number
            yield Heading(at, level, number)


def _heading(text: Paragraph, styled: int) -> tuple[str, int]:
    if not is_short(text.text):
        return "", 0
    if styled and _styled(text.style) == styled:
        return TITLE, 0
    level, number = _numbering(text.text)
    if level:
        return (level, number) if level in (PART, NUMBERED, BRACKETED) else ("", 0)
    return (TITLE, 0) if ends_as_title(text.text) else ("", 0)


def _styled(style: str) -> int:
    """The level of a Word heading style, from 1; 0 for any other style."""
    match = _HEADING_STYLE.match(style)
    return int(match[1] or 1) if match else 0
