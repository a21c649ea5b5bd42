"""Sheets of a workbook that hold text and no table: their cells are the paragraphs of the narrative."""

import re
from collections.abc import Iterable

from budget.intake.grid import Grid, Paragraph
from budget.text import ends_as_title, is_short, narrow

HEADING = "Heading 1"
_LONG = 30  # characters; a cover and its lines are shorter
_SENTENCE = re.compile(r"[，。；：,;:]")


def is_prose(grid: Grid) -> bool:
    """Whether a sheet is text: nowhere two cells beside each other, no number, a sentence or a title over words."""
    if grid.word or grid.sheet_hidden:
        return False
    rows = [row for row, _ in grid.values]
    texts = [value for value in grid.values.values() if isinstance(value, str)]
    if not texts or not len(set(rows)) == len(rows) == len(texts):
        return False
    is_titled = len(texts) > 1 and ends_as_title(grid.values[min(grid.values)])
    return is_titled or any(len(narrow(text)) >= _LONG and _SENTENCE.search(text) for text in texts)


def paragraphs_of(grids: Iterable[Grid]) -> list[Paragraph]:
    """The paragraphs of the sheets that are text, in their order; each sheet opens under its title, or its name."""
    return [paragraph for grid in grids if is_prose(grid) for paragraph in _paragraphs(grid)]


def _paragraphs(grid: Grid) -> list[Paragraph]:
    lines = [line for at in sorted(grid.values) for line in str(grid.values[at]).split("\n") if line.strip()]
    if not is_short(lines[0]):
        lines.insert(0, grid.name)
    return [Paragraph(lines[0], HEADING), *map(Paragraph, lines[1:])]
