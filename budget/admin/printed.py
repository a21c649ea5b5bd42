"""A table as an uploaded file prints it: its rows, its columns, its unit, in its order, as a sheet like any other."""

import re

from budget import codes
from budget.figures.fill import part_of_tree
from budget.figures.sheet import about_table, amount_text, gap, side_of
from budget.money import WAN

_GRID_ROW = re.compile(r"第(\d+)行第\d+列$|!?[A-Z]+(\d+)$")


def printed_sheet(reading, names):
    """The sheet of a `TableReading`, its headings alone where no figure is printed; names is {(scheme, code): name}."""
    table = reading.table
    sides = [side for side in (_PrintedSide(side, reading, names) for side in table.sides) if side.columns]
    unit = next((printed.unit for printed in reading.printed.values()), WAN)
    return about_table(table, reading.note, [side.heading() for side in sides], _beside_each_other(sides), unit)


class _PrintedSide:
    """One side of a table with the columns and rows that the file has."""

    def __init__(self, side, reading, names):
        self.side, self.reading, self.names = side, reading, names
        own = [cell for cell in reading.printed if side.is_tree or side.row(cell.row)]
        columns = (*side.columns, *side.also_columns)
        filled = {cell.column for cell in own}
        self.columns = [c for c in columns if c.key in filled] if reading.printed else list(side.columns)
        shown = {column.key for column in self.columns}
        self.keys = list(dict.fromkeys(cell.row for cell in own if cell.column in shown))

    def heading(self):
        """The side of the sheet."""
        return side_of(self.side, self.columns)

    def rows(self):
        """{(grid row, index among equals): half}, so that two sides stand beside each other as printed."""
        found = {}
        for key in self.keys:
            row, index = self._grid_row(key), 0
            while (row, index) in found:
                index += 1
            found[row, index] = self._half(key)
        return found

    def gap(self):
        """What stands beside a row that only the other side has."""
        return gap(len(self.side.labels), len(self.columns))

    def _grid_row(self, key):
        place = next(printed.place for cell, printed in self.reading.printed.items() if cell.row == key)
        match = _GRID_ROW.search(place)
        return int(match[1] or match[2]) if match else 0

    def _half(self, key):
        printed = [self.reading.printed.get(self.reading.table.cell(key, column.key)) for column in self.columns]
        amounts = [amount_text(one.amount) if one else None for one in printed]
        return {"key": key, "level": self._level(key), "labels": self._labels(key), "amounts": amounts}

    def _level(self, key):
        if not self.side.is_tree:
            return self.side.row(key).level
        return "total" if key == "total" else codes.level(part_of_tree(self.side.tree, key)[1])

    def _labels(self, key):
        if not self.side.is_tree:
            return [self.side.row(key).label]
        if key == "total":
            return ["", self.side.tree.total]
        facet, code, _ = part_of_tree(self.side.tree, key)
        return [code, self.reading.names.get(key) or self.names.get((facet, code), "")]


def _beside_each_other(sides):
    halves = [(side, side.rows()) for side in sides]
    order = sorted({row for _, rows in halves for row in rows})
    return [{"sides": [rows.get(row) or side.gap() for side, rows in halves]} for row in order]
