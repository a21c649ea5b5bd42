"""A figure as it stands in print, with its place."""

from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell
from budget.money import plain


class Printed(NamedTuple):
    """A figure as a file prints it, or as it would be printed where there is no file.

    cell: which figure. amount: yuan, None where the cell is blank. place: where it stands, `sheet!cell` or table, row
    and column in Word; '' without a file. unit: 元 or 万元; a count or a percentage has none, its amount is the number
    itself. step: the last place that the table prints, in yuan (100 where it prints 0.01 万元): half of it is what
    rounding may hide.
    """

    cell: Cell
    amount: Decimal | None
    place: str
    unit: str
    step: Decimal

    @property
    def text(self) -> str:
        """The figure in its unit, '' for a blank."""
        return plain(self.amount, self.unit)
