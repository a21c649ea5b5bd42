"""A standard table as a worksheet: title, unit line, merged headings, 栏次, rows with 序号."""

from typing import Any

from budget.figures.sheet import Json, Paths, head_rows, headings
from disclosures.outputs.xlsx_style import merge, prepare_print, put, put_amount, set_heights, set_widths, thirds

_BOLD = ("total",)
_BOLD_IN_TREES = ("total", "class")
_PORTRAIT = 5  # columns that still fit an upright page
_WIDTHS = {"ordinal": 7, "code": 11, "name": 34, "figure": 15}


def add_table(book: Any, table: Json, content: Json) -> None:
    """Add the worksheet of one table of the content."""
    sheet = book.create_sheet(table["sheet"])
    paths = headings(table)
    width = 1 + len(paths)
    put(sheet, 1, 1, table["title"], "标题")
    merge(sheet, 1, 1, 1, width)
    _unit_line(sheet, table, content, width)
    row = _headings(sheet, paths)
    bold = _BOLD_IN_TREES if len(table["sides"]) == 1 else _BOLD
    for ordinal, record in enumerate(table["rows"], 1):
        _row(sheet, row + ordinal - 1, ordinal, record, bold)
    if table["note"]:
        put(sheet, row + len(table["rows"]), 1, table["note"], "注")
        merge(sheet, row + len(table["rows"]), 1, 1, width)
    _finish(sheet, table, row)


def _unit_line(sheet: Any, table: Json, content: Json, width: int) -> None:
    """Department, year and money unit: the reader finds all three here when the workbook is imported again."""
    department = content["department"]
    texts = (f"{department['unit']}{department['name']}", f"预算年度：{content['year']}", f"单位：{table['unit']}")
    column = 1
    for text, columns, style in zip(texts, thirds(width), ("表头说明", "表头说明", "表头说明右"), strict=True):
        put(sheet, 2, column, text, style)
        merge(sheet, 2, column, 1, columns)
        column += columns


def _headings(sheet: Any, paths: Paths) -> int:
    """Write the heading rows and the 栏次 row; returns the first row of data."""
    rows = head_rows(paths)
    for offset, cells in enumerate(rows):
        for column in range(1, len(paths) + 2):
            put(sheet, 3 + offset, column, None, "栏目")
        for column, cell in cells:
            put(sheet, 3 + offset, 2 + column, cell.text, "栏目")
            merge(sheet, 3 + offset, 2 + column, cell.rows, cell.columns)
    set_heights(sheet, 3, len(rows))
    put(sheet, 3, 1, "序号", "栏目")
    merge(sheet, 3, 1, len(rows), 1)
    numbering = 3 + len(rows)
    put(sheet, numbering, 1, "栏次", "居中")
    for column in range(1, len(paths) + 1):
        put(sheet, numbering, 1 + column, column, "居中")
    return numbering + 1


def _row(sheet: Any, row: int, ordinal: int, record: Json, bold_levels: tuple[str, ...]) -> None:
    put(sheet, row, 1, ordinal, "居中")
    column = 2
    for side in record["sides"]:
        bold = "粗" if side["level"] in bold_levels else ""
        for text in side["labels"]:
            put(sheet, row, column, text, "文字" + bold)
            column += 1
        for amount in side["amounts"]:
            put_amount(sheet, row, column, amount, "金额" + bold)
            column += 1


def _finish(sheet: Any, table: Json, first_row: int) -> None:
    """Widths, print and frozen panes; a two-sided table has no column that would name the rows of both sides."""
    widths = [_WIDTHS["ordinal"]]
    for side in table["sides"]:
        widths += [_WIDTHS[label["kind"]] for label in side["labels"]]
        widths += [_WIDTHS["figure"]] * len(side["columns"])
    set_widths(sheet, widths)
    if len(table["sides"]) == 1:
        sheet.freeze_panes = sheet.cell(first_row, 2 + len(table["sides"][0]["labels"])).coordinate
    prepare_print(sheet, first_row - 1, landscape=len(widths) > _PORTRAIT)
