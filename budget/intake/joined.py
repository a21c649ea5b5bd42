"""Tables that a page break cut in pieces, put together again.

The rule. A grid goes on with the one before it when

- nothing stands between them but blank paragraphs, page numbers and lines that say so (续表), as its reader tells
  by `Grid.continues`;
- both have the same number of columns;
- it repeats the first one's heading rows (a title row, 续表 and the row of the money unit may stand above them; all
  these are dropped), or has no headings of its own: its first row is a row of data;
- or the break went through a row of headings: those of the table repeated in its middle, of which the first rows stand
  at the end of the one before, or those of the rows of a declared form, of which the one before has the beginning;
- it does not begin anew, with a title row of its own, under another name or unit, or with the very cell with which the
  data of the first one begin (合计, a code, 项目编码): that is another table of the same kind.

When in doubt they stay two tables. That a piece is lost is told, because nothing recognises it; a figure in a table
where it does not belong would not be.
"""

from collections.abc import Iterable
from dataclasses import replace

from budget.intake.between import says_goes_on
from budget.intake.forms import form_labels
from budget.intake.grid import Grid
from budget.intake.headings import is_nameless
from budget.intake.top import TOP_ROWS, Top, is_data, is_title
from budget.intake.whole import Whole
from budget.text import label


def join(grids: Iterable[Grid]) -> list[Grid]:
    """The grids, those that a page break cut in pieces in one; a joined cell keeps its place in its own piece."""
    chains: list[_Chain] = []
    for grid in grids:
        dropped = chains[-1].repeated(grid) if chains and grid.continues else None
        if dropped is None:
            chains.append(_Chain(grid))
        else:
            chains[-1].add(grid, dropped)
    return [chain.joined() for chain in chains]


def join_sheets(sheets: Iterable[Grid]) -> list[Grid]:
    """The sheets of a workbook; one that begins with a row of data, right after another one, may be the rest of that.

    So programs write that make a workbook of a PDF, a sheet a page; one whose name says nothing may repeat headings.
    """
    found = list(sheets)
    befores = [None, *found]
    return join(replace(one, continues=_may_go_on(before, one)) for before, one in zip(befores, found, strict=False))


def _may_go_on(before: Grid | None, grid: Grid) -> bool:
    is_table = before is not None and bool(before.values) and not before.sheet_hidden
    may_repeat = is_nameless(grid.name) or _begins_with_data(grid)
    return is_table and not grid.sheet_hidden and may_repeat and not _says_what_it_is(grid)


def _says_what_it_is(grid: Grid) -> bool:
    """Whether a title or a form's own label stands on a sheet's top."""
    rows = range(1, min(grid.rows, TOP_ROWS) + 1)
    titled = any(is_title(grid, row) and not says_goes_on(str(grid.row_values(row)[0][1])) for row in rows)
    said = {label(value) for (row, _), value in grid.values.items() if row in rows}
    return titled or any(not said.isdisjoint(form.identities) for form in form_labels())


def _begins_with_data(grid: Grid) -> bool:
    rows = sorted({row for row, _ in grid.values})
    return bool(rows) and is_data(grid, rows[0]) and len(grid.row_values(rows[0])) > 1


class _Chain:
    """A table and the pieces that go on with it, each with the number of rows on its top that only repeat."""

    def __init__(self, first: Grid):
        self.first = first
        self.pieces: list[tuple[Grid, int]] = []
        self._top = Top(first)

    def add(self, grid: Grid, dropped: int) -> None:
        """Take a piece; as long as no row of data is there, what the table begins with is not known yet."""
        self.pieces.append((grid, dropped))
        if self._top.data > self.first.rows and self.first.rows < TOP_ROWS:
            self.first, self.pieces = self.joined(), []
            self._top = Top(self.first)

    def repeated(self, grid: Grid) -> int | None:
        """How many of the grid's first rows repeat what stands on the table's top; None when it is another table."""
        if not self._has_its_columns(grid) or not self._top.is_of(grid.captions):
            return None
        if self._top.goes_through(self._end, grid):
            return 0
        row, reached = self._top.walk(grid)
        if row > grid.rows or is_title(grid, row) or self._top.begins(grid, row, reached):
            return None
        if reached < self._top.headings and self._top.denies(grid, row) and not self._has_rows_of(grid, row):
            return None
        return row - 1

    def _has_its_columns(self, grid: Grid) -> bool:
        """Whether it has as many columns; a sheet does not show how many blank ones it has on the right."""
        return grid.columns == self.first.columns or (grid.is_sheet and grid.columns < self.first.columns)

    @property
    def _end(self) -> Grid:
        return self.pieces[-1][0] if self.pieces else self.first

    def _has_rows_of(self, grid: Grid, row: int) -> bool:
        """Whether a row holds the headings of rows of a form that began here and has not come to them yet."""
        own = {label(value) for _, value in grid.row_values(row)}
        pieces = (self.first, *(piece for piece, _ in self.pieces))
        said = {label(value) for piece in pieces for value in piece.values.values()}
        return own.isdisjoint(said) and any(
            not said.isdisjoint(form.identities) and any(own <= headings for headings in form.rows)
            for form in form_labels()
        )

    def joined(self) -> Grid:
        """One grid of all pieces."""
        if not self.pieces:
            return self.first
        whole = Whole(dict(self.first.values), dict(self.first.merged), dict(self.first.problems), self.first)
        for grid, dropped in self.pieces:
            whole.add(grid, dropped)
        notes = self.first.notes + tuple(note for grid, _ in self.pieces for note in grid.notes)
        return replace(
            self.first,
            values=whole.values,
            merged=whole.merged,
            problems=whole.problems,
            notes=notes,
            origins=self.first.origins | whole.origins,
            room=whole.last.room,
        )
