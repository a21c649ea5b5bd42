"""The last worksheet: what was checked and what does not agree.

Its 数据编号 column lets an import of this very workbook say again what the township's own file printed:
table, row and column of the figure, its unit and its last printed place. The ledger under it says which
rules had nothing to compare in that file.
"""

from disclosures.outputs.xlsx_style import fit_height, merge, prepare_print, put, set_widths

LEVELS = {"error": "错误", "warning": "警告", "notice": "提示"}
OUTCOMES = {"passed": "相符", "failed": "不符", "unknown": "缺数，未核对", "not_applicable": "不适用"}
_WIDTHS = (8, 14, 34, 14, 30, 70, 40)
_FINDING_HEADINGS = ("规则", "级别", "位置", "应为", "实为", "说明", "数据编号")
_LEDGER_HEADINGS = ("规则", "结果", "依据", "", "不符数", "核对什么")


def add_findings(book, content):
    """Add the worksheet of findings and of the ledger."""
    sheet = book.create_sheet("核对情况")
    put(sheet, 1, 1, "核对情况", "标题")
    merge(sheet, 1, 1, 1, len(_FINDING_HEADINGS))
    department, region = content["department"], content["region"]
    put(sheet, 2, 1, f"{department['unit']}{department['name']}", "表头说明")
    put(sheet, 2, 4, f"预算年度：{content['year']}", "表头说明")
    put(sheet, 2, 6, f"区划代码：{region['code']}", "表头说明右")
    row = _block(sheet, 3, _FINDING_HEADINGS, [_finding(f) for f in content["findings"]] or [["没有发现不符之处"]])
    _block(sheet, row + 1, _LEDGER_HEADINGS, [_entry(e) for e in content["ledger"]])
    set_widths(sheet, _WIDTHS)
    prepare_print(sheet, 3)


def _block(sheet, top, headings, rows):
    for column, text in enumerate(headings, 1):
        put(sheet, top, column, text, "栏目")
    for offset, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            put(sheet, top + offset, column, value, "文字")
        fit_height(sheet, top + offset, values, _WIDTHS)
    return top + len(rows) + 1


def _finding(finding):
    cell, printed = finding["cell"], finding["printed"]
    key = "/".join([*cell, *((printed["unit"], printed["step"]) if printed else ())]) if cell else ""
    places = "；".join(finding["places"])
    level = LEVELS[finding["level"]]
    return [finding["rule"], level, places, finding["expected"], finding["found"], finding["message"], key]


def _entry(entry):
    outcome = OUTCOMES[entry["outcome"]]
    return [entry["rule"], outcome, entry["source"], "", entry["findings"], entry["statement"]]
