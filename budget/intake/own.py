"""The 核对情况 sheet of our own workbook: what it adds to the tables, which print derived figures.

It says which region the budget belongs to, and what the township's own file had printed where that differs,
so that an import of our export finds the same as the first import did.
"""

import re
from decimal import Decimal

from budget import money
from budget.checks.ledger import Outcome
from budget.facts import Printed
from budget.text import label, narrow

TITLE = "核对情况"
_REGION = re.compile(r"区划代码[:：](\d{6})")
_MISSING = Outcome.UNKNOWN.label
_NOT_COMPARED = (_MISSING, Outcome.NOT_APPLICABLE.label)
_HEADINGS = ("规则", "级别", "位置", "应为", "实为", "说明", "依据")
_PRINTED = "数据编号"


def is_own(grid):
    """Whether a grid is the findings sheet of a workbook that this project wrote."""
    return label(grid.text(1, 1)) == TITLE and [grid.text(3, c) for c in range(1, 8)] == list(_HEADINGS)


def region(grid):
    """The region code that the sheet names, or ''."""
    match = next((m for _, v in grid.row_values(2) if (m := _REGION.search(narrow(v)))), None)
    return match[1] if match else ""


def restore(grid, facts, agreeing, derived):
    """Put back into the facts' printed figures what the township's own file printed otherwise.

    Only a figure that still stands as we exported it is put back: a cell changed since then speaks for itself.
    agreeing: {rule id: table key} of the tables that agree with their lines; one of them that its rule had nothing
    to compare in is left out again. derived(table, row, column): what we exported.
    """
    figures = {p[:3]: p for p in facts.printed}
    under = False
    for row in range(4, grid.rows + 1):
        texts = [grid.text(row, column) for column in range(1, 8)]
        under = under or texts[6] == _PRINTED
        if under and texts[6].count("/") == 2:
            _restore(figures, texts, derived)
        elif texts[1] in _NOT_COMPARED and texts[0] in agreeing:
            _leave_out(figures, agreeing[texts[0]])
            if texts[1] == _MISSING:
                facts.notes.pop(agreeing[texts[0]], None)
    facts.printed = list(figures.values())


def _restore(figures, texts, derived):
    unit, step, _, amount, _, _, key = texts
    table, row, column = cell = tuple(key.split("/"))
    if not (row and column):
        return _take_out(figures, cell, derived)
    ours = figures.get(cell)
    if ours and ours.amount == derived(*cell):
        figures[cell] = Printed(table, row, column, money.read(amount, unit), ours.place, unit, Decimal(step))


def _take_out(figures, key, derived):
    """A row or column that the township's file had not, unless it was changed since."""
    table, row, column = key
    cells = [c for c in figures if c[0] == table and (c[1] == row if row else c[2] == column)]
    if all(figures[cell].amount == derived(*cell) for cell in cells):
        for cell in cells:
            del figures[cell]


def _leave_out(figures, *where):
    """The township's file had no such table, or no such row of it."""
    for key in [key for key in figures if key[: len(where)] == where]:
        del figures[key]
