"""A table put together from its pieces: rows, spans, problems and places under each other."""

import re
from dataclasses import dataclass, replace

from budget.intake.grid import At, Grid
from budget.text import between_lines

_UNBROKEN = re.compile(r"[\x21-\x7e]+")
_CLOSING = re.compile(r"[\"'”’》）)\]】。，、；;]+")
_WIDE = 1_000.0
_WESTERN = 0.5  # of a Chinese letter's width


@dataclass
class Whole:
    """A table that grows; last: the piece at its end. origins: {row: (piece, row in it)}."""

    values: dict[At, object]
    merged: dict[At, At]
    problems: dict[At, str]
    last: Grid

    def __post_init__(self) -> None:
        self.origins: dict[int, tuple[Grid, int]] = {}
        self.rows = self.last.rows

    def add(self, grid: Grid, dropped: int) -> None:
        """Put a piece under what is there; the rest of a row that the page break went through, to its beginning."""
        if self._goes_on(grid, dropped + 1):
            dropped += 1
            for column, value in grid.row_values(dropped):
                before = str(self.values[self.rows, column])
                self.values[self.rows, column] = before + between_lines(before, str(value)) + str(value)
        down = self.rows - dropped
        spans = self._spans(grid, dropped + 1)
        for (row, column), value in grid.values.items():
            if row > dropped:
                self.values[row + down, column] = value
        for (row, column), (top, left) in grid.merged.items():
            if row > dropped:
                self.merged[row + down, column] = spans.get((top, left), (max(top, dropped + 1) + down, left))
        self.merged |= {(row + down, column): first for (row, column), first in spans.items()}
        self.problems |= {(row + down, column): what for (row, column), what in grid.problems.items() if row > dropped}
        self._keep_places(grid, dropped, down)

    def _goes_on(self, grid: Grid, row: int) -> bool:
        """Whether a piece's first row is the rest of the last one.

        It is where each text in it goes on with one that leaves no room for its beginning (and begins no item), and
        something else of the last row, a code or a figure, has nothing under it. Closing marks alone begin nothing.
        """
        rest = {column: str(value) for column, value in grid.row_values(row)}
        above = {column: str(value) for (r, column), value in self.values.items() if r == self.rows}
        if not rest or not rest.keys() <= above.keys():
            return False
        goes_on = (self._has_no_room_for(column, above[column], text) for column, text in rest.items())
        return all(map(_CLOSING.fullmatch, rest.values())) or (rest.keys() < above.keys() and all(goes_on))

    def _has_no_room_for(self, column: int, above: str, text: str) -> bool:
        return self.last.room.get(column, _WIDE) < _width(text) and between_lines(above, text) != "\n"

    def _keep_places(self, grid: Grid, dropped: int, down: int) -> None:
        piece = grid if grid.is_sheet else replace(grid, name=_named(self.last, grid))
        self.origins |= {row + down: (piece, row) for row in range(dropped + 1, grid.rows + 1)}
        self.rows, self.last = grid.rows + down, replace(grid, name=self.last.name)

    def _spans(self, grid: Grid, row: int) -> dict[At, At]:
        """{blank cell in the piece's first row: first cell of the merged area that reaches it over the break}."""
        found = {}
        for column in range(1, grid.columns + 1):
            above = self.merged.get((self.rows, column))
            own = grid.merged.get((row, column), (row, column))
            if above and above[0] < self.rows and own == (row, column) and (row, column) not in grid.values:
                found[row, column] = above
        return found


def _named(first: Grid, piece: Grid) -> str:
    return f"{first.name}（续：{piece.name}）"


def _width(text: str) -> float:
    """How many letters wide the beginning of a text is that nobody breaks: a Western word, or one Chinese letter."""
    word = _UNBROKEN.match(text)
    return max(1.0, _WESTERN * len(word[0])) if word else 1.0
