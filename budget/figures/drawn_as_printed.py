"""A table that is kept as printed, ready to be drawn: `as_printed.html` draws it in public and in the back office."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from budget.cell import Cell
from budget.figures.as_printed import AsPrinted, Placed
from budget.figures.drawn import WIDE

_WORDS = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class PrintedCell:
    """rows, columns: how many it takes. is_name: whether it names its row. look: the class of its look."""

    id: str
    text: str
    rows: int
    columns: int
    is_name: bool
    look: str


@dataclass
class PrintedRow:
    """A row under its address."""

    id: str
    cells: list[PrintedCell]


@dataclass
class DrawnAsPrinted:
    """A whole table. above, notes: what stands over and under it; head: its heading rows."""

    id: str
    title: str
    above: tuple[str, ...]
    head: list[PrintedRow]
    rows: list[PrintedRow]
    notes: tuple[str, ...]
    wide: bool


def draw_as_printed(table: AsPrinted) -> DrawnAsPrinted:
    """The table ready to be drawn."""
    rows = list(_rows(table))
    head, body = rows[: table.heads], rows[table.heads :]
    wide = table.columns > WIDE
    return DrawnAsPrinted(table.key, table.title, table.above, head, body, table.notes, wide)


def _rows(table: AsPrinted) -> Iterator[PrintedRow]:
    for number, placed in enumerate(table.laid_out(), 1):
        name = _name(placed) if number > table.heads else None
        cells = [_cell(table, one, one is name) for one in placed]
        yield PrintedRow(str(Cell(table.key, str(number))), cells)


def _name(placed: list[Placed]) -> Placed | None:
    """What names a row: its first words, or its first text where it has none; a code alone tells readers nothing."""
    texts = [one for one in placed if one.text and not one.is_figure]
    return next((one for one in texts if _WORDS.search(one.text)), texts[0] if texts else None)


def _cell(table: AsPrinted, placed: Placed, is_name: bool) -> PrintedCell:
    look = "" if placed.is_figure or is_name else "words"
    return PrintedCell(
        str(table.cell(placed.row, placed.column)), placed.text, placed.rows, placed.columns, is_name, look
    )
