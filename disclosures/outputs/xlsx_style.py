"""How the workbook looks, and the one way in which its cells are filled."""

import math
from collections.abc import Callable, Iterable
from copy import copy
from decimal import Decimal
from itertools import chain
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from budget.money import in_unit

_FONT = "宋体"
_LINE = Side(style="thin", color="999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WASH = PatternFill("solid", fgColor="F2F2F2")
_AMOUNT = "#,##0.00"


def _style(
    name: str,
    size: int = 10,
    bold: bool = False,
    horizontal: str = "left",
    fill: Any = None,
    border: bool = True,
    wrap: bool = True,
    number_format: str = "General",
) -> Callable[[], Any]:
    """How to make a style: openpyxl binds one to the first workbook that takes it, so each needs its own."""

    def make() -> Any:
        style = NamedStyle(name=name)
        style.font = Font(name=_FONT, size=size, bold=bold)
        style.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap)
        style.border = _BOX if border else Border()
        style.number_format = number_format
        if fill:
            style.fill = fill
        return style

    return make


STYLES = (
    _style("标题", 16, True, "center", border=False, wrap=False),
    _style("表头说明", border=False, wrap=False),
    _style("表头说明右", horizontal="right", border=False, wrap=False),
    _style("栏目", bold=True, horizontal="center", fill=_WASH),
    _style("居中", horizontal="center"),
    _style("文字"),
    _style("文字粗", bold=True),
    _style("金额", horizontal="right", number_format=_AMOUNT),
    _style("金额粗", bold=True, horizontal="right", number_format=_AMOUNT),
    _style("注", border=False, wrap=False),
)

_LOOKS: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


def _look(book: Any, style: str) -> Any:
    """A named style as cells bear it, worked out once for each workbook and shared by its cells."""
    looks = _LOOKS.setdefault(book, {})
    if style not in looks:
        looks[style] = book._named_styles[style].as_tuple()
    return looks[style]


def put(sheet: Any, row: int, column: int, value: Any, style: str) -> None:
    """Write a value under a named style. Text is never a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell._style = _look(sheet.parent, style)
    if value is not None and value != "":
        cell.value = value
        if cell.data_type == "f":
            cell.data_type = "s"
            cell._style = copy(cell._style)
            cell.quotePrefix = True  # or Excel makes it a formula when someone edits the cell


def put_amount(sheet: Any, row: int, column: int, amount: str | None, style: str = "金额") -> None:
    """Write an amount (string in yuan, or None) as a number in 万元."""
    put(sheet, row, column, number(in_unit(Decimal(amount))) if amount is not None else None, style)


def put_number(sheet: Any, row: int, column: int, value: int | float, code: str) -> None:
    """Write a number under a format of its own, in the dress of amounts."""
    put(sheet, row, column, value, "金额")
    cell = sheet.cell(row, column)
    cell._style = copy(cell._style)
    cell.number_format = code


def number(value: Decimal) -> int | float:
    """A Decimal as the int or float that a workbook holds; 15 digits are exact."""
    return int(value) if value == value.to_integral_value() else float(value)


def merge(sheet: Any, row: int, column: int, rows: int, columns: int) -> None:
    """Merge an area of so many rows and columns under its first cell's style; a single cell is left alone.

    openpyxl's own merge_cells works out each edge's border anew, which takes longer than all the rest.
    """
    if rows == columns == 1:
        return
    first = sheet.cell(row, column)
    for cell in chain.from_iterable(sheet.iter_rows(row, row + rows - 1, column, column + columns - 1)):
        if cell is not first:
            cell.value = None
            cell._style = first._style
    sheet.merged_cells.add(f"{first.coordinate}:{cell.coordinate}")


def set_widths(sheet: Any, widths: Iterable[float]) -> None:
    """Column widths in characters, from the first column on."""
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def thirds(columns: int) -> list[int]:
    """How a line of three statements divides so many columns: 13 → 5, 4, 4."""
    size, rest = divmod(columns, 3)
    return [size + (index < rest) for index in range(3)]


def set_heights(sheet: Any, first: int, rows: int, height: float = 30) -> None:
    """Room for two lines of text in so many rows."""
    for row in range(first, first + rows):
        sheet.row_dimensions[row].height = height


def fit_height(sheet: Any, row: int, texts: Iterable[Any], widths: Iterable[float]) -> None:
    """Room for the longest text of a row in columns of these widths; Excel itself never measures merged cells."""
    lines = [_lines(text, width) for text, width in zip(texts, widths, strict=False) if isinstance(text, str)]
    if (most := max(lines, default=1)) > 1:
        sheet.row_dimensions[row].height = 15 * most


def _lines(text: str, width: float) -> int:
    """How many lines a text takes; a Chinese character is as wide as two others, and as long in GBK."""
    return sum(math.ceil((len(part.encode("gbk", "replace")) + 1) / (width - 1)) for part in text.split("\n"))


def prepare_print(sheet: Any, heading_rows: int, landscape: bool = True) -> None:
    """A4, one page wide, headings repeated on every page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.row_dimensions[1].height = 30
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{heading_rows}"
