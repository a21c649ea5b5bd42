"""Tables and listings as drawable sheets: plain JSON values that page, workbook and CSV draw alike.

A sheet: {key, number, title, unit, note, sides: [{labels, columns}], rows: [{sides: [{key, level, labels,
amounts}]}]}. Amounts are strings in yuan ("8334500.00"), blank is None. A gap of a two-sided table has an
empty key.
"""

from typing import NamedTuple

from budget.money import WAN


class HeadCell(NamedTuple):
    """A heading cell with its spans."""

    text: str
    columns: int
    rows: int


def sheet(filled, note=None):
    """The sheet of a filled table; `note` overrides the declared note of an empty one."""
    table = filled.table
    empty = filled.is_empty
    trees = all(side.is_tree for side in table.sides)
    rows = [] if empty and trees else [_row(table, pair) for pair in zip(*filled.sides, strict=True)]
    return {
        "key": table.key,
        "number": table.number,
        "title": table.title,
        "sheet": table.sheet,
        "unit": WAN,
        "note": (note or table.empty_note) if empty else "",
        "sides": [_side(side) for side in table.sides],
        "rows": rows,
    }


def _side(side):
    kinds = ("code", "name") if len(side.labels) == 2 else ("name",)
    return {
        "labels": [{"kind": kind, "heading": list(path)} for kind, path in zip(kinds, side.labels, strict=True)],
        "columns": [{"key": column.key, "heading": list(column.heading)} for column in side.columns],
    }


def _row(table, filled_rows):
    return {"sides": [_half(side, row) for side, row in zip(table.sides, filled_rows, strict=True)]}


def _half(side, row):
    if row is None:
        return {"key": "", "level": "", "labels": [""] * len(side.labels), "amounts": [None] * len(side.columns)}
    amounts = [None if amount is None else f"{amount:.2f}" for amount in row.amounts]
    return {"key": row.key, "level": row.level, "labels": list(row.labels), "amounts": amounts}


def headings(drawn):
    """The heading paths of all columns of a drawn sheet, from left to right, without 序号."""
    return [column["heading"] for side in drawn["sides"] for column in side["labels"] + side["columns"]]


def head_rows(paths):
    """Heading rows with merged cells from heading paths: equal neighbours share a cell, short paths reach down.

    `paths` is a list of label lists; returns a list of rows of (column index, HeadCell).
    """
    depth = max(map(len, paths))
    return [_head_row(paths, level, depth) for level in range(depth)]


def _head_row(paths, level, depth):
    cells = []
    for index, path in enumerate(paths):
        if level >= len(path):
            continue
        same = index and len(path) > level + 1 and list(paths[index - 1][: level + 1]) == list(path[: level + 1])
        if same:
            column, cell = cells[-1]
            cells[-1] = (column, cell._replace(columns=cell.columns + 1))
        else:
            rows = depth - level if level == len(path) - 1 else 1
            cells.append((index, HeadCell(path[level], 1, rows)))
    return cells
