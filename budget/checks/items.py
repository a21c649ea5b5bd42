"""Items of the text that name a code in words, each with its amount: 公共安全支出（204类）司法（06款）行政运行（01项）.

Counties write the three names with brackets (with or without numbers in them) or between dashes. Which code is meant
follows from the numbers where they are printed, from the names in the document's own tables otherwise.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from budget.checks.passages import Passage, Texts, read_passages, whole_text_of
from budget.checks.statements import UNITS, Span, figures_in, span_of
from budget.codes import prefixes
from budget.figures.dossier import Entries
from budget.text import label

_AMOUNT = (
    r"[”\"]?\s*(?:科目)?(?:支出)?(?:预算)?(?:数)?(?:安排)?(?:为|是)?[：:]?\s*"
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|亿元|元)"
)
_START = r"^\W*(?:[（(]?\d{1,3}[)）]?\s*[.、．)）]?)?\s*[“\"]?"
_BRACKETED = re.compile(
    _START + r"(?P<class>[^，。；：“”]+?)[（(](?P<class_number>\d{3})?类[)）]\s*[-－—]?"
    r"(?P<section>[^，。；：“”]+?)[（(](?P<section_number>\d{2})?款[)）]\s*[-－—]?"
    r"(?P<item>[^，。；：“”]+?)[（(](?P<item_number>\d{2})?项[)）]" + _AMOUNT
)
_DASHED = re.compile(
    r"^\W*(?:[（(]?\d{1,3}[)）]?\s*[.、．]?)?\s*[“\"](?P<class>[^，。；：“”\-－—]+)[-－—]"
    r"(?P<section>[^，。；：“”\-－—]+)[-－—](?P<item>[^，。；：“”\-－—]+)" + _AMOUNT
)
_PLANNED = re.compile(r"预算|安排")


class Item(NamedTuple):
    """An item: the names and numbers of its code, the amount at its head, the amount in its text (None without one).

    rest: what the passage says after the head.
    """

    passage: Passage
    names: tuple[str, str, str]
    numbers: tuple[str, str, str]
    head: Span
    said: Span | None

    @property
    def called(self) -> str:
        """The name of the item itself."""
        return self.names[2]


def items_of(entries: Entries) -> tuple[Item, ...]:
    """Every item of the text, in order."""
    return _read(whole_text_of(entries), entries.year or 0)


@lru_cache(maxsize=32)
def _read(texts: Texts, year: int) -> tuple[Item, ...]:
    found = (_item(passage, year) for passage in read_passages(texts))
    return tuple(item for item in found if item)


def _head(text: str) -> re.Match[str] | None:
    if "项" not in text and "科目" not in text:
        return None
    return _BRACKETED.match(text) or _DASHED.match(text)


def is_item(passage: Passage) -> bool:
    """Whether a passage is an item."""
    return bool(_head(passage.written))


def _item(passage: Passage, year: int) -> Item | None:
    text = passage.written
    match = _head(text)
    if not match:
        return None
    parts, numbers = match.groupdict(), ("class_number", "section_number", "item_number")
    names = (parts["class"].strip(), parts["section"].strip(), parts["item"].strip())
    head = span_of(parts["digits"], UNITS[parts["unit"]])
    written = (parts.get(number) or "" for number in numbers)
    return Item(passage, names, tuple(written), head, _said(text[match.end() :], year))  # type: ignore[arg-type]


def _said(text: str, year: int) -> Span | None:
    """The amount that the text after the head plans for the year."""
    for figure in figures_in(text):
        if figure.kind == "plain" and f"{year}年" in figure.before.replace(" ", "") and _PLANNED.search(figure.before):
            return figure.span
    return None


Names = dict[tuple[str, str], str]


class Resolved(NamedTuple):
    """The code that an item means. misnamed: (what the item says, the tables' name) of its class, section or self."""

    code: str
    misnamed: tuple[tuple[str, str], ...] = ()


def resolve(item: Item, codes: Iterable[str], names: Names) -> Resolved | None:
    """The code of an item among the codes of the tables; None where none, or more than one, may be meant."""
    full = [code for code in codes if len(code) == 7]
    numbered = "".join(item.numbers)
    if all(item.numbers) and numbered in full:
        return Resolved(numbered, tuple(_misnamed(item, numbered, names)))
    by_name = [code for code in full if _is_called(item.names[2], code, names)]
    fitting = [code for code in by_name if not list(_misnamed(item, code, names))]
    if len(fitting) == 1:
        return Resolved(fitting[0])
    in_section = [code for code in by_name if _is_called(item.names[1], code[:5], names)]
    if fitting or len(in_section) != 1:
        return None
    return Resolved(in_section[0], tuple(_misnamed(item, in_section[0], names)))


def _misnamed(item: Item, code: str, names: Names) -> Iterator[tuple[str, str]]:
    for said, above in zip(item.names, prefixes(code), strict=False):
        if not _is_called(said, above, names):
            yield said, names.get(("function", above), "")


def _is_called(said: str, code: str, names: Names) -> bool:
    """Whether a name is that of a code, without regard to width, brackets and spaces; a code without name fits any."""
    name = names.get(("function", code), "")
    return not name or _bare(said) == _bare(name)


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    return re.sub(r"[()\[\]]", "", label(name))
