"""One page: its ruled tables, the lines outside of them, and how much of it is a picture."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from budget.intake.pdf.cells import Box, Table
from budget.intake.pdf.letters import Letter, Line, is_unmapped, letters_of, lines_of

NEAR = 3.0  # points; also how far pdfplumber lets strokes miss each other
ENDS = 3  # so many horizontal strokes that end at one place are the side of a table, drawn or not
COVERED = 0.5  # of a page by one picture: what it says is in the picture


@dataclass
class Page:
    """What stands on a page. unmapped: letters without a meaning; picture: one covers most of the page.

    lying: letters that do not stand upright.
    """

    number: int
    width: int
    letters: int = 0
    unmapped: int = 0
    lying: int = 0
    picture: bool = False
    tables: list[Table] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read_page(number: int, page: Any) -> Page:
    """A page of pdfplumber; a frame around text that has one column only is no table."""
    letters = letters_of(page)
    found = Page(number, round(page.width), picture=_is_picture(page))
    found.letters = sum(bool(letter.text.strip()) for letter in letters)
    found.unmapped = sum(is_unmapped(letter.text) for letter in letters)
    found.lying = sum(not char["upright"] for char in page.chars)
    for box, cells in _ruled(page):
        table = Table(box, cells, [letter for letter in letters if _within(letter, box)])
        if len(table.lefts) > 1:
            found.tables.append(table)
            gone = set(map(id, table.letters))
            letters = [letter for letter in letters if id(letter) not in gone]
    found.lines = lines_of(letters)
    return found


def _is_picture(page: Any) -> bool:
    area = page.width * page.height
    return any((one["x1"] - one["x0"]) * (one["bottom"] - one["top"]) > COVERED * area for one in page.images)


def _within(letter: Letter, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (letter.x0 + letter.x1) / 2 <= right and top <= letter.middle <= bottom


def _ruled(page: Any) -> list[tuple[Box, list[Box]]]:
    """[(box, boxes of cells)] of what strokes enclose; a side that no stroke draws stands where the others end."""
    if not page.edges:
        return []
    finder = page.debug_tablefinder()
    if sides := _sides(finder.edges):
        finder = page.debug_tablefinder({"explicit_vertical_lines": sides})
    return [(table.bbox, table.cells) for table in finder.tables]


def _sides(edges: list[dict[str, Any]]) -> list[float]:
    """Where several horizontal strokes end and no vertical one stands."""
    drawn = {round(edge["x0"] / NEAR) for edge in edges if edge["orientation"] == "v"}
    ends = Counter(round(edge[side] / NEAR) for edge in edges if edge["orientation"] == "h" for side in ("x0", "x1"))
    near = {place + step for place in drawn for step in (-1, 0, 1)}
    return [place * NEAR for place, times in ends.items() if times >= ENDS and place not in near]
