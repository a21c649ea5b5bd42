"""Excel workbooks (.xlsx) as grids, through openpyxl. The guard has looked at the bytes before."""

import io
import re
import zipfile

from openpyxl import load_workbook

from budget.intake.grid import Grid
from budget.intake.guard import Refused

NO_VALUE = "这是一个没有计算结果的公式，请用 Excel 或 WPS 打开并保存一次，或直接填数字"

_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]")


def read(data):
    """A `Grid` for every worksheet of a workbook, in its order. Raises Refused when it cannot be opened."""
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl raises a dozen kinds on malformed parts; the file is refused whole
        raise Refused("这个 Excel 文件打不开（内容已损坏），请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。") from error
    empty = _formulas_without_value(data, book)
    return [_grid(sheet, empty.get(sheet.title, {})) for sheet in book.worksheets]


def _grid(sheet, problems):
    values, merged = {}, {}
    for r, row in enumerate(sheet.iter_rows(values_only=True), 1):
        for c, value in enumerate(row, 1):
            if value is not None and value != "":
                values[r, c] = value
    for area in sheet.merged_cells.ranges:
        for row, column in area.cells:
            merged[row, column] = (area.min_row, area.min_col)
    return Grid(
        sheet.title,
        values,
        merged,
        problems=problems,
        sheet_hidden=sheet.sheet_state != "visible",
        hidden=_hidden(sheet),
    )


def _hidden(sheet):
    rows = [str(index) for index, size in sheet.row_dimensions.items() if size.hidden]
    columns = [name for name, size in sheet.column_dimensions.items() if size.hidden]
    parts = [f"第{'、'.join(rows[:5])}行"] * bool(rows) + [f"{'、'.join(columns[:5])}列"] * bool(columns)
    return "和".join(parts)


def _formulas_without_value(data, book):
    """{sheet: {cell: sentence}} of formulas that hold no result; openpyxl shows those as blank cells."""
    if not _has_formulas(data):
        return {}
    found = {}
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and book[sheet.title][cell.coordinate].value is None:
                    found.setdefault(sheet.title, {})[cell.row, cell.column] = NO_VALUE
    return found


def _has_formulas(data):
    """Whether any part may hold a formula, whatever the part is called and whatever prefix its tags have."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return any(_FORMULA.search(package.read(name)) for name in package.namelist())
