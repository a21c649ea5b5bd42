"""Which table a grid is, and which of its columns is which: by title and heading labels, never by position."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from budget.tables.declare import Column, Side, Table
from budget.text import label, narrow

TOP_ROWS = 12  # the headings of a table start within its first rows
CODE_PARTS = ("类", "款", "项")
ORDINAL = ("序号", "栏次", "行次")
REMARKS = ("备注", "说明")

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")  # 一、… opens a row of data, never a heading
_YEARS = re.compile(r"(20\d\d)?年(度|初)?")
_UNIT = re.compile(r"\((金额)?单位:.*?\)|\((万元|元)\)$")
_NAME = re.compile(r"(^|科目)名称$|^(收入|支出)?项目$|^(功能|经济)分类科目$|^科目$")
_CODE = re.compile(r"(编码|代码)$")


@lru_cache(maxsize=4096)
def title(text):
    """A title or heading without white space, quotes, numbering, years and money unit."""
    return _YEARS.sub("", _UNIT.sub("", label(text)))


@dataclass
class SideColumns:
    """Where one side of a table stands in a grid: grid columns of codes, names and figures."""

    side: Side
    codes: list[int] = field(default_factory=list)
    name: int = 0
    columns: dict[int, Column] = field(default_factory=dict)


@dataclass
class Layout:
    """A recognised table in a grid. unknown: grid columns whose heading is not declared: {column: heading}.

    wide: {grid column: row} where the table's rows are laid out as columns.
    """

    table: Table
    first_row: int
    data_row: int
    sides: list[SideColumns] = field(default_factory=list)
    unknown: dict[int, str] = field(default_factory=dict)
    wide: dict = field(default_factory=dict)


def recognise(grid, tables):
    """The `Layout` of the table that a grid holds, or None.

    The title decides; without a title the headings do, when they fit one table only.
    """
    titles = titles_of(grid)
    by_title = [table for text in titles for table in tables if is_title(table, text)]
    for table in by_title:
        if layout := fit(grid, table):
            return layout
    fits = [layout for layout in (fit(grid, table) for table in tables) if layout and _is_whole(layout)]
    return fits[0] if len(fits) == 1 and not by_title else None


def is_title(table, text):
    """Whether a text is a title of the declared table or listing."""
    return bool(re.search(table.like or re.escape(title(table.title)), title(text)))


def titles_of(grid):
    """Texts that may be the title: what stands above a Word table, nearest first, then the grid's top rows."""
    top = [str(v) for r in range(1, min(grid.rows, 4) + 1) for _, v in grid.row_values(r) if isinstance(v, str)]
    return [*reversed(grid.captions), *top]


def _is_whole(layout):
    """Whether every printed leaf column of every side was found: the test for a grid without a title."""
    found = [{c.key for c in side.columns.values()} for side in layout.sides]
    return all({c.key for c in s.side.leaf_columns()} <= keys for s, keys in zip(layout.sides, found, strict=True))


def fit(grid, table):
    """The layout of this very table in the grid, or None when its headings are not there."""
    rows = heading_rows(grid, _labels(table))
    if not rows:
        return None
    layout = Layout(table, rows[0], rows[-1] + 1)
    _assign(layout, paths(grid, rows))
    if layout.sides and all(side.name and side.columns for side in layout.sides):
        return layout if len(layout.sides) == len(table.sides) else None
    return _fit_wide(grid, table) if table.wide else None


def heading_rows(grid, labels):
    """The rows of the heading block: from the first row with a declared label to the 栏次 row, data excluded."""
    rows = []
    for row in range(1, grid.rows + 1):
        if rows and is_numbering_row(grid, row):
            return [*rows, row]
        if is_heading_row(grid, row, labels):
            rows.append(row)
        elif rows:
            break
        elif row > TOP_ROWS:
            return []
    return rows


def is_heading_row(grid, row, labels):
    """Whether a row holds headings: declared labels besides 合计, and no number."""
    cells = grid.row_values(row)
    if any(not isinstance(value, str) or _NUMBERED.match(value.strip()) for _, value in cells):
        return False
    texts = {title(value) for _, value in cells}
    if texts and texts <= set(CODE_PARTS):
        return True
    known = {text for text in texts if text in labels or _CODE.search(text) or _NAME.search(text)}
    return bool(known - {"合计", "总计", "小计"}) and not any(_is_figure(value) for _, value in cells)


def _is_figure(value):
    return bool(re.fullmatch(r"-?[\d,]+\.\d+", narrow(value)))


def is_numbering_row(grid, row):
    """Whether a row is the 栏次 row: 1, 2, 3 … under the headings."""
    values = [narrow(value) for _, value in grid.row_values(row)]
    if values and values[0] in ORDINAL:
        values = values[1:]
    return len(values) > 1 and values == [str(n) for n in range(1, len(values) + 1)]


def paths(grid, rows):
    """{grid column: heading labels from top to bottom}; without merged cells a group reaches to the right."""
    rows = [row for row in rows if not is_numbering_row(grid, row)]
    found = {}
    for column in range(1, grid.columns + 1):
        texts = [_heading(grid, row, column, rows) for row in rows]
        found[column] = [text for i, text in enumerate(texts) if text and text not in texts[:i]]
    return {column: path for column, path in found.items() if path}


def _heading(grid, row, column, rows):
    if text := title(grid.text(row, column)):
        return text
    below = any(grid.text(r, column) for r in rows if r > row)
    if column > 1 and below and (row, column) not in grid.merged:
        return _heading(grid, row, column - 1, rows)
    return ""


def _labels(table):
    labels = set(CODE_PARTS)
    for side in table.sides:
        labels |= {title(text) for path in side.labels for text in path}
        for column in side.columns + side.also_columns:
            labels |= {title(text) for text in (*column.heading, *column.same_as)}
        if table.wide:
            labels |= {title(text) for row in side.rows if row for text in (row.label, *row.same_as)}
    return labels


def _assign(layout, found):
    for column, path in sorted(found.items()):
        if any(text in ORDINAL + REMARKS for text in path):
            continue
        if not _assign_label(layout, column, path) and layout.sides:
            _assign_figures(layout, column, path)


def _assign_label(layout, column, path):
    """Take a column as a code or name column; a second name column opens the next side."""
    is_part = path[-1] in CODE_PARTS and len(path) > 1
    is_code = is_part or bool(_CODE.search(path[-1]))
    if not is_code and not _NAME.search(path[-1]):
        return False
    if not layout.sides or (layout.sides[-1].name and (not is_code) and len(layout.sides) < len(layout.table.sides)):
        layout.sides.append(SideColumns(layout.table.sides[len(layout.sides)]))
    side = layout.sides[-1]
    if is_code:
        side.codes.append(column)
    elif not side.name:
        side.name = column
    return True


def _assign_figures(layout, column, path):
    side = layout.sides[-1]
    declared = match_column(side.side, path)
    if declared is None or declared in side.columns.values():
        layout.unknown[column] = path[-1]
    else:
        side.columns[column] = declared


def match_column(side, path):
    """The declared column that a heading path means: its lowest label decides, then the ones above it."""
    wordings = {}
    for column in side.columns + side.also_columns:
        for text in (column.heading[-1], *column.same_as):
            wordings.setdefault(title(text), column)
    return next((wordings[text] for text in reversed(path) if text in wordings), None)


def _fit_wide(grid, table):
    """A layout whose columns are the table's rows, as Shanghai prints table 9: one row of figures."""
    (side,) = table.sides
    rows = heading_rows(grid, _labels(table))
    wordings = {title(text): row for row in side.rows if row for text in (row.label, *row.same_as)}
    found = {}
    for column, path in paths(grid, rows).items():
        row = next((wordings[text] for text in reversed(path) if text in wordings), None)
        if row and row not in found.values():
            found[column] = row
    return Layout(table, rows[0], rows[-1] + 1, wide=found) if len(found) > 1 else None
