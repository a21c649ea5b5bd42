"""A declared sentence as a list of rows that a person edits, and back: what stands inside a clause is indented.

The same sentence comes back (`tests/budget/test_passages.py` generates them). Rows hold texts alone, as a page sends
them; a row that is no part is told with its number.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from budget.cell import Cell
from budget.declare.sentence import (
    Changed,
    Clause,
    Count,
    Each,
    Fact,
    Malformed,
    Part,
    Reason,
    Sentence,
    Series,
    Shown,
    When,
    Words,
)  # fmt: skip

NAMES = {
    "words": "文字",
    "figure": "表里的数",
    "change": "比上年的增减",
    "reason": "要经办人写的话",
    "fact": "单位信息",
    "count": "清单有几项",
    "each": "逐项列出",
    "clause": "有条件的一段",
    "series": "并列的几段",
    "when": "条件",
}
YES = "1"  # how a page sends that a box is ticked
DEEPEST = 6


@dataclass(frozen=True)
class Row:
    """One row. depth: how far it is indented; kind: one of NAMES; values: {its field: text}."""

    kind: str
    depth: int = 0
    values: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A field's text; '' where nothing is typed."""
        return self.values.get(name, "")


def rows_of(sentence: Sentence) -> list[Row]:
    """Its conditions, then its parts."""
    return [*(_when(one, 0) for one in sentence.when), *_rows(sentence.parts, 0)]


def _rows(parts: Iterable[Part], depth: int) -> Iterator[Row]:
    for part in parts:
        kind, values = _WRITTEN[type(part)](part)
        yield Row(kind, depth, values)
        if isinstance(part, Clause):
            yield from (_when(one, depth + 1) for one in part.when)
            yield from _rows(part.parts, depth + 1)
        elif isinstance(part, Series):
            yield from _rows(part.clauses, depth + 1)


def _when(one: When, depth: int) -> Row:
    return Row("when", depth, {"what": one.what, "of": str(one.of)})


def _tick(holds: bool) -> str:
    return YES if holds else ""


Written = Callable[[Any], tuple[str, dict[str, str]]]
_WRITTEN: dict[type, Written] = {
    Words: lambda one: ("words", {"text": one.text}),
    Fact: lambda one: ("fact", {"name": one.name}),
    Shown: lambda one: ("figure", {"of": str(one.cell)}),
    Changed: lambda one: ("change", {"of": str(one.cell), "percent": _tick(one.percent)}),
    Reason: lambda one: ("reason", {"key": one.key, "prompt": one.prompt, "long": _tick(one.long)}),
    Count: lambda one: ("count", {"records": one.records}),
    Each: lambda one: ("each", {"records": one.records, "column": one.column, "changed": _tick(one.changed)}),
    Clause: lambda one: ("clause", {}),
    Series: lambda one: ("series", {"joined": one.joined, "before": one.before, "after": one.after}),
}


def parts_of(rows: list[Row]) -> tuple[tuple[Part, ...], tuple[When, ...]]:
    """(parts, conditions) of a sentence. Raises Malformed, with the number of the row that cannot be."""
    reader = _Reader(rows)
    parts, when = reader.block(0)
    return parts, when


class _Reader:
    """Goes through the rows once; each block takes what is indented as far as it."""

    def __init__(self, rows: list[Row]):
        self.rows, self.at = rows, 0

    def block(self, depth: int) -> tuple[tuple[Part, ...], tuple[When, ...]]:
        """What stands at one depth, until a row stands further left."""
        parts, when = list[Part](), list[When]()
        while self.at < len(self.rows) and self.rows[self.at].depth >= depth:
            row = self.rows[self.at]
            self._must(row.depth == depth, "缩进得太多，上面一行不是“有条件的一段”或“并列的几段”")
            self.at += 1
            if row.kind == "when":
                when.append(When(row.get("what"), Cell.parse(row.get("of"))))
            else:
                parts.append(self._part(row))
        return tuple(parts), tuple(when)

    def _part(self, row: Row) -> Part:
        if row.kind == "clause":
            return Clause(*self.block(row.depth + 1))
        if row.kind == "series":
            return self._series(row)
        self._must(row.kind in _READ, "不知道是什么，请删去这一行再加", 1)
        return _READ[row.kind](row)

    def _series(self, row: Row) -> Series:
        number = self.at
        inner, when = self.block(row.depth + 1)
        clauses = tuple(one for one in inner if isinstance(one, Clause))
        if when or len(clauses) != len(inner):
            raise Malformed(f"第 {number} 行“并列的几段”里只能放“有条件的一段”，请把别的放进其中一段。")
        return Series(clauses, row.get("joined"), row.get("before"), row.get("after"))

    def _must(self, holds: bool, why: str, back: int = 0) -> None:
        if not holds:
            raise Malformed(f"第 {self.at + 1 - back} 行{why}。")


_READ: dict[str, Callable[[Row], Part]] = {
    "words": lambda row: Words(row.get("text")),
    "fact": lambda row: Fact(row.get("name")),
    "figure": lambda row: Shown(Cell.parse(row.get("of"))),
    "change": lambda row: Changed(Cell.parse(row.get("of")), row.get("percent") == YES),
    "reason": lambda row: Reason(row.get("key"), row.get("prompt"), row.get("long") == YES),
    "count": lambda row: Count(row.get("records")),
    "each": lambda row: Each(row.get("records"), row.get("column"), row.get("changed") == YES),
}


def acted(rows: list[Row], do: str) -> list[Row]:
    """The rows after a button: `up 3`, `down 3`, `in 3`, `out 3`, `remove 3`, `add words 3` (after the third; 0 first).

    What a clause holds goes with it.
    """
    what, *rest = do.split()
    at = int(rest[-1]) if rest and rest[-1].isdecimal() else 0
    if what == "add" and len(rest) == 2 and rest[0] in NAMES:
        return _added(rows, rest[0], min(at, len(rows)))
    if not 1 <= at <= len(rows) or what not in _MOVES:
        return rows
    return _MOVES[what](rows, at - 1)


def _added(rows: list[Row], kind: str, after: int) -> list[Row]:
    """A new row after another: inside it where that holds others."""
    above = rows[after - 1] if after else None
    depth = 0 if above is None else above.depth + (above.kind in ("clause", "series"))
    return [*rows[:after], Row(kind, depth), *rows[after:]]


def _end(rows: list[Row], at: int) -> int:
    """Behind a row and all that is indented below it."""
    return next((n for n in range(at + 1, len(rows)) if rows[n].depth <= rows[at].depth), len(rows))


def _up(rows: list[Row], at: int) -> list[Row]:
    before = next((n for n in range(at - 1, -1, -1) if rows[n].depth <= rows[at].depth), None)
    if before is None or rows[before].depth < rows[at].depth:
        return rows
    end = _end(rows, at)
    return [*rows[:before], *rows[at:end], *rows[before:at], *rows[end:]]


def _down(rows: list[Row], at: int) -> list[Row]:
    end = _end(rows, at)
    return _up(rows, end) if end < len(rows) and rows[end].depth == rows[at].depth else rows


def _shifted(by: int) -> Callable[[list[Row], int], list[Row]]:
    def shifted(rows: list[Row], at: int) -> list[Row]:
        if not 0 <= rows[at].depth + by <= DEEPEST:
            return rows
        end = _end(rows, at)
        moved = [Row(one.kind, one.depth + by, one.values) for one in rows[at:end]]
        return [*rows[:at], *moved, *rows[end:]]

    return shifted


_MOVES: dict[str, Callable[[list[Row], int], list[Row]]] = {
    "up": _up,
    "down": _down,
    "in": _shifted(1),
    "out": _shifted(-1),
    "remove": lambda rows, at: rows[:at] + rows[_end(rows, at) :],
}
