"""A table as an uploaded file prints it: its rows, its columns, its unit, in its order."""

import re

from budget import codes
from budget.admin.draw import Cell, Drawn, by_cell, head, marks_of
from budget.money import show

_GRID_ROW = re.compile(r"第(\d+)行第\d+列$|!?[A-Z]+(\d+)$")


def from_reading(reading, marks, names):
    """A table as the file prints it: its rows, its columns, its unit."""
    table = reading.layout.table
    at = by_cell(marks) | _by_place(marks)
    sides = [_PrintedSide(table, side, reading, names, at) for side in table.sides]
    sides = [side for side in sides if side.columns]
    unit = next((printed.unit for printed in reading.printed.values()), "")
    return Drawn(
        table.key,
        f"表{table.number} {table.title}",
        unit,
        reading.note,
        head([path for side in sides for path in side.headings()]) if sides else [],
        _beside_each_other(sides),
        marks_of(table.key, marks),
        count=len(reading.printed),
        by_figures=True,
        unread=len(reading.problems),
    )


def _by_place(marks):
    """What could not be read has no cell of the table yet, only its place in the file."""
    return {place: [mark] for mark in marks if mark.blocks for place in mark.finding.places}


class _PrintedSide:
    """One side of a table with the columns and rows that the file has."""

    def __init__(self, table, side, reading, names, at):
        self.table, self.side, self.reading, self.names, self.at = table, side, reading, names, at
        self.labels = {row.key: row for row in (() if side.is_tree else (*side.rows, *side.also_rows)) if row}
        own = [key for key in reading.printed if side.is_tree or key[0] in self.labels]
        columns = (*side.columns, *side.also_columns)
        self.columns = [column for column in columns if any(key[1] == column.key for key in own)]
        self.keys = list(dict.fromkeys(row for row, column in own if any(c.key == column for c in self.columns)))

    def headings(self):
        """Heading paths of this side."""
        return [*self.side.labels, *(column.heading for column in self.columns)]

    def rows(self):
        """{(grid row, index among equals): cells}, so that two sides stand beside each other as printed."""
        found = {}
        for key in self.keys:
            row, index = self._grid_row(key), 0
            while (row, index) in found:
                index += 1
            found[row, index] = self._cells(key)
        return found

    def blank(self):
        """What stands beside a row that only the other side has."""
        return [Cell(kind="name") for _ in self.side.labels] + [Cell() for _ in self.columns]

    def _grid_row(self, key):
        place = next(p.place for (row, _), p in self.reading.printed.items() if row == key)
        match = _GRID_ROW.search(place)
        return int(match[1] or match[2]) if match else 0

    def _cells(self, key):
        level = self._level(key)
        return [*self._label_cells(key, level), *(self._figure(key, column, level) for column in self.columns)]

    def _level(self, key):
        if not self.side.is_tree:
            return self.labels[key].level
        return "total" if key == "total" else codes.level(key)

    def _label_cells(self, key, level):
        if not self.side.is_tree:
            return [Cell(self.labels[key].label, "name", level)]
        if key == "total":
            return [Cell("", "code", level), Cell(self.side.rows.total, "name", level)]
        name = self.reading.names.get(key) or self.names.get((self.side.rows.facet, key), "")
        return [Cell(key, "code", level), Cell(name, "name", level)]

    def _figure(self, key, column, level):
        printed = self.reading.printed.get((key, column.key))
        marks = self.at.get(printed.place if printed else None) or self.at.get((self.table.key, key, column.key), [])
        return Cell(show(printed.amount, printed.unit) if printed else "", "amount", level, marks)


def _beside_each_other(sides):
    halves = [(side, side.rows()) for side in sides]
    order = sorted({row for _, rows in halves for row in rows})
    return [[cell for side, rows in halves for cell in rows.get(row) or side.blank()] for row in order]
