"""Where the headings of a table stand in a grid, and the path of headings over each of its columns."""

import re
from collections.abc import Set
from functools import lru_cache
from typing import TypeVar

from budget.declare.fields import YEAR, Field
from budget.declare.tables import Column
from budget.intake.beside import is_beside
from budget.intake.grid import Grid
from budget.text import label, narrow

T = TypeVar("T")
TOP_ROWS = 12  # the headings of a table start within its first rows
CODE_PARTS = ("类", "款", "项")
ORDINAL = ("序号", "栏次", "行次")
REMARKS = ("备注", "说明")
# How a row is labelled that adds up a whole table, and one that adds up a part of it without saying which.
TOTALS = {"合计", "总计", "总合计", "合计数", "支出合计", "收入合计", "本年支出合计", "本年收入合计"}
SUBTOTALS = {"小计", "本页小计", "本页合计", "单位小计", "单位合计", "汇总"}

_NAMELESS = re.compile(r"^(sheet|工作表|表格?|第)?[\d一二三四五六七八九十]*(个表格|页.*)?$", re.I)
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")  # 一、… opens a row of data, never a heading
_WITH_DECIMALS = re.compile(r"-?[\d,]+\.\d+")
_YEARS = re.compile(r"(20\d\d)?年(度|初)?")
_UNIT = re.compile(r"\((金额)?单位:.*?\)|\((万元|元)\)$")
NAME = re.compile(
    r"(^|科目)名称$|^(收入|支出)?项目$|(功能|经济)分类(科目)?$|^(功能|经济)?科目$"
    r"|名称\((科目|编码)\)$|码[及和与、/]?名称$"
)
CODE = re.compile(r"(编码|代码)$|^[类款项]{2,3}$")
_NUMBER_OF_COLUMN = re.compile(
    r"\d{1,2}(=[\d+\-()]+)?|[A-Z]|[甲乙丙丁戊己]|栏次|序号|行次|编号|\*+|[—-]+|[类款项]|合计"
)


@lru_cache(maxsize=4096)
def title(text: str) -> str:
    """A title or heading without white space, quotes, numbering, years and money unit."""
    return _YEARS.sub("", _UNIT.sub("", label(text)))


def heading_wordings(declared: Field | Column) -> list[str]:
    """How the lowest heading of a column may read, ready for comparison with `title`."""
    return [title(text.replace(YEAR, "2000")) for text in (declared.heading[-1], *declared.same_as)]


def meant(path: list[str], wordings: dict[str, T]) -> T | None:
    """What the headings over a column mean: the lowest that is known decides."""
    return next((wordings[text] for text in reversed(path) if text in wordings), None)


def heading_rows(grid: Grid, labels: Set[str]) -> list[int]:
    """The rows of the heading block: from the first row with a declared label to the 栏次 row, data excluded."""
    rows: list[int] = []
    for row in range(1, grid.rows + 1):
        if rows and is_numbering_row(grid, row):
            return [*rows, row]
        if is_heading_row(grid, row, labels) or (rows and _goes_on(grid, rows, row, labels)):
            rows.append(row)
        elif rows:
            break
        elif row > TOP_ROWS:
            return []
    return rows


def is_heading_row(grid: Grid, row: int, labels: Set[str]) -> bool:
    """Whether a row holds headings: declared labels besides 合计, and no number."""
    texts = _heading_texts(grid, row)
    if texts and texts <= set(CODE_PARTS):
        return True
    known = {text for text in texts if text in labels or CODE.search(text) or NAME.search(text)}
    return bool(known - TOTALS - {"小计"})


def _goes_on(grid: Grid, rows: list[int], row: int, labels: Set[str]) -> bool:
    """Whether a row under headings holds nothing but more of them: 合计 and 小计 stand there alone as often as not.

    A row of data without figures, such as a blank 合计, has its word under the heading of codes or names. What says
    last year or the change stands in no row of data alone.
    """
    if _is_beside_only(grid, row):
        return True
    above = {title(grid.text(r, column)) for r in rows for column, _ in grid.row_values(row)}
    if any(text in ORDINAL or NAME.search(text) or CODE.search(text) for text in above):
        return False
    texts = _heading_texts(grid, row)
    return len(texts) > 1 and texts <= labels | TOTALS | {"小计"}


def _is_beside_only(grid: Grid, row: int) -> bool:
    values = [value for _, value in grid.row_values(row)]
    return bool(values) and all(isinstance(value, str) and is_beside(value) for value in values)


def _heading_texts(grid: Grid, row: int) -> set[str]:
    """The labels of a row that may be of headings; none where a number or a numbered item stands in it."""
    values = [value for _, value in grid.row_values(row)]
    if not all(isinstance(value, str) and not _opens_data(value) for value in values):
        return set()
    return {title(value) for value in values}


def _opens_data(value: str) -> bool:
    """Whether a text can only stand in a row of data: a numbered item, a figure."""
    return bool(_NUMBERED.match(value.strip()) or _WITH_DECIMALS.fullmatch(narrow(value)))


def is_numbering_row(grid: Grid, row: int) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 …, 栏次 1 2=3+4, 甲 乙 1 2, A B C."""
    values = [narrow(value) for _, value in grid.row_values(row)]
    if len(values) < 2 or not all(_NUMBER_OF_COLUMN.fullmatch(value) for value in values):
        return False
    numbers = [int(value.partition("=")[0]) for value in values if value[0].isdigit()]
    letters = [value for value in values if value.isascii() and value.isalpha()]
    return (numbers == [*range(1, len(numbers) + 1)] and len(numbers) > 1) or (len(letters) > 1 and not numbers)


def paths(grid: Grid, rows: list[int]) -> dict[int, list[str]]:
    """{grid column: heading labels from top to bottom}; without merged cells a group reaches to the right."""
    return as_titles(printed_paths(grid, rows))


def as_titles(printed: dict[int, list[str]]) -> dict[int, list[str]]:
    """Printed paths ready for comparison, each label once; columns without any left out."""
    found = {column: list(dict.fromkeys(filter(None, map(title, path)))) for column, path in printed.items()}
    return {column: path for column, path in found.items() if path}


def printed_paths(grid: Grid, rows: list[int]) -> dict[int, list[str]]:
    """{grid column: headings from top to bottom} as printed, with the years that `title` takes away."""
    rows = [row for row in rows if not is_numbering_row(grid, row)]
    return {column: [_heading(grid, row, column, rows) for row in rows] for column in range(1, grid.columns + 1)}


def _heading(grid: Grid, row: int, column: int, rows: list[int]) -> str:
    text = grid.text(row, column)
    if title(text):
        return text
    below = any(grid.text(r, column) for r in rows if r > row)
    if column > 1 and below and (row, column) not in grid.merged:
        return _heading(grid, row, column - 1, rows)
    return ""


def is_nameless(title: str) -> bool:
    """Whether the name of a sheet or table says nothing: Sheet1, 第11页, 第3个表格."""
    return bool(_NAMELESS.match(narrow(title)))
