"""A zip of CSV files: each table and listing as printed (万元), and every line in yuan.

Text that a spreadsheet would take for a formula gets a leading apostrophe.
"""

import csv
import io

from budget.listings.declare import AMOUNT
from budget.money import plain
from disclosures.outputs.output import Output
from disclosures.outputs.package import SteadyZip

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def write(content):
    """The archive's bytes."""
    target = io.BytesIO()
    with SteadyZip(target, "w") as archive:
        for name, rows in _files(content):
            archive.writestr(f"{name}.csv", _csv(rows))
    return target.getvalue()


def _files(content):
    for table in content["tables"]:
        yield f"表{table['number']} {table['sheet']}", _table(table)
    for listing in content["listings"]:
        yield listing["sheet"], _listing(listing)
    yield "项目", _projects(content)
    yield "项目绩效指标", _indicators(content)
    yield "预算明细（元）", _lines(content)
    yield "核对情况", _findings(content)


def _csv(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_safe(cell) for cell in row] for row in rows)
    return "\ufeff".encode() + text.getvalue().encode()


def _safe(cell):
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_RISKY) and not _is_number(text) else text


def _is_number(text):
    return text.removeprefix("-").replace(".", "", 1).isascii() and text.removeprefix("-").replace(".", "", 1).isdigit()


def _table(table):
    columns = [c for side in table["sides"] for c in side["labels"] + side["columns"]]
    yield ["序号", *(" ".join("".join(text.split()) for text in c["heading"]) for c in columns)]
    for ordinal, row in enumerate(table["rows"], 1):
        yield [ordinal, *(cell for side in row["sides"] for cell in side["labels"] + _wan(side["amounts"]))]


def _wan(amounts):
    return [None if amount is None else plain(amount) for amount in amounts]


def _listing(listing):
    yield ["".join(" ".join(f["heading"]).split()) for f in listing["fields"]]
    for record in listing["records"]:
        yield [_field(listing, f, record[f["key"]]) for f in listing["fields"]]


def _field(listing, field, value):
    if field["kind"] == AMOUNT:
        return None if value is None else plain(value)
    return listing["kinds"].get(value, value).strip() if isinstance(value, str) else value


def _projects(content):
    yield [
        "项目编码",
        "项目名称",
        "预算数（万元）",
        "其中：财政资金（万元）",
        "其他资金（万元）",
        "资金用途",
        "支出计划",
        "绩效目标",
    ]
    for p in content["projects"]:
        plan = "；".join(f"{s['until']}{s['percent'] or ''}%" for s in p["payment_plan"])
        amounts = _wan([p["amount"], p["fiscal_funds"], p["other_funds"]])
        yield [p["code"], p["name"], *amounts, p["purpose"], plan, "\n".join(p["goals"])]


def _indicators(content):
    yield ["项目编码", "项目名称", "一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]
    for p in content["projects"]:
        for indicator in p["indicators"]:
            yield [p["code"], p["name"], *indicator.values()]


def _lines(content):
    yield ["book", "fund", "kind", "function", "economic", "item", "carried_over", "amount"]
    for line in content["lines"]:
        yield line.values()


def _findings(content):
    yield ["规则", "级别", "位置", "应为", "实为", "说明", "单位的解释", "解释人", "解释日期"]
    for f in content["findings"]:
        said = f["explanation"] or {"text": "", "by": "", "at": ""}
        own = [said["text"], said["by"], said["at"]]
        yield [f["rule"], f["level"], "；".join(f["places"]), f["expected"], f["found"], f["message"], *own]


CSV = Output("csv", "CSV（压缩包）", ".zip", "application/zip", write)
