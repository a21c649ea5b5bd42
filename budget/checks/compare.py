"""Comparisons of figures: a sum against its parts, one figure against another; exact, with the tolerance of print.

A sum of n printed terms may differ through rounding alone by half the last printed place of each term and of the
sum: such a difference is a notice that says so, anything above it counts in full. A blank is nil for a part; a
blank sum over filled parts is an error. A comparison that lacks its figure is missing, never passed.
"""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.balance import AT_LEAST, AT_MOST, EQUAL, Balance, Relation, Tally, balance_of
from budget.checks.view import View
from budget.checks.wording import for_clerk, for_readers
from budget.finding import Finding, Level
from budget.money import plain

Cells = Iterable[Cell]


class Compared(NamedTuple):
    """One comparison. cells: all figures that it looked at; missing: whether one that it needs is not there.

    difference: in yuan, where there is one. remark: what is worth showing although nothing is wrong. balance: where
    the first of the cells is held against the sum of the others.
    """

    cells: tuple[Cell, ...] = ()
    finding: Finding | None = None
    missing: bool = False
    difference: Decimal = Decimal(0)
    remark: str = ""
    balance: Balance | None = None

    def weight(self, cells: Collection[Cell]) -> int:
        """By how much the gap grows when each of these figures grows by one."""
        return (self.cells[0] in cells) - sum(part in cells for part in self.cells[1:])


MISSING = Compared(missing=True)


def differs(
    level: Level,
    message: str,
    cells: Cells = (),
    places: Iterable[str] = (),
    expected: str = "",
    actual: str = "",
    *,
    reader: str = "",
    cause: str = "",
) -> Compared:
    """A comparison that ends in a finding about no sum: a text, a record, a code.

    message: what is so, and last what the clerk is to do (“；请…”); what the public reads is the same without the last,
    unless reader says it otherwise. cause: equal in findings that are told as one.
    """
    cells, told = tuple(cells), tuple(filter(None, places))
    return Compared(cells, Finding("", level, message, told, expected, actual, cells, reader=reader, cause=cause))


def passed(*cells: Cell, remark: str = "") -> Compared:
    """A comparison without anything against it."""
    return Compared(cells, remark=remark)


def equal(view: View, target: Cell, terms: Cells, level: Level = Level.ERROR) -> Compared:
    """Whether a figure is the sum of others. terms: cells, those that are not there left out."""
    return _compared(view, target, terms, level, EQUAL)


def equal_if_any(view: View, target: Cell, source: Cell) -> Iterator[Compared]:
    """Whether two figures are the same, where one of them has money: of two nils there is nothing to say."""
    if view.amount(target) or view.amount(source):
        yield equal(view, target, [source])


def at_most(view: View, target: Cell, terms: Cells, level: Level = Level.ERROR) -> Compared:
    """Whether a figure is no more than the sum of others."""
    return _compared(view, target, terms, level, AT_MOST)


def at_least(view: View, target: Cell, terms: Cells, level: Level = Level.ERROR) -> Compared:
    """Whether a figure is no less than the sum of others."""
    return _compared(view, target, terms, level, AT_LEAST)


def _compared(view: View, target: Cell, terms: Cells, level: Level, relation: Relation) -> Compared:
    shown, parts = view.figure(target), list(filter(None, map(view.figure, terms)))
    if shown is None or not parts:
        return MISSING
    balance, cells = balance_of(shown, parts, relation), (shown.cell, *[part.cell for part in parts])
    difference = balance.difference
    if not difference:
        return Compared(cells, balance=balance)
    tally = Tally(shown, parts, cells, balance)
    return Compared(cells, _finding(view, tally, _level(level, tally)), difference=difference, balance=balance)


def _level(level: Level, tally: Tally) -> Level:
    """Rounding hides half a last place for each figure that is not blank; a blank sum is no rounding."""
    hidden = sum((figure.step for figure in (tally.shown, *tally.filled)), Decimal(0)) / 2
    is_rounding = tally.shown.amount is not None and abs(tally.balance.difference) <= hidden
    return Level.NOTICE if is_rounding else level


def _finding(view: View, tally: Tally, level: Level) -> Finding:
    expected = plain(tally.whole, tally.unit)
    return Finding(
        "",
        level,
        for_clerk(view, tally, level),
        tuple(figure.place for figure in (tally.shown, *tally.parts) if figure.place),
        expected,
        plain(tally.shown.amount, tally.unit),
        tally.cells,
        expected if _may_be_accepted(view, tally, level) else "",
        for_readers(view, tally, level),
    )


def _may_be_accepted(view: View, tally: Tally, level: Level) -> bool:
    """Whether the sum is what gets published instead of a figure that the file leaves blank or rounds.

    A proposal that a person accepts is published as accepted, so it is made only where the published figure is that
    very sum: not for a record's own amount, which is published as it stands, nor where no file prints another.
    """
    is_slight = tally.shown.amount is None or level == Level.NOTICE
    return bool(tally.shown.place) and is_slight and view.published(tally.shown.cell) == tally.whole


def bare(number: Decimal) -> str:
    """A count or a percentage without zeros behind it: 25.00 → 25."""
    return f"{number.normalize():f}"
