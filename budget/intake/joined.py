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

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from budget.intake.forms import form_labels
from budget.intake.grid import NOTE, Grid
from budget.intake.headings import is_nameless, is_numbering_row
from budget.intake.whole import Whole
from budget.text import label, narrow

_TOP_ROWS = 12  # title, unit, headings and the first row of data stand within them
_LONGEST_TITLE = 60

_PAGE_NUMBER = re.compile(
    r"^[-–—]*(第?\d{1,3}页?|第?[一二三四五六七八九十]{1,3}页)([,/]?共\d{1,3}页|[,/]\d{1,3}页?)?[-–—]*$"
)
_NUMBER = r"[一二三四五六七八九十\d]*"
_GOES_ON = re.compile(rf"^续$|^续(上|前)?表{_NUMBER}|\(续(上|前)?表?{_NUMBER}\)$|续表{_NUMBER}$")
_UNIT = re.compile(r"^\(?(金额)?单位[:：]")
_PREFACE = re.compile(r"^\(?(金额单位|(预算|编制|填报)?(单位|部门)(名称)?|预算年度|编制日期|截止(时间|日期)|日期)[:：]")
_YEAR = re.compile(r"20\d\d(年(度|初|末)?)?")
_HEADING = re.compile(
    r"(编码|代码|名称|项目|科目|序号|行次|预算数|金额|数量|单价|价值|合计|小计|备注|说明|级指标|指标值|"
    r"性质|规格|形式|类别|类型|级别|用途|依据|来源|描述)$"
)
_TITLE = re.compile(r"表(\(.*\))?$")
_SENTENCE = re.compile(r"[。；;!！?？]|^[一二三四五六七八九十\d]+[、.]|^\([一二三四五六七八九十\d]+\)")


def may_stand_between(text: str) -> bool:
    """Whether a line between two tables leaves them one: blank, a page number, 续表, （续） or `表名（续）`.

    >>> [may_stand_between(text) for text in ("", "第 3 页", "- 3 -", "续表", "收支总表（续）", "二、支出")]
    [True, True, True, True, True, False]
    """
    bare = narrow(text)
    return not bare or bool(_PAGE_NUMBER.match(bare)) or says_goes_on(text)


def says_goes_on(text: str) -> bool:
    """Whether a line says that the table before it goes on: 续表, `收支总表（续）`."""
    bare = narrow(text)
    return len(bare) <= _LONGEST_TITLE and bool(_GOES_ON.search(bare))


def goes_on_over(lines: Iterable[str]) -> bool:
    """Whether a table may go on over all that stands between it and the next; the unit is repeated only under 续表."""
    between = list(lines)
    own = [line for line in between if not may_stand_between(line)]
    return all(_UNIT.match(narrow(line)) for line in own) and (not own or any(map(says_goes_on, between)))


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
    return is_table and not grid.sheet_hidden and may_repeat and not _begins_form(grid)


def _begins_form(grid: Grid) -> bool:
    said = {label(value) for (row, _), value in grid.values.items() if row <= _TOP_ROWS}
    return any(not said.isdisjoint(form.identities) for form in form_labels())


def _begins_with_data(grid: Grid) -> bool:
    rows = sorted({row for row, _ in grid.values})
    return bool(rows) and _is_data(grid, rows[0]) and len(grid.row_values(rows[0])) > 1


class _Chain:
    """A table and the pieces that go on with it, each with the number of rows on its top that only repeat."""

    def __init__(self, first: Grid):
        self.first = first
        self.pieces: list[tuple[Grid, int]] = []
        self._top = _Top(first)

    def add(self, grid: Grid, dropped: int) -> None:
        """Take a piece; as long as no row of data is there, what the table begins with is not known yet."""
        self.pieces.append((grid, dropped))
        if self._top.data > self.first.rows and self.first.rows < _TOP_ROWS:
            self.first, self.pieces = self.joined(), []
            self._top = _Top(self.first)

    def repeated(self, grid: Grid) -> int | None:
        """How many of the grid's first rows repeat what stands on the table's top; None when it is another table."""
        if not self._has_its_columns(grid) or not self._top.is_of(grid.captions):
            return None
        if self._top.goes_through(self._end, grid):
            return 0
        row, reached = self._top.walk(grid)
        if row > grid.rows or _is_title(grid, row) or self._top.begins(grid, row, reached):
            return None
        if reached < self._top.headings and self._top.denies(grid, row) and not self._has_rows_of(grid, row):
            return None
        return row - 1

    def _has_its_columns(self, grid: Grid) -> bool:
        """Whether it has as many columns; a sheet does not show how many blank ones it has on the right."""
        in_words = grid.word or grid.page
        return grid.columns == self.first.columns or (not in_words and grid.columns < self.first.columns)

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


class _Top:
    """What stands on the top of a table: title, unit, headings, and which columns hold figures under them."""

    def __init__(self, grid: Grid):
        self.grid = grid
        rows = range(1, min(grid.rows, _TOP_ROWS) + 1)
        self.data = next((row for row in rows if _is_data(grid, row)), rows.stop)
        self.headings = next((row for row in rows if not _is_above(grid, row)), rows.stop)
        self.rows = {row: _texts(grid, row) for row in range(1, self.data)}
        self.said = {text for texts in self.rows.values() for text in texts} | set(map(label, grid.captions))

    @cached_property
    def figures(self) -> set[int]:
        """Columns that hold figures and no words under the headings."""
        below = [(c, v) for (r, c), v in self.grid.values.items() if r >= self.data]
        return {c for c, v in below if _is_figure(v)} - {c for c, v in below if not _is_figure(v)}

    def is_of(self, captions: Iterable[str]) -> bool:
        """Whether what stands above a piece names no other table than this one."""
        return all(self._same_title(text) for text in captions if not _UNIT.match(narrow(text)))

    def _same_title(self, text: str) -> bool:
        rest = _GOES_ON.sub("", narrow(text)).strip(":-—")
        bare = label(rest.strip("()"))
        return not bare or bool(_PAGE_NUMBER.match(bare)) or not self.said.isdisjoint((bare, label(rest)))

    def walk(self, grid: Grid) -> tuple[int, int]:
        """(the grid's first row that repeats nothing, this table's last row that was repeated)."""
        reached = 0
        for row in range(1, min(grid.rows, _TOP_ROWS) + 1):
            if same := self._same(grid, row, reached):
                reached = same
            elif grid.row_values(row) and not (self._goes_on(grid, row) or self._is_preface(grid, row)):
                return row, reached
        return min(grid.rows, _TOP_ROWS) + 1, reached

    def goes_through(self, end: Grid, grid: Grid) -> bool:
        """Whether `end` ends with this table's first heading rows once more, and `grid` begins with the next one."""
        below = range(self.headings + 1, self.data)
        return any(self.rows[row] == _texts(grid, 1) and self._repeats(end, row - 1) for row in below)

    def _repeats(self, end: Grid, last: int) -> bool:
        """Whether the very end of a piece repeats the headings as far as this row."""
        down = end.rows - last
        if end is self.grid and self.headings + down < self.data:
            return False
        return all(self.rows[row] == _texts(end, row + down) for row in range(self.headings, last + 1))

    def _same(self, grid: Grid, row: int, reached: int) -> int:
        """The row on this table's top with the same texts, 0 without; headings are repeated without a gap."""
        texts = _texts(grid, row)
        candidates = range(reached + 1, min(self.data, max(reached + 1, self.headings) + 1))
        return next((other for other in candidates if self.rows[other] == texts), 0)

    def _goes_on(self, grid: Grid, row: int) -> bool:
        values = grid.row_values(row)
        return len(values) == 1 and says_goes_on(str(values[0][1])) and self._same_title(str(values[0][1]))

    def _is_preface(self, grid: Grid, row: int) -> bool:
        """Whether a row says of unit, department and year nothing that this table does not say."""
        return _is_preface(grid, row) and set(_texts(grid, row)) <= self.said | {""}

    def begins(self, grid: Grid, row: int, reached: int) -> bool:
        """Whether the grid's row begins with the very cell that stands only once, where this table begins."""
        own = max(reached + 1, self.headings)
        if own > self.grid.rows or not (there := self.grid.row_values(own)):
            return False
        column, value = there[0]
        if grid.row_values(row)[:1] and grid.row_values(row)[0][0] == column:
            again = label(grid.row_values(row)[0][1]) == label(value)
            return again and sum(self.grid.label(r, column) == label(value) for r in range(1, self.grid.rows + 1)) == 1
        return False

    def denies(self, grid: Grid, row: int) -> bool:
        """Whether a row that repeats nothing is one of headings: words only, where headings or figures should be."""
        if (
            _is_data(grid, row) or self.headings >= self.grid.rows
        ):  # a break above the headings, or after their first row
            return False
        values = grid.row_values(row)
        known = {narrow(value) for _, value in values if _HEADING.search(narrow(value))}
        return len(known) > 1 or any(column in self.figures for column, _ in values)


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    """What its cells hold; not what a merged area covers, because the pieces may be merged otherwise."""
    return tuple(label(grid.value(row, column)) for column in range(1, grid.columns + 1))


def _is_title(grid: Grid, row: int) -> bool:
    """Whether a row holds a title: words alone in one cell over the whole width, or one that calls itself 表."""
    values = grid.row_values(row)
    if len(values) != 1 or _is_preface(grid, row):
        return False
    column, value = values[0]
    text = narrow(value)
    if _TITLE.search(text):  # 表7 …表, 七、…表: numbered, and yet no row of data
        return len(text) <= _LONGEST_TITLE
    whole = all(grid.merged.get((row, c)) == (row, column) for c in range(1, grid.columns + 1))
    return whole and not _is_data(grid, row) and not NOTE.match(text)


def _is_above(grid: Grid, row: int) -> bool:
    """Whether a row stands above the headings: blank, a title, or what is said of unit, department and year."""
    return not grid.row_values(row) or _is_title(grid, row) or _is_preface(grid, row)


def _is_preface(grid: Grid, row: int) -> bool:
    return any(_PREFACE.match(narrow(value)) for _, value in grid.row_values(row))


def _is_data(grid: Grid, row: int) -> bool:
    """Whether a row holds a figure, a code, a numbered item; years and the 栏次 row are none of these."""
    if is_numbering_row(grid, row) or _is_preface(grid, row):
        return False
    return any(_is_of_data(value) for _, value in grid.row_values(row))


def _is_of_data(value: object) -> bool:
    text = narrow(value)
    return bool(_SENTENCE.search(text)) or any(map(str.isdigit, _YEAR.sub("", text)))


def _is_figure(value: object) -> bool:
    return not re.search(r"[^\d.,()%+\-—–/]", narrow(value))
