"""Excel workbooks (.xlsx) as grids, through openpyxl. The guard has looked at the bytes before."""

import io
import re
import zipfile
from functools import partial
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from budget.figures.number_format import GENERAL
from budget.intake.bearable import check_text
from budget.intake.grid import At, Grid, Opened, hidden_in_words, letters
from budget.intake.guard import Refused
from budget.intake.guard.limits import MAX_CELL_TEXT
from budget.intake.joined import join_sheets

NO_VALUE = "这是一个没有计算结果的公式，请用 Excel 或 WPS 打开并保存一次，或直接填数字"

_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]")


def opened(data: bytes) -> Opened:
    """What a workbook holds: its worksheets."""
    return Opened("xlsx", read(data))


def read(data: bytes) -> list[Grid]:
    """A `Grid` for every worksheet of a workbook, in its order. Raises Refused when it cannot be opened."""
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl raises a dozen kinds on malformed parts; the file is refused whole
        raise Refused("这个 Excel 文件打不开（内容已损坏），请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。") from error
    empty = _formulas_without_value(data, book)
    return join_sheets(_grid(sheet, empty.get(sheet.title, {})) for sheet in book.worksheets)


def _grid(sheet: Any, problems: dict[At, str]) -> Grid:
    values = _values(sheet)
    return Grid(
        sheet.title,
        values,
        _merged(sheet),
        problems=problems,
        sheet_hidden=sheet.sheet_state != "visible",
        hidden=_hidden(sheet),
        formats=_formats(sheet, values),
    )


def _values(sheet: Any) -> dict[At, Any]:
    """{(row, column): value}, top to bottom, from the cells that the file holds.

    `iter_rows` walks to the highest row and column instead, which formatting alone may set to the end of the sheet.
    """
    found = ((at, cell.value) for at, cell in sorted(sheet._cells.items()))
    values = {at: value for at, value in found if value is not None and value != ""}
    for (row, column), value in values.items():
        if isinstance(value, str):
            check_text(value, MAX_CELL_TEXT, partial(_place, sheet.title, row, column))
    return values


def _place(name: str, row: int, column: int) -> str:
    return f"工作表“{name}”的 {letters(column)}{row} 单元格"


def _formats(sheet: Any, values: dict[At, Any]) -> dict[At, str]:
    """{cell: the format of its number}, as far as it has one of its own."""
    numbers = (where for where, value in values.items() if isinstance(value, int | float))
    found = {where: sheet._cells[where].number_format for where in numbers}
    return {where: code for where, code in found.items() if code != GENERAL}


def _merged(sheet: Any) -> dict[At, At]:
    """{cell: first cell of its area}"""
    return {cell: (area.min_row, area.min_col) for area in sheet.merged_cells.ranges for cell in area.cells}


def _hidden(sheet: Any) -> str:
    rows = (index for index, size in sheet.row_dimensions.items() if size.hidden)
    columns = (column_index_from_string(name) for name, size in sheet.column_dimensions.items() if size.hidden)
    return hidden_in_words(rows, columns)


def _formulas_without_value(data: bytes, book: Any) -> dict[str, dict[At, str]]:
    """{sheet: {cell: sentence}} of formulas that hold no result; openpyxl shows those as blank cells."""
    if not _has_formulas(data):
        return {}
    return {
        sheet.title: _without_value(sheet, book[sheet.title]) for sheet in load_workbook(io.BytesIO(data)).worksheets
    }


def _without_value(formulas: Any, results: Any) -> dict[At, str]:
    """An empty text is a result: our own forms show nothing where there is nothing to add up."""
    cells = (cell for cell in formulas._cells.values() if cell.data_type == "f")
    found = ((cell, results[cell.coordinate]) for cell in cells)
    return {(cell.row, cell.column): NO_VALUE for cell, got in found if got.value is None and got.data_type != "str"}


def _has_formulas(data: bytes) -> bool:
    """Whether any part may hold a formula, whatever the part is called and whatever prefix its tags have.

    Most uploads hold none, and reading a workbook a second time would double what they cost.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return any(_FORMULA.search(package.read(name)) for name in package.namelist())
