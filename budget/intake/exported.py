"""The 核对情况 sheet of a workbook that this project exported: what it adds to the tables, which print derived figures.

It says which region the budget belongs to, and what the township's own file had printed where that differs,
so that an import of our export finds the same as the first import did.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from budget import money
from budget.cell import Cell, from_first_form
from budget.checks.ledger import Outcome
from budget.figures.dossier import Original
from budget.figures.printed import Printed
from budget.intake.grid import Grid
from budget.text import label, narrow

TITLE = "核对情况"
_REGION = re.compile(r"区划代码[:：](\d{6})")
_MISSING = Outcome.UNKNOWN.label
_NOT_COMPARED = (_MISSING, Outcome.NOT_APPLICABLE.label)
_HEADINGS = ("规则", "级别", "位置", "应为", "实为", "说明", "依据")
_PRINTED = "数据编号"

Figures = dict[Cell, Printed]
Derived = Callable[[Cell], Decimal | None]


def is_exported(grid: Grid) -> bool:
    """Whether a grid is the findings sheet of a workbook that this project wrote."""
    return label(grid.text(1, 1)) == TITLE and [grid.text(3, c) for c in range(1, 8)] == list(_HEADINGS)


def region(grid: Grid) -> str:
    """The region code that the sheet names, or ''."""
    match = next((m for _, v in grid.row_values(2) if (m := _REGION.search(narrow(v)))), None)
    return match[1] if match else ""


def restore(grid: Grid, original: Original, agreeing: dict[str, str], derived: Derived) -> None:
    """Put back into the printed figures what the township's own file printed otherwise.

    Only a figure that still stands as we exported it is put back: a cell changed since then speaks for itself.
    agreeing: {rule id: table key} of the tables that agree with their lines; one of them that its rule had nothing
    to compare in is left out again. derived(cell): what we exported.
    """
    figures = {printed.cell: printed for printed in original.figures}
    ledger, block = _parts(grid)
    for rule, outcome in ledger:
        if outcome in _NOT_COMPARED and rule in agreeing:
            _leave_out(figures, agreeing[rule])
            if outcome == _MISSING:
                original.notes.pop(agreeing[rule], None)
    for texts in block:
        _restore(figures, texts, derived)
    original.figures = list(figures.values())


def _parts(grid: Grid) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """([(rule, outcome)], rows of the block of what was printed otherwise) of the sheet."""
    rows = [[grid.text(row, column) for column in range(1, 8)] for row in range(4, grid.rows + 1)]
    top = next((at for at, texts in enumerate(rows) if texts[6] == _PRINTED), len(rows))
    return [(texts[0], texts[1]) for texts in rows[:top]], [texts for texts in rows[top + 1 :] if texts[6]]


def _cell(text: str) -> Cell:
    """The address; exports of the first format wrote it with slashes, which no address holds now."""
    return from_first_form(*text.split("/")) if text.count("/") == 2 else Cell.parse(text)


def _restore(figures: Figures, texts: list[str], derived: Derived) -> None:
    unit, step, _, amount, _, _, key = texts
    cell = _cell(key)
    ours = figures.get(cell)
    if not (cell.row and cell.column):
        _take_out(figures, cell, derived)
    elif ours and ours.amount == derived(cell):
        figures[cell] = Printed(cell, money.read(amount, unit), ours.place, unit, Decimal(step))


def _take_out(figures: Figures, gone: Cell, derived: Derived) -> None:
    """A row or column that the township's file had not, unless it was changed since."""
    cells = [cell for cell in figures if _lies_in(cell, gone)]
    if all(figures[cell].amount == derived(cell) for cell in cells):
        for cell in cells:
            del figures[cell]


def _lies_in(cell: Cell, whole: Cell) -> bool:
    """Whether a cell belongs to a whole row or column."""
    return cell.table == whole.table and (cell.row == whole.row if whole.row else cell.column == whole.column)


def _leave_out(figures: Figures, table: str) -> None:
    """The township's file had no such table."""
    for cell in [cell for cell in figures if cell.table == table]:
        del figures[cell]
