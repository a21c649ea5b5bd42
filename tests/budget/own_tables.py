"""Tables that townships publish besides the nine, as sheets of a workbook."""

from openpyxl import Workbook

from budget.figures.as_printed import Area, AsPrinted
from tests.budget.layouts import open_reference, saved

UNIT = "单位：万元"

# {title: rows under title and unit line}, as several provinces print them; figures are invented.
OWN = {
    "2024年部门预算项目支出表": [
        ("项目编码", "项目名称", "本年拨款", "上年结转"),
        ("001", "道路维修", 12.5, None),
        ("002", "环境整治", 100, 3.25),
    ],
    "政府购买服务预算表": [("购买内容", "承接主体", "金额"), ("法律顾问", "律师事务所", 5)],
    "一般公共预算支出明细表（政府经济分类）": [
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        (501, "机关工资福利支出", 320.4, 320.4, None),
        (50101, "工资奖金津补贴", 320.4, 320.4, None),
    ],
    "新增资产配置预算表": [("资产名称", "数量", "单价", "金额"), ("台式计算机", 4, 0.5, 2)],
    "对下转移支付预算表": [("地区", "合计", "一般性转移支付"), ("合计", 0, 0)],
    "财政专户管理资金预算支出表": [("科目编码", "科目名称", "合计"), ("2050299", "其他普通教育支出", 8.88)],
}


def add(book, title, rows, unit=UNIT, name=None):
    """Add a sheet with a title, a unit line and these rows; the title is merged over the table."""
    sheet = book.create_sheet(name or title[:31])
    for row in ((title,), (unit,), *rows):
        sheet.append(row)
    width = max(len(row) for row in rows)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = "#,##0.00"
    return sheet


def with_own_tables(*titles):
    """The reference workbook's bytes with these tables (all of them by default) at its end."""
    book = open_reference()
    for title in titles or OWN:
        add(book, title, OWN[title])
    return saved(book)


def small_with_own_tables(*titles):
    """Table 9 of the reference workbook and these tables: as small as a file that can be saved may be."""
    book = open_reference()
    for name in book.sheetnames:
        if name != "三公经费支出表":
            del book[name]
    for title in titles or OWN:
        add(book, title, OWN[title])
    return saved(book)


def alone(*sheets):
    """The bytes of a workbook of nothing but these (title, rows)."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        add(book, title, rows)
    return saved(book)


def headed():
    """A table with merged headings and cells, texts of all kinds, what stands over it and under it."""
    rows = (
        ("项目编码", "项目名称", "资金来源", ""),
        ("", "", "财政拨款", "其他资金"),
        ("001", "道路维修\n（二期）", "1,234.50", ""),
        ("", "<b>=1+1</b>", "12.5%", "-3"),
        ("", "合计", "1,234.50", "0.00"),
    )
    areas = (Area(1, 1, 2, 1), Area(1, 2, 2, 1), Area(1, 3, 1, 2), Area(3, 1, 2, 1))
    return AsPrinted("项目支出表", rows, 2, areas, ("编制单位：某某乡", UNIT), ("注：按项目列示。",))
