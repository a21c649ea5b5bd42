"""The text against the figures: amounts, changes, percentages, directions, the list of projects."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import permutations

from budget.cell import Cell
from budget.checks.claims import Change, Claim, Listed, changes_of, claims_of, project_list, unread
from budget.checks.compare import MISSING, Compared, at_most, differs, equal, passed
from budget.checks.view import Shown, View
from budget.declare.fields import Record
from budget.declare.rule import LAW, rule
from budget.documents.department_budget.fixed_assets import FIXED_ASSETS
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.rules import projects as performance
from budget.documents.department_budget.rules.three_public import whole
from budget.documents.department_budget.rules.vocabulary import TREASURY, income, spending, stated
from budget.documents.department_budget.tables.t3 import T3
from budget.documents.department_budget.tables.t6 import T6
from budget.finding import Level
from budget.money import WAN, plain
from budget.text import name_key

THREE_PUBLIC = {
    "three_public": "total", "abroad": "abroad", "vehicles": "vehicles", "vehicle_purchase": "vehicle_purchase",
    "vehicle_running": "vehicle_running", "reception": "reception",
}  # fmt: skip
WHOLE = {
    "income": income("income_total"), "both": income("income_total"), "spending": spending("spending_total"),
    **{fund: income(fund) for fund in (*TREASURY, "special_account", "own_funds", "carried_over")},
    "basic": T3.cell("total", "basic"), "project": T3.cell("total", "project"),
    "staff": T6.cell("total", "staff"), "running": T6.cell("total", "running"),
}  # fmt: skip
TOTALS = ("both", "income", "spending")  # subjects that are the whole budget, the plainest first
SAME_END = 7  # characters in which names must end alike: fewer are a mere 建设项目资金
# The number of an official document: 冀财农〔2023〕12号.
_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,6})[\[【〔(（](\d{4})[\]】〕)）](\d+)号")


def _agrees(view: View, claim: Claim, cell: Cell) -> Compared:
    """A stated amount against its figure; a blank one is none to compare with, unless the text says nil."""
    shown = view.figure(cell)
    if shown is None or (shown.amount is None and claim.amount):
        return MISSING
    return equal(view, claim.cell, [cell])


def _stated(view: View, figures: dict[str, Cell]) -> Iterator[Compared]:
    """The amounts that the text states, each against its figure."""
    claims = claims_of(view.entries)
    if not view.entries.sections:
        yield MISSING
    for meaning, cell in figures.items():
        if claim := claims.get(meaning):
            yield _agrees(view, claim, cell)


@rule("I28", LAW, of_text=True)
def text_states_three_public(view: View) -> Iterator[Compared]:
    """情况说明里的“三公”经费各数与表9 相同"""
    figures = {meaning: whole(view, row) for meaning, row in THREE_PUBLIC.items()}
    return _stated(view, figures)


@rule("I29", of_text=True)
def text_states_the_totals(view: View) -> Iterator[Compared]:
    """情况说明里的收入、支出、基本支出、人员经费、公用经费、项目支出与表1、表3、表6 相同"""
    assets = {"assets_total": Cell(FIXED_ASSETS.key, "total", "value")} if view.records(FIXED_ASSETS) else {}
    yield from _stated(view, WHOLE | assets)
    if claims := claims_of(view.entries):
        read, left = len(claims) + len(changes_of(view.entries)), len(unread(view.entries))
        yield Compared(remark=f"情况说明里读出 {read} 处金额；另有 {left} 句里的金额没有读懂，没有核对")


@rule("I30", of_text=True)
def changes_add_up(view: View) -> Iterator[Compared]:
    """情况说明里比上年的增减：各部分之和等于总数，增减方向和比例与金额一致，上年为零时没有增长比例"""
    if not view.entries.sections:
        yield MISSING
    changes = changes_of(view.entries)
    in_yuan = _in_yuan(changes)
    first = {change.subject: change for change in reversed(in_yuan)}
    yield from (_consistent(change, first[change.subject]) for change in in_yuan)
    yield from _percents(view, changes, first)
    yield from _parts(first)


def _in_yuan(changes: Iterable[Change]) -> list[Change]:
    """The changes that say an amount and of what."""
    return [change for change in changes if change.amount is not None and change.subject]


def _percents(view: View, changes: Iterable[Change], first: dict[str, Change]) -> Iterator[Compared]:
    """A percentage can be held to the figures only where the text says the same change in yuan, too."""
    for change in changes:
        if change.percent is not None and change.subject in first:
            yield _percent(view, change, change.percent, _amount(first[change.subject]))


def _amount(change: Change) -> Decimal:
    return change.amount or Decimal(0)


def _said(amount: Decimal) -> str:
    return f"{'增加' if amount >= 0 else '减少'} {plain(abs(amount), WAN)}万元"


def _consistent(change: Change, first: Change) -> Compared:
    """The same change told twice is told alike."""
    one, other = _amount(first), _amount(change)
    if one == other:
        return passed(change.cell)
    message = f"{change.where}前面写{_said(one)}，后面写{_said(other)}，说的是同一项；请核对。"
    return differs(Level.WARNING, message, [change.cell], [change.where], plain(one, WAN), plain(other, WAN))


def _percent(view: View, change: Change, percent: Decimal, amount: Decimal) -> Compared:
    now = _this_year(view, change.subject)
    if now is None:
        return MISSING
    last = now - amount
    if not last:
        message = f"{change.where}写增减 {abs(percent)}%，但上年是 0，没有比例可算；请改为写金额。"
        return differs(Level.ERROR, message, [change.cell], [change.where], "", f"{percent}%")
    exact = amount / last * 100
    places = -int(percent.as_tuple().exponent)
    if abs(exact - percent) <= Decimal(10) ** -places:  # a whole last place: some round, some cut off
        return passed(change.cell)
    message = f"{change.where}写 {percent}%，按增减 {plain(amount, WAN)}万元和本年数算是 {exact:.2f}%；请核对。"
    return differs(Level.WARNING, message, [change.cell], [change.where], f"{exact:.2f}%", f"{percent}%")


def _this_year(view: View, subject: str) -> Decimal | None:
    """What a subject of the text comes to this year; None where no table says so."""
    if subject in THREE_PUBLIC:
        return view.amount(whole(view, THREE_PUBLIC[subject]))
    return view.amount(WHOLE[subject]) if subject in WHOLE else None


def _parts(first: dict[str, Change]) -> Iterator[Compared]:
    """The whole budget's change against those of basic and project spending, where the text tells all three."""
    total = _of_the_whole(first)
    if total and "basic" in first and "project" in first:
        yield _add_up(total, first["basic"], first["project"])


def _of_the_whole(changes: dict[str, Change]) -> Change | None:
    return next((changes[subject] for subject in TOTALS if subject in changes), None)


def _add_up(total: Change, basic: Change, project: Change) -> Compared:
    cells = [total.cell, basic.cell, project.cell]
    whole_, together = _amount(total), _amount(basic) + _amount(project)
    if together == whole_:
        return passed(*cells)
    message = (
        f"{total.where}写总数{_said(whole_)}，基本支出{_said(_amount(basic))}、项目支出{_said(_amount(project))}，"
        f"合起来是{_said(together)}；请核对。"
    )
    return differs(Level.ERROR, message, cells, [total.where], plain(together, WAN), plain(whole_, WAN))


@rule("I31", LAW, of_text=True)
def operating_cost_is_explained(view: View) -> Iterator[Compared]:
    """情况说明写明机关运行经费，不超过表6 公用经费；有公用经费时这一部分不能空"""
    section = next((s for s in view.entries.sections if "机关运行" in s["title"]), None)
    running = view.figure(T6.cell("total", "running")) if view.has(T6) else None
    yield _explained(view, section, running) if section and running else MISSING


def _explained(view: View, section: Record, running: Shown) -> Compared:
    said = stated(section["number"], "agency_operating_cost")
    if running.amount and not section["text"].strip():
        return _not_explained(section, said, running)
    if view.figure(said):
        return at_most(view, said, [running.cell])
    # Words without an amount that is understood: nothing can be said where there is money, nothing need be without.
    return MISSING if running.amount else passed(said, running.cell)


def _not_explained(section: Record, said: Cell, running: Shown) -> Compared:
    place, amount = f"情况说明“{section['title']}”", plain(running.amount, WAN)
    message = f"{place}没有文字，但表6 有公用经费 {amount}万元；请写明机关运行经费。"
    return differs(Level.ERROR, message, [said, running.cell], [place, running.place], amount, "")


@rule("I36", of_text=True)
def listed_projects_have_sheets(view: View) -> Iterator[Compared]:
    """情况说明列出的每个项目都有绩效目标表，金额相同（两行可以合成一张表），合计等于项目支出；文件号一致"""
    listed, projects = project_list(view.entries), view.records(PROJECTS)
    if not view.entries.sections:
        yield MISSING
    if not listed.items or not projects:
        return
    yield equal(view, listed.cell, [T3.cell("total", "project")], Level.WARNING)
    without_sheet, sheets = _matched(listed.items, projects)
    for project in sheets:
        yield passed(performance.cell(project))
    for name, amount in without_sheet:
        message = f"{listed.where}列出“{name}”{plain(amount, WAN)}万元，没有找到金额相同的绩效目标表；请核对。"
        yield differs(Level.WARNING, message, [listed.cell], [listed.where], "", plain(amount, WAN))
    yield from _document_numbers(view, listed, projects)


Item = tuple[str, Decimal]  # (name, amount) as the text lists it


def _matched(items: list[Item], projects: list[Record]) -> tuple[list[Item], list[Record]]:
    """(items without a sheet, sheets that an item or two items together fit).

    Single items are given out first: a pair must not take what another sheet fits alone.
    """
    left, open_, sheets = list(items), list(projects), list[Record]()
    for fitting in (_single, _pair):
        for project in list(open_):
            if chosen := fitting(left, project):
                for item in chosen:
                    left.remove(item)
                open_.remove(project)
                sheets.append(project)
    return left, sheets


def _single(items: list[Item], project: Record) -> tuple[Item, ...]:
    return next(((item,) for item in items if item[1] == project["amount"] and _is_like(item, project)), ())


def _pair(items: list[Item], project: Record) -> tuple[Item, ...]:
    """Two lines that one sheet holds together, this year's money and last year's; the first bears its name."""
    pairs = permutations(items, 2)
    return next((p for p in pairs if p[0][1] + p[1][1] == project["amount"] and _is_like(p[0], project)), ())


def _is_like(item: Item, project: Record) -> bool:
    """Whether a reader takes two names for one: one holds the other, or they end alike after different beginnings."""
    one, other = _key(item[0]), _key(project["name"])
    return one in other or other in one or (len(one) >= SAME_END and one[-SAME_END:] == other[-SAME_END:])


def _key(name: str) -> str:
    return name_key(name).removesuffix("经费")


def _document_numbers(view: View, listed: Listed, projects: list[Record]) -> Iterator[Compared]:
    """Document numbers in the names of a listed project and of its sheet: the one with the same amount."""
    for name, amount in listed.items:
        for project in projects:
            if project["amount"] == amount:
                yield from _number(view, listed, name, project)


def _number(view: View, listed: Listed, name: str, project: Record) -> Iterator[Compared]:
    text, sheet = _NUMBER.search(name), _NUMBER.search(project["name"])
    if text and sheet:
        yield _same_number(view, listed, project, text, sheet)


def _same_number(view: View, listed: Listed, project: Record, text: re.Match[str], sheet: re.Match[str]) -> Compared:
    cells = [performance.cell(project, "name"), listed.cell]
    if text.groups()[1:] == sheet.groups()[1:]:  # year and number: the sender's short name is written in many ways
        return passed(*cells)
    message = f"{listed.where}写文件号“{text[0]}”，绩效目标表写“{sheet[0]}”；请核对是哪一个。"
    return differs(Level.WARNING, message, cells, [listed.where, view.place(cells[0])], sheet[0], text[0])


@rule("I47", of_text=True)
def last_year_is_what_was_published(view: View) -> Iterator[Compared]:
    """情况说明里的上年数（本年数减去增减）等于上年公开的数"""
    changes = {change.subject: change for change in changes_of(view.entries) if change.amount is not None}
    if change := _of_the_whole(changes):
        yield _since_published(view, change)


def _since_published(view: View, change: Change) -> Compared:
    now, last = view.amount(WHOLE["spending"]), view.recorded.last_year.get(WHOLE["spending"])
    if now is None or last is None:
        return MISSING
    before, cells = now - _amount(change), [change.cell, WHOLE["spending"]]
    if before == last:
        return passed(*cells)
    expected, actual = plain(last, WAN), plain(before, WAN)
    message = f"{change.where}说上年是 {actual}万元，上年公开的是 {expected}万元；请核对。"
    return differs(Level.WARNING, message, cells, [change.where], expected, actual)
