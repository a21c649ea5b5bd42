"""Procurement: rows, totals, projects, codes."""

from decimal import Decimal

from budget.checks.compare import MISSING, bare, found, passed
from budget.checks.finding import Level
from budget.checks.rule import CODES, rule
from budget.checks.rules.cells import PROCUREMENT, PROJECTS, SECTIONS, T9, TREASURY
from budget.checks.text_figures import figures_of
from budget.listings import PROCUREMENT as LISTING
from budget.listings.declare import add_up
from budget.listings.procurement import SOURCES
from budget.money import WAN, YUAN_PER, plain

FIXED_ASSET_CLASSES = ("A01", "A02", "A03", "A04", "A05")


def _rows(view):
    return list(enumerate(view.facts.procurement, 1))


def total_of(record):
    """What a purchase costs: the sum of its sources."""
    return add_up(record, SOURCES)


def _cell(number, field):
    return (PROCUREMENT, str(number), field)


def _unit(view):
    """The unit in which the table prints, and half its last place in yuan."""
    printed = next((p for p in view.facts.printed if p.table == PROCUREMENT), None)
    unit = printed.unit if printed else WAN
    return unit, Decimal(YUAN_PER[unit]) / 200


@rule("I38")
def purchases_add_up(view):
    """政府采购预算：数量乘单价等于合计（四舍五入以内），合计等于各项来源之和，小计、合计等于各行之和"""
    unit, half = _unit(view)
    for number, record in _rows(view):
        yield _price(view, number, record, unit, half)
    for printed in view.facts.printed:
        if printed.table == PROCUREMENT:
            yield _printed_total(view, printed)


def _price(view, number, record, unit, half):
    total = total_of(record)
    if None in (record["quantity"], record["unit_price"], total):
        return MISSING
    cells = [_cell(number, key) for key in ("total", "quantity", "unit_price")]
    whole = record["quantity"] * record["unit_price"]
    if whole == total:
        return passed(*cells)
    is_rounding = abs(whole - total) <= record["quantity"] * half
    message = (
        f"政府采购第 {number} 行“{record['item']}”：数量 {bare(record['quantity'])} × "
        f"单价 {plain(record['unit_price'], unit)} = {plain(whole, unit)}，合计是 {plain(total, unit)}（{unit}）；"
        f"{'在单价四舍五入的范围内' if is_rounding else '请核对数量、单价或合计'}。"
    )
    level = Level.NOTICE if is_rounding else Level.ERROR
    return found(level, message, cells, [view.place(*c) for c in cells], plain(whole, unit), plain(total, unit))


def sum_of(records, row, column):
    """What a printed total of the procurement table should be; `row` is total, an institution or a row number."""
    if row.isdigit():
        records = records[int(row) - 1 : int(row)]
    elif row != "total":
        records = [record for record in records if record["institution"] == row]
    declared = next(f for f in LISTING.fields if f.key == column)
    amounts = [add_up(record, declared.sum_of or (column,)) for record in records]
    amounts = [amount for amount in amounts if amount is not None]
    return sum(amounts) if amounts else None


def _printed_total(view, printed):
    whole = sum_of(view.facts.procurement, printed.row, printed.column)
    cells = [printed[:3]]
    if (whole or 0) == (printed.amount or 0) and not (printed.amount is None and whole):
        return passed(*cells)
    expected, actual = plain(whole, printed.unit), plain(printed.amount, printed.unit)
    heading = next("".join(f.heading[-1].split()) for f in LISTING.fields if f.key == printed.column)
    message = (
        f"政府采购预算“{_row_words(printed.row)}”的“{heading}”是 {actual or '空白'}，"
        f"按各行合计应为 {expected or '空白'}（{printed.unit}）；请核对。"
    )
    return found(Level.ERROR, message, cells, [printed.place], expected, actual)


def _row_words(row):
    return "合计" if row == "total" else f"第 {row} 行" if row.isdigit() else f"{row}小计"


@rule("I39")
def purchases_fit_their_projects(view):
    """每个项目的采购不超过项目预算数，采购表里的项目预算资金等于绩效目标表的预算数"""
    projects = {p["name"].strip(): p for p in view.facts.projects}
    if not projects:
        return
    spent = {}
    for number, record in _rows(view):
        project = projects.get(record["project"].strip())
        if project is None or project["amount"] is None:
            yield MISSING
            continue
        spent.setdefault(project["code"], []).append((number, total_of(record) or 0))
        if record["project_budget"] is not None:
            yield _same_budget(view, number, record, project)
    for code, rows in spent.items():
        yield _within(view, next(p for p in view.facts.projects if p["code"] == code), rows)


def _same_budget(view, number, record, project):
    cells = [_cell(number, "project_budget"), (PROJECTS, project["code"], "amount")]
    if record["project_budget"] == project["amount"]:
        return passed(*cells)
    expected, actual = plain(project["amount"], WAN), plain(record["project_budget"], WAN)
    message = (
        f"政府采购第 {number} 行写项目“{project['name']}”预算资金 {actual}万元，绩效目标表是 {expected}万元；请核对。"
    )
    return found(Level.ERROR, message, cells, [view.place(*c) for c in cells], expected, actual)


def _within(view, project, rows):
    cells = [(PROJECTS, project["code"], "amount"), *(_cell(number, "total") for number, _ in rows)]
    whole = sum(amount for _, amount in rows)
    if whole <= project["amount"]:
        return passed(*cells)
    expected, actual = plain(project["amount"], WAN), plain(whole, WAN)
    message = f"项目“{project['name']}”的采购共 {actual}万元，超过项目预算数 {expected}万元；请核对。"
    return found(Level.ERROR, message, cells, [view.place(*c) for c in cells], expected, actual)


@rule("I40")
def reserved_share_fits(view):
    """预留中小微企业份额不超过采购合计"""
    for number, record in _rows(view):
        reserved, total = record["sme_reserved"], total_of(record)
        if reserved is not None:
            yield _reserved(view, number, record, reserved, total)


def _reserved(view, number, record, reserved, total):
    cells = [_cell(number, "sme_reserved"), _cell(number, "total")]
    if total is None:
        return MISSING
    if reserved <= total:
        return passed(*cells)
    expected, actual = plain(total, WAN), plain(reserved, WAN)
    message = f"政府采购第 {number} 行“{record['item']}”预留中小微企业 {actual}万元，超过合计 {expected}万元；请核对。"
    return found(Level.ERROR, message, cells, [view.place(*c) for c in cells], expected, actual)


@rule("I42", of_text=True)
def planned_assets_are_purchased(view):
    """情况说明里的拟购置固定资产金额，等于政府采购预算里属于固定资产的各行之和"""
    claim = figures_of(view).get("planned_assets")
    if not view.facts.sections:
        yield MISSING
    if claim is None:
        return
    rows = [(n, r) for n, r in _rows(view) if r["catalogue_code"].startswith(FIXED_ASSET_CLASSES)]
    cells = [(SECTIONS, claim.section, "planned_assets"), *(_cell(number, "total") for number, _ in rows)]
    whole = sum((total_of(record) or 0 for _, record in rows), Decimal(0))
    if whole == claim.amount:
        yield passed(*cells)
        return
    expected, actual = plain(whole, WAN), plain(claim.amount, WAN)
    message = (
        f"{claim.where}写拟购置固定资产 {actual}万元，政府采购预算里属于固定资产的共 {expected}万元，"
        f"相差 {plain(abs(whole - claim.amount), WAN)}万元；请核对。"
    )
    places = [claim.where, *(view.place(*c) for c in cells[1:])]
    yield found(Level.ERROR, message, cells, places, expected, actual)


@rule("I43")
def bought_vehicles_are_procured(view):
    """表9 有公务用车购置费时，政府采购预算里有车辆"""
    cell = view.first((T9, "vehicle_purchase", "total"), (T9, "vehicle_purchase", TREASURY[0]))
    shown = view.figure(cell)
    if not view.has(T9) or shown is None or not shown.amount:
        return
    vehicles = [n for n, r in _rows(view) if r["catalogue_code"].startswith("A0203") or "车" in r["item"]]
    if vehicles:
        yield passed(cell, *(_cell(number, "item") for number in vehicles))
        return
    message = f"{view.words(cell)}是 {shown.text}{shown.unit}，但政府采购预算里没有车辆；请补列采购或核对购置费。"
    yield found(Level.WARNING, message, [cell], [shown.place], "", shown.text)


@rule("C08", CODES)
def catalogue_codes_are_known(view):
    """政府采购目录编码在当年的目录里，名称相同"""
    for number, record in _rows(view):
        if record["catalogue_code"]:
            yield _code(view, number, record)


def _code(view, number, record):
    code, cells = record["catalogue_code"], [_cell(number, "catalogue_code"), _cell(number, "item")]
    name = view.names.get(("procurement", code))
    if name == record["item"]:
        return passed(*cells)
    if name is None:
        message = f"政府采购第 {number} 行的目录编码 {code} 不在 {view.facts.year} 年的目录里，请核对。"
        return found(Level.NOTICE, message, cells, [view.place(*c) for c in cells], "", code)
    message = (
        f"政府采购第 {number} 行写 {code}“{record['item']}”，{view.facts.year} 年目录里 {code} 是“{name}”；"
        "请核对编码或品名（旧版目录的编码含义不同）。"
    )
    return found(Level.WARNING, message, cells, [view.place(*c) for c in cells], name, record["item"])


RULES = (
    purchases_add_up,
    purchases_fit_their_projects,
    reserved_share_fits,
    planned_assets_are_purchased,
    bought_vehicles_are_procured,
    catalogue_codes_are_known,
)
