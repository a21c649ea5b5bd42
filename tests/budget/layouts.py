"""The reference workbook re-laid the ways in which other townships lay theirs out."""

import io
import pickle
import random
from functools import cache

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell

from tests.budget.conftest import original

TABLES = 9  # the workbook's first sheets are the nine tables
TREES = (1, 2, 4, 5)  # of these, the ones with code and name columns: tables 2, 3, 5 and 6


def open_reference(name="liujiaying-2024.xlsx"):
    """A real workbook, to be changed."""
    book = pickle.loads(_opened(name))
    for sheet in book.worksheets:  # what makes a row or column that nobody set is lost on the way
        sheet.row_dimensions.default_factory = sheet._add_row
        sheet.column_dimensions.default_factory = sheet._add_column
    return book


@cache
def _opened(name):
    """As it is once opened: ten times faster to unpack than to read."""
    return pickle.dumps(load_workbook(io.BytesIO(original(name))))


def saved(book):
    """A workbook's bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def plain_copy(sheet, book):
    """A copy of a sheet without merged cells, so that rows and columns can be taken out."""
    copy = book.create_sheet("plain")
    for row in sheet.iter_rows(values_only=True):
        copy.append(row)
    title = sheet.title
    book.remove(sheet)
    copy.title = title
    return copy


def amounts(sheet, from_row=6):
    """The cells that hold amounts: decimals, and whole numbers right of the first two columns."""
    for row in sheet.iter_rows(min_row=from_row):
        for cell in row[2:]:
            if isinstance(cell.value, int | float):
                yield cell


def in_yuan(book):
    """Every table and sheet in 元."""
    for sheet in book.worksheets:
        if sheet.title in ("机构设置",):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("单位：万元", "单位：元")
        if sheet.title.startswith("绩效"):
            cells = [sheet["C4"], sheet["E4"]]
        elif sheet.title == "政府采购预算":
            cells = [c for r in sheet.iter_rows(min_row=5) for c in r if c.column_letter not in "ACDEF"]
        elif sheet.title == "固定资产占用情况":
            cells = [row[2] for row in sheet.iter_rows(min_row=4)]
        else:
            cells = amounts(sheet)
        for cell in cells:
            if isinstance(cell.value, int | float):
                cell.value = round(cell.value * 10000, 2)


def in_any_order(book):
    """Sheets shuffled, under names that say nothing."""
    random.Random(7).shuffle(book._sheets)
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{number}"


def without_ordinals(book):
    """No 序号 column and no 栏次 row."""
    for sheet in book.worksheets[:TABLES]:
        index = book.index(sheet)
        copy = plain_copy(sheet, book)
        copy.delete_rows(5)
        copy["B2"], copy["A1"] = copy["A2"].value, copy["A1"].value
        copy["B1"] = copy["A1"].value
        copy.delete_cols(1)
        book.move_sheet(copy, index - len(book.sheetnames) + 1)


def codes_as_numbers(book):
    """201 instead of '201'."""
    for index in TREES:
        for (cell,) in book.worksheets[index].iter_rows(min_row=6, min_col=2, max_col=2):
            cell.value = int(cell.value) if cell.value else cell.value


def split_codes(book):
    """类, 款 and 项 in columns of their own, each part printed once and blank below."""
    for index in TREES:
        sheet = plain_copy(book.worksheets[index], book)
        book.move_sheet(sheet, index - len(book.sheetnames) + 1)
        sheet.insert_cols(3, 2)
        sheet["B4"], sheet["C4"], sheet["D4"] = "类", "款", "项"
        sheet["B3"] = "科目编码"
        sheet["E4"] = "科目名称"
        above = ("", "", "")
        for row in range(6, sheet.max_row + 1):
            code = str(sheet.cell(row, 2).value or "")
            parts = (code[:3], code[3:5], code[5:7])
            for column, (part, before) in enumerate(zip(parts, above, strict=True), 2):
                deeper = any(parts[column - 1 :])
                sheet.cell(row, column).value = None if not part or (part == before and deeper) else part
            above = parts


def _is_writable(cell):
    return not isinstance(cell, MergedCell)


def text_amounts(book):
    """Amounts as text with thousands separators, '-' for nothing."""
    for sheet in book.worksheets[:TABLES]:
        for row in sheet.iter_rows(min_row=6):
            for cell in filter(_is_writable, row[2:]):
                if isinstance(cell.value, int | float):
                    cell.value = f"{cell.value:,.2f}"
                elif (
                    cell.value is None
                    and sheet.title not in ("三公经费支出表",)
                    and not sheet.title.endswith("收支总表")
                ):
                    cell.value = "-"


def blank_rows_and_notes(book):
    """Blank rows between the rows, a note under every table."""
    for index, sheet in enumerate(book.worksheets[:TABLES]):
        copy = plain_copy(sheet, book)
        book.move_sheet(copy, index - len(book.sheetnames) + 1)
        for row in range(copy.max_row, 6, -3):
            copy.insert_rows(row)
        copy.append(["注：本表金额转换为万元时，因四舍五入可能存在尾差。"])


def extra_sheets(book):
    """A contents list and a table of the county's own."""
    contents = book.create_sheet("目录", 0)
    for number, title in enumerate(("部门预算收支总表", "部门预算收入总表", "部门预算支出总表"), 1):
        contents.append([number, title])
    own = book.create_sheet("项目支出表")
    for row in (["部门预算项目支出表"], ["单位：万元"], ["项目名称", "本年拨款", "结转"], ["武装工作经费", 2, None]):
        own.append(row)


LAYOUTS = {
    "in yuan": in_yuan,
    "sheets in any order under any name": in_any_order,
    "no 序号, no 栏次, nothing merged": without_ordinals,
    "codes as numbers": codes_as_numbers,
    "codes split into 类, 款, 项": split_codes,
    "amounts as text, - for nothing": text_amounts,
    "blank rows and notes": blank_rows_and_notes,
    "extra sheets": extra_sheets,
}


def workbook(*rows, title="Sheet"):
    """A workbook of one sheet from rows of values."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def relaid(data, layout):
    """A workbook's bytes in another layout."""
    book = load_workbook(io.BytesIO(data))
    LAYOUTS[layout](book)
    return saved(book)
