"""Comparisons of figures: a sum against its parts, one figure against another; exact, with the tolerance of print.

A sum of n printed terms may differ through rounding alone by half the last printed place of each term and of the
sum: such a difference is a notice that says so, anything above it counts in full. A blank is nil for a part; a
blank sum over filled parts is an error. A comparison that lacks its figure is missing, never passed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.view import Shown, View
from budget.finding import Finding, Level
from budget.money import YUAN_PER, plain
from budget.text import quoted

Cells = Iterable[Cell]


class Compared(NamedTuple):
    """One comparison. cells: all figures that it looked at; missing: whether one that it needs is not there.

    difference: in yuan, where there is one. remark: what is worth showing although nothing is wrong.
    """

    cells: tuple[Cell, ...] = ()
    finding: Finding | None = None
    missing: bool = False
    difference: Decimal = Decimal(0)
    remark: str = ""


MISSING = Compared(missing=True)
NAMED = 3  # parts of a sum that a sentence names; more would hide what it says


def differs(
    level: Level, message: str, cells: Cells = (), places: Iterable[str] = (), expected: str = "", actual: str = ""
) -> Compared:
    """A comparison that ends in a finding about no sum: a text, a record, a code."""
    cells = tuple(cells)
    return Compared(cells, Finding("", level, message, tuple(filter(None, places)), expected, actual, cells))


def passed(*cells: Cell, remark: str = "") -> Compared:
    """A comparison without anything against it."""
    return Compared(cells, remark=remark)


def equal(view: View, target: Cell, terms: Cells, level: Level = Level.ERROR) -> Compared:
    """Whether a figure is the sum of others. terms: cells, those that are not there left out."""
    return _compared(view, target, terms, level, _EQUAL)


def equal_if_any(view: View, target: Cell, source: Cell) -> Iterator[Compared]:
    """Whether two figures are the same, where one of them has money: of two nils there is nothing to say."""
    if view.amount(target) or view.amount(source):
        yield equal(view, target, [source])


def at_most(view: View, target: Cell, terms: Cells, level: Level = Level.ERROR) -> Compared:
    """Whether a figure is no more than the sum of others."""
    return _compared(view, target, terms, level, _AT_MOST)


def at_least(view: View, target: Cell, terms: Cells, level: Level = Level.ERROR) -> Compared:
    """Whether a figure is no less than the sum of others."""
    return _compared(view, target, terms, level, _AT_LEAST)


@dataclass(frozen=True)
class _Relation:
    """should: what the one figure is to be beside the other, in words. beyond: how far a difference goes too far."""

    should: str
    beyond: Callable[[Decimal], Decimal]


_EQUAL = _Relation("应为", lambda difference: difference)
_AT_MOST = _Relation("不应超过", lambda difference: max(difference, Decimal(0)))
_AT_LEAST = _Relation("不应少于", lambda difference: min(difference, Decimal(0)))


class _Tally(NamedTuple):
    """A figure beside the figures that it follows from, those that are there."""

    shown: Shown
    parts: list[Shown]
    relation: _Relation

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.shown.cell, *(part.cell for part in self.parts))

    @property
    def filled(self) -> list[Shown]:
        return [part for part in self.parts if part.amount is not None]

    @property
    def named(self) -> list[Shown]:
        """The parts that are worth naming: those with money; of nothing but nils the first."""
        return [part for part in self.parts if part.amount] or self.parts[:1]

    @property
    def whole(self) -> Decimal:
        return sum((part.amount for part in self.parts if part.amount), Decimal(0))

    @property
    def difference(self) -> Decimal:
        return self.relation.beyond((self.shown.amount or Decimal(0)) - self.whole)

    @property
    def unit(self) -> str:
        """A blank is told in the unit of its parts: it has no print of its own to follow."""
        return self.shown.unit if self.shown.amount is not None or not self.filled else self.filled[0].unit


def _compared(view: View, target: Cell, terms: Cells, level: Level, relation: _Relation) -> Compared:
    shown, parts = view.figure(target), list(filter(None, map(view.figure, terms)))
    if shown is None or not parts:
        return MISSING
    tally = _Tally(shown, parts, relation)
    if difference := tally.difference:
        return Compared(tally.cells, _finding(view, tally, _level(level, tally, difference)), difference=difference)
    return Compared(tally.cells)


def _level(level: Level, tally: _Tally, difference: Decimal) -> Level:
    """Rounding hides half a last place for each figure that is not blank; a blank sum is no rounding."""
    hidden = sum((figure.step for figure in (tally.shown, *tally.filled)), Decimal(0)) / 2
    is_rounding = tally.shown.amount is not None and abs(difference) <= hidden
    return Level.NOTICE if is_rounding else level


def _finding(view: View, tally: _Tally, level: Level) -> Finding:
    expected = plain(tally.whole, tally.unit)
    return Finding(
        "",
        level,
        _message(view, tally, level),
        tuple(figure.place for figure in (tally.shown, *tally.parts) if figure.place),
        expected,
        plain(tally.shown.amount, tally.unit),
        tally.cells,
        expected if _may_be_accepted(view, tally, level) else "",
    )


def _may_be_accepted(view: View, tally: _Tally, level: Level) -> bool:
    """Whether the sum is what gets published instead of a figure that the file leaves blank or rounds.

    A proposal that a person accepts is published as accepted, so it is made only where the published figure is that
    very sum: not for a record's own amount, which is published as it stands, nor where no file prints another.
    """
    is_slight = tally.shown.amount is None or level == Level.NOTICE
    return bool(tally.shown.place) and is_slight and view.published(tally.shown.cell) == tally.whole


def _message(view: View, tally: _Tally, level: Level) -> str:
    amount, unit, source = tally.shown.amount, tally.unit, _source(view, tally)
    where, expected = view.words(tally.shown.cell), f"{plain(tally.whole, unit)}{unit}"
    if amount is None:
        return f"{where}是空白，{source}应为 {expected}；像是漏填了，请补上。"
    actual, gap = f"{plain(amount, unit)}{unit}", f"相差 {plain(abs(amount - tally.whole), unit)}{unit}"
    if level == Level.NOTICE:
        return f"{where}是 {actual}，{source}为 {expected}，{gap}，在四舍五入的范围内。"
    return f"{where}是 {actual}，{source}{tally.relation.should} {expected}，{gap}；{_cause(view, tally, amount)}"


def _source(view: View, tally: _Tally) -> str:
    """What the figure should follow from, in words."""
    first, *others = tally.named
    if not others:
        return f"按{view.words(first.cell)}"
    names = "".join(quoted(_distinct(view, tally.shown, part)) for part in tally.named[:NAMED])
    return f"按{names}{'等' if len(tally.named) > NAMED else ''} {len(tally.named)} 项相加"


def _distinct(view: View, shown: Shown, part: Shown) -> str:
    """What tells a part from the sum: its column in the same row, its row otherwise."""
    same_table = part.cell.table == shown.cell.table
    if same_table and part.cell.row == shown.cell.row:
        return view.naming.column(part.cell)
    name = view.naming.row(part.cell)
    return name if same_table else f"{view.naming.table(part.cell)} {name}"


def _cause(view: View, tally: _Tally, amount: Decimal) -> str:
    """What is most likely wrong, for the mistakes that can be told from the figures, the surest first."""
    if slipped := slip(amount, tally.whole):
        return f"{slipped}，请改正。"
    if miscounted := _miscounted(view, tally, amount):
        return f"像是{miscounted}，请核对。"
    if amount in view.last_year:
        return "像是上一年的数，请核对。"
    return "请核对合计和各项。" if len(tally.parts) > 1 else "请核对这两处。"


def _miscounted(view: View, tally: _Tally, amount: Decimal) -> str:
    """Which part the sum lacks or holds twice; a single part is no sum that could."""
    if len(tally.parts) < 2:
        return ""
    off = amount - tally.whole
    by_amount = {part.amount: part for part in reversed(tally.parts)}  # of equal parts the first
    if lacking := by_amount.get(-off):
        return f"漏加了{quoted(_distinct(view, tally.shown, lacking))}"
    if doubled := by_amount.get(off):
        return f"把{quoted(_distinct(view, tally.shown, doubled))}加了两次"
    return ""


def bare(number: Decimal) -> str:
    """A count or a percentage without zeros behind it: 25.00 → 25."""
    return f"{number.normalize():f}"


def slip(one: Decimal | None, other: Decimal | None) -> str:
    """How the one amount may have been meant as the other: 元 for 万元, two digits exchanged; '' for neither."""
    if not one or not other:
        return ""
    if YUAN_PER["万元"] in (one / other, other / one):
        return "像是元与万元弄混了"
    return "像是有两个相邻数字写颠倒了" if _is_swap(one, other) else ""


def _is_swap(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ by two neighbouring digits changing places."""
    a, b = f"{abs(one):.2f}", f"{abs(other):.2f}"
    wrong = [i for i in range(len(a)) if a[i] != b[i]] if len(a) == len(b) else []
    return len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
