"""A grid as its page draws it: headings, rows, inputs with what is typed in them, what is asked below them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.admin.grid.loaded import Loaded, label_of
from budget.admin.grid.posted import Posted, sure_text
from budget.cell import Cell
from budget.entry.tables.doubts import plainly
from budget.entry.tables.grid import Grid, GridRow, Square
from budget.entry.tables.typed import Entered
from budget.figures.fill import Derived, fill
from budget.figures.sheet import head_rows, side_of
from budget.money import show

REMARKS = "核对"


@dataclass(frozen=True)
class ShownSquare:
    """id: of the figure or the input. text: what stands in it; was: what is saved; before: last year's."""

    id: str
    text: str
    before: str
    is_input: bool = False
    name: str = ""
    was: str = ""
    label: str = ""
    is_wrong: bool = False
    is_doubted: bool = False
    is_total: str = ""


@dataclass(frozen=True)
class ShownRow:
    """note: what cannot be read in it, and what was assumed; found: what does not agree."""

    id: str
    key: str
    level: str
    halves: list["Half"]
    note: dict[str, list[str]]
    found: list[tuple[str, str]]
    asked: list["ShownAsked"]


@dataclass(frozen=True)
class Half:
    """One side of a row. code: None where the side has no codes. gap: how many columns it leaves empty."""

    code: str | None = None
    name: str = ""
    own_name: str = ""
    level: str = ""
    squares: tuple[ShownSquare, ...] = ()
    gap: int = 0


@dataclass(frozen=True)
class ShownAsked:
    """A question below a row: about a doubtful amount, or whose the money is."""

    id: str
    cell: str
    label: str
    words: str
    mend: str = ""
    keep: str = ""
    asked: Any = None
    amount: str = ""


class Shown:
    """Everything that the page and the answers to typing draw."""

    def __init__(self, loaded: Loaded, grid: Grid, posted: Posted, entered: Entered, may_change: bool, notes: Any):
        self.loaded, self.grid, self.posted, self.entered = loaded, grid, posted, entered
        self.unit, self.may_change, self.notes = posted.unit, may_change, notes
        self.figures: Derived = fill(grid.table, entered.lines).figures() if entered.changed else {}

    # What is drawn besides the rows.

    @property
    def sure(self) -> str:
        """The doubtful amounts that were meant."""
        return sure_text(self.posted.sure)

    @property
    def rows_added(self) -> str:
        """The rows that were added, as the form carries them along."""
        return ",".join(self.posted.rows)

    def head(self) -> list[list[Any]]:
        """The heading rows, with the column of remarks."""
        return [[cell for _, cell in row] for row in head_rows([*self._paths(), [REMARKS]])]

    def _paths(self) -> list[list[str]]:
        sides = [side_of(side, side.columns) for side in self.grid.table.sides]
        paths = [column["heading"] for side in sides for column in side["labels"] + side["columns"]]
        return [["".join(text.split()) for text in path] for path in paths]

    def heads(self) -> list[str]:
        """The lowest heading of each column, for blocks that bring their headings along."""
        return [path[-1] for path in self._paths()]

    @property
    def labels(self) -> int:
        """How many columns of the first side are no figures."""
        return len(self.grid.table.sides[0].labels)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self._paths()) + 1

    # Rows.

    def rows(self) -> Iterator[ShownRow]:
        """The rows as printed, the sides beside each other."""
        for pair in zip(*self.grid.sides, strict=True):
            yield self._row(pair)

    def _row(self, pair: tuple[GridRow | None, ...]) -> ShownRow:
        rows = [row for row in pair if row]
        first, typed = rows[0], self._typed(rows)
        address, level = str(Cell(self.grid.table.key, first.key)), _level(rows, len(pair) > 1)
        halves = [self._half(row, side) for row, side in zip(pair, self.grid.table.sides, strict=True)]
        asked = [asked for square in typed for asked in self._asked(square)]
        end = self.note(typed), list(dict.fromkeys(self._found(rows))), asked
        if first.is_rest:
            return ShownRow(f"rest-{address}", "", f"{level} rest", halves, *end)
        return ShownRow(address, first.key, level, halves, *end)

    def _typed(self, rows: list[GridRow]) -> list[Square]:
        return [square for row in rows for square in row.squares if self._is_typed(square)]

    def _is_typed(self, square: Square) -> bool:
        return self.may_change and bool(square.own)

    def note(self, typed: list[Square]) -> dict[str, list[str]]:
        """What stands at the end of a row: what cannot be read, what was assumed."""
        wrong, remarks = self.entered.wrong, self.entered.remarks
        return {
            "wrong": [wrong[one.cell] for one in typed if one.cell in wrong],
            "remarks": [f"{label_of(one)}{remarks[one.cell]}" for one in typed if one.cell in remarks],
        }

    def _found(self, rows: list[GridRow]) -> Iterator[tuple[str, str]]:
        squares = (square for row in rows if not row.is_rest for square in row.squares)
        return (note for square in squares for note in self.notes.get(square.cell, ()))

    def _half(self, row: GridRow | None, side: Any) -> Half:
        if row is None:
            return Half(gap=len(side.labels) + len(side.columns))
        *code, name = row.labels
        squares = tuple(self._square(row, square) for square in row.squares)
        own = self.posted.names.get(row.key, name)
        return Half(code[0] if code else None, name.strip(), own, row.level, squares)

    def _square(self, row: GridRow, square: Square) -> ShownSquare:
        before = show(square.last_year, self.unit) if square.last_year is not None else ""
        if not self._is_typed(square):
            is_total = label_of(square) if row.level == "total" else ""
            return ShownSquare(f"{'sum-' * row.is_rest}{square.cell}", self.figure(square), before, is_total=is_total)
        was, cell = text_of(square.amount, self.unit), square.cell
        return ShownSquare(
            f"{'own-' * row.is_rest}{cell}",
            self.posted.texts.get(cell, was),
            before,
            is_input=True,
            name=str(cell),
            was=was,
            label=f"{row.labels[-1].strip()} {label_of(square)}",
            is_wrong=cell in self.entered.wrong,
            is_doubted=cell in self.entered.doubts,
        )

    def figure(self, square: Square) -> str:
        """A figure that is added up, with what is typed and settled."""
        amount = self.figures.get(square.cell, (None, 0))[0] if self.entered.changed else square.amount
        return show(amount, self.unit)

    def texts(self) -> dict[str, str]:
        """{id: text} of all figures that are added up."""
        squares = ((row, square) for row in self.grid.rows() for square in row.squares if not self._is_typed(square))
        return {f"{'sum-' * row.is_rest}{square.cell}": self.figure(square) for row, square in squares}

    def _asked(self, square: Square) -> Iterator[ShownAsked]:
        cell, id_ = square.cell, f"asked-{square.cell}"
        if doubt := self.entered.doubts.get(cell):
            mend, keep = (f"{plainly(one, self.unit)} {self.unit}" for one in (doubt.instead, doubt.amount))
            yield ShownAsked(id_, str(cell), label_of(square), doubt.words(self.unit), mend, keep)
        if asked := self.entered.asked.get(cell):
            amount = f"{plainly(asked.amount, self.unit)} {self.unit}"
            yield ShownAsked(id_, str(cell), label_of(square), asked.asks, asked=asked, amount=amount)


def _level(rows: list[GridRow], is_one_of_two: bool) -> str:
    """A row's level: of two-sided rows only totals are set off as a whole."""
    levels = [row.level for row in rows]
    return levels[0] if not is_one_of_two else "total" if "total" in levels else ""


def text_of(amount: Decimal | None, unit: str) -> str:
    """An amount as it stands in an input: exact."""
    return "" if amount is None else plainly(amount, unit)
