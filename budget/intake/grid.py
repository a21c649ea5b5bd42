"""What a reader yields: cells and paragraphs with their places. Everything after it is the same for every format."""

import re
from dataclasses import dataclass, field
from typing import Any

from budget.text import label

At = tuple[int, int]  # (row, column), from 1

CONTENTS_LINE = re.compile(r"\t\s*\d+\s*$")  # 一、职责\t3: a line of a table of contents
NOTE = re.compile(r"^\s*(注|备注|说明)\s*[:：]")  # what stands under a table, or a row of words in it


@dataclass
class Paragraph:
    """A paragraph in its order among the tables; style is Word's name for it, heading levels included."""

    text: str
    style: str = "Normal"


@dataclass
class Grid:
    """A table of cells, rows and columns counted from 1.

    name: the worksheet's name, or the title above a table in Word. captions: paragraphs above it (Word).
    values: {(row, column): value}, blanks left out; a merged area has its value at its first cell only.
    merged: {(row, column): first cell of its merged area}. notes: paragraphs under it (Word).
    hidden: "" or what is hidden, in words; sheet_hidden: the whole sheet is.
    problems: {(row, column): sentence} for cells whose value is known to be wrong already.
    formats: {(row, column): how the file shows the number there}, where that is not as it is (Excel).
    """

    name: str
    values: dict[At, Any]
    merged: dict[At, At] = field(default_factory=dict)
    captions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    word: bool = False
    sheet_hidden: bool = False
    hidden: str = ""
    problems: dict[At, str] = field(default_factory=dict)
    formats: dict[At, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = max((row for row, _ in self.values), default=0)
        self.columns = max((column for _, column in self.values), default=0)
        self.columns = max([self.columns, *(column for _, column in self.merged)])

    def place(self, row: int, column: int) -> str:
        """Where a cell is, in the words of the file: `收支总表!C6`, or table, row and column in Word."""
        if self.word:
            return f"{self.name} 第{row}行第{column}列"
        return f"{self.name}!{letters(column)}{row}"

    def value(self, row: int, column: int) -> Any:
        """The cell's own value or None; the rest of a merged area is empty."""
        return self.values.get((row, column))

    def text(self, row: int, column: int) -> str:
        """The cell's text, a merged area's text for each of its cells; '' for a blank."""
        value = self.values.get(self.merged.get((row, column), (row, column)))
        return "" if value is None else str(value)

    def label(self, row: int, column: int) -> str:
        """`text` ready for comparison with a heading or a row label."""
        return label(self.text(row, column))

    def row_values(self, row: int) -> list[tuple[int, Any]]:
        """[(column, value)] of the filled cells of a row."""
        return [(c, self.values[row, c]) for c in range(1, self.columns + 1) if (row, c) in self.values]


@dataclass
class Opened:
    """A file's contents before anybody asked what they are. kind: xlsx, docx, …; paragraphs in their order."""

    kind: str
    grids: list[Grid]
    paragraphs: list[Paragraph] = field(default_factory=list)


def as_typed(value: Any) -> Any:
    """A cell's value as it was typed: Excel may keep the code 2010301 as the number 2010301.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def letters(column: int) -> str:
    """A column's letters in Excel.

    >>> letters(1), letters(200), letters(703)
    ('A', 'GR', 'AAA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
