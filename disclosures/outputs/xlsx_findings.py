"""The last worksheet: what was checked and what does not agree.

It holds what this workbook's own figures can be held to; how the rules about the text ended stands on the page. The
ledger says which rules had nothing to compare; the block under it what the township's own file printed
otherwise, with the figure's key, unit and last place, so that an import of this very workbook says so again.
"""

from decimal import Decimal

from budget.checks.finding import Level
from budget.checks.ledger import Outcome
from budget.checks.naming import place_in_words
from budget.money import plain
from disclosures.content import names_of
from disclosures.outputs.xlsx_style import fit_height, merge, prepare_print, put, set_widths

_WIDTHS = (8, 14, 34, 14, 30, 70, 40)
FINDING_HEADINGS = ("规则", "级别", "位置", "应为", "实为", "说明", "依据")
LEDGER_HEADINGS = ("规则", "结果", "依据", "", "发现", "核对什么", "附注")
PRINTED_HEADINGS = ("单位", "末位（元）", "位置", "文件印的", "", "说明", "数据编号")
_ON_THE_PAGE = "见网页"
_NOT_PRINTED = "单位的文件没有印这一行或这一栏；本簿由明细相加得出。"
_PRINTED = "单位的文件这里印的与本簿不同；本簿各数由明细相加。"


def add_findings(book, content):
    """Add the worksheet of findings and of the ledger."""
    sheet = book.create_sheet("核对情况")
    put(sheet, 1, 1, "核对情况", "标题")
    merge(sheet, 1, 1, 1, len(FINDING_HEADINGS))
    department, region = content["department"], content["region"]
    put(sheet, 2, 1, f"{department['unit']}{department['name']}", "表头说明")
    put(sheet, 2, 4, f"预算年度：{content['year']}", "表头说明")
    put(sheet, 2, 6, f"区划代码：{region['code']}", "表头说明右")
    ledger = {entry["rule"]: entry for entry in content["ledger"] if not entry["of_text"]}
    found = [_finding(f, ledger) for f in content["findings"] if f["rule"] in ledger]
    row = _block(sheet, 3, FINDING_HEADINGS, found or [["没有发现不符之处"]])
    row = _block(sheet, row + 1, LEDGER_HEADINGS, [_entry(entry) for entry in content["ledger"]])
    names = names_of(content)
    otherwise = [_printed(p, names) for p in content["printed"]]
    otherwise += [line for u in content["unprinted"] for line in _unprinted(u, content)]
    if otherwise:
        _block(sheet, row + 1, PRINTED_HEADINGS, otherwise)
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


def _finding(finding, ledger):
    places = "；".join(finding["places"])
    source = ledger[finding["rule"]]["source"]
    level = Level(finding["level"]).label
    return [finding["rule"], level, places, finding["expected"], finding["found"], finding["message"], source]


def _entry(entry):
    if entry["of_text"]:
        return [entry["rule"], _ON_THE_PAGE, entry["source"], "", "", entry["statement"]]
    outcome, remarks = Outcome(entry["outcome"]).label, "；".join(entry["remarks"])
    return [entry["rule"], outcome, entry["source"], "", entry["findings"], entry["statement"], remarks]


def _printed(printed, names):
    amount = "" if printed["amount"] is None else plain(Decimal(printed["amount"]), printed["unit"])
    where = place_in_words(printed["cell"], names)
    return [printed["unit"], printed["step"], where, amount, "", _PRINTED, "/".join(printed["cell"])]


def _unprinted(unprinted, content):
    table = next(t for t in content["tables"] if t["key"] == unprinted["table"])
    for row in unprinted["rows"]:
        yield ["", "", f"表{table['number']} 的一行", "", "", _NOT_PRINTED, f"{table['key']}/{row}/"]
    for column in unprinted["columns"]:
        yield ["", "", f"表{table['number']} 的一栏", "", "", _NOT_PRINTED, f"{table['key']}//{column}"]
