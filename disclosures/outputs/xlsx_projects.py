"""A project's performance sheet as a worksheet, laid out as townships print it."""

import re

from disclosures.outputs.xlsx_style import fit_height, merge, prepare_print, put, put_amount, set_widths

_INDICATOR_HEADINGS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_WIDTHS = (18, 18, 26, 26, 16, 24, 12)
_WIDTH = len(_WIDTHS)
_WIDE = sum(_WIDTHS[1:])


def add_project(book, number, project):
    """Add the worksheet of one project; sheets are numbered so that equal names stay apart."""
    sheet = book.create_sheet(f"绩效{number:02d} {_FORBIDDEN.sub(' ', project['name'])}"[:31].strip())
    put(sheet, 1, 1, f"{project['name']}绩效目标表", "标题")
    merge(sheet, 1, 1, 1, _WIDTH)
    put(sheet, 2, 1, "单位：万元", "表头说明")
    _identity(sheet, project)
    row = _goals(sheet, project, _plan(sheet, project))
    _indicators(sheet, project, row)
    set_widths(sheet, _WIDTHS)
    prepare_print(sheet, 2)


def _line(sheet, row, texts):
    for column in range(1, _WIDTH + 1):
        put(sheet, row, column, None, "文字")
    for column, text in texts.items():
        put(sheet, row, column, text, "文字")


def _identity(sheet, project):
    _line(sheet, 3, {1: "项目编码", 2: project["code"], 4: "项目名称", 5: project["name"]})
    merge(sheet, 3, 2, 1, 2)
    merge(sheet, 3, 5, 1, 3)
    _line(sheet, 4, {1: "预算规模及资金用途", 2: "预算数", 4: "其中：财政    资金", 6: "其他资金"})
    for column, key in ((3, "amount"), (5, "fiscal_funds"), (7, "other_funds")):
        put_amount(sheet, 4, column, project[key])
    _line(sheet, 5, {2: project["purpose"]})
    fit_height(sheet, 5, [project["purpose"]], [_WIDE])
    merge(sheet, 4, 1, 2, 1)
    merge(sheet, 5, 2, 1, _WIDTH - 1)


def _plan(sheet, project):
    """The payment plan in two rows; returns the next row."""
    if not project["payment_plan"]:
        return 6
    steps = list(enumerate(project["payment_plan"], 2))
    _line(sheet, 6, {1: "资金支出计划（%）"} | {column: step["until"] for column, step in steps})
    _line(sheet, 7, {column: f"{step['percent']}%" if step["percent"] else "" for column, step in steps})
    merge(sheet, 6, 1, 2, 1)
    return 8


def _goals(sheet, project, row):
    """The goals one a row; returns the next row."""
    for offset, goal in enumerate(project["goals"]):
        _line(sheet, row + offset, {1: "绩效目标" if not offset else "", 2: goal})
        merge(sheet, row + offset, 2, 1, _WIDTH - 1)
        fit_height(sheet, row + offset, [goal], [_WIDE])
    merge(sheet, row, 1, len(project["goals"]), 1)
    return row + len(project["goals"])


def _indicators(sheet, project, row):
    for column, heading in enumerate(_INDICATOR_HEADINGS, 1):
        put(sheet, row, column, heading, "栏目")
    for offset, indicator in enumerate(project["indicators"], 1):
        for column, text in enumerate(indicator.values(), 1):
            put(sheet, row + offset, column, text, "文字")
        fit_height(sheet, row + offset, indicator.values(), _WIDTHS)
    _merge_levels(sheet, [i["level1"] for i in project["indicators"]], row + 1)


def _merge_levels(sheet, levels, top):
    """Merge the first level over its run of rows."""
    start = 0
    for index in range(1, len(levels) + 1):
        if index == len(levels) or levels[index] != levels[start]:
            for row in range(start + 1, index):
                sheet.cell(top + row, 1).value = None
            merge(sheet, top + start, 1, index - start, 1)
            start = index
