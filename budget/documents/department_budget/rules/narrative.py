"""The text against the figures: amounts, changes, percentages, directions, the list of projects."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.cell import Cell
from budget.checks.claims import Change, Claim, changes_of, claims_of, unread
from budget.checks.compare import MISSING, Compared, at_most, differs, equal, passed
from budget.checks.passages import passages_of
from budget.checks.statements import judged, statements_of
from budget.checks.view import View
from budget.declare.fields import Record
from budget.declare.rule import LAW, rule
from budget.documents.department_budget.fixed_assets import FIXED_ASSETS
from budget.documents.department_budget.rules.three_public import whole
from budget.documents.department_budget.rules.vocabulary import TREASURY, income, spending, stated
from budget.documents.department_budget.tables.t3 import T3
from budget.documents.department_budget.tables.t4 import T4
from budget.documents.department_budget.tables.t5 import T5
from budget.documents.department_budget.tables.t6 import T6
from budget.documents.department_budget.tables.t7 import T7
from budget.documents.department_budget.tables.t8 import T8
from budget.documents.department_budget.tables.t9 import T9
from budget.figures.printed import Printed
from budget.finding import Level
from budget.money import WAN, plain
from budget.text import quoted

THREE_PUBLIC = {
    "three_public": "total", "abroad": "abroad", "vehicles": "vehicles", "vehicle_purchase": "vehicle_purchase",
    "vehicle_running": "vehicle_running", "reception": "reception",
}  # fmt: skip
# Either figure may be meant: this year's money, or all that there is with what was carried over.
EITHER = {
    "fiscal_income": (T4.cell("income_this_year", "income"), T4.cell("income_total", "income")),
    "fiscal_spending": (T4.cell("spending_this_year", "total"), T4.cell("spending_total", "total")),
    "general_spending": (T5.cell("total", "total"),),
    "government_spending": (T7.cell("total", "total"),),
    "capital_spending": (T8.cell("total", "total"),),
}
WHOLE = {
    "income": income("income_total"), "both": income("income_total"), "spending": spending("spending_total"),
    **{fund: income(fund) for fund in (*TREASURY, "special_account", "own_funds", "carried_over")},
    "basic": T3.cell("total", "basic"), "project": T3.cell("total", "project"),
    "staff": T6.cell("total", "staff"), "running": T6.cell("total", "running"),
}  # fmt: skip
OPERATING_COST = T9.cell("agency_operating_cost")
TOTALS = ("both", "income", "spending")  # subjects that are the whole budget, the plainest first


def _agrees(view: View, claim: Claim, *cells: Cell) -> Compared:
    """A stated amount against its figure, or the first of several that are there when none of them is it.

    A blank figure is none to compare with, unless the text says nil. Text is judged by rounding: what may be the same
    number is the same.
    """
    shown = [figure for cell in cells if (figure := view.figure(cell)) and not (figure.amount is None and claim.amount)]
    if not shown:
        return MISSING
    for figure in shown:
        if _rounds_alike(claim, figure):
            return passed(claim.cell, figure.cell)
    return equal(view, claim.cell, [shown[0].cell])


def _rounds_alike(claim: Claim, shown: Printed) -> bool:
    """Whether what the text prints and what the table prints may be the same number."""
    step = shown.step if shown.amount else Decimal(0)
    return abs(claim.amount - (shown.amount or Decimal(0))) <= (claim.step + step) / 2


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
    claims = claims_of(view.entries)
    yield from (_agrees(view, claims[key], *cells) for key, cells in EITHER.items() if key in claims)
    if claims := claims_of(view.entries):
        read, left = len(claims) + len(changes_of(view.entries)), len(unread(view.entries))
        rest = f"；另有 {left} 句里的金额没有读懂，没有核对" if left else ""
        yield Compared(remark=f"情况说明里读出 {read} 处金额{rest}")


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
    """A percentage can be held to the figures only where the text says the same change in yuan, too.

    One whose sentence states its figure itself is held to that (I48).
    """
    told = judged(statements_of(view.entries))
    for change in changes:
        is_told = (change.section, change.spot) in told
        if change.percent is not None and not is_told and change.subject in first:
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
    running = view.figure(T6.cell("total", "running")) if view.has(T6) else None
    passages = [passage for passage in passages_of(view.entries) if "机关运行" in passage.headings]
    empty = next((s for s in view.entries.sections if "机关运行" in s["title"] and not s["text"].strip()), None)
    if not running or not (passages or empty):
        yield MISSING
    elif empty and running.amount:
        yield _not_explained(empty, running)
    else:
        yield _explained(view, claims_of(view.entries).get("agency_operating_cost"), running)


def _explained(view: View, claim: Claim | None, running: Printed) -> Compared:
    if claim is None:
        # Words without an amount that is understood: nothing can be said where there is money, nothing need be without.
        return MISSING if running.amount else passed(running.cell)
    printed = view.figure(OPERATING_COST)
    if _rounds_alike(claim, running) or (printed and printed.amount is not None):  # I50 has the very figure
        return passed(claim.cell, running.cell)
    return at_most(view, claim.cell, [running.cell])


def _not_explained(section: Record, running: Printed) -> Compared:
    said = stated(section["number"], "agency_operating_cost")
    place, amount = f"情况说明{quoted(section['title'])}", plain(running.amount, WAN)
    message = f"{place}没有文字，但表6 有公用经费 {amount}万元；请写明机关运行经费。"
    return differs(Level.ERROR, message, [said, running.cell], [place, running.place], amount, "")


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
