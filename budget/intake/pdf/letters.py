"""Letters at places put together: lines, and on each the texts that wide gaps keep apart."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

WIDE = 2.5  # in sizes of a letter: `编制部门：…      单位：元` are two texts
BLANK = 0.3  # between letters of Western words and digits; a Chinese line that is set wide has gaps that mean nothing
APART = 0.8  # between any letters
SAME_LINE = 0.5  # how far the middles of letters on one line lie apart at most
TWICE = 0.2  # bold letters may be printed twice, a little beside themselves
SMALLER = 0.8  # ² beside 12 is no digit of it
UNMAPPED = "\ufffd"

_CID = re.compile(r"\(cid:\d+\)")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]")
_WESTERN = re.compile(r"[\x21-\x7e]")


@dataclass(frozen=True)
class Letter:
    """A letter with its box in points from the page's upper left corner; a blank is none."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass
class Line:
    """Letters on one line from left to right; texts: what wide gaps keep apart."""

    letters: list[Letter]
    texts: list[str]

    @property
    def text(self) -> str:
        """Its texts with a tab between them, as a tab stop of Word puts them apart."""
        return "\t".join(self.texts)

    @cached_property
    def x0(self) -> float:
        return self.letters[0].x0

    @cached_property
    def x1(self) -> float:
        return max(letter.x1 for letter in self.letters)

    @cached_property
    def top(self) -> float:
        return min(letter.top for letter in self.letters)

    @cached_property
    def bottom(self) -> float:
        return max(letter.bottom for letter in self.letters)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes = sorted(letter.size for letter in self.letters)
        return sizes[len(sizes) // 2]


def letters_of(page: Any) -> list[Letter]:
    """The letters of a page of pdfplumber that lie on it, blanks included; one that no font tells is U+FFFD."""
    left, top, right, bottom = page.bbox
    found = (
        Letter(_CID.sub(UNMAPPED, c["text"]), c["x0"], c["x1"], c["top"], c["bottom"], c["size"]) for c in page.chars
    )
    return [one for one in found if left <= (one.x0 + one.x1) / 2 <= right and top <= one.middle <= bottom]


def is_unmapped(text: str) -> bool:
    """Whether a text holds a letter that has a picture and no meaning."""
    return bool(_PRIVATE.search(text))


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """The lines from top to bottom."""
    rows: list[list[Letter]] = []
    for letter in sorted((one for one in letters), key=lambda one: one.middle):
        if rows and letter.middle - rows[-1][0].middle <= SAME_LINE * max(letter.size, rows[-1][0].size):
            rows[-1].append(letter)
        elif letter.text.strip():
            rows.append([letter])
    return [_line(sorted(row, key=lambda one: one.x0)) for row in rows]


def _line(row: list[Letter]) -> Line:
    texts, letters = [""], list[Letter]()
    for before, blank, letter in _pairs(row):
        gap = _gap(before, blank, letter) if before else ""
        if gap == "\t":
            texts.append("")
        texts[-1] += gap.strip("\t") + letter.text.strip()
        letters.append(letter)
    return Line(letters, texts)


def _pairs(row: list[Letter]) -> Iterator[tuple[Letter | None, bool, Letter]]:
    """(the letter before, whether a blank stands between, letter); what is printed twice counts once."""
    before, blank = None, False
    for letter in row:
        if not letter.text.strip():
            blank = True
        elif not (before and letter.text == before.text and letter.x0 - before.x0 < TWICE * letter.size):
            yield before, blank, letter
            before, blank = letter, False


def _gap(before: Letter, blank: bool, letter: Letter) -> str:
    """What stands between two letters: nothing, a blank, or a tab for a wide gap."""
    size, gap = max(before.size, letter.size), letter.x0 - before.x1
    if gap > WIDE * size:
        return "\t"
    western = _WESTERN.match(before.text) and _WESTERN.match(letter.text)
    other = min(before.size, letter.size) < SMALLER * size and before.text.isdigit() and letter.text.isdigit()
    return " " if blank or other or gap > APART * size or (western and gap > BLANK * size) else ""
