"""An official code list that the county loads, from Excel or CSV: two columns, 编码 and 名称, wherever they stand.

A list of changes may have two more: 停用日期, the day from which a code no longer holds, and 改用编码, what took its
place.
"""

import csv
import io
import re
from datetime import date
from typing import NamedTuple

from budget.codes import ECONOMIC, FUNCTION, PROCUREMENT
from budget.intake.grid import Grid, as_typed
from budget.intake.guard.kinds import ZIP
from budget.intake.opening import open_file
from budget.text import label, narrow

_CODE_HEADINGS, _NAME_HEADINGS = ("编码", "科目编码", "代码", "品目编码"), ("名称", "科目名称", "品目名称")
_UNTIL_HEADINGS, _SUCCESSOR_HEADINGS = ("停用日期",), ("改用编码",)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:00:00:00)?")
_PATTERNS = {
    FUNCTION: (re.compile(r"\d{3}|\d{5}|\d{7}"), "功能分类编码是 3、5 或 7 位数字"),
    ECONOMIC: (re.compile(r"\d{3}|\d{5}"), "经济分类编码是 3 或 5 位数字"),
    PROCUREMENT: (re.compile(r"[A-C](\d{2}){1,5}"), "采购品目编码是 A、B 或 C 加两位一级的数字"),
}
_LONGEST = 100
_HEADING_ROWS = 20  # titles, dates and notes stand above the headings
_ENCODINGS = ("utf-8-sig", "gb18030")  # Excel saves CSV in Chinese as the second, which reads any bytes: it is last


class _Columns(NamedTuple):
    """The row of the headings, and the columns under them; 0 for one that the list does not have."""

    top: int
    code: int
    name: int
    until: int = 0
    successors: int = 0


class Listed(NamedTuple):
    """What a list says of a code. until: the day from which it no longer holds. successors: what took its place."""

    name: str
    until: date | None = None
    successors: tuple[str, ...] = ()


class WrongList(Exception):
    """The list cannot be loaded: one Chinese sentence with the row and the way out."""


def read_code_list(data: bytes, scheme: str) -> dict[str, Listed]:
    """{code: Listed} of a list's bytes; raises guard.Refused or WrongList, and nothing is loaded."""
    grids = open_file(data).grids if data.startswith(ZIP) else [_from_csv(data)]
    for grid in grids:
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
            optional = (_first(columns, headings) or 0 for headings in (_UNTIL_HEADINGS, _SUCCESSOR_HEADINGS))
            return _Columns(row, code, name, *optional)
    return None


def _first(columns: dict[str, int], headings: tuple[str, ...]) -> int | None:
    return next((columns[text] for text in headings if text in columns), None)


def _entries(grid: Grid, columns: _Columns, scheme: str) -> dict[str, Listed]:
    listed: dict[str, Listed] = {}
    for row in range(columns.top + 1, grid.rows + 1):
        code, name = narrow(_text(grid, row, columns.code)), _text(grid, row, columns.name).strip()
        if code or name:
            place = f"“{grid.name}”第 {row} 行的编码"
            _check(place, code, name, scheme)
            one = Listed(name, _until(grid, row, columns, place), _successors(grid, row, columns, place, scheme))
            if listed.setdefault(code, one) != one:
                raise WrongList(f"{place} {code} 前面已经有了，写的不同；请只保留一个。")
    if not listed:
        raise WrongList("“编码”和“名称”两栏下面没有内容；请核对文件。")
    return listed


def _until(grid: Grid, row: int, columns: _Columns, place: str) -> date | None:
    text = narrow(_text(grid, row, columns.until)) if columns.until else ""
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups() if match else ()))
    except (TypeError, ValueError) as wrong:
        raise WrongList(f"{place}的停用日期“{text}”不是日期；请写成 2024-02-01 这样再载入。") from wrong


def _successors(grid: Grid, row: int, columns: _Columns, place: str, scheme: str) -> tuple[str, ...]:
    """Codes beside each other, however they are kept apart."""
    text = _text(grid, row, columns.successors) if columns.successors else ""
    found = tuple(filter(None, map(narrow, re.split(r"[\s、，,;；]+", text))))
    pattern, wanted = _PATTERNS[scheme]
    if wrong := next((code for code in found if not pattern.fullmatch(code)), ""):
        raise WrongList(f"{place}的改用编码“{wrong}”不对：{wanted}；请改正后再载入。")
    return found


def _check(place: str, code: str, name: str, scheme: str) -> None:
    pattern, wanted = _PATTERNS[scheme]
    if not pattern.fullmatch(code):
        raise WrongList(f"{place}“{code}”不对：{wanted}；请改正后再载入。")
    if not 0 < len(name) <= _LONGEST:
        raise WrongList(f"{place} {code} 没有名称，或名称超过 {_LONGEST} 字；请改正后再载入。")


def _text(grid: Grid, row: int, column: int) -> str:
    value = as_typed(grid.value(row, column))
    return "" if value is None else str(value)
