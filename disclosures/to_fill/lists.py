"""Lists and forms to be filled in, and the hidden sheet of what may be chosen."""

from copy import copy
from typing import Any

from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation

from budget.codes import ECONOMIC, FUNCTION, Names
from budget.declare.records import Form
from budget.figures.sheet import Json, head_rows
from disclosures.outputs.xlsx_style import put

CHOICES = "可选的值"
_LONGEST = {FUNCTION: 7, ECONOMIC: 5}
_COLUMNS = {FUNCTION: 1, ECONOMIC: 3}
_UNITS = ("台", "个", "套", "件", "批", "项", "辆", "次", "平方米", "人")
_LEVELS = ("产出指标", "效益指标", "满意度指标", "成本指标")
_ROWS = 30  # that may be added to a list


def open_cell(cell: Any, number_format: str = "") -> None:
    """May be typed into. Cells share their looks, so it gets its own first."""
    cell._style = copy(cell._style)
    cell.protection = Protection(locked=False)
    if number_format:
        cell.number_format = number_format


def codes_of(scheme: str, names: Names) -> list[tuple[str, str]]:
    """(code, name) of the whole codes that hold now, in order."""
    found = ((code, name) for (one, code), name in names.items() if one == scheme and (one, code) not in names.ended)
    return sorted((code, name) for code, name in found if len(code) == _LONGEST[scheme])


def reach(scheme: str, names: Names) -> str:
    """The range of the codes of a scheme."""
    letter = "AC"[scheme == ECONOMIC]
    return f"{CHOICES}!${letter}$1:${letter}${len(codes_of(scheme, names))}"


def add_choices(book: Any, names: Names) -> None:
    """The hidden sheet that lists and formulas refer to."""
    sheet = book.create_sheet(CHOICES)
    sheet.sheet_state = "hidden"
    for scheme, column in _COLUMNS.items():
        for row, (code, name) in enumerate(codes_of(scheme, names), 1):
            sheet.cell(row, column, code)
            sheet.cell(row, column + 1, name)


def open_list(sheet: Any, listing: Json) -> None:
    """Rows to be typed below the headings, protected themselves; units are chosen."""
    fields = listing["fields"]
    depth = len(head_rows([field["heading"] for field in fields]))
    first = sheet.max_row - len(listing["records"]) + 1 - bool(listing["note"])
    fixed = bool(listing["kinds"])
    last = sheet.max_row if fixed or listing["note"] else sheet.max_row + _ROWS
    for row in range(max(first, 2 + depth), last + 1):
        for column in range(1 + fixed, len(fields) + 1):
            if sheet.cell(row, column).value is None and row > sheet.max_row - 1:
                put(sheet, row, column, None, "文字")
            open_cell(sheet.cell(row, column))
    for column, field in enumerate(fields, 1):
        if field["key"] == "unit":
            _choose(sheet, f'"{",".join(_UNITS)}"', sheet.cell(first, column).coordinate, last - first)
    sheet.protection.sheet, sheet.protection.insertRows, sheet.protection.formatColumns = True, False, False


def open_form(sheet: Any, form: Form) -> None:
    """Everything but the labels may be typed; levels of indicators are chosen."""
    labels = {text for field in form.fields for text in (field.heading[-1], field.under)}
    inner = {f.heading[-1] for field in form.fields for f in getattr(field, "fields", ())}
    bottom = sheet.max_row
    for row in range(3, bottom + 1):
        for column in range(1, 8):
            cell = sheet.cell(row, column)
            if type(cell).__name__ == "Cell" and cell.value not in labels | inner:
                open_cell(cell)
    heading = next((row for row in range(3, bottom + 1) if sheet.cell(row, 1).value == "一级指标"), bottom)
    _choose(sheet, f'"{",".join(_LEVELS)}"', f"A{heading + 1}", max(0, bottom - heading - 1))
    sheet.protection.sheet, sheet.protection.insertRows, sheet.protection.formatRows = True, False, False


def _choose(sheet: Any, values: str, first: str, more: int) -> None:
    rule = DataValidation("list", formula1=values, allow_blank=True)
    rule.errorStyle, rule.error, rule.showErrorMessage = "warning", "一般从列出的里面选；确实要用别的可以继续。", True
    letter, row = first.rstrip("0123456789"), int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    rule.add(f"{first}:{letter}{row + more}")
    sheet.add_data_validation(rule)
