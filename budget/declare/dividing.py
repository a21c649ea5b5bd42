"""How a cell that does not say all of its money's facets is divided: by what is certain, else by a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.declare.tables import Filter, passing

Shares = dict[Any, Decimal]  # {facets: amount}


@dataclass(frozen=True, eq=False)
class Dividing:
    """where: of which money it speaks. asks: what a person is asked, after the cell and its amount in words.

    certain(choices, amount, lines): whose the money is, where the rest of the budget leaves no doubt; None where a
    person must say. assumed(choices, lines): whether the first choice stands, and is said, for want of any other.
    """

    where: Filter
    asks: str
    certain: Callable[[tuple[Any, ...], Decimal, Iterable[Any]], Shares | None]
    assumed: Callable[[tuple[Any, ...], Iterable[Any]], bool] = lambda choices, lines: False

    def is_about(self, choices: Iterable[Any]) -> bool:
        """Whether all of these choices are its money."""
        choices = tuple(choices)
        return len(passing(choices, self.where)) == len(choices)
