"""An official code list that the county loads, from Excel or CSV: two columns, 编码 and 名称, wherever they stand."""

import csv
import io
import re

from budget.codes import ECONOMIC, FUNCTION, PROCUREMENT
from budget.intake import guard, workbook
from budget.intake.grid import Grid
from budget.text import label, narrow

_CODE_HEADINGS, _NAME_HEADINGS = ("编码", "科目编码", "代码", "品目编码"), ("名称", "科目名称", "品目名称")
_PATTERNS = {
    FUNCTION: (re.compile(r"\d{3}|\d{5}|\d{7}"), "功能分类编码是 3、5 或 7 位数字"),
    ECONOMIC: (re.compile(r"\d{3}|\d{5}"), "经济分类编码是 3 或 5 位数字"),
    PROCUREMENT: (re.compile(r"[A-C](\d{2}){1,5}"), "采购品目编码是 A、B 或 C 加两位一级的数字"),
}
_LONGEST = 100


class WrongList(Exception):
    """The list cannot be loaded: one Chinese sentence with the row and the way out."""


def read_code_list(data, scheme):
    """{code: name} of a list's bytes; raises guard.Refused or WrongList, and nothing is loaded."""
    grids = workbook.read(data) if data.startswith(b"PK") and guard.inspect(data) == "xlsx" else [_from_csv(data)]
    for grid in grids:
        if columns := _columns(grid):
            return _entries(grid, *columns, scheme)
    raise WrongList("没有找到“编码”和“名称”两栏；请在第一行写上这两个栏目名。")


def _from_csv(data):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            rows = list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
            break
        except (UnicodeDecodeError, csv.Error):
            continue
    else:
        raise WrongList("文件不是文本（CSV）也不是 Excel；请另存为 .xlsx 或 .csv 再上传。")
    cells = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value.strip()}
    return Grid("文件", cells)


def _columns(grid):
    """(heading row, column of codes, column of names), or None."""
    for row in range(1, min(grid.rows, 20) + 1):
        found = {label(str(value)): column for column, value in grid.row_values(row)}
        code = next((found[text] for text in _CODE_HEADINGS if text in found), None)
        name = next((found[text] for text in _NAME_HEADINGS if text in found), None)
        if code and name:
            return row, code, name
    return None


def _entries(grid, top, code_column, name_column, scheme):
    pattern, wanted = _PATTERNS[scheme]
    found = {}
    for row in range(top + 1, grid.rows + 1):
        code, name = narrow(_text(grid, row, code_column)), _text(grid, row, name_column).strip()
        if not code and not name:
            continue
        if not pattern.fullmatch(code):
            raise WrongList(f"“{grid.name}”第 {row} 行的编码“{code}”不对：{wanted}；请改正后再载入。")
        if not 0 < len(name) <= _LONGEST:
            raise WrongList(
                f"“{grid.name}”第 {row} 行的编码 {code} 没有名称，或名称超过 {_LONGEST} 字；请改正后再载入。"
            )
        if found.get(code, name) != name:
            raise WrongList(f"“{grid.name}”第 {row} 行的编码 {code} 前面已经有了，名称不同；请只保留一个。")
        found[code] = name
    if not found:
        raise WrongList("“编码”和“名称”两栏下面没有内容；请核对文件。")
    return found


def _text(grid, row, column):
    value = grid.value(row, column)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else "" if value is None else str(value)
