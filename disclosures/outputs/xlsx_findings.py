"""The last worksheet: what was checked and what does not agree.

It holds what this workbook's own figures can be held to; how the rules about the text ended stands on the page. The
ledger says which rules had nothing to compare; the block under it what the township's own file printed
otherwise, with the figure's key, unit and last place, so that an import of this very workbook says so again.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from budget.cell import Cell
from budget.checks.ledger import Outcome
from budget.checks.naming import Naming
from budget.figures.sheet import Json
from budget.finding import Level
from budget.money import plain
from disclosures.content import naming_of
from disclosures.outputs.xlsx_style import fit_height, merge, prepare_print, put, set_widths

_WIDTHS = (8, 14, 34, 14, 30, 70, 40)
FINDING_HEADINGS = ("规则", "级别", "位置", "应为", "实为", "说明", "依据")
LEDGER_HEADINGS = ("规则", "结果", "依据", "", "发现", "核对什么", "附注")
PRINTED_HEADINGS = ("单位", "末位（元）", "位置", "文件印的", "", "说明", "数据编号")
_ON_THE_PAGE = "见网页"
_NOTHING_FOUND = ["没有发现不符之处"]
_NOT_PRINTED = "单位的文件没有印这一行或这一栏；本簿由明细相加得出。"
_PRINTED = "单位的文件这里印的与本簿不同；本簿各数由明细相加。"

Row = list[Any]


def add_findings(book: Any, content: Json) -> None:
    """Add the worksheet of findings and of the ledger."""
    sheet = book.create_sheet("核对情况")
    _head(sheet, content)
    row = _block(sheet, 3, FINDING_HEADINGS, _findings(content) or [_NOTHING_FOUND])
    row = _block(sheet, row + 1, LEDGER_HEADINGS, [_entry(entry) for entry in content["ledger"]])
    if otherwise := [*_printed_otherwise(content), *_not_printed(content)]:
        _block(sheet, row + 1, PRINTED_HEADINGS, otherwise)
    set_widths(sheet, _WIDTHS)
    prepare_print(sheet, 3)


def _head(sheet: Any, content: Json) -> None:
    """Title and whose budget it is. The region stands nowhere else in the workbook, and an import needs it."""
    put(sheet, 1, 1, "核对情况", "标题")
    merge(sheet, 1, 1, 1, len(FINDING_HEADINGS))
    department, region = content["department"], content["region"]
    put(sheet, 2, 1, f"{department['unit']}{department['name']}", "表头说明")
    put(sheet, 2, 4, f"预算年度：{content['year']}", "表头说明")
    put(sheet, 2, 6, f"区划代码：{region['code']}", "表头说明右")


def _block(sheet: Any, top: int, headings: Sequence[str], rows: list[Row]) -> int:
    """Headings and the rows under them; returns the row below."""
    for column, text in enumerate(headings, 1):
        put(sheet, top, column, text, "栏目")
    for offset, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            put(sheet, top + offset, column, value, "文字")
        fit_height(sheet, top + offset, values, _WIDTHS)
    return top + len(rows) + 1


def _findings(content: Json) -> list[Row]:
    """What does not agree among the figures; the text is not in the workbook."""
    of_figures = {entry["rule"]: entry for entry in content["ledger"] if not entry["of_text"]}
    return [_finding(f, of_figures[f["rule"]]["source"]) for f in content["findings"] if f["rule"] in of_figures]


def _finding(finding: Json, source: str) -> Row:
    rules, places = "、".join(finding["rules"]), "；".join(finding["places"])
    level = Level(finding["level"]).label
    return [rules, level, places, finding["expected"], finding["found"], finding["reader"], source]


def _entry(entry: Json) -> Row:
    if entry["of_text"]:
        return [entry["rule"], _ON_THE_PAGE, entry["source"], "", "", entry["statement"]]
    outcome, remarks = Outcome(entry["outcome"]).told(entry["compared"], entry["findings"]), "；".join(entry["remarks"])
    return [entry["rule"], outcome, entry["source"], "", entry["findings"], entry["statement"], remarks]


def _printed_otherwise(content: Json) -> Iterator[Row]:
    naming = naming_of(content)
    return (_printed(printed, naming) for printed in content["printed"])


def _printed(printed: Json, naming: Naming) -> Row:
    amount = "" if printed["amount"] is None else plain(Decimal(printed["amount"]), printed["unit"])
    where = naming.words(Cell.parse(printed["cell"]))
    return [printed["unit"], printed["step"], where, amount, "", _PRINTED, printed["cell"]]


def _not_printed(content: Json) -> Iterator[Row]:
    numbers = {table["key"]: table["number"] for table in content["tables"]}
    for left_out in content["unprinted"]:
        key = left_out["table"]
        for row in left_out["rows"]:
            yield _left_out(f"表{numbers[key]} 的一行", Cell(key, row))
        for column in left_out["columns"]:
            yield _left_out(f"表{numbers[key]} 的一栏", Cell(key, "", column))


def _left_out(where: str, cell: Cell) -> Row:
    return ["", "", where, "", "", _NOT_PRINTED, str(cell)]
