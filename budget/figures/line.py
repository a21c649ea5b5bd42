"""A line: one amount that a township decided on, with its facets. Every figure of the tables is a sum of lines."""

from decimal import Decimal
from typing import NamedTuple

from budget.figures.facets import Facets


class Line(NamedTuple):
    """A line outside the database: the facets of `Facets`, then an amount in yuan."""

    book: str
    fund: str = ""
    kind: str = ""
    function: str = ""
    economic: str = ""
    item: str = ""
    project: str = ""
    carried_over: bool = False
    amount: Decimal = Decimal(0)

    @property
    def facets(self) -> Facets:
        """The facets alone, a line's identity inside one budget."""
        return Facets(*self[:-1])


def sort_key(line: Line) -> tuple[str, ...]:
    """Lines in a fixed order, so that equal budgets are equal lists."""
    return tuple(str(value) for value in line[:-1])
