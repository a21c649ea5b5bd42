"""A figure beside the sum of others: how it is to stand to it, and how it does."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell
from budget.figures.printed import Printed

_NIL = Decimal(0)


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
AT_MOST = Relation("不应超过", "前者不应超过后者，超出", lambda difference: max(difference, _NIL))
AT_LEAST = Relation("不应少于", "前者不应少于后者，少了", lambda difference: min(difference, _NIL))


class Balance(NamedTuple):
    """A figure beside the sum of others. gap: the figure less the sum, in yuan."""

    relation: Relation
    gap: Decimal

    @property
    def difference(self) -> Decimal:
        """How far it goes too far; nil where nothing is wrong."""
        return self.relation.beyond(self.gap)

    def holds_with(self, change: Decimal) -> bool:
        """Whether nothing would be wrong if the gap changed by so much."""
        return not self.relation.beyond(self.gap + change)


def balance_of(shown: Printed, parts: list[Printed], relation: Relation) -> Balance:
    """How a figure stands to the sum of its parts; a blank is nil."""
    return Balance(relation, (shown.amount or _NIL) - sum([part.amount for part in parts if part.amount], _NIL))


class Tally(NamedTuple):
    """A figure that does not stand as it should to those that it follows from: what there is to tell of it.

    cells: the figure's, then its parts'. parts: those that are there.
    """

    shown: Printed
    parts: list[Printed]
    cells: tuple[Cell, ...]
    balance: Balance

    @property
    def relation(self) -> Relation:
        """How the figure is to stand to the sum."""
        return self.balance.relation

    @property
    def filled(self) -> list[Printed]:
        """The parts that are no blanks."""
        return [part for part in self.parts if part.amount is not None]

    @property
    def named(self) -> list[Printed]:
        """The parts that are worth naming: those with money; of nothing but nils the first."""
        return [part for part in self.parts if part.amount] or self.parts[:1]

    @property
    def whole(self) -> Decimal:
        """What the parts add up to."""
        return (self.shown.amount or _NIL) - self.balance.gap

    @property
    def unit(self) -> str:
        """A blank is told in the unit of its parts: it has no print of its own to follow."""
        return self.shown.unit if self.shown.amount is not None or not self.filled else self.filled[0].unit
