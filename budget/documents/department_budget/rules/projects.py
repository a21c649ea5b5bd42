"""Performance sheets: their amounts, plans and indicators."""

import re
from collections.abc import Iterator
from decimal import Decimal

from budget.cell import Cell
from budget.checks.compare import MISSING, Compared, bare, differs, equal, passed
from budget.checks.view import View
from budget.declare.fields import Record
from budget.declare.rule import INSPECTION, rule
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.rules.vocabulary import income
from budget.documents.department_budget.tables.t1 import T1
from budget.documents.department_budget.tables.t3 import T3
from budget.documents.department_budget.tables.t4 import T4
from budget.finding import Level
from budget.money import WAN, YUAN_PER, plain
from budget.text import narrow, quoted

# How targets are written: ≤20万元 in all, 5000元/台 for one, ≥4台 of them.
_AMOUNT = re.compile(r"^[≤<=约]*(\d+(?:\.\d+)?)(万元|元)$")
_PRICE = re.compile(r"^[≤<=约]*(\d+(?:\.\d+)?)(万元|元)/(\S{1,3})$")
_COUNT = re.compile(r"^[≥>=≤<]*(\d+(?:\.\d+)?)(\D{1,3})$")
_CODE_YEAR = re.compile(r"^\d{6}(\d\d)[A-Z]")  # after the region's six digits: 13032424P00442810410K is of 2024
# A target that cannot be measured: a mere %, or ≥95 ended in a word, 95及时完成.
_NO_VALUE = re.compile(r"^(%|[≥≤<>=]*\d+(\.\d+)?(及时|按时|足额)\S*)$")
LEVELS = (("产出", "产出指标"), ("效益", "效益指标"), ("满意度", "满意度指标"))
MANY = 3  # projects whose one and the same payment plan is no accident
FUNDS = ("fiscal_funds", "other_funds")


def cell(project: Record, field: str = "amount") -> Cell:
    """The address of a project's field."""
    return Cell(PROJECTS.key, project["code"], field)


def _about(
    view: View, level: Level, message: str, project: Record, field: str, expected: str = "", actual: str = ""
) -> Compared:
    where = cell(project, field)
    return differs(level, message, [where], [view.place(where)], expected, actual)


@rule("I32")
def projects_are_project_spending(view: View) -> Iterator[Compared]:
    """各项目预算数之和等于表3 项目支出"""
    projects = view.records(PROJECTS)
    if not projects:
        return
    known = all(project["amount"] is not None for project in projects)
    yield equal(view, T3.cell("total", "project"), map(cell, projects)) if known else MISSING


@rule("I33")
def project_funds_add_up(view: View) -> Iterator[Compared]:
    """每个项目的预算数等于财政资金加其他资金"""
    for project in view.records(PROJECTS):
        parts = [cell(project, key) for key in FUNDS if project[key] is not None]
        yield MISSING if project["amount"] is None else equal(view, cell(project), parts)


@rule("I34")
def payment_plans_rise_to_the_whole(view: View) -> Iterator[Compared]:
    """项目资金支出计划逐期不减，最后达到 100%"""
    projects = view.records(PROJECTS)
    for project in projects:
        yield _plan(view, project)
    if len(projects) >= MANY and _are_alike(projects):
        message = f"{len(projects)} 个项目的资金支出计划都是 {_shown(projects[0])}，像是没有逐个安排，请核对。"
        yield _about(view, Level.NOTICE, message, projects[0], "payment_plan")


def _percents(project: Record) -> list[Decimal]:
    """The steps of a payment plan, those that are filled in."""
    return [step["percent"] for step in project["payment_plan"] if step["percent"] is not None]


def _shown(project: Record) -> str:
    return "、".join(f"{bare(percent)}%" for percent in _percents(project))


def _are_alike(projects: list[Record]) -> bool:
    first, *others = map(_percents, projects)
    return bool(first) and all(percents == first for percents in others)


def _plan(view: View, project: Record) -> Compared:
    percents, field = _percents(project), "payment_plan"
    if not percents or len(percents) < len(project[field]):
        return MISSING
    if percents[-1] != 100:
        message = f"项目{quoted(project['name'])}的资金支出计划是 {_shown(project)}，最后应为 100%，请核对。"
        return _about(view, Level.ERROR, message, project, field, "100", bare(percents[-1]))
    if percents != sorted(percents):
        message = f"项目{quoted(project['name'])}的资金支出计划是 {_shown(project)}，累计比例不应下降，请核对。"
        return _about(view, Level.ERROR, message, project, field, "", _shown(project))
    return passed(cell(project, field))


@rule("I35")
def cost_indicators_are_the_budget(view: View) -> Iterator[Compared]:
    """项目成本指标写的是整个项目的金额时，等于预算数；写的是单价时，单价乘数量等于预算数"""
    for project in view.records(PROJECTS):
        for number, indicator in enumerate(project["indicators"], 1):
            if "成本" in indicator["level2"] and project["amount"]:
                yield from _cost(view, project, indicator, f"indicators-{number}-target")


def _cost(view: View, project: Record, indicator: Record, field: str) -> Iterator[Compared]:
    """A cost that is neither an amount nor a price of something counted says nothing of the whole."""
    target = narrow(indicator["target"])
    if match := _AMOUNT.match(target):
        yield _whole_cost(view, project, indicator, field, _yuan(match))
    elif (match := _PRICE.match(target)) and (counts := _counts(project, match[3])):
        yield _price(view, project, indicator, field, [_yuan(match) * count for count in counts])


def _yuan(match: re.Match[str]) -> Decimal:
    return Decimal(match[1]) * YUAN_PER[match[2]]


def _price(view: View, project: Record, indicator: Record, field: str, amounts: list[Decimal]) -> Compared:
    """A price times each quantity in its unit: which of them it is meant for is not said, so one that fits will do."""
    if project["amount"] in amounts:
        return passed(cell(project), cell(project, field))
    return _price_differs(view, project, indicator, field, min(amounts))


def _counts(project: Record, unit: str) -> list[Decimal]:
    """How many of a unit the project's quantities speak of."""
    counts = [match for i in project["indicators"] if (match := _COUNT.match(narrow(i["target"])))]
    return [Decimal(match[1]) for match in counts if match[2] == unit]


def _whole_cost(view: View, project: Record, indicator: Record, field: str, amount: Decimal) -> Compared:
    if amount == project["amount"]:
        return passed(cell(project), cell(project, field))
    factor = YUAN_PER[WAN] in (amount / project["amount"], project["amount"] / amount if amount else 0)
    message = (
        f"项目{quoted(project['name'])}的成本指标{quoted(indicator['level3'])}写的是 {indicator['target']}，"
        f"预算数是 {plain(project['amount'], WAN)}万元；{'像是元与万元弄混了' if factor else '两者应当相同'}，请改正。"
    )
    return _cost_differs(view, project, field, message, indicator)


def _price_differs(view: View, project: Record, indicator: Record, field: str, amount: Decimal) -> Compared:
    message = (
        f"项目{quoted(project['name'])}的成本指标{quoted(indicator['level3'])}是 {indicator['target']}，乘以数量是 "
        f"{plain(amount, WAN)}万元，预算数是 {plain(project['amount'], WAN)}万元；请核对单价或数量。"
    )
    return _cost_differs(view, project, field, message, indicator)


def _cost_differs(view: View, project: Record, field: str, message: str, indicator: Record) -> Compared:
    cells = [cell(project, field), cell(project)]
    expected = f"{plain(project['amount'], WAN)}万元"
    return differs(Level.ERROR, message, cells, map(view.place, cells), expected, indicator["target"])


@rule("I37")
def older_projects_are_carried_over(view: View) -> Iterator[Compared]:
    """编码年份早于预算年度的项目，预算数之和等于上年结转"""
    older = [project for project in view.records(PROJECTS) if _is_older(project, view.entries.year)]
    if older and view.has(T1):
        carried = view.first(income("carried_over"), T4.cell("carried_over", "income"))
        yield equal(view, carried, map(cell, older), Level.WARNING)


def _is_older(project: Record, year: int | None) -> bool:
    match = _CODE_YEAR.match(project["code"])
    return bool(match and year and 2000 + int(match[1]) < year)


@rule("C06", INSPECTION)
def performance_sheets_are_whole(view: View) -> Iterator[Compared]:
    """每个项目有一张绩效目标表，有产出、效益、满意度指标，每个指标有指标值"""
    for project in view.records(PROJECTS):
        yield _kinds(view, project)
        for number, indicator in enumerate(project["indicators"], 1):
            yield _value(view, project, indicator, f"indicators-{number}-target")


def _kinds(view: View, project: Record) -> Compared:
    """Whether all three kinds of indicators are there, however a county ends their names: 产出指标, 项目产出."""
    given = [indicator["level1"] for indicator in project["indicators"]]
    missing = [name for key, name in LEVELS if not any(key in level for level in given)]
    if not missing:
        return passed(cell(project, "indicators"))
    message = f"项目{quoted(project['name'])}没有{'、'.join(missing)}，请补上。"
    return _about(view, Level.WARNING, message, project, "indicators")


def _value(view: View, project: Record, indicator: Record, field: str) -> Compared:
    target = narrow(indicator["target"])
    if target and not _NO_VALUE.match(target):
        return passed(cell(project, field))
    shown = f"写的是{quoted(target)}，不是完整的指标值" if target else "没有填写"
    message = f"项目{quoted(project['name'])}的指标{quoted(indicator['level3'])}的指标值{shown}，请补上。"
    return _about(view, Level.WARNING, message, project, field, "", target)
