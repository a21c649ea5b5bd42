"""A figure as a file prints it, with its place."""

from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell


class Printed(NamedTuple):
    """cell: which figure. amount: yuan, None where the cell is blank. place: where it stands, `sheet!cell` or table,
    row and column in Word. unit: 元 or 万元. step: the last place that the table prints, in yuan (100 where it
    prints 0.01 万元): half of it is what rounding may hide.
    """

    cell: Cell
    amount: Decimal | None
    place: str
    unit: str
    step: Decimal
