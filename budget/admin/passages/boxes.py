"""The rows of a sentence as fields of a page: what each asks for, and what was sent of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from budget.declare.document import Document
from budget.declare.fields import Money
from budget.declare.sentence import CONDITIONS, FACTS
from budget.sentences.addresses import figures_of, lists_of
from budget.sentences.rows import DEEPEST, Row

MOST_ROWS = 80
_ADDRESS = re.compile(r"（([^（）]*)）\s*$")
_PARTED = "|"  # between a list and its column, in a choice


@dataclass(frozen=True)
class Box:
    """A field. kind: text, words (several lines), figure (with the addresses to choose from), tick, choice, hidden."""

    name: str
    label: str
    kind: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class Boxes:
    """The fields of rows, for the sentences of one kind of document."""

    def __init__(self, document: Document):
        self.figures = {str(choice.cell): choice.words for _, found in figures_of(document) for choice in found}
        self.lists = {one.key: one.title for one in lists_of(document)}
        self.listed = dict(_listed(document))

    @property
    def addresses(self) -> list[str]:
        """What may be chosen as a figure, or as a list in a condition."""
        return [self.shown(key) for key in (*self.figures, *self.lists)]

    def shown(self, address: str) -> str:
        """An address in words, with itself behind them: words alone stand for more than one."""
        words = self.figures.get(address) or self.lists.get(address)
        return f"{words}（{address}）" if words else address

    def of(self, number: int, row: Row) -> list[Box]:
        """The fields of the row with this number."""
        at = f"{number}-"
        hidden = [Box(f"{at}kind", "", "hidden", row.kind), Box(f"{at}depth", "", "hidden", str(row.depth))]
        return [*hidden, *(self._box(at, name, label, kind, row) for name, label, kind in _FIELDS.get(row.kind, ()))]

    def _box(self, at: str, name: str, label: str, kind: str, row: Row) -> Box:
        value = row.get(name)
        if kind == "figure":
            value = self.shown(value) if value else ""
        if name == "listed":
            value = f"{row.get('records')}{_PARTED}{row.get('column')}" if row.get("records") else ""
        return Box(at + name, label, kind, value, self._choices(name))

    def _choices(self, name: str) -> tuple[tuple[str, str], ...]:
        found = {"name": FACTS, "what": CONDITIONS, "records": self.lists, "listed": self.listed}
        return tuple(found.get(name, {}).items())

    def sent(self, data: Any) -> list[Row]:
        """The rows that a page sends."""
        numbers = (n for n in range(1, MOST_ROWS + 1) if f"{n}-kind" in data)
        return [self._row(data, f"{n}-") for n in numbers]

    def _row(self, data: Any, at: str) -> Row:
        kind, depth = data.get(f"{at}kind", ""), data.get(f"{at}depth", "0")
        values = {name: _plain(data.get(at + name, "")) for name, *_ in _FIELDS.get(kind, ())}
        if "of" in values:
            found = _ADDRESS.search(values["of"])
            values["of"] = found[1] if found else values["of"].strip()
        if "listed" in values:
            values["records"], _, values["column"] = values.pop("listed").partition(_PARTED)
        return Row(kind, min(int(depth), DEEPEST) if depth.isdecimal() else 0, values)


def _plain(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\x00", "")


def _listed(document: Document) -> Iterator[tuple[str, str]]:
    """(list|column, words) of what can be gone through: a list by name or with an amount, a table by its rows."""
    for records in lists_of(document):
        yield f"{records.key}{_PARTED}", f"{records.title}：名称"
        for one in records.fields:
            if isinstance(one, Money):
                yield f"{records.key}{_PARTED}{one.key}", f"{records.title}：名称和{one.label}"
    for table in document.tables:
        for column in dict.fromkeys((c.key, "".join(c.heading[-1].split())) for s in table.sides for c in s.columns):
            yield f"{table.key}{_PARTED}{column[0]}", f"表{table.number} 各行：{column[1]}"


# (field, label, kind) of each kind of row.
_FIELDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "words": (("text", "文字", "words"),),
    "figure": (("of", "哪个数", "figure"),),
    "change": (("of", "哪个数", "figure"), ("percent", "写百分比", "tick")),
    "reason": (("prompt", "要经办人写什么", "text"), ("long", "单独成段", "tick"), ("key", "", "hidden")),
    "fact": (("name", "哪一项", "choice"),),
    "count": (("records", "哪个清单", "choice"),),
    "each": (("listed", "列出什么", "choice"), ("changed", "只列和上年不同的", "tick")),
    "series": (("joined", "各段之间", "text"), ("before", "前面加", "text"), ("after", "后面加", "text")),
    "when": (("what", "怎样才写", "choice"), ("of", "哪个数、哪个清单", "figure")),
}
