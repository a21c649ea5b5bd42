"""Old Excel workbooks (.xls, .et of WPS) as grids, through xlrd. The guard has looked at the bytes before.

A grid is what `workbook.read` would give of the same book saved as .xlsx. xlrd knows what a file holds, nothing is
calculated: a formula's value is the one that the file was saved with.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import xlrd
from xlrd.xldate import XLDateError, xldate_as_datetime

from budget.figures.number_format import GENERAL
from budget.intake.bearable import check_text
from budget.intake.grid import At, Grid, Opened, hidden_in_words
from budget.intake.guard import Refused
from budget.intake.guard.limits import MAX_CELL_TEXT, MAX_CELLS, MAX_COLUMNS, MAX_MERGED_CELLS, MAX_ROWS
from budget.intake.guard.refusal import RESAVE_XLSX
from budget.intake.joined import join_sheets


def opened(data: bytes) -> Opened:
    """What a workbook holds: its worksheets in their order. Raises Refused when it cannot be opened."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Nowhere())
    except Exception as error:  # xlrd raises a dozen kinds on what it does not know
        raise Refused(f"这个旧格式的表格文件（.xls 或 .et）打不开，{RESAVE_XLSX}。") from error
    _check(book.sheets())
    return Opened("xls", join_sheets(_grid(book, sheet) for sheet in book.sheets()))


class _Nowhere:
    """Where xlrd's remarks go."""

    def write(self, text: str) -> None:
        """Nothing is kept."""


def _check(sheets: list[Any]) -> None:
    """The limits of the guard, over cells that hold something: a format alone costs nothing here."""
    cells = merged = 0
    for sheet in sheets:
        filled = [(row, max(columns)) for row in range(sheet.nrows) if (columns := _filled(sheet, row))]
        if filled and (filled[-1][0] >= MAX_ROWS or max(last for _, last in filled) >= MAX_COLUMNS):
            raise Refused(
                f"工作表“{sheet.name}”超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，请删去多余的行和列，保存后再上传。"
            )
        cells += sum(len(_filled(sheet, row)) for row, _ in filled)
        merged += sum((bottom - top) * (right - left) for top, bottom, left, right in sheet.merged_cells)
    if cells > MAX_CELLS or merged > MAX_MERGED_CELLS:
        raise Refused("工作簿里的单元格或合并单元格太多，请删去多余的行、列和合并，保存后再上传。")


def _filled(sheet: Any, row: int) -> list[int]:
    """The columns of a row whose cells hold something, from 0."""
    kinds = sheet.row_types(row)
    return [c for c in range(len(kinds)) if kinds[c] not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)]


def _grid(book: Any, sheet: Any) -> Grid:
    return Grid(
        sheet.name,
        _values(book, sheet),
        dict(_merged(sheet.merged_cells)),
        formats=dict(_formats(book, sheet)),
        sheet_hidden=sheet.visibility != 0,
        hidden=hidden_in_words(_hidden(sheet.rowinfo_map), _hidden(sheet.colinfo_map)),
    )


def _values(book: Any, sheet: Any) -> dict[At, Any]:
    values = {}
    for row in range(sheet.nrows):
        for column in _filled(sheet, row):
            if (value := _value(sheet.cell(row, column), book.datemode)) != "":
                check_text(str(value), MAX_CELL_TEXT, lambda: f"工作表“{sheet.name}”里的一个单元格")
                values[row + 1, column + 1] = value
    return values


def _formats(book: Any, sheet: Any) -> Iterator[tuple[At, str]]:
    """(cell, the format of its number), as far as it has one of its own."""
    for row in range(sheet.nrows):
        for column in _filled(sheet, row):
            cell = sheet.cell(row, column)
            if cell.ctype == xlrd.XL_CELL_NUMBER:
                code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                if code != GENERAL:
                    yield (row + 1, column + 1), code


def _value(cell: Any, datemode: int) -> Any:
    """A cell's value as openpyxl would tell it: whole numbers without a point, errors by their names."""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _moment(cell.value, datemode)
    return int(cell.value) if isinstance(cell.value, float) and cell.value.is_integer() else cell.value


def _moment(number: float, datemode: int) -> Any:
    """A date, or a time of the day; a number that is none stays a number, which its field then refuses or takes."""
    try:
        moment = xldate_as_datetime(number, datemode)
    except (XLDateError, OverflowError, ValueError):
        return number
    return moment if number >= 1 else moment.time()


def _merged(areas: Iterable[tuple[int, int, int, int]]) -> Iterable[tuple[At, At]]:
    """(cell, first cell of its area); xlrd tells an area by its first row and column and those behind its last."""
    for top, bottom, left, right in areas:
        for row in range(top, bottom):
            for column in range(left, right):
                yield (row + 1, column + 1), (top + 1, left + 1)


def _hidden(sizes: dict[int, Any]) -> list[int]:
    return [index + 1 for index, size in sizes.items() if size.hidden]
