"""The top of a table: title, unit and headings, and which rows of another grid repeat them."""

import re
from collections.abc import Iterable
from functools import cached_property

from budget.intake.between import GOES_ON, LONGEST_TITLE, PAGE_NUMBER, UNIT, says_goes_on
from budget.intake.grid import NOTE, Grid
from budget.intake.headings import is_numbering_row
from budget.text import label, narrow

TOP_ROWS = 12  # title, unit, headings and the first row of data stand within them
_PREFACE = re.compile(r"^\(?(金额单位|(预算|编制|填报)?(单位|部门)(名称)?|预算年度|编制日期|截止(时间|日期)|日期)[:：]")
_YEAR = re.compile(r"20\d\d(年(度|初|末)?)?")
_HEADING = re.compile(
    r"(编码|代码|名称|项目|科目|序号|行次|预算数|金额|数量|单价|价值|合计|小计|备注|说明|级指标|指标值|"
    r"性质|规格|形式|类别|类型|级别|用途|依据|来源|描述)$"
)
_TITLE = re.compile(r"表(\(.*\))?$")
_SENTENCE = re.compile(r"[。；;!！?？]|^[一二三四五六七八九十\d]+[、.]|^\([一二三四五六七八九十\d]+\)")


class Top:
    """What stands on the top of a table: title, unit, headings, and which columns hold figures under them."""

    def __init__(self, grid: Grid):
        self.grid = grid
        rows = range(1, min(grid.rows, TOP_ROWS) + 1)
        self.data = next((row for row in rows if is_data(grid, row)), rows.stop)
        self.headings = next((row for row in rows if not _is_above(grid, row)), rows.stop)
        self.rows = {row: texts_of(grid, row) for row in range(1, self.data)}
        self.said = {text for texts in self.rows.values() for text in texts} | set(map(label, grid.captions))

    @cached_property
    def figures(self) -> set[int]:
        """Columns that hold figures and no words under the headings."""
        below = [(c, v) for (r, c), v in self.grid.values.items() if r >= self.data]
        return {c for c, v in below if _is_figure(v)} - {c for c, v in below if not _is_figure(v)}

    def is_of(self, captions: Iterable[str]) -> bool:
        """Whether what stands above a piece names no other table than this one."""
        return all(self._same_title(text) for text in captions if not UNIT.match(narrow(text)))

    def _same_title(self, text: str) -> bool:
        rest = GOES_ON.sub("", narrow(text)).strip(":-—")
        bare = label(rest.strip("()"))
        return not bare or bool(PAGE_NUMBER.match(bare)) or not self.said.isdisjoint((bare, label(rest)))

    def walk(self, grid: Grid) -> tuple[int, int]:
        """(the grid's first row that repeats nothing, this table's last row that was repeated)."""
        reached = 0
        for row in range(1, min(grid.rows, TOP_ROWS) + 1):
            if same := self._same(grid, row, reached):
                reached = same
            elif grid.row_values(row) and not (self._goes_on(grid, row) or self._is_preface(grid, row)):
                return row, reached
        return min(grid.rows, TOP_ROWS) + 1, reached

    def goes_through(self, end: Grid, grid: Grid) -> bool:
        """Whether `end` ends with this table's first heading rows once more, and `grid` begins with the next one."""
        below = range(self.headings + 1, self.data)
        return any(self.rows[row] == texts_of(grid, 1) and self._repeats(end, row - 1) for row in below)

    def _repeats(self, end: Grid, last: int) -> bool:
        """Whether the very end of a piece repeats the headings as far as this row."""
        down = end.rows - last
        if end is self.grid and self.headings + down < self.data:
            return False
        return all(self.rows[row] == texts_of(end, row + down) for row in range(self.headings, last + 1))

    def _same(self, grid: Grid, row: int, reached: int) -> int:
        """The row on this table's top with the same texts, 0 without; headings are repeated without a gap."""
        texts = texts_of(grid, row)
        candidates = range(reached + 1, min(self.data, max(reached + 1, self.headings) + 1))
        return next((other for other in candidates if self.rows[other] == texts), 0)

    def _goes_on(self, grid: Grid, row: int) -> bool:
        values = grid.row_values(row)
        return len(values) == 1 and says_goes_on(str(values[0][1])) and self._same_title(str(values[0][1]))

    def _is_preface(self, grid: Grid, row: int) -> bool:
        """Whether a row says of unit, department and year nothing that this table does not say."""
        return _is_preface(grid, row) and set(texts_of(grid, row)) <= self.said | {""}

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
            is_data(grid, row) or self.headings >= self.grid.rows
        ):  # a break above the headings, or after their first row
            return False
        values = grid.row_values(row)
        known = {narrow(value) for _, value in values if _HEADING.search(narrow(value))}
        return len(known) > 1 or any(column in self.figures for column, _ in values)


def texts_of(grid: Grid, row: int) -> tuple[str, ...]:
    """What its cells hold; not what a merged area covers, because the pieces may be merged otherwise."""
    return tuple(label(grid.value(row, column)) for column in range(1, grid.columns + 1))


def is_title(grid: Grid, row: int) -> bool:
    """Whether a row holds a title: words alone in one cell over the whole width, or one that calls itself 表."""
    values = grid.row_values(row)
    if len(values) != 1 or _is_preface(grid, row):
        return False
    column, value = values[0]
    text = narrow(value)
    if _TITLE.search(text):  # 表7 …表, 七、…表: numbered, and yet no row of data
        return len(text) <= LONGEST_TITLE
    whole = all(grid.merged.get((row, c)) == (row, column) for c in range(1, grid.columns + 1))
    return whole and not is_data(grid, row) and not NOTE.match(text)


def _is_above(grid: Grid, row: int) -> bool:
    """Whether a row stands above the headings: blank, a title, or what is said of unit, department and year."""
    return not grid.row_values(row) or is_title(grid, row) or _is_preface(grid, row)


def _is_preface(grid: Grid, row: int) -> bool:
    return any(_PREFACE.match(narrow(value)) for _, value in grid.row_values(row))


def is_data(grid: Grid, row: int) -> bool:
    """Whether a row holds a figure, a code, a numbered item; years and the 栏次 row are none of these."""
    if is_numbering_row(grid, row) or _is_preface(grid, row):
        return False
    return any(_is_of_data(value) for _, value in grid.row_values(row))


def _is_of_data(value: object) -> bool:
    text = narrow(value)
    return bool(_SENTENCE.search(text)) or any(map(str.isdigit, _YEAR.sub("", text)))


def _is_figure(value: object) -> bool:
    return not re.search(r"[^\d.,()%+\-—–/]", narrow(value))
