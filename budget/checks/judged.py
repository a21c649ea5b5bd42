"""Whether a stated change agrees with its figures, as far as rounding allows; what it should be otherwise."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from budget.checks.statements import Statement, ratio
from budget.money import CENT, WAN, YUAN_PER

_WAN = YUAN_PER[WAN]


class Fault(NamedTuple):
    """What a statement says, and what it should say (减少 1.10%, 减少 15.13%), or why it says nothing that can be."""

    said: str
    should: str = ""
    why_not: str = ""


def wan(amount: Decimal) -> str:
    """An amount of the text in 万元 with two places: 1434.89."""
    return f"{(amount / _WAN).quantize(CENT, ROUND_HALF_UP) + 0:f}"


def moved(amount: Decimal) -> str:
    """A change in words: 减少 255.80万元."""
    return f"{'增加' if amount > 0 else '减少'} {wan(abs(amount))}万元" if amount else "持平"


def moved_by(percent: Decimal, step: Decimal) -> str:
    """A percentage in words, with as many places as the step has: 减少 15.13%."""
    shown = abs(percent).quantize(step, ROUND_HALF_UP) if step else abs(percent)
    return f"{'增加' if percent > 0 else '减少'} {shown:f}%"


def faults_of(statement: Statement) -> list[Fault]:
    """What of a statement cannot be, whatever its printed figures stand for; nothing where it may be right."""
    return list(_by_figures(statement) if statement.before else _by_change(statement))


def _by_figures(statement: Statement) -> Iterator[Fault]:
    """Both figures are stated: the change follows from them."""
    before, now, change, percent = statement.before, statement.now, statement.change, statement.percent
    assert before is not None
    moved_, hidden = now.value - before.value, (now.step + before.step) / 2
    if statement.level and abs(moved_) > hidden:
        yield Fault("持平", moved(moved_))
    if change and abs(moved_ - change.value) > hidden + change.step / 2:
        yield Fault(moved(change.value), moved(moved_))
    if percent:
        yield from _percentage(statement, moved_, before.value)
    if statement.way and not (change or percent) and moved_ * statement.way < -hidden:
        yield Fault("增加" if statement.way > 0 else "减少", moved(moved_))


def _by_change(statement: Statement) -> Iterator[Fault]:
    """This year's figure and the change are stated: the year before follows from them."""
    now, change, percent = statement.now, statement.change, statement.percent
    if change is None:
        return
    before = now.value - change.value
    if before < -(now.step + change.step) / 2:
        yield Fault(moved(change.value), why_not=f"比本年的 {wan(now.value)}万元还多，上年就成了负数")
    elif percent:
        yield from _percentage(statement, change.value, before)


def _percentage(statement: Statement, change: Decimal, before: Decimal) -> Iterator[Fault]:
    percent, allowed = statement.percent, ratio(statement)
    assert percent is not None
    said = moved_by(percent.value, percent.step)
    if not before:
        if change:
            yield Fault(said, why_not=f"上年是 0，本年是 {wan(change)}万元，没有比例可算")
    elif allowed and not (percent.ends[0] <= allowed[1] and allowed[0] <= percent.ends[1]):
        yield Fault(said, moved_by(change / before * 100, percent.step))
