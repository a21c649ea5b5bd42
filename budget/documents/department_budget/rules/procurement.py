"""Procurement: rows, totals, projects, codes."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from budget.cell import Cell
from budget.checks.claims import Claim, claims_of
from budget.checks.compare import MISSING, Compared, at_least, at_most, bare, differs, equal, passed
from budget.checks.view import View
from budget.checks.wording import in_wan
from budget.declare.fields import Record
from budget.declare.rule import CODES, rule
from budget.documents.department_budget.procurement import FIXED_ASSET_CLASSES, PROCUREMENT
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.rules import projects as performance
from budget.documents.department_budget.rules.three_public import whole
from budget.documents.department_budget.tables.t9 import T9
from budget.figures.printed import Printed
from budget.figures.totals import terms_of
from budget.finding import Level
from budget.money import WAN, YUAN_PER, plain
from budget.text import name_key, quoted, same_name

# 《政府采购品目分类目录》: buildings, equipment, exhibits, books, furniture; what follows is consumed or intangible.
VEHICLES = "A0203"


def _cell(number: int, field: str) -> Cell:
    return Cell(PROCUREMENT.key, str(number), field)


def _unit(view: View) -> tuple[str, Decimal]:
    """The unit in which the table prints, and half its last place in yuan."""
    printed = next(iter(view.in_file(PROCUREMENT.key)), None)
    unit = printed.unit if printed else WAN
    return unit, Decimal(YUAN_PER[unit]) / 200


@rule("I38")
def purchases_add_up(view: View) -> Iterator[Compared]:
    """政府采购预算：数量乘单价等于合计（四舍五入以内），合计等于各项来源之和，小计、合计等于各行之和"""
    unit, half = _unit(view)
    for number, record in view.numbered(PROCUREMENT):
        yield _price(view, number, record, unit, half)
    for printed in view.in_file(PROCUREMENT.key):
        yield _printed_total(view, printed)


def _product_cells(number: int) -> list[Cell]:
    return [_cell(number, key) for key in ("total", "quantity", "unit_price")]


def _price(view: View, number: int, record: Record, unit: str, half: Decimal) -> Compared:
    """Not a sum: a product, whose unit price is rounded as it is printed."""
    cells = _product_cells(number)
    quantity, price, total = record["quantity"], record["unit_price"], view.published(cells[0])
    if quantity is None or price is None or total is None:
        return MISSING
    if quantity * price == total:
        return passed(*cells)
    # So many unit prices hide so many times what the rounding of one can.
    is_rounding = abs(quantity * price - total) <= quantity * half
    return _product_differs(view, number, record, total, unit, is_rounding)


def _product_differs(view: View, number: int, record: Record, total: Decimal, unit: str, is_rounding: bool) -> Compared:
    quantity, price, cells = record["quantity"], record["unit_price"], _product_cells(number)
    level, advice = (Level.NOTICE, "在单价四舍五入的范围内") if is_rounding else (Level.ERROR, "请核对数量、单价或合计")
    expected, actual = plain(quantity * price, unit), plain(total, unit)
    message = (
        f"政府采购第 {number} 行{quoted(record['item'])}："
        f"数量 {bare(quantity)} × 单价 {plain(price, unit)} = {expected}，"
        f"合计是 {actual}（{unit}）；{advice}。"
    )
    reader = (
        f"政府采购第 {number} 行{quoted(record['item'])}：数量 {bare(quantity)} 乘单价 {in_wan(price)}，"
        f"由本站算得 {in_wan(quantity * price)}，合计是 {in_wan(total)}。"
    )
    return differs(level, message, cells, map(view.place, cells), expected, actual, reader=reader)


def _printed_total(view: View, printed: Printed) -> Compared:
    """A total that the file prints, against the purchases or the money that it adds up."""
    if view.published(printed.cell) is None and not printed.amount:
        return passed(printed.cell)  # a column that no purchase uses, nil as printed
    return equal(view, printed.cell, terms_of(PROCUREMENT, view.records(PROCUREMENT), printed.cell))


@rule("I39")
def purchases_fit_their_projects(view: View) -> Iterator[Compared]:
    """每个项目的采购不超过项目预算数，采购表里的项目预算资金等于绩效目标表的预算数"""
    if not view.records(PROJECTS):
        return
    projects, bought = _by_name(view), defaultdict[str, list[Cell]](list)
    for number, record in view.numbered(PROCUREMENT):
        if project := projects.get(name_key(record["project"])):
            bought[project["code"]].append(_cell(number, "total"))
            yield from _project_budget(view, number, record, project)
        else:
            yield MISSING
    for code, purchases in bought.items():
        yield at_least(view, Cell(PROJECTS.key, code, "amount"), purchases)


def _by_name(view: View) -> dict[str, Record]:
    """{name: project} of those with an amount: the table of purchases knows projects by name only."""
    return {name_key(project["name"]): project for project in view.records(PROJECTS) if project["amount"] is not None}


def _project_budget(view: View, number: int, record: Record, project: Record) -> Iterator[Compared]:
    if record["project_budget"] is not None:
        yield equal(view, _cell(number, "project_budget"), [performance.cell(project)])


@rule("I40")
def reserved_share_fits(view: View) -> Iterator[Compared]:
    """预留中小微企业份额不超过采购合计"""
    for number, record in view.numbered(PROCUREMENT):
        if record["sme_reserved"] is not None:
            total = _cell(number, "total")
            known = view.published(total) is not None
            yield at_most(view, _cell(number, "sme_reserved"), [total]) if known else MISSING


@rule("I42", of_text=True)
def planned_assets_are_purchased(view: View) -> Iterator[Compared]:
    """情况说明里的拟购置固定资产金额，等于政府采购预算里属于固定资产的各行之和"""
    if not view.entries.sections:
        yield MISSING
    if claim := claims_of(view.entries).get("planned_assets"):
        yield _planned(view, claim)


def _planned(view: View, claim: Claim) -> Compared:
    assets = [
        _cell(number, "total")
        for number, record in view.numbered(PROCUREMENT)
        if record["catalogue_code"].startswith(FIXED_ASSET_CLASSES)
    ]
    return equal(view, claim.cell, assets) if assets else _nothing_bought(claim)


def _nothing_bought(claim: Claim) -> Compared:
    if not claim.amount:
        return passed(claim.cell)
    amount = plain(claim.amount)
    message = f"{claim.where}写拟购置固定资产 {amount}万元，政府采购预算里没有属于固定资产的；请核对。"
    return differs(Level.ERROR, message, [claim.cell], [claim.where], "0.00", amount)


@rule("I43")
def bought_vehicles_are_procured(view: View) -> Iterator[Compared]:
    """表9 有公务用车购置费时，政府采购预算里有车辆"""
    shown = view.figure(whole(view, "vehicle_purchase"))
    if view.has(T9) and shown and shown.amount:
        yield _vehicles(view, shown)


def _vehicles(view: View, shown: Printed) -> Compared:
    vehicles = [_cell(number, "item") for number, record in view.numbered(PROCUREMENT) if _is_vehicle(record)]
    if vehicles:
        return passed(shown.cell, *vehicles)
    where = view.words(shown.cell)
    message = f"{where}是 {shown.text}{shown.unit}，但政府采购预算里没有车辆；请补列采购或核对购置费。"
    reader = f"{where}是 {in_wan(shown.amount or Decimal(0))}，但政府采购预算里没有车辆。"
    return differs(Level.WARNING, message, [shown.cell], [shown.place], "", shown.text, reader=reader)


def _is_vehicle(record: Record) -> bool:
    """By its code or by its name: older catalogues number vehicles otherwise."""
    return record["catalogue_code"].startswith(VEHICLES) or "车" in record["item"]


@rule("C08", CODES)
def catalogue_codes_are_known(view: View) -> Iterator[Compared]:
    """政府采购目录编码在当年的目录里，名称相同"""
    rows: dict[str, list[int]] = {}
    for number, record in view.numbered(PROCUREMENT):
        if code := record["catalogue_code"]:
            rows.setdefault(code, []).append(number)
    for code, numbers in rows.items():
        name = view.names.get(("procurement", code))
        if name is None:
            yield _not_listed(view, code, numbers)
        else:
            yield from (_named(view, number, code, name) for number in numbers)


def _not_listed(view: View, code: str, numbers: list[int]) -> Compared:
    """Said once for each code with all its rows. The list at hand may be older or shorter than the official one."""
    rows, cells = "、".join(map(str, numbers)), [_cell(number, "catalogue_code") for number in numbers]
    message = f"政府采购第 {rows} 行的目录编码 {code} 本站目录没有收录；请核对编码，编码没有错就不用改。"
    return differs(Level.NOTICE, message, cells, map(view.place, cells), "", code, cause=f"procurement {code}")


def _named(view: View, number: int, code: str, name: str) -> Compared:
    cells = [_cell(number, "catalogue_code"), _cell(number, "item")]
    item = view.records(PROCUREMENT)[number - 1]["item"]
    if same_name(name, item):
        return passed(*cells)
    message = (
        f"政府采购第 {number} 行写 {code}{quoted(item)}，{view.entries.year} 年目录里 {code} 是{quoted(name)}；"
        "请核对编码或品名（旧版目录的编码含义不同）。"
    )
    return differs(Level.WARNING, message, cells, map(view.place, cells), name, item)
