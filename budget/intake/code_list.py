"""An official code list that the county loads, from Excel or CSV: two columns, 编码 and 名称, wherever they stand."""

import csv
import io
import re
from typing import NamedTuple

from budget.codes import ECONOMIC, FUNCTION, PROCUREMENT
from budget.intake.grid import Grid, as_typed
from budget.intake.guard.kinds import ZIP
from budget.intake.opening import open_file
from budget.text import label, narrow

_CODE_HEADINGS, _NAME_HEADINGS = ("编码", "科目编码", "代码", "品目编码"), ("名称", "科目名称", "品目名称")
_PATTERNS = {
    FUNCTION: (re.compile(r"\d{3}|\d{5}|\d{7}"), "功能分类编码是 3、5 或 7 位数字"),
    ECONOMIC: (re.compile(r"\d{3}|\d{5}"), "经济分类编码是 3 或 5 位数字"),
    PROCUREMENT: (re.compile(r"[A-C](\d{2}){1,5}"), "采购品目编码是 A、B 或 C 加两位一级的数字"),
}
_LONGEST = 100
_HEADING_ROWS = 20  # titles, dates and notes stand above the headings
_ENCODINGS = (
    "utf-8-sig",
    "gb18030",
)  # Excel saves CSV in Chinese as the second; it would read any bytes, so it is last


class _Columns(NamedTuple):
    """The row of the headings, and the columns under them."""

    top: int
    code: int
    name: int


class WrongList(Exception):
    """The list cannot be loaded: one Chinese sentence with the row and the way out."""


def read_code_list(data: bytes, scheme: str) -> dict[str, str]:
    """{code: name} of a list's bytes; raises guard.Refused or WrongList, and nothing is loaded."""
    for grid in open_file(data).grids if data.startswith(ZIP) else [_from_csv(data)]:
        if columns := _columns(grid):
            return _entries(grid, columns, scheme)
    raise WrongList("没有找到“编码”和“名称”两栏；请在第一行写上这两个栏目名。")


def _from_csv(data: bytes) -> Grid:
    rows = _csv_rows(data)
    cells = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value.strip()}
    return Grid("文件", cells)


def _csv_rows(data: bytes) -> list[list[str]]:
    for encoding in _ENCODINGS:
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise WrongList("文件不是文本（CSV）也不是 Excel；请另存为 .xlsx 或 .csv 再上传。")


def _columns(grid: Grid) -> _Columns | None:
    """Where the two columns stand, or None."""
    for row in range(1, min(grid.rows, _HEADING_ROWS) + 1):
        columns = {label(str(value)): column for column, value in grid.row_values(row)}
        code, name = _first(columns, _CODE_HEADINGS), _first(columns, _NAME_HEADINGS)
        if code and name:
            return _Columns(row, code, name)
    return None


def _first(columns: dict[str, int], headings: tuple[str, ...]) -> int | None:
    return next((columns[text] for text in headings if text in columns), None)


def _entries(grid: Grid, columns: _Columns, scheme: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in range(columns.top + 1, grid.rows + 1):
        code, name = narrow(_text(grid, row, columns.code)), _text(grid, row, columns.name).strip()
        if code or name:
            _check(f"“{grid.name}”第 {row} 行的编码", code, name, scheme)
            if names.setdefault(code, name) != name:
                raise WrongList(f"“{grid.name}”第 {row} 行的编码 {code} 前面已经有了，名称不同；请只保留一个。")
    if not names:
        raise WrongList("“编码”和“名称”两栏下面没有内容；请核对文件。")
    return names


def _check(place: str, code: str, name: str, scheme: str) -> None:
    pattern, wanted = _PATTERNS[scheme]
    if not pattern.fullmatch(code):
        raise WrongList(f"{place}“{code}”不对：{wanted}；请改正后再载入。")
    if not 0 < len(name) <= _LONGEST:
        raise WrongList(f"{place} {code} 没有名称，或名称超过 {_LONGEST} 字；请改正后再载入。")


def _text(grid: Grid, row: int, column: int) -> str:
    value = as_typed(grid.value(row, column))
    return "" if value is None else str(value)
