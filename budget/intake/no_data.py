"""What stands among the rows of a table and is none: fillers, signatures, page lines, headings printed again.

A row is data when one of its figure cells holds a figure. Blank marks are none, nor is a zero in a row that names
nothing; a line of words, a column number, `**` or `第1页共2页` is not read as a figure, so nothing is taken for
money that no reader of the print would take for it.
"""

import re
from collections.abc import Iterable

from budget import money
from budget.intake.grid import Grid
from budget.intake.headings import is_numbering_row
from budget.text import narrow

_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_MONEY_UNIT = re.compile(r"万?元")
_DIGIT = re.compile(r"\d")
_ZERO = re.compile(r"[-+]?0*\.?0*")
_NUMBERS = {"栏次", "行次", "序号", "编号", "1", "A", "甲", "类", "*", "**", "—", "--", "-"}  # begin a row of numbers
_PAGE = re.compile(r"-+\d+-+|\d+/\d+")


def is_figure(value: object) -> bool:
    """Whether a cell holds what a reader takes for a figure, read or not: 448.01①, （5）, 1,000元, never 第1页 or 0."""
    if isinstance(value, bool) or value is None:
        return value is not None
    if isinstance(value, int | float):
        return value != 0
    text = narrow(value)
    if text in money.BLANKS or not _DIGIT.search(text) or _PAGE.fullmatch(text):
        return False
    return not _WORDS.search(_MONEY_UNIT.sub("", text)) and not _ZERO.fullmatch(text)


def is_data(grid: Grid, row: int, columns: Iterable[int]) -> bool:
    """Whether a row holds a figure in one of these columns; a row of column numbers does not."""
    return any(is_figure(grid.value(row, column)) for column in columns) and not is_numbering_row(grid, row)


def heading_texts(grid: Grid, rows: list[int]) -> list[set[str]]:
    """What each row of the heading block of a table says."""
    return [texts for row in rows if len(texts := _texts(grid, row)) > 1]


def is_repeated(grid: Grid, row: int, headings: list[set[str]]) -> bool:
    """Whether a row is one of the headings again, as at the top of each printed page, or numbers the columns."""
    first = narrow(grid.row_values(row)[0][1])
    if first not in _NUMBERS and not any(first in texts for texts in headings):
        return False  # as nearly all rows
    return _texts(grid, row) in headings or is_numbering_row(grid, row)


def _texts(grid: Grid, row: int) -> set[str]:
    return {narrow(value) for _, value in grid.row_values(row)}
