"""The values of one grid in its money unit: amounts, counts, percentages, codes, words; what cannot be read is kept."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from budget import money
from budget.cell import Cell
from budget.declare.fields import Code, Field, Money, Number, Percent
from budget.declare.tables import CHANGE_PERCENT
from budget.figures.printed import Printed
from budget.finding import Finding, Level
from budget.intake.grid import Grid
from budget.intake.problems import at, problem
from budget.text import narrow

_PERCENT_PLACES, _LARGEST_PERCENT = 4, 10**7


class Cells:
    """Reads values of one grid in its money unit and remembers what could not be read."""

    def __init__(self, grid: Grid, unit: str):
        self.grid, self.unit = grid, unit
        self.step = money.STEPS.get(unit, money.CENT)
        self.problems: list[Finding] = []
        self.findings: list[Finding] = []

    def value(self, row: int, column: int, declared: Field) -> Any:
        """The cell's value as its field keeps it: yuan, a number, a code, words."""
        if isinstance(declared, Money):
            return self.amount(row, column)
        if isinstance(declared, Number):
            return self.number(row, column, declared)
        text = self.grid.text(row, column).strip()
        return narrow(text) if isinstance(declared, Code) else text

    def amount(self, row: int, column: int) -> Decimal | None:
        """The cell's amount in yuan, None for a blank; what is no amount becomes a problem."""
        return self._read(row, column, lambda value: money.read(value, self.unit))

    def number(self, row: int, column: int, declared: Number) -> Decimal | None:
        """The cell's count or percentage, None for a blank."""
        reader = money.read_percent if isinstance(declared, Percent) else money.read_count
        return self._read(row, column, lambda value: reader(value, declared.places, declared.limit))

    def printed(self, row: int, column: int, cell: Cell) -> Printed:
        """The cell as a printed figure of this address, to the usual last place; a percentage has no unit."""
        place = self.grid.place(row, column)
        if cell.column.endswith(f"_{CHANGE_PERCENT}"):
            return Printed(cell, self._read(row, column, _read_change), place, "", self.step)
        return Printed(cell, self.amount(row, column), place, self.unit, self.step)

    def _read(self, row: int, column: int, reader: Callable[[Any], Decimal | None]) -> Decimal | None:
        if sentence := self.grid.problems.get((row, column)):
            self._refuse(row, column, sentence)
            return None
        value = self.grid.value(row, column)
        if value is None:  # as most cells
            return None
        try:
            number = reader(value)
        except money.Unreadable as error:
            self._refuse(row, column, str(error), found=str(value))
            return None
        if money.is_negative_in_brackets(value):
            self._warn(row, column, value)
        return number

    def _refuse(self, row: int, column: int, sentence: str, found: str = "") -> None:
        place = self.grid.place(row, column)
        self.problems.append(problem("R01", f"{at(self.grid, row, column)}：{sentence}。", place, found=found))

    def _warn(self, row: int, column: int, value: object) -> None:
        message = f"{at(self.grid, row, column)}写作“{value}”，按负数读取；如果不是负数，请改正。"
        self.findings.append(Finding("R01", Level.WARNING, message, (self.grid.place(row, column),)))


def _read_change(value: Any) -> Decimal | None:
    """A change in per cent as a file prints it: 12.5, 12.5%, -3.00%."""
    return money.read_percent(value, _PERCENT_PLACES, _LARGEST_PERCENT)
