"""The text against the figures: amounts, changes, percentages, directions, the list of projects."""

import re
from decimal import Decimal

from budget.checks.compare import MISSING, Compared, found, passed
from budget.checks.finding import Finding, Level
from budget.checks.rule import LAW, rule
from budget.checks.rules.cells import ASSETS, PROJECTS, SECTIONS, T1, T3, T6, T9, TREASURY, income, spending
from budget.checks.text_figures import changes_of, figures_of, project_list, unread
from budget.money import WAN, plain
from budget.text import narrow

THREE_PUBLIC = {
    "three_public": "total", "abroad": "abroad", "vehicles": "vehicles", "vehicle_purchase": "vehicle_purchase",
    "vehicle_running": "vehicle_running", "reception": "reception",
}  # fmt: skip
WHOLE = {
    "income": income("income_total"), "both": income("income_total"), "spending": spending("spending_total"),
    "general_public_budget": income("general_public_budget"), "government_fund": income("government_fund"),
    "state_capital": income("state_capital"), "special_account": income("special_account"),
    "own_funds": income("own_funds"), "carried_over": income("carried_over"),
    "basic": (T3, "total", "basic"), "project": (T3, "total", "project"),
    "staff": (T6, "total", "staff"), "running": (T6, "total", "running"),
}  # fmt: skip
TOTALS = ("both", "income", "spending")
_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,6})[\[【〔(（](\d{4})[\]】〕)）](\d+)号")
_SAME = re.compile(r"[\s\[\]【】〔〕()（）]")


def _agrees(view, meaning, claim, cell):
    """A stated amount against its figure."""
    shown = view.figure(cell)
    if shown is None or (shown.amount is None and claim.amount):
        return MISSING
    cells = [(SECTIONS, claim.section, meaning), cell]
    difference = abs(claim.amount - (shown.amount or 0))
    if not difference:
        return passed(*cells)
    level = Level.NOTICE if difference <= (claim.step + shown.step) / 2 else Level.ERROR
    stated, actual = plain(claim.amount, WAN), plain(shown.amount or Decimal(0), WAN)
    gap = f"相差 {plain(difference, WAN)}万元"
    why = "在四舍五入的范围内" if level == Level.NOTICE else "请改正文字或表格"
    message = f"{claim.where}写 {stated}万元，{view.words(cell)}是 {actual}万元，{gap}；{why}。"
    finding = Finding("", level, message, tuple(filter(None, (claim.where, shown.place))), actual, stated, tuple(cells))
    return Compared(tuple(cells), finding, difference=difference)


@rule("I28", LAW, of_text=True)
def text_states_three_public(view):
    """情况说明里的“三公”经费各数与表9 相同"""
    claims = figures_of(view)
    if not view.facts.sections:
        yield MISSING
    for meaning, row in THREE_PUBLIC.items():
        if claim := claims.get(meaning):
            yield _agrees(view, meaning, claim, view.first((T9, row, "total"), (T9, row, TREASURY[0])))


@rule("I29", of_text=True)
def text_states_the_totals(view):
    """情况说明里的收入、支出、基本支出、人员经费、公用经费、项目支出与表1、表3、表6 相同"""
    claims = figures_of(view)
    if not view.facts.sections:
        yield MISSING
    for meaning, cell in WHOLE.items():
        if claim := claims.get(meaning):
            yield _agrees(view, meaning, claim, cell)
    if (claim := claims.get("assets_total")) and view.facts.fixed_assets:
        yield _assets(view, claim)
    if claims:
        read = len(claims) + len(changes_of(view))
        yield Compared(remark=f"情况说明里读出 {read} 处金额；另有 {len(unread(view))} 句里的金额没有读懂，没有核对")


def _assets(view, claim):
    total = next((r["value"] for r in view.facts.fixed_assets if r["kind"] == "total"), None)
    cells = [(SECTIONS, claim.section, "assets_total"), (ASSETS, "total", "value")]
    if total is None:
        return MISSING
    if total == claim.amount:
        return passed(*cells)
    stated, actual = plain(claim.amount, WAN), plain(total, WAN)
    message = f"{claim.where}写固定资产 {stated}万元，固定资产占用情况表的资产总额是 {actual}万元；请核对。"
    return found(Level.ERROR, message, cells, [claim.where, view.place(*cells[1])], actual, stated)


@rule("I30", of_text=True)
def changes_add_up(view):
    """情况说明里比上年的增减：各部分之和等于总数，增减方向和比例与金额一致，上年为零时没有增长比例"""
    stated = {}
    if not view.facts.sections:
        yield MISSING
    for change in changes_of(view):
        if change.amount is not None and change.subject:
            stated.setdefault(change.subject, change)
            yield _consistent(change, stated[change.subject])
    for change in changes_of(view):
        if change.percent is not None and change.subject in stated:
            yield _percent(view, change, stated[change.subject])
    whole = next((stated[key] for key in TOTALS if key in stated), None)
    if whole and "basic" in stated and "project" in stated:
        yield _parts(whole, stated["basic"], stated["project"])


def _cell(change):
    return (SECTIONS, change.section, f"change-{change.subject or 'unknown'}")


def _said(amount):
    return f"{'增加' if amount >= 0 else '减少'} {plain(abs(amount), WAN)}万元"


def _consistent(change, first):
    """The same change told twice is told alike."""
    if change.amount == first.amount:
        return passed(_cell(change))
    message = f"{change.where}前面写{_said(first.amount)}，后面写{_said(change.amount)}，说的是同一项；请核对。"
    expected, actual = plain(first.amount, WAN), plain(change.amount, WAN)
    return found(Level.WARNING, message, [_cell(change)], [change.where], expected, actual)


def _percent(view, change, amount):
    now = view.amount(*WHOLE.get(change.subject, (T9, "total", "total")))
    if now is None:
        return MISSING
    last = now - amount.amount
    if not last:
        message = f"{change.where}写增减 {abs(change.percent)}%，但上年是 0，没有比例可算；请改为写金额。"
        return found(Level.ERROR, message, [_cell(change)], [change.where], "", f"{change.percent}%")
    exact = amount.amount / last * 100
    places = -change.percent.as_tuple().exponent
    if abs(exact - change.percent) <= Decimal(10) ** -places:
        return passed(_cell(change))
    message = (
        f"{change.where}写 {change.percent}%，按增减 {plain(amount.amount, WAN)}万元和本年数算是 {exact:.2f}%；请核对。"
    )
    return found(Level.WARNING, message, [_cell(change)], [change.where], f"{exact:.2f}%", f"{change.percent}%")


def _parts(whole, basic, project):
    cells = [_cell(whole), _cell(basic), _cell(project)]
    together = basic.amount + project.amount
    if together == whole.amount:
        return passed(*cells)
    message = (
        f"{whole.where}写总数{_said(whole.amount)}，基本支出{_said(basic.amount)}、项目支出{_said(project.amount)}，"
        f"合起来是{_said(together)}；请核对。"
    )
    return found(Level.ERROR, message, cells, [whole.where], plain(together, WAN), plain(whole.amount, WAN))


@rule("I31", LAW, of_text=True)
def operating_cost_is_explained(view):
    """情况说明写明机关运行经费，不超过表6 公用经费；有公用经费时这一部分不能空"""
    section = next((s for s in view.facts.sections if "机关运行" in s["title"]), None)
    if not view.facts.sections or not view.has(T6):
        yield MISSING
        return
    running, cell = view.figure((T6, "total", "running")), (T6, "total", "running")
    if section is None or running is None:
        yield MISSING
        return
    place = f"情况说明“{section['title']}”"
    cells = [(SECTIONS, str(section["number"]), "agency_operating_cost"), cell]
    claim = figures_of(view).get("agency_operating_cost")
    if not section["text"].strip() and running.amount:
        message = f"{place}没有文字，但表6 有公用经费 {plain(running.amount, WAN)}万元；请写明机关运行经费。"
        yield found(Level.ERROR, message, cells, [place, running.place], plain(running.amount, WAN), "")
    elif claim and claim.amount > (running.amount or 0):
        expected, actual = plain(running.amount or Decimal(0), WAN), plain(claim.amount, WAN)
        message = f"{place}写机关运行经费 {actual}万元，超过表6 公用经费 {expected}万元；请核对。"
        yield found(Level.ERROR, message, cells, [place, running.place], expected, actual)
    else:
        yield passed(*cells) if claim or not running.amount else MISSING


@rule("I36", of_text=True)
def listed_projects_have_sheets(view):
    """情况说明列出的每个项目都有绩效目标表，金额相同（两行可以合成一张表），合计等于项目支出；文件号一致"""
    items, place = project_list(view)
    if not view.facts.sections:
        yield MISSING
    if not items or not view.facts.projects:
        return
    yield _list_total(view, items, place)
    left, sheets = _matched(items, view.facts.projects)
    for project in sheets:
        yield passed((PROJECTS, project["code"], "amount"))
    for name, amount in left:
        message = f"{place}列出“{name}”{plain(amount, WAN)}万元，没有找到金额相同的绩效目标表；请核对。"
        yield found(Level.WARNING, message, [(SECTIONS, "2", "projects")], [place], "", plain(amount, WAN))
    yield from _document_numbers(view, items, place)


def _list_total(view, items, place):
    cell = (T3, "total", "project")
    shown = view.figure(cell)
    if shown is None:
        return MISSING
    whole, cells = sum(amount for _, amount in items), [(SECTIONS, "2", "projects"), cell]
    if whole == (shown.amount or 0):
        return passed(*cells)
    expected, actual = plain(shown.amount or Decimal(0), WAN), plain(whole, WAN)
    message = f"{place}列出的项目合计 {actual}万元，{view.words(cell)}是 {expected}万元；请核对是否漏列。"
    return found(Level.WARNING, message, cells, [place, shown.place], expected, actual)


def _key(name):
    return _SAME.sub("", narrow(name)).removesuffix("经费")


def _alike(one, other):
    a, b = _key(one), _key(other)
    return a in b or b in a or (len(a) > 6 and a[-7:] == b[-7:])


def _matched(items, projects):
    """(lines without a sheet, sheets that a line or two lines together fit)."""
    left, open_, sheets = list(items), list(projects), []
    for project in list(open_):
        line = next((i for i in left if _alike(i[0], project["name"]) and i[1] == project["amount"]), None)
        if line:
            left.remove(line)
            open_.remove(project)
            sheets.append(project)
    for project in open_:
        pairs = ((a, b) for a in left if _alike(a[0], project["name"]) for b in left if b is not a)
        if pair := next((p for p in pairs if p[0][1] + p[1][1] == project["amount"]), None):
            left = [line for line in left if line not in pair]
            sheets.append(project)
    return left, sheets


def _document_numbers(view, items, place):
    """Document numbers in the names of a listed project and of its sheet."""
    for name, amount in items:
        for project in view.facts.projects:
            ours, theirs = _NUMBER.search(project["name"]), _NUMBER.search(name)
            if ours and theirs and project["amount"] == amount:
                yield _number(view, place, project, theirs, ours)


def _number(view, place, project, text, sheet):
    cells = [(PROJECTS, project["code"], "name"), (SECTIONS, "2", "projects")]
    if text.groups()[1:] == sheet.groups()[1:]:
        return passed(*cells)
    message = f"{place}写文件号“{text[0]}”，绩效目标表写“{sheet[0]}”；请核对是哪一个。"
    return found(Level.WARNING, message, cells, [place, view.place(*cells[0])], sheet[0], text[0])


@rule("I47", of_text=True)
def last_year_is_what_was_published(view):
    """情况说明里的上年数（本年数减去增减）等于上年公开的数"""
    changes = {c.subject: c for c in changes_of(view) if c.amount is not None}
    change = next((changes[key] for key in TOTALS if key in changes), None)
    if change is None:
        return
    now, last = view.amount(*WHOLE["spending"]), view.facts.last_year.get(WHOLE["spending"])
    if now is None or last is None:
        yield MISSING
        return
    stated, cells = now - change.amount, [_cell(change), (T1, "spending_total", "spending")]
    if stated == last:
        yield passed(*cells)
    else:
        expected, actual = plain(last, WAN), plain(stated, WAN)
        message = f"{change.where}说上年是 {actual}万元，上年公开的是 {expected}万元；请核对。"
        yield found(Level.WARNING, message, cells, [change.where], expected, actual)


RULES = (
    text_states_three_public,
    text_states_the_totals,
    changes_add_up,
    operating_cost_is_explained,
    listed_projects_have_sheets,
    last_year_is_what_was_published,
)
