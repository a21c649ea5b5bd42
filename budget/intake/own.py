"""The 核对情况 sheet of our own workbook: what it adds to the tables, which print derived figures.

It says which region the budget belongs to, and what the township's own file had printed where that differs,
so that an import of our export finds the same as the first import did.
"""

import re
from decimal import Decimal

from budget import money
from budget.facts import Printed
from budget.text import label, narrow

TITLE = "核对情况"
_REGION = re.compile(r"区划代码[:：](\d{6})")
_NOT_COMPARED = ("缺数，未核对", "不适用")
_HEADINGS = ("规则", "级别", "位置", "应为", "实为", "说明", "数据编号")


def is_own(grid):
    """Whether a grid is the findings sheet of a workbook that this project wrote."""
    return label(grid.text(1, 1)) == TITLE and [grid.text(3, c) for c in range(1, 8)] == list(_HEADINGS)


def region(grid):
    """The region code that the sheet names, or ''."""
    match = next((m for _, v in grid.row_values(2) if (m := _REGION.search(narrow(v)))), None)
    return match[1] if match else ""


def restore(grid, printed, keys):
    """The printed figures with those put back that the township's own file printed otherwise.

    Only a figure that still stands as we exported it is put back: a cell changed since then speaks for itself.
    keys: {rule id: table key} of the tables that agree with their lines; one of them that its rule had nothing
    to compare in is left out again.
    """
    figures = {p[:3]: p for p in printed}
    for row in range(4, grid.rows + 1):
        texts = [grid.text(row, column) for column in range(1, 8)]
        if texts[6]:
            _restore(figures, texts)
        elif texts[1] in _NOT_COMPARED and texts[0] in keys:
            _leave_out(figures, keys[texts[0]])
    return list(figures.values())


def _restore(figures, texts):
    _, _, place, expected, found, _, key = texts
    table, row, column, *rest = key.split("/")
    ours = figures.get((table, row, column))
    if ours is None:
        return
    if not rest:
        _leave_out(figures, table, row)
    elif ours.amount == money.read(expected, rest[0]):
        unit, step = rest
        figures[ours[:3]] = Printed(table, row, column, money.read(found, unit), place, unit, Decimal(step))


def _leave_out(figures, *where):
    """The township's file had no such table, or no such row of it."""
    for key in [key for key in figures if key[: len(where)] == where]:
        del figures[key]
