"""Combining marks, and why they are counted: to put n marks on one letter in their order takes n² steps.

Unicode normalisation sorts the marks between two letters (Unicode Standard Annex 15, "Stream-Safe Text Format", lets
no more than 30 stand in a row for the same reason). 150,000 of them in one cell hold a worker for a minute, so they
are counted before anything is normalised. No language of this country puts more than four on a letter.
"""

import re
import unicodedata
from itertools import groupby, islice

MOST_IN_A_ROW = 8

_LAST = 0x1E94A  # no mark stands behind it (Unicode 14)
_BECOME_MARKS = "\u0f73\u0f75\u0f81\uff9e\uff9f"  # no marks themselves, but NFKC makes marks of them
MARKS = frozenset(
    character for character in map(chr, range(0x300, _LAST + 1)) if unicodedata.combining(character)
) | frozenset(_BECOME_MARKS)


def _one_mark() -> str:
    """A set of characters for a regular expression."""
    codes = sorted(map(ord, MARKS))
    runs = [list(run) for _, run in groupby(enumerate(codes), lambda numbered: numbered[1] - numbered[0])]
    return "[" + "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs) + "]"


def _one_mark_in_bytes() -> bytes:
    """The same for UTF-8: which bytes may follow a first one, alternatives that begin with different bytes."""
    after: dict[bytes, set[bytes]] = {}
    for mark in MARKS:
        raw = mark.encode()
        after.setdefault(raw[:-1], set()).add(raw[-1:])
    by_first = groupby(sorted(after), lambda beginning: beginning[:1])
    return b"(?:" + b"|".join(_beginning_with(first, list(found), after) for first, found in by_first) + b")"


def _beginning_with(first: bytes, beginnings: list[bytes], after: dict[bytes, set[bytes]]) -> bytes:
    rest = (re.escape(one[1:]) + b"[" + re.escape(b"".join(sorted(after[one]))) + b"]" for one in beginnings)
    return re.escape(first) + b"(?:" + b"|".join(rest) + b")"


_MARK = _one_mark()
_CROWDED = re.compile(f"{_MARK}{_MARK}{{{MOST_IN_A_ROW}}}")  # the first apart: it is what the engine looks for
_CROWD = re.compile(f"({_MARK}{{{MOST_IN_A_ROW}}}){_MARK}+")
_RAW = _one_mark_in_bytes()
_TAGS = rb"(?:<!\[CDATA\[|\]\]>|<[^<>]*+>)*+"
_RAW_MARK = re.compile(_RAW)
_RAW_CROWDED = re.compile(_RAW + b"(?:" + _TAGS + _RAW + b"){%d}" % MOST_IN_A_ROW)


def crowded(text: str) -> bool:
    """Whether more marks stand in a row than any letter bears."""
    return len(text) > MOST_IN_A_ROW and not MARKS.isdisjoint(text) and bool(_CROWDED.search(text))


def crowded_xml(raw: bytes | bytearray) -> bool:
    """The same for XML in UTF-8 without character references; tags between the marks count for nothing."""
    return not raw.isascii() and bool(_RAW_CROWDED.search(raw))


def more_marks_in_xml(raw: bytes | bytearray, most: int) -> bool:
    """Whether there are more marks than so many in all; the counting stops there."""
    return not raw.isascii() and next(islice(_RAW_MARK.finditer(raw), most, None), None) is not None


def thinned(text: str) -> str:
    """The text with no more marks in a row than are borne, so that normalising it takes linear time."""
    return _CROWD.sub(r"\1", text) if crowded(text) else text
