"""The Word text: tables, their nesting and spans, tracked changes (ECMA-376 part 1, WordprocessingML).

Tracked changes are refused, not read: python-docx shows neither what was put in nor that something was taken out, so a
figure that a reviewer changed would be read as nobody sees it on the screen.
"""

import re

from budget.intake.guard.amounts import TEXTS
from budget.intake.guard.limits import MAX_CELLS, MAX_NESTING, MAX_SPAN
from budget.intake.guard.package import Package
from budget.intake.guard.refusal import Refused, shown
from budget.intake.guard.tags import Part, attributes_of, childless, only, tags_of

TRACKED = {b"ins", b"del", b"moveFrom", b"moveTo", b"cellIns", b"cellDel", b"cellMerge"}  # ECMA-376 17.13.5
GRID = {b"gridSpan": 1, b"gridBefore": 0, b"gridAfter": 0}  # {tag: smallest value}
WORD_TAGS = only("tbl", "tc", *(name.decode() for name in (*GRID, *sorted(TRACKED))))
COUNT = re.compile(rb"[0-9]{1,3}")


def check_word(package: Package) -> None:
    """Refuse a Word document for its tables, spans or tracked changes, in its notes, too."""
    for name, part in package.parts.items():
        if package.content_type(name) in TEXTS:
            WordText(part).check()


class WordText:
    """The main part of a Word document: tables, their nesting and spans, tracked changes."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.depth = self.tables = self.cells = 0

    def check(self) -> None:
        """Raise Refused for the first thing that stands against this text."""
        for name, closes, raw, text in tags_of(self.part, "Word 正文", WORD_TAGS):
            if name == b"tbl":
                self._table(closes, childless(raw, text))
            elif not closes:
                self._inside(name, raw)

    def place(self) -> str:
        return f"Word 正文第 {self.tables} 个表格" if self.depth else "Word 正文"

    def _table(self, closes: bytes | None, childless: bool) -> None:
        if closes:
            self.depth -= 1
        elif not childless:
            self.tables += not self.depth
            self.depth += 1
        if self.depth > MAX_NESTING:
            raise Refused(f"{self.place()}里表格套表格超过 {MAX_NESTING} 层，请拆开嵌套的表格，保存后再上传。")

    def _inside(self, name: bytes, raw: bytes) -> None:
        if name in TRACKED:
            raise Refused(f"{self.place()}里有未处理的修订（插入、删除或移动），请先接受全部修订，保存后再上传。")
        if name in GRID:
            self._count(self._columns(name, raw))
        elif name == b"tc":
            self._count(1)

    def _columns(self, name: bytes, raw: bytes) -> int:
        """How many grid columns a cell covers or a row leaves out."""
        values = [value for key, value in attributes_of(raw).items() if key.rpartition(b":")[2] == b"val"]
        value = values[0] if values else b""
        if not COUNT.fullmatch(value) or not GRID[name] <= int(value) <= MAX_SPAN:
            raise Refused(
                f"{self.place()}里有单元格横跨“{shown(value)}”列，只能是 {GRID[name]} 到 {MAX_SPAN} 列，"
                "请拆分该单元格，保存后再上传。"
            )
        return int(value)

    def _count(self, number: int) -> None:
        self.cells += number
        if self.cells > MAX_CELLS:
            raise Refused(f"{self.place()}处单元格总数超过 {MAX_CELLS // 10_000} 万个，请删去多余的表格后再上传。")
