"""Sheets as `figures.html` draws them, in public and in the back office: one pipeline for every figure.

Heading rows with their spans, rows of cells, each figure under its address, the findings that concern it beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budget.cell import Cell, cell_at
from budget.declare.fields import Code, Money, Number
from budget.figures.sheet import HeadCell, Json, Paths, head_rows, headings
from budget.figures.totals import TOTAL
from budget.money import WAN, show

WIDE = 8  # columns from which a table is printed smaller
BAR_STEPS = 20  # widths of the bars behind figures, a class each
TOTALS = ("total", "subtotal")


@dataclass(frozen=True)
class Note:
    """A finding that concerns a figure: its number on the page, what stands at the figure, where the finding stands."""

    number: int
    words: str
    href: str


Notes = Mapping[Cell, Sequence[Note]]


@dataclass
class DrawnCell:
    """is_name: whether it names its row. id: the figure's address. columns: of a gap. kind: classes of its look."""

    text: str = ""
    kind: str = ""
    cell: Cell | None = None
    is_name: bool = False
    columns: int = 0
    notes: Sequence[Note] = ()

    @property
    def id(self) -> str:
        """The figure's anchor."""
        return str(self.cell) if self.cell else ""

    @property
    def look(self) -> str:
        """The classes of its look, and whether something is noted at it."""
        return f"{self.kind} marked".strip() if self.notes else self.kind


@dataclass
class DrawnRow:
    """A row under its address; level sets totals and classes off."""

    id: str
    level: str
    cells: list[DrawnCell]
    ordinal: str = ""

    def for_template(self) -> Iterator[tuple[bool, str, int, str, str, Sequence[Note]]]:
        """(is_name, id, columns, look, text, notes) of each cell: a template asks for names faster than for fields."""
        return ((c.is_name, c.id, c.columns, c.look, c.text, c.notes) for c in self.cells)


@dataclass
class Drawn:
    """A table or list, ready to be drawn. numbered: the numbers of its 栏次 row. notes: what stands under it."""

    key: str
    title: str
    unit: str
    head: list[list[tuple[int, HeadCell]]]
    rows: list[DrawnRow]
    two: bool = False
    numbered: Sequence[int] = ()
    notes: list[str] = field(default_factory=list)
    as_of: str | None = None

    @property
    def id(self) -> str:
        """The anchor of the whole."""
        return self.key

    @property
    def wide(self) -> bool:
        """Whether it must be printed smaller."""
        return sum(cell.columns for _, cell in self.head[0]) > WIDE if self.head else False

    @property
    def is_silent(self) -> bool:
        """Whether it has neither a figure or word of its own, nor a note that says why."""
        return not self.notes and not any(cell.text for cell in self.cells() if cell.cell)

    def cells(self) -> Iterator[DrawnCell]:
        """All its cells."""
        return (cell for row in self.rows for cell in row.cells)


def draw(sheet: Json, notes: Notes, bars: bool = False) -> Drawn:
    """A table's sheet; bars: whether a bar stands behind each figure that is no total."""
    paths = headings(sheet)
    largest = _largest(sheet) if bars else {}
    return Drawn(
        sheet["key"],
        f"表 {sheet['number']}　{sheet['title']}",
        sheet["unit"],
        _head(paths),
        [_row(sheet, row, n, largest, notes) for n, row in enumerate(sheet["rows"], 1)],
        two=len(sheet["sides"]) > 1,
        numbered=range(1, len(paths) + 1),
        notes=[sheet["note"]] if sheet["note"] else [],
    )


def _head(paths: Paths) -> list[list[tuple[int, HeadCell]]]:
    return head_rows([["".join(text.split()) for text in path] for path in paths])


def figures_of(sheet: Json) -> Iterator[tuple[Json, Cell, str]]:
    """(half row, address, amount as text) of every filled figure of a table's sheet."""
    for row in sheet["rows"]:
        for side, half in zip(sheet["sides"], row["sides"], strict=True):
            for column, amount in zip(side["columns"], half["amounts"], strict=True):
                if amount is not None:
                    yield half, cell_at(sheet["key"], half["key"], column["key"]), amount


def _largest(sheet: Json) -> dict[str, Decimal]:
    """The largest figure of each column that is no total, for the bars."""
    largest: dict[str, Decimal] = {}
    for half, cell, amount in figures_of(sheet):
        if half["level"] not in TOTALS:
            largest[cell.column] = max(largest.get(cell.column, Decimal(0)), Decimal(amount))
    return largest


def _row(sheet: Json, row: Json, ordinal: int, largest: dict[str, Decimal], notes: Notes) -> DrawnRow:
    halves = row["sides"]
    key = halves[0]["key"] or halves[-1]["key"]
    cells = [
        cell
        for side, half in zip(sheet["sides"], halves, strict=True)
        for cell in _half(sheet, side, half, largest, notes)
    ]
    return DrawnRow(str(Cell(sheet["key"], key)), _level(halves), cells, str(ordinal))


def _level(halves: list[Json]) -> str:
    """A row's level: that of its only half; of two-sided rows only totals are set off as a whole."""
    levels = [half["level"] for half in halves if half["key"]]
    return levels[0] if len(halves) == 1 else "total" if "total" in levels else ""


def _half(sheet: Json, side: Json, half: Json, largest: dict[str, Decimal], notes: Notes) -> Iterator[DrawnCell]:
    """The cells of one side of a row; a single gap where that side has no such row."""
    if not half["key"]:
        yield DrawnCell(columns=len(side["labels"]) + len(side["columns"]))
        return
    *code, name = half["labels"]
    yield from (DrawnCell(text, "code") for text in code)
    yield DrawnCell(name.strip(), half["level"] + (" in" if name.startswith(" ") else ""), is_name=True)
    for column, amount in zip(side["columns"], half["amounts"], strict=True):
        cell = cell_at(sheet["key"], half["key"], column["key"])
        yuan = None if amount is None else Decimal(amount)
        bar = "" if half["level"] in TOTALS else _bar(yuan, largest.get(cell.column))
        yield DrawnCell(show(yuan, sheet["unit"]), bar, cell, notes=notes.get(cell, ()))


def _bar(yuan: Decimal | None, largest: Decimal | None) -> str:
    """The class of the bar behind a figure, w1 to w20; '' for blanks, zeros and negative amounts."""
    if not yuan or not largest or yuan < 0:
        return ""
    return f"w{min(BAR_STEPS, max(1, round(yuan / largest * BAR_STEPS)))}"


def draw_list(sheet: Json, notes: Notes) -> Drawn:
    """A list's sheet, one record a row; totals first, and each group's above its own."""
    has_amounts = any(f["kind"] == Money.kind for f in sheet["fields"])
    return Drawn(
        sheet["key"],
        sheet["title"],
        WAN if has_amounts else "",
        _head([f["heading"] for f in sheet["fields"]]),
        list(_records(sheet, notes)),
        notes=[sheet["note"]] if sheet["note"] else [],
        as_of=sheet["as_of"],
    )


def _records(sheet: Json, notes: Notes) -> Iterator[DrawnRow]:
    """Totals stand above what they add up, as in print: the whole list's first, each group's before its own rows."""
    totals, shown = sheet["totals"], set[str]()
    if TOTAL in totals:
        yield _total(sheet, TOTAL, "合计", notes, "total")
    for number, record in enumerate(sheet["records"], 1):
        group = record.get(sheet["group"])
        if group in totals.keys() - shown:
            yield _total(sheet, group, f"{group}小计", notes, "class")
            shown.add(group)
        yield _numbered(sheet, number, record, notes)


def _total(sheet: Json, row: str, label: str, notes: Notes, level: str) -> DrawnRow:
    first = sheet["fields"][0]["key"]
    return _record(sheet, row, {first: label, **sheet["totals"][row]}, notes, level)


def _numbered(sheet: Json, number: int, record: Json, notes: Notes) -> DrawnRow:
    """A record under its number, in a list of fixed rows under its kind, one of which is the printed total."""
    key = record[sheet["fields"][0]["key"]] if sheet["kinds"] else str(number)
    return _record(sheet, key, record, notes, "total" if key == TOTAL else "")


def _record(sheet: Json, key: str, record: Json, notes: Notes, level: str) -> DrawnRow:
    cells = [_field(sheet, f, record.get(f["key"]), Cell(sheet["key"], key, f["key"]), notes) for f in sheet["fields"]]
    cells[0].is_name = True
    return DrawnRow(str(Cell(sheet["key"], key)), level, cells)


def _field(sheet: Json, declared: Json, value: Any, cell: Cell, notes: Notes) -> DrawnCell:
    text, look = _AS_KIND.get(declared["kind"], _words)(sheet, value)
    return DrawnCell(text, look, cell, notes=notes.get(cell, ()))


def _amount(sheet: Json, value: str | None) -> tuple[str, str]:
    return show(None if value is None else Decimal(value)), ""


def _count(sheet: Json, value: str | None) -> tuple[str, str]:
    return "" if value is None else f"{Decimal(value):,}", ""


def _code(sheet: Json, value: str | None) -> tuple[str, str]:
    return (value or "").strip(), "code"


def _words(sheet: Json, value: str | None) -> tuple[str, str]:
    """A kind is shown by its label, indented where that is printed so."""
    text = sheet["kinds"].get(value, value or "")
    return text.strip(), "in" if text.startswith("　") else "words"


_AS_KIND = {Money.kind: _amount, Number.kind: _count, Code.kind: _code}  # of a field → (text, class of its look)
