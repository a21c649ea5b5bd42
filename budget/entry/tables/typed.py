"""From what is typed into a grid to lines: read, doubted, divided; what is not settled does not count."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from budget import money
from budget.cell import Cell
from budget.declare.dividing import Shares
from budget.entry.tables.divided import Asked, Said, divided
from budget.entry.tables.doubts import Doubt, Scale, doubt, plainly
from budget.entry.tables.feeds import is_said_elsewhere
from budget.entry.tables.grid import Grid, Square
from budget.figures.facets import Facets
from budget.figures.line import Line, sort_key

Texts = dict[Cell, str]


@dataclass(frozen=True)
class Typed:
    """What a person typed. cells: texts by cell, in the unit. sure: doubtful amounts that they meant. said: whose a
    cell's money is, where they were asked."""

    unit: str
    cells: Texts = field(default_factory=dict)
    sure: frozenset[tuple[Cell, Decimal]] = frozenset()
    said: dict[Cell, Said] = field(default_factory=dict)


@dataclass
class Entered:
    """What became of it. lines: all lines, with what is settled. changed: {cell: its new amount} of that.

    wrong: {cell: why it cannot be read}. doubts, asked: what a person must say first. remarks: what was assumed.
    """

    lines: list[Line]
    changed: dict[Cell, Decimal | None] = field(default_factory=dict)
    wrong: dict[Cell, str] = field(default_factory=dict)
    doubts: dict[Cell, Doubt] = field(default_factory=dict)
    asked: dict[Cell, Asked] = field(default_factory=dict)
    remarks: dict[Cell, str] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether all of it counts."""
        return not (self.wrong or self.doubts or self.asked)


class _Refused(ValueError):
    """Why an amount cannot stand in its cell, in one sentence."""


class _Part(NamedTuple):
    """The lines of a cell: those that other tables say, and its own."""

    beyond: list[Line]
    own: list[Line]


def enter(grid: Grid, typed: Typed, last_year: Iterable[Line] = ()) -> Entered:
    """What the typed texts make of a grid's lines. An untouched cell, whatever its text, changes nothing."""
    entry = _Entry(grid, typed, Scale.of(grid.lines, last_year))
    for cell, text in typed.cells.items():
        if square := grid.typed.get(cell):
            entry.take(square, text)
    return entry.entered


class _Entry:
    def __init__(self, grid: Grid, typed: Typed, scale: Scale):
        self.grid, self.typed, self.scale = grid, typed, scale
        self.lines = {line.facets: line for line in grid.lines}
        self.entered = Entered(list(grid.lines))

    def take(self, square: Square, text: str) -> None:
        """Let one cell say what is typed into it, or note why it does not."""
        try:
            self._take(square, money.read(text, self.typed.unit))
        except money.Unreadable as error:
            self.entered.wrong[square.cell] = f"{error}。"
        except _Refused as refusal:
            self.entered.wrong[square.cell] = str(refusal)

    def _take(self, square: Square, amount: Decimal | None) -> None:
        if amount == square.amount and square.cell not in self.typed.said:
            return
        if found := self._doubt(square, amount):
            self.entered.doubts[square.cell] = found
        else:
            self._put(square, amount)

    def _doubt(self, square: Square, amount: Decimal | None) -> Doubt | None:
        if (square.cell, amount) in self.typed.sure or amount == square.amount:
            return None
        return doubt(amount, self.typed.unit, self.scale, (square.amount, square.last_year))

    def _put(self, square: Square, amount: Decimal | None) -> None:
        part = self._parts(square)
        rest = _rest(amount, part.beyond, self.typed.unit)
        shares = self._shares(square, rest, part.own)
        if shares is None:
            return
        for line in part.own:
            del self.lines[line.facets]
        self.lines |= {facets: Line(*Facets(*facets), amount=share) for facets, share in shares.items()}
        self.entered.lines = sorted(self.lines.values(), key=sort_key)
        self.entered.changed[square.cell] = amount

    def _parts(self, square: Square) -> _Part:
        part = _Part([], [])
        for line in self.grid.lines_of(square):
            (part.own if self._is_own(square, line) else part.beyond).append(line)
        return part

    def _is_own(self, square: Square, line: Line) -> bool:
        if line.facets in square.own:
            return True
        named = line.facets._replace(project="") in square.own
        return named and not is_said_elsewhere(self.grid.document.tables, self.grid.table, line.facets)

    def _shares(self, square: Square, rest: Decimal | None, own: list[Line]) -> Shares | None:
        """Whose the money is; None where a person must say, who is then asked."""
        if rest is None:
            return {}
        if len(square.own) == 1:
            return _by_project(rest, square.own[0], own, self.typed.unit)
        said = self.typed.said.get(square.cell)
        found = divided(self.grid.document, square, rest, own, self.entered.lines, said, self.typed.unit)
        if isinstance(found, Asked):
            self.entered.asked[square.cell] = found
            return None
        if found.remark:
            self.entered.remarks[square.cell] = found.remark
        return found.shares


def _rest(amount: Decimal | None, beyond: list[Line], unit: str) -> Decimal | None:
    """What remains for the cell's own lines of an amount of which other tables say a part."""
    said = sum((line.amount for line in beyond), Decimal(0))
    if not beyond or (amount is not None and amount > said):
        return None if amount is None else amount - said
    if amount == said:
        return None
    words = f"其中 {plainly(said, unit)} {unit}写在别的表里（财政拨款的支出表，或按项目的表）"
    raise _Refused(f"{words}，这里不能少于它；要减，请到那张表里改。")


def _by_project(rest: Decimal, facets: Facets, own: list[Line], unit: str) -> Shares:
    """One line takes all; beside lines that name projects the rest stands on none."""
    if len(own) <= 1:
        return {own[0].facets if own else facets: rest}
    kept = {line.facets: line.amount for line in own if line.project}
    left = rest - sum(kept.values(), Decimal(0))
    if left < 0:
        named = plainly(sum(kept.values(), Decimal(0)), unit)
        raise _Refused(f"其中 {named} {unit}已经分到各个项目，这里不能少于它；请先在预算明细里改项目的金额。")
    return kept | ({facets: left} if left else {})
