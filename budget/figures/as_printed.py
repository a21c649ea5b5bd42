"""A table that no document declares, kept as its file printed it: texts, headings, merged cells, nothing derived.

No rule adds it up and no line comes of it. What it says is what it shows, so its cells are texts, numbers among them as
the file showed them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from budget.cell import Cell
from budget.text import label

AS_PRINTED = "as_printed"  # the part of a budget that an import replaces, title by title
LONGEST_TITLE = 100
KEY = "own"  # what the addresses of their cells begin with: own3-12-2

_FIGURE = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?|\((\d{1,3}(,\d{3})+|\d+)(\.\d+)?\)", re.ASCII)
_OF_WORDS = re.compile(r"(编码|代码|编号|序号|行次|栏次|年度|年份|日期|时间|电话|文号|名称)$|^(类|款|项|年)$")

Json = dict[str, Any]


class Area(NamedTuple):
    """Merged cells: the first of them, from 1, and how many rows and columns they take."""

    row: int
    column: int
    rows: int
    columns: int


class Placed(NamedTuple):
    """A cell as it is drawn, with those that are merged into it."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    is_figure: bool = False


@dataclass(frozen=True)
class AsPrinted:
    """title: its own, or the worksheet's name. rows: the texts of its cells, the first `heads` rows are its headings.

    areas: merged cells, whose text stands in the first. above: what else stands over its headings (the unit, whose it
    is); notes: what stands under it. place: where in the file. number: its own in the budget, which it keeps for ever.
    Two are equal when they say the same.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    heads: int = 0
    areas: tuple[Area, ...] = ()
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    place: str = field(default="", compare=False)
    number: int = field(default=1, compare=False)

    @property
    def key(self) -> str:
        """What the addresses of its cells begin with."""
        return f"{KEY}{self.number}"

    @property
    def called(self) -> str:
        """Its title as it is compared: a later file's table of this title takes its place."""
        return label(self.title)

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """The address of a cell, both counted from 1."""
        return Cell(self.key, str(row), str(column))

    def texts(self) -> Iterator[tuple[Cell, str]]:
        """(address, text) of all that it says; what stands around it is at the address of the whole."""
        yield from ((Cell(self.key), text) for text in (self.title, *self.above, *self.notes))
        for row, texts in enumerate(self.rows, 1):
            yield from ((self.cell(row, column), text) for column, text in enumerate(texts, 1) if text)

    def is_figure(self, row: int, column: int) -> bool:
        """Whether a cell holds a number that is one: no code, no year, no ordinal, nothing among the headings."""
        text = self.rows[row - 1][column - 1].strip()
        return row > self.heads and column not in self._of_words and bool(_FIGURE.fullmatch(text))

    @cached_property
    def _of_words(self) -> frozenset[int]:
        """The columns whose numbers are names: by their heading, or because they only count the rows."""
        return frozenset(c for c in range(1, self.columns + 1) if self._is_of_words(c))

    def _is_of_words(self, column: int) -> bool:
        headings = [label(text) for text in self.headings(column)]
        filled = [text for row in self.rows[self.heads :] if (text := row[column - 1].strip())]
        counts = len(filled) > 1 and filled == [str(n) for n in range(1, len(filled) + 1)]
        return counts or any(map(_OF_WORDS.search, headings))

    def headings(self, column: int) -> list[str]:
        """The headings over a column, from the top, those merged over it too."""
        cells = (self._covering.get((row, column), (row, column)) for row in range(1, self.heads + 1))
        return [text for row, at in dict.fromkeys(cells) if (text := self.rows[row - 1][at - 1])]

    @cached_property
    def _covering(self) -> dict[tuple[int, int], tuple[int, int]]:
        """{cell: the first of its area}"""
        return {
            (row, column): (area.row, area.column)
            for area in self.areas
            for row in range(area.row, area.row + area.rows)
            for column in range(area.column, area.column + area.columns)
        }

    def laid_out(self) -> Iterator[list[Placed]]:
        """Its rows as they are drawn: each cell once, with what is merged into it."""
        sizes = {(area.row, area.column): (area.rows, area.columns) for area in self.areas}
        for row, texts in enumerate(self.rows, 1):
            yield [
                Placed(row, column, text, *sizes.get((row, column), (1, 1)), self.is_figure(row, column))
                for column, text in enumerate(texts, 1)
                if self._covering.get((row, column), (row, column)) == (row, column)
            ]

    def as_json(self) -> Json:
        """What it says, as content and drafts keep it; its number and its place stand beside."""
        return {
            "title": self.title,
            "above": list(self.above),
            "heads": self.heads,
            "rows": [list(row) for row in self.rows],
            "merged": [list(area) for area in self.areas],
            "notes": list(self.notes),
        }


def from_json(kept: Json, number: int, place: str = "") -> AsPrinted:
    """The inverse of `AsPrinted.as_json`."""
    return AsPrinted(
        kept["title"],
        tuple(map(tuple, kept["rows"])),
        kept["heads"],
        tuple(Area(*area) for area in kept["merged"]),
        tuple(kept["above"]),
        tuple(kept["notes"]),
        place,
        number,
    )


def numbered(tables: Iterable[AsPrinted]) -> list[AsPrinted]:
    """The tables of one file under their numbers, from 1."""
    return [replace(table, number=number) for number, table in enumerate(tables, 1)]


def merged(kept: list[AsPrinted], new: list[AsPrinted]) -> list[AsPrinted]:
    """What a budget has after an import: a title that the file holds is the file's, any other stays as it is.

    A table keeps its number, which is its address, as long as its title stays; a new one gets the next.
    """
    replaced = {table.called for table in new}
    free: dict[str, list[int]] = {}
    for table in kept:
        free.setdefault(table.called, []).append(table.number)
    result, last = [table for table in kept if table.called not in replaced], max((t.number for t in kept), default=0)
    for table in new:
        numbers = free.get(table.called) or [last + 1]
        result.append(replace(table, number=numbers.pop(0)))
        last = max(last, result[-1].number)
    return sorted(result, key=lambda table: table.number)
