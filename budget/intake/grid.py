"""What a reader yields: cells and paragraphs with their places. Everything after it is the same for every format."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from budget.text import label

At = tuple[int, int]  # (row, column), from 1

# Linear for all tabs and all dots: a run of dots is begun at its first alone, any other has two hundred marks at most.
_LEADER = r"(?<![.…·．])[.…·．]{4,}+|(?:[.…·．–—_-]\s*+){3,200}+"
_CONTENTS_LINE = re.compile(rf"(?:\t[^\S\t]*+\d++|(?:{_LEADER})\s*+\d*+)\s*+$")
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
    width: the columns that the table has, blank ones included, 0 where its reader does not know.
    continues: nothing stands between it and the table before but blank lines, page numbers and 续表 (joined.py).
    page: the page of a PDF on which it stands, from 1; 0 in every other kind of file.
    origins: {row: (piece, row in it)} of the rows of a joined table that stand in another table of the file.
    formats: {(row, column): how the file shows the number there}, where that is not as it is (Excel).
    room: {column: how many letters would still go on the last line of its last row's cell} (PDF).
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
    width: int = 0
    continues: bool = False
    page: int = 0
    origins: "dict[int, tuple[Grid, int]]" = field(default_factory=dict)
    formats: dict[At, str] = field(default_factory=dict)
    room: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = max((row for row, _ in self.values), default=0)
        self.columns = max((column for _, column in self.values), default=0)
        self.columns = max([self.columns, self.width, *(column for _, column in self.merged)])

    @property
    def is_sheet(self) -> bool:
        """Whether it is a sheet of a workbook, which has its own name; tables of Word and PDF stand among texts."""
        return not (self.word or self.page)

    def place(self, row: int, column: int) -> str:
        """Where a cell is, in the words of the file: `收支总表!C6`; in Word table, row, column; in a PDF page first."""
        if row in self.origins:
            piece, row = self.origins[row]
            return piece.place(row, column)
        if self.page:
            return f"第{self.page}页 “{self.name}” 第{row}行第{column}列"
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
        return self._by_row.get(row, [])

    @cached_property
    def _by_row(self) -> dict[int, list[tuple[int, Any]]]:
        """Asked for once a row by every step, so it is made once; nobody changes a grid that was read."""
        found: dict[int, list[tuple[int, Any]]] = {}
        for (row, column), value in sorted(self.values.items(), key=itemgetter(0)):
            found.setdefault(row, []).append((column, value))
        return found


@dataclass
class Opened:
    """A file's contents before anybody asked what they are. kind: xlsx, docx, …; paragraphs in their order.

    unread: a sentence for each thing in it that no reader can read, such as a page that is a picture.
    """

    kind: str
    grids: list[Grid]
    paragraphs: list[Paragraph] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def hidden_in_words(rows: Iterable[int], columns: Iterable[int]) -> str:
    """Which rows and columns are hidden, in words; the first five of each are enough to find them."""
    first_rows, first_columns = (sorted(numbers)[:5] for numbers in (rows, columns))
    parts = [f"第{'、'.join(map(str, first_rows))}行"] * bool(first_rows)
    return "和".join(parts + [f"{'、'.join(map(letters, first_columns))}列"] * bool(first_columns))


def is_contents_line(text: str) -> bool:
    """Whether a line belongs to a table of contents: it ends in a page number after a tab, or in a line of dots.

    >>> [is_contents_line(text) for text in ("一、主要职能 ……… 3", "一、主要职能\\t3", "收支总表")]
    [True, True, False]
    """
    return bool(_CONTENTS_LINE.search(text))


def as_typed(value: Any) -> Any:
    """A cell's value as it was typed: Excel may keep the code 2010301 as the number 2010301.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


@lru_cache(maxsize=1024)
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
