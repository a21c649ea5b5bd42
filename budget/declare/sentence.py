"""A sentence of the text, declared: words, figures by their addresses, reasons to be typed. No template language.

A part is a frozen value. What follows from the figures (the amount, 增加 or 减少, whether a clause stands) is never
written down: `budget.sentences` renders it. Written as JSON (`as_json`, `from_json`) a county keeps its own sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, NamedTuple

from budget.cell import Cell

Json = dict[str, Any]

# What must hold of a figure, of its change on last year, or of a list for a sentence or clause to stand.
CONDITIONS = {
    "there": "有这个数",
    "filled": "这个数不是零",
    "nil": "这个数是零或空白",
    "changed": "这个数与上年不同",
    "level": "这个数与上年相同",
    "any": "清单里有内容",
    "none": "清单是空的",
}
OF_LISTS = ("any", "none")
FACTS = {
    "year": "预算年度",
    "last_year": "上一年度",
    "name": "单位名称",
    "document": "部门预算或单位预算",
    "we": "本部门或本单位",
}


@dataclass(frozen=True)
class Words:
    """What stands there as it is."""

    text: str


@dataclass(frozen=True)
class Fact:
    """Something that every budget knows of itself: one of FACTS."""

    name: str


@dataclass(frozen=True)
class Shown:
    """The figure at an address, as its table prints it."""

    cell: Cell


@dataclass(frozen=True)
class Changed:
    """The change of a figure on last year: 增加, 减少 and by how much, or 持平. percent: also by how many percent."""

    cell: Cell
    percent: bool = False


@dataclass(frozen=True)
class Reason:
    """What a person types. prompt: what is to be written there. long: one paragraph or several, standing alone."""

    key: str
    prompt: str
    long: bool = False


@dataclass(frozen=True)
class Count:
    """How many records a list or form has."""

    records: str


@dataclass(frozen=True)
class Each:
    """The names of a list's records, or of a table's rows, with what stands under a column, '' for names alone.

    changed: those that differ from last year, each with its change.
    """

    records: str
    column: str = ""
    changed: bool = False


@dataclass(frozen=True)
class When:
    """A condition: one of CONDITIONS, of a figure's address or of a list's key."""

    what: str
    of: Cell


@dataclass(frozen=True)
class Clause:
    """Parts that stand only where all conditions hold."""

    parts: tuple["Part", ...]
    when: tuple[When, ...] = ()


@dataclass(frozen=True)
class Series:
    """Clauses one after the other with a mark between those that stand; with words around them, where any does."""

    clauses: tuple[Clause, ...]
    joined: str = "，"
    before: str = ""
    after: str = ""


Part = Words | Fact | Shown | Changed | Reason | Count | Each | Clause | Series


@dataclass(frozen=True)
class Sentence:
    """key: its name, unique in a document. called: what it is about, for whoever chooses it.

    joins: whether it goes on in the paragraph of the sentence before it. nothing: whether it says that there is nothing
    to say. spare: whether a person must choose it; the others make up the section.
    """

    key: str
    called: str
    parts: tuple[Part, ...]
    when: tuple[When, ...] = ()
    joins: bool = False
    nothing: bool = False
    spare: bool = False


class Item(NamedTuple):
    """One place in a section's sequence: a standard sentence by its key, or a paragraph of one's own.

    prompt: what the own paragraph is to say. joins: whether it goes on in the paragraph before it.
    """

    standard: str = ""
    own: str = ""
    prompt: str = ""
    joins: bool = False


KINDS: dict[str, type] = {
    "words": Words, "fact": Fact, "figure": Shown, "change": Changed, "reason": Reason, "count": Count,
    "each": Each, "clause": Clause, "series": Series,
}  # fmt: skip
_NAMES = {kind: name for name, kind in KINDS.items()}


def walk(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Every part, those inside clauses too."""
    for part in parts:
        yield part
        if isinstance(part, Clause):
            yield from walk(part.parts)
        elif isinstance(part, Series):
            yield from walk(part.clauses)


def reasons_of(sentence: Sentence) -> list[Reason]:
    """The reasons that it asks for, wherever they stand."""
    return [part for part in walk(sentence.parts) if isinstance(part, Reason)]


def conditions_of(sentence: Sentence) -> list[When]:
    """Its conditions, and those of its clauses."""
    inner = (when for part in walk(sentence.parts) if isinstance(part, Clause) for when in part.when)
    return [*sentence.when, *inner]


def as_json(value: Any) -> Any:
    """A sentence or a part of one as plain JSON."""
    if isinstance(value, Cell):
        return str(value)
    if isinstance(value, tuple):
        return [as_json(one) for one in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    kind = {"part": _NAMES[type(value)]} if type(value) in _NAMES else {}
    return kind | {one.name: as_json(getattr(value, one.name)) for one in fields(value)}


class Malformed(ValueError):
    """What is no declared sentence; the text says why, in one Chinese sentence."""


def from_json(kept: Any) -> Sentence:
    """The inverse of `as_json` for a sentence. Raises Malformed; what addresses mean is looked at elsewhere."""
    return _made(Sentence, kept)


def _made(kind: type, kept: Any) -> Any:
    known = {one.name: one.type for one in fields(kind)}
    if not isinstance(kept, dict) or set(kept) - {*known, "part"}:
        raise Malformed("句子的写法不对：有不认识的内容，请在页面上逐行填写。")
    try:
        return kind(**{name: _value(name, declared, kept[name]) for name, declared in known.items() if name in kept})
    except TypeError as reason:
        raise Malformed("句子的写法不对：缺少内容，请在页面上逐行填写。") from reason


def _value(name: str, declared: Any, kept: Any) -> Any:
    """A field's value by its name, where it holds several, else by its declared type."""
    if name in _SEVERAL:
        return tuple(_SEVERAL[name](one) for one in _checked(kept, list))
    if declared is Cell:
        return Cell.parse(_checked(kept, str))
    return _checked(kept, declared)


def _checked(kept: Any, kind: type) -> Any:
    if not isinstance(kept, kind):
        raise Malformed("句子的写法不对：内容的类型不对，请在页面上逐行填写。")
    return kept


def _part(kept: Any) -> Any:
    kind = KINDS.get(kept.get("part", "")) if isinstance(kept, dict) else None
    if kind is None:
        raise Malformed("句子的写法不对：有一部分不知道是文字还是数，请在页面上逐行填写。")
    return _made(kind, kept)


_SEVERAL: dict[str, Any] = {"parts": _part, "clauses": partial(_made, Clause), "when": partial(_made, When)}
