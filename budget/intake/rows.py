"""Which row of a declared table each row of a grid is: by its label or its code, never by position."""

import re

from budget.codes import prefixes
from budget.declare.tables import CodeTree
from budget.figures.totals import TOTAL
from budget.intake.grid import Grid, as_typed
from budget.intake.headings import CODE_PARTS, ORDINAL, TOTALS, title
from budget.intake.layout import SideColumns
from budget.text import label, narrow

_WIDTHS = (3, 2, 2)  # digits of 类, 款, 项
_CODE_FIRST = re.compile(r"[\[(【]?([1-9]\d\d(?:\d\d){0,2})(?!\d)[\])】]?[-—–_、.:]*([\u4e00-\u9fff“\"(].*)?", re.S)
_CODE_LAST = re.compile(r"(\D+)[\[(【]([1-9]\d\d(?:\d\d){0,2})[\])】]")
# What stands before a name and after it, where a code shares its cell.
_BEFORE_NAME = re.compile(r"^[^\u4e00-\u9fff“\"]+")
_AFTER_NAME = re.compile(r"\s*[\[(（【]\s*[0-9０-９]")


class FixedRows:
    """Finds the declared row of each grid row by its label, in order, so that equal labels stay apart.

    names, unreadable: none, for no row here has a code.
    """

    def __init__(self, grid: Grid, side: SideColumns):
        self.grid, self.side = grid, side
        rows = [*side.side.fixed_rows, *side.side.also_rows]
        self.rows = [(row.key, {title(text) for text in (row.label, *row.same_as)}) for row in rows]
        self.next = 0
        self.used: set[str] = set()
        self.names: dict[str, str] = {}
        self.unreadable = ""

    def key(self, row: int) -> str | None:
        """The row's key, or None when its label is not declared."""
        text = title(self.grid.text(row, self.side.name))
        order = [*range(self.next, len(self.rows)), *range(self.next)]
        for index in order if text else ():
            key, wordings = self.rows[index]
            if text in wordings and key not in self.used:
                self.next = index + 1
                self.used.add(key)
                return key
        return None


class TreeRows:
    """Finds the code of each grid row: whole, in parts (类, 款, 项), or in one cell with its name.

    names: {code: printed name}. unreadable: what stood for a code in the row at hand and is none.
    """

    def __init__(self, grid: Grid, side: SideColumns):
        self.grid, self.side = grid, side
        self.names: dict[str, str] = {}
        self.parts = ["", "", ""]
        self.above = ""
        self.unreadable = ""

    @property
    def _tree(self) -> CodeTree:
        return self.side.side.tree

    def key(self, row: int) -> str | None:
        """The row's key, "total" for the total row, None for anything else."""
        self.unreadable = ""
        texts = [self._text(row, column) for column in self.side.codes]
        name = self.grid.text(row, self.side.name).strip()
        if TOTALS & {label(name), *map(label, texts)}:
            return TOTAL
        if self.side.name in self.side.codes or not any(texts):
            texts, name = self._with_name(name)
        key = self._code(self._split(texts) if len(texts) > 1 else "".join(texts))
        if key and name and label(name) not in ORDINAL:
            self.names.setdefault(key, name)
        return key

    def _text(self, row: int, column: int) -> str:
        value = as_typed(self.grid.value(row, column))
        return "" if value is None else narrow(value)

    def _with_name(self, text: str) -> tuple[list[str], str]:
        """([code], name) of a cell that holds both: 2010301 行政运行, [2010301]行政运行, 行政运行(2010301)."""
        if self._tree.within:
            return [], text
        bare = narrow(text)
        if match := _CODE_FIRST.fullmatch(bare):
            return [match[1]], _BEFORE_NAME.sub("", text)
        if match := _CODE_LAST.fullmatch(bare):
            return [match[2]], _AFTER_NAME.split(text)[0]
        return [], text

    def _split(self, texts: list[str]) -> str:
        """A code from its parts; parts printed once above stand for the rows below them."""
        if len(texts) > len(_WIDTHS):
            return _beside_its_parts(texts)
        filled = [i for i, text in enumerate(texts) if text]
        if not filled:
            return ""
        for i in filled:
            self.parts[i] = texts[i].zfill(_WIDTHS[i]) if i else texts[i]  # no 类 begins with a nought that Excel drops
        deepest = filled[-1]
        self.parts[deepest + 1 :] = [""] * (len(self.parts) - deepest - 1)
        last = self.parts[deepest]
        return last if len(last) > _WIDTHS[deepest] and deepest else "".join(self.parts[: deepest + 1])

    def _code(self, text: str) -> str | None:
        """The key that a code makes; what is none is unreadable, unless it may open rows of its own."""
        if not text:
            return None
        if self._tree.within:
            return self._below(text)
        if is_code(text):
            return text
        if match := _CODE_FIRST.fullmatch(text):
            return match[1]  # the name stands behind the code here, and in its own column again
        self.unreadable = text
        return None

    def _below(self, code: str) -> str:
        """A code under the value above it (a project), or that value itself, which opens its rows."""
        if self.above and is_code(code):
            return f"{self.above}.{code}"
        self.above = code
        return code


def _beside_its_parts(texts: list[str]) -> str:
    """A whole code that stands beside its own parts; of anything else all that stands there, which is no code."""
    filled = [text for text in texts if text]
    whole = max(filled, key=len, default="")
    parts = {*prefixes(whole), whole[3:5], whole[5:7]}
    return whole if all(text in parts or text.zfill(2) in parts for text in filled) else " ".join(filled)


def is_code(text: str) -> bool:
    """Whether a text is the code of a 类, 款 or 项; none begins with 0."""
    return text.isascii() and text.isdigit() and len(text) in (3, 5, 7) and text[0] != "0"


def says_code() -> str:
    """How a code looks, for a sentence."""
    return f"应是 3、5 或 7 位数字（{'、'.join(CODE_PARTS)}）"
