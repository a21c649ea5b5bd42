"""Where a declared table stands in a grid, and which of its columns is which: by heading labels, never by position."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from budget.declare.fields import YEAR, Field
from budget.declare.tables import Column, Row, Side, Table
from budget.intake.grid import Grid
from budget.text import label, narrow

TOP_ROWS = 12  # the headings of a table start within its first rows
CODE_PARTS = ("类", "款", "项")
ORDINAL = ("序号", "栏次", "行次")
REMARKS = ("备注", "说明")
TOTALS = {"合计", "总计"}  # how a row that adds up a whole table or list is labelled

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")  # 一、… opens a row of data, never a heading
_YEARS = re.compile(r"(20\d\d)?年(度|初)?")
_UNIT = re.compile(r"\((金额)?单位:.*?\)|\((万元|元)\)$")
_NAME = re.compile(r"(^|科目)名称$|^(收入|支出)?项目$|^(功能|经济)分类科目$|^科目$")
_CODE = re.compile(r"(编码|代码)$")


@lru_cache(maxsize=4096)
def title(text: str) -> str:
    """A title or heading without white space, quotes, numbering, years and money unit."""
    return _YEARS.sub("", _UNIT.sub("", label(text)))


def heading_wordings(field: Field) -> list[str]:
    """How the heading of a list's column may read, ready for comparison with `title`."""
    return [title(text.replace(YEAR, "2000")) for text in (field.heading[-1], *field.same_as)]


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
    wide: dict[int, Row] = field(default_factory=dict)


def is_whole(layout: Layout) -> bool:
    """Whether every printed leaf column of every side was found: the test for a grid without a title."""
    found = [{c.key for c in side.columns.values()} for side in layout.sides]
    return all({c.key for c in s.side.leaf_columns()} <= keys for s, keys in zip(layout.sides, found, strict=True))


def fit(grid: Grid, table: Table) -> Layout | None:
    """The layout of this very table in the grid, or None when its headings are not there."""
    rows = heading_rows(grid, _labels(table))
    if not rows:
        return None
    layout = Layout(table, rows[0], rows[-1] + 1)
    _assign(layout, paths(grid, rows))
    if layout.sides and all(side.name and side.columns for side in layout.sides):
        return layout if len(layout.sides) == len(table.sides) else None
    return _fit_wide(grid, table) if table.wide else None


def heading_rows(grid: Grid, labels: set[str]) -> list[int]:
    """The rows of the heading block: from the first row with a declared label to the 栏次 row, data excluded."""
    rows: list[int] = []
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


def is_heading_row(grid: Grid, row: int, labels: set[str]) -> bool:
    """Whether a row holds headings: declared labels besides 合计, and no number."""
    values = [value for _, value in grid.row_values(row)]
    if not all(isinstance(value, str) and not _opens_data(value) for value in values):
        return False
    texts = {title(value) for value in values}
    if texts and texts <= set(CODE_PARTS):
        return True
    known = {text for text in texts if text in labels or _CODE.search(text) or _NAME.search(text)}
    return bool(known - TOTALS - {"小计"})


def _opens_data(value: str) -> bool:
    """Whether a text can only stand in a row of data: a numbered item, a figure."""
    return bool(_NUMBERED.match(value.strip())) or _is_figure(value)


def _is_figure(value: object) -> bool:
    return bool(re.fullmatch(r"-?[\d,]+\.\d+", narrow(value)))


def is_numbering_row(grid: Grid, row: int) -> bool:
    """Whether a row is the 栏次 row: 1, 2, 3 … under the headings."""
    values = [narrow(value) for _, value in grid.row_values(row)]
    if values and values[0] in ORDINAL:
        values = values[1:]
    return len(values) > 1 and values == [str(n) for n in range(1, len(values) + 1)]


def paths(grid: Grid, rows: list[int]) -> dict[int, list[str]]:
    """{grid column: heading labels from top to bottom}; without merged cells a group reaches to the right."""
    rows = [row for row in rows if not is_numbering_row(grid, row)]
    found = {column: _path(grid, rows, column) for column in range(1, grid.columns + 1)}
    return {column: path for column, path in found.items() if path}


def _path(grid: Grid, rows: list[int], column: int) -> list[str]:
    """A column's headings; one that is merged over several rows counts once."""
    texts = (_heading(grid, row, column, rows) for row in rows)
    return list(dict.fromkeys(filter(None, texts)))


def _heading(grid: Grid, row: int, column: int, rows: list[int]) -> str:
    if text := title(grid.text(row, column)):
        return text
    below = any(grid.text(r, column) for r in rows if r > row)
    if column > 1 and below and (row, column) not in grid.merged:
        return _heading(grid, row, column - 1, rows)
    return ""


def _labels(table: Table) -> set[str]:
    """Every heading that the table declares, other wordings included."""
    texts = [text for side in table.sides for path in side.labels for text in path]
    for column in table.columns():
        texts += (*column.heading, *column.same_as)
    if table.wide:
        texts += _row_wordings(table.sides[0])
    return {*CODE_PARTS, *map(title, texts)}


def _row_wordings(side: Side) -> list[str]:
    return [text for row in side.fixed_rows for text in (row.label, *row.same_as)]


def _assign(layout: Layout, found: dict[int, list[str]]) -> None:
    for column, path in sorted(found.items()):
        if any(text in ORDINAL + REMARKS for text in path):
            continue
        if not _assign_label(layout, column, path) and layout.sides:
            _assign_figures(layout, column, path)


def _assign_label(layout: Layout, column: int, path: list[str]) -> bool:
    """Take a column as a code or name column; a second name column opens the next side."""
    is_code = _is_code_heading(path)
    if not is_code and not _NAME.search(path[-1]):
        return False
    if not layout.sides or (not is_code and _is_full(layout)):
        layout.sides.append(SideColumns(layout.table.sides[len(layout.sides)]))
    side = layout.sides[-1]
    if is_code:
        side.codes.append(column)
    elif not side.name:
        side.name = column
    return True


def _is_code_heading(path: list[str]) -> bool:
    return (path[-1] in CODE_PARTS and len(path) > 1) or bool(_CODE.search(path[-1]))


def _is_full(layout: Layout) -> bool:
    """Whether the side at hand has its names, and the table another side."""
    return bool(layout.sides[-1].name) and len(layout.sides) < len(layout.table.sides)


def _assign_figures(layout: Layout, column: int, path: list[str]) -> None:
    side = layout.sides[-1]
    declared = match_column(side.side, path)
    if declared is None or declared in side.columns.values():
        layout.unknown[column] = path[-1]
    else:
        side.columns[column] = declared


def match_column(side: Side, path: list[str]) -> Column | None:
    """The declared column that a heading path means: its lowest label decides, then the ones above it."""
    wordings: dict[str, Column] = {}
    for column in side.columns + side.also_columns:
        for text in (column.heading[-1], *column.same_as):
            wordings.setdefault(title(text), column)
    return next((wordings[text] for text in reversed(path) if text in wordings), None)


def _fit_wide(grid: Grid, table: Table) -> Layout | None:
    """A layout whose columns are the table's rows, as Shanghai prints table 9: one row of figures."""
    (side,) = table.sides
    rows = heading_rows(grid, _labels(table))
    wordings = {title(text): row for row in side.fixed_rows for text in (row.label, *row.same_as)}
    wide: dict[int, Row] = {}
    for column, path in paths(grid, rows).items():
        row = next((wordings[text] for text in reversed(path) if text in wordings), None)
        if row and row not in wide.values():
            wide[column] = row
    return Layout(table, rows[0], rows[-1] + 1, wide=wide) if len(wide) > 1 else None
