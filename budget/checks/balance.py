"""A figure beside the sum of others: how it is to stand to it, and how it does."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.view import Shown


@dataclass(frozen=True)
class Relation:
    """How a figure is to stand to the sum of others.

    should: what the one is to be beside the other, for the clerk. so: what is so where it is not, for the reader.
    beyond: how far a difference goes too far.
    """

    should: str
    so: str
    beyond: Callable[[Decimal], Decimal]


EQUAL = Relation("应为", "两处应当相同，相差", lambda difference: difference)
AT_MOST = Relation("不应超过", "前者不应超过后者，超出", lambda difference: max(difference, Decimal(0)))
AT_LEAST = Relation("不应少于", "前者不应少于后者，少了", lambda difference: min(difference, Decimal(0)))


class Balance(NamedTuple):
    """A figure beside the sum of others. gap: the figure less the sum, in yuan."""

    relation: Relation
    gap: Decimal

    def holds_with(self, change: Decimal) -> bool:
        """Whether nothing would be wrong if the gap changed by so much."""
        return not self.relation.beyond(self.gap + change)


class Tally(NamedTuple):
    """A figure beside the figures that it follows from, those that are there."""

    shown: Shown
    parts: list[Shown]
    relation: Relation

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The figure, then its parts."""
        return (self.shown.cell, *(part.cell for part in self.parts))

    @property
    def filled(self) -> list[Shown]:
        """The parts that are no blanks."""
        return [part for part in self.parts if part.amount is not None]

    @property
    def named(self) -> list[Shown]:
        """The parts that are worth naming: those with money; of nothing but nils the first."""
        return [part for part in self.parts if part.amount] or self.parts[:1]

    @property
    def whole(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.amount for part in self.parts if part.amount), Decimal(0))

    @property
    def balance(self) -> Balance:
        """How the figure stands to the sum."""
        return Balance(self.relation, (self.shown.amount or Decimal(0)) - self.whole)

    @property
    def difference(self) -> Decimal:
        """How far it goes too far; nil where nothing is wrong."""
        return self.relation.beyond(self.balance.gap)

    @property
    def unit(self) -> str:
        """A blank is told in the unit of its parts: it has no print of its own to follow."""
        return self.shown.unit if self.shown.amount is not None or not self.filled else self.filled[0].unit
