"""Other notes of the text: running cost, purchases by kind, vehicles, single projects, reasons for a change."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.claims import claims_of, project_list
from budget.checks.compare import MISSING, Compared, differs, passed
from budget.checks.judged import moved, wan
from budget.checks.passages import Passage, passages_of
from budget.checks.statements import DOWN, UNITS, UP, Span, span_of, way_of
from budget.checks.view import View
from budget.declare.rule import INSPECTION, rule
from budget.documents.department_budget.fixed_assets import FIXED_ASSETS
from budget.documents.department_budget.procurement import PROCUREMENT
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.rules.narrative import OPERATING_COST
from budget.documents.department_budget.tables.t3 import T3
from budget.figures.printed import Printed
from budget.figures.totals import TOTAL
from budget.finding import Level
from budget.money import CENT
from budget.text import quoted

_AMOUNT = r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|亿元|元)"
_PURCHASES = re.compile(r"政府采购(?:支出)?预算(?:总额|金额|安排)?(?:共计|共|为)?\s*" + _AMOUNT)
_KIND = re.compile(r"(?:政府采购)?(?P<kind>货物|工程|服务)(?:类)?(?:采购)?(?:支出)?(?:预算)?(?:为)?\s*" + _AMOUNT)
KINDS = {"货物": "A", "工程": "B", "服务": "C"}  # how the codes of the catalogue begin
_VEHICLES = re.compile(
    r"(?:共有|拥有|保有|现有|[；;])\s*(?:公务用)?车辆\s*(\d+)\s*辆(?P<list>[（(，,：:]?(?:其中)?[^。；;]*)"
)
_OF_A_KIND = re.compile(r"用车\s*(\d+)\s*辆")
_COUNTED = re.compile(r"\d+\s*辆")
_DEVICES = re.compile(
    r"单(?:位)?(?:价|价值)\s*(?:在)?\s*(\d+)\s*万元\s*(?:[（(]含[）)])?及?以上的?\s*(?:通用|专用)?设备\s*(?:共有?|为)?\s*(\d+)\s*(?:台|件|套)"
)
_LIMIT = int(re.sub(r"^\d+、|\D", "", FIXED_ASSETS.kinds["equipment"]))  # of the list's devices, in 万元
_PLANNED = re.compile(r"项目[^。；]{0,12}?涉及(?:项目)?预算(?:资金|金额)\s*" + _AMOUNT)
_FILLER = r"(?:项目)?(?:预算)?(?:安排)?(?:为|共计|共)?\s*"
_WAN = UNITS["万元"]
_LEAST_NAME = 5  # characters; a shorter name may be part of any sentence
_REASONS = re.compile(
    rf"(?P<way>{'|'.join((*UP, *DOWN))})\s*{_AMOUNT}[，,]\s*主要(?:原因)?(?:为|是)?[：:](?P<list>[^。]*)"
)
_CLAUSE = re.compile(r"[，,。；;：:、]")
_REASON = re.compile(rf"(?P<way>{'|'.join((*UP, *DOWN))})?\s*{_AMOUNT}")


class _Stated(NamedTuple):
    """An amount or a number that a paragraph states, and what of."""

    passage: Passage
    what: str
    span: Span


@rule("I50", INSPECTION, of_text=True)
def notes_state_their_figures(view: View) -> Iterator[Compared]:
    """情况说明里的机关运行经费与表9 相同，政府采购、车辆、设备与各类之和、清单相同"""
    passages = passages_of(view.entries)
    yield from _operating_cost(view)
    for passage in passages:
        yield from _purchases(view, passage)
        yield from _vehicles(view, passage)
        yield from _devices(view, passage)


def _operating_cost(view: View) -> Iterator[Compared]:
    """Where table 9 prints the running cost, it is this very figure; otherwise table 6 bounds it (I31)."""
    claim, shown = claims_of(view.entries).get("agency_operating_cost"), view.figure(OPERATING_COST)
    if claim is None or shown is None or shown.amount is None:
        return
    if Span(claim.amount, claim.step).may_be(Span(shown.amount, shown.step)):
        yield passed(claim.cell, shown.cell)
        return
    said, should = wan(claim.amount), wan(shown.amount)
    message = f"{claim.where}写机关运行经费 {said}万元，表9 是 {should}万元；请核对这两处。"
    yield differs(Level.ERROR, message, [claim.cell, shown.cell], [claim.where, shown.place], should, said)


def _purchases(view: View, passage: Passage) -> Iterator[Compared]:
    match = _PURCHASES.search(passage.written)
    if not match:
        return
    total = _Stated(passage, "政府采购预算", _span(match))
    rest = passage.written[match.end() :].partition("。")[0]
    kinds = {m["kind"]: _Stated(passage, f"政府采购{m['kind']}预算", _span(m)) for m in _KIND.finditer(rest)}
    listed = [(total, _bought(view)), *((stated, _bought(view, KINDS[kind])) for kind, stated in kinds.items())]
    held = list(_held(view, listed))
    yield from held
    if len(kinds) == len(KINDS) and not any(compared.finding for compared in held):
        yield _adds_up(total, list(kinds.values()))


def _span(match: re.Match[str]) -> Span:
    return span_of(match["digits"], UNITS[match["unit"]])


def _adds_up(total: _Stated, parts: list[_Stated]) -> Compared:
    together = _sum(part.span for part in parts)
    if total.span.may_be(together):
        return passed(total.passage.cell)
    said, should, where = wan(total.span.value), wan(together.value), total.passage.words()
    message = f"{where}写{total.what} {said}万元，货物、工程、服务合起来是 {should}万元；请核对。"
    return differs(Level.ERROR, message, [total.passage.cell], [where], should, said)


def _sum(spans: Iterable[Span]) -> Span:
    all_ = list(spans)
    return Span(sum((one.value for one in all_), Decimal(0)), sum((one.step for one in all_), Decimal(0)))


def _bought(view: View, begins: str = "") -> Decimal | None:
    """What the list of purchases adds up to, in all or of a kind; None where it does not say."""
    records = view.records(PROCUREMENT)
    if not records or (begins and not all(record["catalogue_code"] for record in records)):
        return None
    cells = [
        Cell(PROCUREMENT.key, str(number), TOTAL)
        for number, record in view.numbered(PROCUREMENT)
        if record["catalogue_code"].startswith(begins)
    ]
    return sum((view.published(cell) or Decimal(0) for cell in cells), Decimal(0))


def _held(view: View, pairs: list[tuple[_Stated, Decimal | None]]) -> Iterator[Compared]:
    """Stated amounts against what the list of purchases says; without a list there is nothing to hold them to."""
    for stated, bought in pairs:
        if bought is None:
            continue
        cell, where = stated.passage.cell, stated.passage.words()
        if stated.span.may_be(Span(bought, CENT)):
            yield passed(cell)
            continue
        said, should = wan(stated.span.value), wan(bought)
        message = f"{where}写{stated.what} {said}万元，政府采购预算表合计是 {should}万元；请核对这两处。"
        yield differs(Level.ERROR, message, [cell], [where], should, said)


def _vehicles(view: View, passage: Passage) -> Iterator[Compared]:
    match = _VEHICLES.search(passage.written)
    if not match:
        return
    count, cell, where = int(match[1]), passage.cell, passage.words()
    kinds = [int(number) for number in _OF_A_KIND.findall(match["list"])]
    are_all = len(kinds) == len(_COUNTED.findall(match["list"]))  # a kind that is called otherwise would be missing
    if are_all and len(kinds) > 1 and sum(kinds) != count:
        message = f"{where}写车辆 {count} 辆，各类车辆合起来是 {sum(kinds)} 辆；请核对。"
        yield differs(Level.ERROR, message, [cell], [where], str(sum(kinds)), str(count))
    else:
        yield _owned(view, passage, count)


def _owned(view: View, passage: Passage, count: int) -> Compared:
    """The vehicles against the list of fixed assets."""
    owned = _in_assets(view, passage, "vehicles")
    if not owned or owned.amount == count:
        return passed(passage.cell)
    return _not_in_assets(passage, owned, f"车辆 {count} 辆", f"固定资产表是 {_whole(owned)} 辆", count)


def _in_assets(view: View, passage: Passage, kind: str) -> Printed | None:
    """How many the list of fixed assets has; None where it does not say, or list and note are of two days."""
    owned = view.figure(Cell(FIXED_ASSETS.key, kind, "quantity"))
    day = view.entries.dates.get(FIXED_ASSETS.key)
    dated = re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", passage.written)
    of_another_day = dated and (not day or str(day) != _iso(dated))
    return None if not owned or owned.amount is None or of_another_day else owned


def _not_in_assets(passage: Passage, owned: Printed, said: str, but: str, count: int) -> Compared:
    where = passage.words()
    message = f"{where}写{said}，{but}；请核对这两处。"
    return differs(Level.WARNING, message, [passage.cell, owned.cell], [where, owned.place], _whole(owned), str(count))


def _whole(owned: Printed) -> str:
    return f"{(owned.amount or Decimal(0)).normalize():f}"


def _devices(view: View, passage: Passage) -> Iterator[Compared]:
    """Devices above the list's own limit are as many as it has; above a higher one they are no more."""
    counts: dict[int, int] = {}
    for limit, count in _DEVICES.findall(passage.written):
        counts[int(limit)] = counts.get(int(limit), 0) + int(count)
    owned = _in_assets(view, passage, "equipment") if counts else None
    if owned is None:
        return
    for limit, count in counts.items():
        yield _device(passage, owned, limit, count)


def _device(passage: Passage, owned: Printed, limit: int, count: int) -> Compared:
    number, said = owned.amount or Decimal(0), f"单价 {limit}万元以上的设备 {count} 台"
    if limit == _LIMIT and count != number:
        return _not_in_assets(passage, owned, said, f"固定资产表是 {_whole(owned)} 台", count)
    if limit > _LIMIT and count > number:
        but = f"比固定资产表单价 {_LIMIT}万元以上的 {_whole(owned)} 台还多"
        return _not_in_assets(passage, owned, said, but, count)
    return passed(passage.cell)


def _iso(date: re.Match[str]) -> str:
    return f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"


@rule("I51", INSPECTION, of_text=True)
def notes_on_projects_agree(view: View) -> Iterator[Compared]:
    """情况说明里同一个项目的金额处处相同，合计不超过表3 项目支出"""
    listed = {name: amount for name, amount in project_list(view.entries).items if len(name) >= _LEAST_NAME}
    for passage in passages_of(view.entries):
        yield from _planned(view, passage)
        for name, amount in listed.items():
            if name in passage.written:
                yield from _named_again(passage, name, amount)
    if listed and not view.records(PROJECTS):
        yield from _within_projects(view, passages_of(view.entries)[0], "所列项目", _listed(view))


def _listed(view: View) -> Span:
    return Span(sum((amount for _, amount in project_list(view.entries).items), Decimal(0)), CENT)


def _as_listed(amount: Decimal) -> Span:
    """An amount of the list with its last printed place, which its digits keep."""
    return Span(amount, _WAN / 10 ** max(0, -int(amount.as_tuple().exponent)))


def _planned(view: View, passage: Passage) -> Iterator[Compared]:
    if match := _PLANNED.search(passage.written):
        yield from _within_projects(view, passage, "编报绩效目标的项目", _span(match))


def _within_projects(view: View, passage: Passage, what: str, span: Span) -> Iterator[Compared]:
    shown, cell, where = view.figure(T3.cell("total", "project")), passage.cell, passage.words()
    if shown is None or shown.amount is None:
        yield MISSING
    elif span.value - shown.amount <= (span.step + shown.step) / 2:
        yield passed(cell, shown.cell)
    else:
        said, most = wan(span.value), wan(shown.amount)
        message = f"{where}写{what}共 {said}万元，比表3 项目支出 {most}万元还多；请核对这两处。"
        yield differs(Level.ERROR, message, [cell, shown.cell], [where, shown.place], most, said)


def _named_again(passage: Passage, name: str, amount: Decimal) -> Iterator[Compared]:
    """A project named again with another amount; 减少3万元 after its name is a change, not its amount."""
    for match in re.finditer(re.escape(name) + _FILLER + _AMOUNT, passage.written):
        span = _span(match)
        if span.may_be(_as_listed(amount)):
            yield passed(passage.cell)
            continue
        said, should, where = wan(span.value), wan(amount), passage.words()
        message = f"{where}写{quoted(name)}{said}万元，别处写 {should}万元；请核对。"
        yield differs(Level.ERROR, message, [passage.cell], [where], should, said)


@rule("I53", INSPECTION, of_text=True)
def reasons_explain_the_change(view: View) -> Iterator[Compared]:
    """情况说明逐项写的增减原因，各项之和等于增减"""
    for passage in passages_of(view.entries):
        for match in _REASONS.finditer(passage.written) if "主要" in passage.written else ():
            yield from _explained(passage, match)


def _explained(passage: Passage, match: re.Match[str]) -> Iterator[Compared]:
    reasons = list(_REASON.finditer(match["list"]))
    if not reasons:
        return
    way = way_of(match)
    whole, named = _span(match), _sum(_signed(reason, way) for reason in reasons)
    rest, cell, where = (
        whole.value * way - named.value,
        passage.cell,
        passage.words(_CLAUSE.split(passage.written[: match.start()])[-1] + match[0]),
    )
    if abs(rest) <= (whole.step + named.step) / 2:
        yield passed(cell)
        return
    said, told = moved(whole.value * way), moved(named.value)
    message = f"{where}写{said}，写明原因的合起来是{told}，还有 {wan(abs(rest))}万元没有说明原因。"
    yield differs(Level.NOTICE, message, [cell], [where], said, told)


def _signed(reason: re.Match[str], way: int) -> Span:
    """A reason's amount; one that names no direction has that of the whole."""
    span = _span(reason)
    return Span(span.value * (way_of(reason) or way), span.step)
