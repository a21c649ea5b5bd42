"""Performance sheets: their amounts, plans and indicators."""

import re
from decimal import Decimal

from budget.checks.compare import MISSING, bare, found, passed
from budget.checks.finding import Level
from budget.checks.rule import INSPECTION, rule
from budget.checks.rules.cells import PROJECTS, T1, T3, T4, income
from budget.money import WAN, plain
from budget.text import narrow

_AMOUNT = re.compile(r"^[≤<=约]*(\d+(?:\.\d+)?)(万元|元)$")
_PRICE = re.compile(r"^[≤<=约]*(\d+(?:\.\d+)?)(万元|元)/(\S{1,3})$")
_COUNT = re.compile(r"^[≥>=≤<]*(\d+(?:\.\d+)?)(\D{1,3})$")
_CODE_YEAR = re.compile(r"^\d{6}(\d\d)[A-Z]")
_NO_VALUE = re.compile(r"^(%|[≥≤<>=]*\d+(\.\d+)?(及时|按时|足额)\S*)$")
LEVELS = (("产出", "产出指标"), ("效益", "效益指标"), ("满意度", "满意度指标"))
UNIT = {"元": 1, "万元": 10_000}


def place(view, project, field):
    """Where a field of a project's sheet stands."""
    return view.place(PROJECTS, project["code"], field)


def cell(project, field="amount"):
    """The cell of a project's field."""
    return (PROJECTS, project["code"], field)


def _differs(view, level, message, project, field, expected="", actual=""):
    return found(level, message, [cell(project, field)], [place(view, project, field)], expected, actual)


@rule("I32")
def projects_are_project_spending(view):
    """各项目预算数之和等于表3 项目支出"""
    projects = [p for p in view.facts.projects if p["amount"] is not None]
    if not view.facts.projects:
        return
    shown = view.figure((T3, "total", "project"))
    if shown is None or len(projects) < len(view.facts.projects):
        yield MISSING
        return
    cells = [shown.cell, *map(cell, projects)]
    whole = sum(p["amount"] for p in projects)
    if whole == (shown.amount or 0):
        yield passed(*cells)
        return
    expected, actual = plain(whole, shown.unit), plain(shown.amount or 0, shown.unit)
    message = (
        f"{view.words(shown.cell)}是 {actual}{shown.unit}，{len(projects)} 个项目的预算数合计 {expected}{shown.unit}，"
        f"相差 {plain(abs(whole - (shown.amount or 0)), shown.unit)}{shown.unit}；请核对是否漏了或多了绩效目标表。"
    )
    places = [shown.place, *(place(view, p, "amount") for p in projects)]
    yield found(Level.ERROR, message, cells, places, expected, actual)


@rule("I33")
def project_funds_add_up(view):
    """每个项目的预算数等于财政资金加其他资金"""
    for project in view.facts.projects:
        parts = [project[key] for key in ("fiscal_funds", "other_funds") if project[key] is not None]
        cells = [cell(project, key) for key in ("amount", "fiscal_funds", "other_funds")]
        if project["amount"] is None or not parts:
            yield MISSING
        elif project["amount"] == sum(parts):
            yield passed(*cells)
        else:
            expected, actual = plain(sum(parts), WAN), plain(project["amount"], WAN)
            message = f"项目“{project['name']}”预算数是 {actual}万元，财政资金加其他资金是 {expected}万元；请核对。"
            yield _differs(view, Level.ERROR, message, project, "amount", expected, actual)


@rule("I34")
def payment_plans_rise_to_the_whole(view):
    """项目资金支出计划逐期不减，最后达到 100%"""
    plans = []
    for project in view.facts.projects:
        steps = [step["percent"] for step in project["payment_plan"]]
        plans.append(tuple(steps))
        yield MISSING if not steps or None in steps else _plan(view, project, steps)
    if len(plans) > 2 and len(set(plans)) == 1 and plans[0]:
        shown = "、".join(f"{bare(percent)}%" for percent in plans[0] if percent is not None)
        message = f"{len(plans)} 个项目的资金支出计划都是 {shown}，像是没有逐个安排，请核对。"
        first = view.facts.projects[0]
        yield _differs(view, Level.NOTICE, message, first, "plan")


def _plan(view, project, steps):
    shown = "、".join(f"{bare(percent)}%" for percent in steps)
    if steps[-1] != 100:
        message = f"项目“{project['name']}”的资金支出计划是 {shown}，最后应为 100%，请核对。"
        return _differs(view, Level.ERROR, message, project, "plan", "100", bare(steps[-1]))
    if any(later < earlier for earlier, later in zip(steps, steps[1:], strict=False)):
        message = f"项目“{project['name']}”的资金支出计划是 {shown}，累计比例不应下降，请核对。"
        return _differs(view, Level.ERROR, message, project, "plan", "", shown)
    return passed(cell(project, "plan"))


@rule("I35")
def cost_indicators_are_the_budget(view):
    """项目成本指标写的是整个项目的金额时，等于预算数；写的是单价时，单价乘数量等于预算数"""
    for project in view.facts.projects:
        for number, indicator in enumerate(project["indicators"], 1):
            if compared := _cost(view, project, indicator, f"indicator-{number}-target"):
                yield compared


def _cost(view, project, indicator, field):
    if "成本" not in indicator["level2"] or not project["amount"]:
        return None
    target = narrow(indicator["target"])
    if match := _AMOUNT.match(target):
        return _whole_cost(view, project, indicator, field, Decimal(match[1]) * UNIT[match[2]])
    if (match := _PRICE.match(target)) and (counts := _counts(project, match[3])):
        amounts = {Decimal(match[1]) * UNIT[match[2]] * count for count in counts}
        if project["amount"] in amounts:
            return passed(cell(project), cell(project, field))
        return _price_differs(view, project, indicator, field, min(amounts))
    return None


def _counts(project, unit):
    """How many of a unit the project's quantities speak of."""
    counts = [match for i in project["indicators"] if (match := _COUNT.match(narrow(i["target"])))]
    return [Decimal(match[1]) for match in counts if match[2] == unit]


def _whole_cost(view, project, indicator, field, amount):
    if amount == project["amount"]:
        return passed(cell(project), cell(project, field))
    factor = amount / project["amount"] in (10_000, Decimal("0.0001"))
    message = (
        f"项目“{project['name']}”的成本指标“{indicator['level3']}”写的是 {indicator['target']}，"
        f"预算数是 {plain(project['amount'], WAN)}万元；{'像是元与万元弄混了' if factor else '两者应当相同'}，请改正。"
    )
    return _cost_differs(view, project, field, message, indicator)


def _price_differs(view, project, indicator, field, amount):
    message = (
        f"项目“{project['name']}”的成本指标“{indicator['level3']}”是 {indicator['target']}，乘以数量是 "
        f"{plain(amount, WAN)}万元，预算数是 {plain(project['amount'], WAN)}万元；请核对单价或数量。"
    )
    return _cost_differs(view, project, field, message, indicator)


def _cost_differs(view, project, field, message, indicator):
    cells = [cell(project, field), cell(project)]
    places = [place(view, project, field), place(view, project, "amount")]
    expected = f"{plain(project['amount'], WAN)}万元"
    return found(Level.ERROR, message, cells, places, expected, indicator["target"])


@rule("I37")
def older_projects_are_carried_over(view):
    """编码年份早于预算年度的项目，预算数之和等于上年结转"""
    year = view.facts.year
    dated = [(p, match) for p in view.facts.projects if (match := _CODE_YEAR.match(p["code"]))]
    older = [p for p, match in dated if year and 2000 + int(match[1]) < year]
    carried = view.first(income("carried_over"), (T4, "carried_over", "income"))
    if not older or not view.has(T1):
        return
    shown = view.figure(carried)
    if shown is None:
        yield MISSING
        return
    whole, cells = sum(p["amount"] or 0 for p in older), [shown.cell, *map(cell, older)]
    if whole == (shown.amount or 0):
        yield passed(*cells)
        return
    expected, actual = plain(whole, shown.unit), shown.text or "空白"
    message = (
        f"{view.words(shown.cell)}是 {actual}{shown.unit}，"
        f"以前年度编码的 {len(older)} 个项目共 {expected}{shown.unit}；以前年度的项目应当用上年结转的钱，请核对。"
    )
    places = [shown.place, *(place(view, p, "amount") for p in older)]
    yield found(Level.WARNING, message, cells, places, expected, shown.text)


@rule("C06", INSPECTION)
def performance_sheets_are_whole(view):
    """每个项目有一张绩效目标表，有产出、效益、满意度指标，每个指标有指标值"""
    for project in view.facts.projects:
        missing = [name for key, name in LEVELS if not any(key in i["level1"] for i in project["indicators"])]
        if missing:
            message = f"项目“{project['name']}”没有{'、'.join(missing)}，请补上。"
            yield _differs(view, Level.WARNING, message, project, "indicators")
        else:
            yield passed(cell(project, "indicators"))
        for number, indicator in enumerate(project["indicators"], 1):
            yield _value(view, project, indicator, f"indicator-{number}-target")


def _value(view, project, indicator, field):
    target = narrow(indicator["target"])
    if target and not _NO_VALUE.match(target):
        return passed(cell(project, field))
    shown = f"写的是“{target}”，不是完整的指标值" if target else "没有填写"
    message = f"项目“{project['name']}”的指标“{indicator['level3']}”的指标值{shown}，请补上。"
    return _differs(view, Level.WARNING, message, project, field, "", target)


RULES = (
    projects_are_project_spending,
    project_funds_add_up,
    payment_plans_rise_to_the_whole,
    cost_indicators_are_the_budget,
    older_projects_are_carried_over,
    performance_sheets_are_whole,
)
