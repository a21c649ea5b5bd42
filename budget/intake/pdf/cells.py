"""A ruled table of a page: its cells with what they cover, and the text in each of them."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from budget.intake.grid import At
from budget.intake.pdf.letters import Letter, Line, is_unmapped, lines_of
from budget.text import between_lines

Box = tuple[float, float, float, float]  # left, top, right, bottom in points

NEAR = 1.0  # points: edges of cells closer than this are one
TOUCHING = 0.1  # in sizes of a letter
EDGES = 1.0  # in sizes of a letter: what stays blank along the edges of a cell
SIDE = 3.0  # points: the same edge on two pages, or seen from both sides of a stroke
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(rf"{_GROUPED.pattern}|-?\d+(\.\d+)?")
_OF_NUMBERS = re.compile(r"[-\d,.]+")
_CHINESE = re.compile("[\u3007-\u9fff（）《》“”、，。：；]")


@dataclass
class Table:
    """A table where it stands on a page: its cells' boxes and the letters inside.

    lefts: the left edges of its columns. A piece of a table that goes on on another page may have fewer than the
    whole, because the cells on it are merged: `align` gives all pieces the same columns.
    """

    box: Box
    boxes: list[Box]
    letters: list[Letter]
    lefts: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lefts = edges(box[0] for box in self.boxes)

    @property
    def top(self) -> float:
        return self.box[1]


@dataclass
class Laid:
    """A table's cells as `Grid` keeps them; unmapped: the cells with letters that no font tells; room: as in `Grid`."""

    values: dict[At, str] = field(default_factory=dict)
    merged: dict[At, At] = field(default_factory=dict)
    unmapped: list[At] = field(default_factory=list)
    room: dict[int, float] = field(default_factory=dict)


def align(table: Table, before: Table) -> None:
    """Give both tables the columns of both, where the second has the same sides as the one before it."""
    if abs(table.box[0] - before.box[0]) < SIDE and abs(table.box[2] - before.box[2]) < SIDE:
        table.lefts = before.lefts = edges([*before.lefts, *table.lefts], SIDE)


class Cells:
    """The cells of one table by their edges."""

    def __init__(self, table: Table):
        self.lefts, self.right = table.lefts, table.box[2]
        self.tops = edges(box[1] for box in table.boxes)
        self.first: dict[At, At] = {}
        for box in table.boxes:
            self._lay(box)

    def _lay(self, box: Box) -> None:
        row, column = self._at(box[0] + SIDE, box[1] + NEAR)
        last_row, last_column = self._at(box[2] - SIDE, box[3] - NEAR)
        for r in range(row, last_row + 1):
            for c in range(column, last_column + 1):
                self.first.setdefault((r, c), (row, column))

    def _at(self, x: float, y: float) -> At:
        return bisect_right(self.tops, y), bisect_right(self.lefts, x)

    def merged(self) -> dict[At, At]:
        """The cells of areas of more than one."""
        many = {first for at, first in self.first.items() if at != first}
        return {at: first for at, first in self.first.items() if first in many}

    def right_of(self, at: At) -> float:
        """The right edge of a cell, of a merged area the whole one's."""
        last = max(column for (_, column), first in self.first.items() if first == at)
        return self.lefts[last] if last < len(self.lefts) else self.right

    def of(self, letter: Letter) -> At | None:
        """The cell in which a letter stands, a merged area's first."""
        return self.first.get(self._at((letter.x0 + letter.x1) / 2, letter.middle))


def edges(numbers: Iterable[float], near: float = NEAR) -> list[float]:
    """Numbers from the smallest on, of those that are near each other the first."""
    found: list[float] = []
    for number in sorted(numbers):
        if not found or number - found[-1] > near:
            found.append(number)
    return found


def laid(table: Table) -> Laid:
    """The cells of a table with the texts that stand in them."""
    cells, inside = Cells(table), dict[At, list[Letter]]()
    found, before = Laid(merged=cells.merged()), None
    for letter in sorted(table.letters, key=lambda one: (round(one.middle), one.x0)):
        at = before[0] if before and _runs_over(before[1], letter) else cells.of(letter)
        if at:
            inside.setdefault(at, []).append(letter)
        before = (at, letter) if at else None
    for at in sorted(inside):
        if text := cell_text(lines_of(inside[at])):
            found.values[at] = text
            found.unmapped += [at] * is_unmapped(text)
    bottom = [at for at in inside if at[0] == max(inside)[0]]
    found.room = {at[1]: _room(lines_of(inside[at])[-1], cells.right_of(at)) for at in bottom}
    return found


def _room(line: Line, right: float) -> float:
    return max(0.0, (right - line.x1) / line.size - EDGES)


def _runs_over(before: Letter, letter: Letter) -> bool:
    """Whether two Chinese letters touch each other: a name that is longer than its cell runs over the edge of it.

    Letters of two cells keep some space from the stroke between them. Digits are never taken along: what stands in a
    column of figures belongs to it.
    """
    beside, above = letter.x0 - before.x1, letter.middle - before.middle
    near = max(abs(beside), abs(above)) < TOUCHING * letter.size
    return near and bool(_CHINESE.match(before.text) and _CHINESE.match(letter.text))


def cell_text(lines: list[Line]) -> str:
    """A cell's text with the lines joined that its width broke.

    Pieces of a figure are put together only where they make one well-formed grouped number and could be none alone;
    otherwise the line break stays, and whoever reads an amount there refuses it.
    """
    pieces = [" ".join(line.texts) for line in lines]
    if len(pieces) > 1 and all(_OF_NUMBERS.fullmatch(piece) for piece in pieces):
        return _joined_number(pieces, lines)
    text = "".join(pieces[:1])
    for piece in pieces[1:]:
        text += between_lines(text, piece) + piece
    return text


def _joined_number(pieces: list[str], lines: list[Line]) -> str:
    whole, sizes = "".join(pieces), [line.size for line in lines]
    alone = all(_NUMBER.fullmatch(piece) for piece in pieces)
    is_one = _GROUPED.fullmatch(whole) and not alone and max(sizes) - min(sizes) < 0.5
    return whole if is_one else "\n".join(pieces)
