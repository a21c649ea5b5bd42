"""A table put together from its pieces: rows, spans, problems and places under each other."""

from dataclasses import dataclass, replace

from budget.intake.grid import At, Grid


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
        """Put a piece under what is there."""
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

    def _keep_places(self, grid: Grid, dropped: int, down: int) -> None:
        piece = replace(grid, name=_named(self.last, grid))
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
