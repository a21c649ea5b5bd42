"""Amounts that look as if they were typed in the other unit: asked about, and not counted until a person says so."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from budget.figures.line import Line
from budget.money import WAN, YUAN, YUAN_PER, show

_TIMES = 1000  # so many times what stood there, or a thousandth of it: an amount in the other unit is ten thousand
_ANYBODYS = Decimal(10) ** 9  # more than any township has, where nothing else is known
_TINY = Decimal(1000)  # yuan
_ENOUGH = 10  # lines from which a budget's own sum says how large it is


class Doubt(NamedTuple):
    """An amount that looks wrong. instead: what it would be in the other unit."""

    amount: Decimal
    instead: Decimal
    why: str

    def words(self, unit: str) -> str:
        """The question, in one line."""
        other = YUAN if unit == WAN else WAN
        typed, meant = (plainly(value, unit) for value in (self.amount, self.instead))
        number = show(self.amount / YUAN_PER[unit], YUAN)
        return f"现在是 {typed} {unit}，{self.why}。是不是 {number} {other}，也就是 {meant} {unit}？定了才计入合计。"


def plainly(amount: Decimal, unit: str) -> str:
    """An amount with separators, exact: what stands in an input."""
    number = amount / YUAN_PER[unit]
    exact = number.normalize()
    return f"{exact:,f}" if -int(exact.as_tuple().exponent) > 2 else f"{number.quantize(Decimal('0.01')):,}"


class Scale(NamedTuple):
    """How large a budget is: what its largest book adds up to, this year or last; 0 where that is not known."""

    whole: Decimal

    @classmethod
    def of(cls, lines: Iterable[Line], last_year: Iterable[Line]) -> "Scale":
        """The scale of a budget by its lines, where there are enough of them, and by last year's."""
        now = list(lines)
        return cls(max(_largest_book(now) if len(now) >= _ENOUGH else Decimal(0), _largest_book(last_year)))


def _largest_book(lines: Iterable[Line]) -> Decimal:
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.book] = sums.get(line.book, Decimal(0)) + abs(line.amount)
    return max(sums.values(), default=Decimal(0))


def doubt(amount: Decimal | None, unit: str, scale: Scale, known: Iterable[Decimal | None]) -> Doubt | None:
    """What is doubtful about an amount typed in a unit. known: what stood there before, and last year."""
    if not amount:
        return None
    instead = amount * YUAN_PER[YUAN] / YUAN_PER[WAN] if unit == WAN else amount * YUAN_PER[WAN]
    stood = [abs(one) for one in known if one]
    why = _too_large(abs(amount), scale, stood) if unit == WAN else _too_small(abs(amount), scale, stood)
    return Doubt(amount, instead, why) if why else None


def _too_large(size: Decimal, scale: Scale, stood: list[Decimal]) -> str:
    if size > (scale.whole or _ANYBODYS):
        return "比整个预算还大" if scale.whole else "不像一个乡镇的数"
    return f"是原来或上年的 {_TIMES} 倍以上" if any(size > one * _TIMES for one in stood) else ""


def _too_small(size: Decimal, scale: Scale, stood: list[Decimal]) -> str:
    if size * YUAN_PER[WAN] > (scale.whole or _ANYBODYS):
        return ""
    if size < _TINY:
        return f"= {show(size)} 万元"
    return f"不到原来或上年的 {_TIMES} 分之一" if any(size * _TIMES < one for one in stood) else ""
