"""What records print as totals, against the sums of their parts."""

from budget.checks.finding import Finding, Level
from budget.listings import FIXED_ASSETS, PROCUREMENT
from budget.listings.declare import add_up
from budget.listings.fixed_assets import PARTS
from budget.money import WAN, plain


def assets_total(facts):
    """I41 资产总额 = 房屋 + 车辆 + 设备 + 其他. Returns (findings, figures compared)."""
    values = {record["kind"]: record["value"] for record in facts.fixed_assets}
    parts = [values[kind] for kind in PARTS if values.get(kind) is not None]
    if not facts.fixed_assets:
        return [], None
    if values.get("total") is None or not parts:
        return [], 0
    total, whole = values["total"], sum(parts)
    if total == whole:
        return [], 1
    expected, found = plain(whole, WAN), plain(total, WAN)
    message = (
        f"固定资产“资产总额”是 {found}万元，各项合计 {expected}万元，"
        f"相差 {plain(abs(total - whole), WAN)}万元；请核对总额或补上漏列的项目。"
    )
    cell = (FIXED_ASSETS.key, "total", "value")
    return [Finding("I41", Level.ERROR, message, ("固定资产占用情况表 资产总额",), expected, found, cell)], 1


def procurement_totals(facts):
    """Printed totals of the procurement table against its rows. Returns (findings, figures compared)."""
    printed = [p for p in facts.printed if p.table == PROCUREMENT.key]
    findings = [finding for p in printed if (finding := _procurement_finding(p, facts.procurement))]
    return findings, len(printed) or None


def procurement_sum(records, row, column):
    """What a printed total of the procurement table should be; `row` is total, an institution or a row number."""
    if row.isdigit():
        records = records[int(row) - 1 : int(row)]
    elif row != "total":
        records = [record for record in records if record["institution"] == row]
    declared = next(f for f in PROCUREMENT.fields if f.key == column)
    amounts = [add_up(record, declared.sum_of or (column,)) for record in records]
    amounts = [amount for amount in amounts if amount is not None]
    return sum(amounts) if amounts else None


def _procurement_finding(printed, records):
    whole = procurement_sum(records, printed.row, printed.column)
    if (whole or 0) == (printed.amount or 0) and not (printed.amount is None and whole):
        return None
    expected, found = plain(whole, printed.unit), plain(printed.amount, printed.unit)
    heading = next("".join(f.heading[-1].split()) for f in PROCUREMENT.fields if f.key == printed.column)
    message = (
        f"政府采购预算{printed.place}的“{heading}”是 {found or '空白'}，"
        f"按各行合计应为 {expected or '空白'}（{printed.unit}）；请核对。"
    )
    cell = (PROCUREMENT.key, printed.row, printed.column)
    return Finding("B", Level.ERROR, message, (printed.place,), expected, found, cell)
