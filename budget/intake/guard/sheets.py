"""Worksheets, walked tag by tag the way openpyxl walks them (ECMA-376 part 1, SpreadsheetML).

Where openpyxl and Excel would read the same bytes in two ways, the sheet is refused: what the clerk saw on the screen
has to be what is read.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from budget.intake.grid import letters
from budget.intake.guard.book import Workbook
from budget.intake.guard.limits import (
    MAX_AREA,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LINKED_CELLS,
    MAX_MERGED_CELLS,
    MAX_MERGES,
    MAX_ROWS,
)
from budget.intake.guard.package import WORKSHEET, Package, resolved
from budget.intake.guard.positions import Position, area, column_of, places
from budget.intake.guard.refusal import RESAVE_XLSX, Refused, short, shown
from budget.intake.guard.tags import ASIDE, NAME, TAG, Part, attributes_of, childless, matches, tags_of, text_of

ROW = re.compile(rb"[1-9][0-9]{0,6}")
CELL = re.compile(rb"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
RANGE = re.compile(rb"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?")
NUMBER = re.compile(rb"\s*[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,60})?|\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,4})?\s*")
INDEX = re.compile(rb"[0-9]{1,7}")
BOOLEAN = re.compile(rb"[01]")
_PLAIN = (  # a whole cell as Excel, WPS and openpyxl write it: column, row, type, value; one match instead of three
    rb"c r=\"([A-Z]{1,3})([1-9][0-9]{0,6})\"(?: s=\"[0-9]+\")?(?: t=\"(n|s|b|e|str|inlineStr|d)\")? ?"
    rb"(?:/>|>(?:<f>[^<]*+</f>)?+(?:<v>([^<]*+)</v>|<is><t[^<>]*+>[^<]*+</t></is>)?+</c>)"
)
SHEET_TAG = re.compile(rb"<(?:" + _PLAIN + rb"|" + TAG % NAME + rb"|" + ASIDE + rb"|())", re.S)
TYPES = {b"n", b"s", b"b", b"e", b"str", b"inlineStr", b"d"}  # ECMA-376 18.18.11
KEY = 1 << 15  # row × KEY + column names a cell; Excel ends at column 16,384. Ints are smaller than pairs
OUTSIDE, IN_ROW, IN_CELL = range(3)  # how deep the walk is in a sheet; below a cell lies its value

Attributes = dict[bytes, bytes]


def check_workbook(package: Package) -> None:
    """Refuse a workbook for its sheets: missing, shared, too large, or not what openpyxl would read."""
    _check_listed(package)
    book = Workbook(package)
    declared = [part for part in package.parts if package.content_type(part) == WORKSHEET]
    for part in dict.fromkeys([part for _, part in package.listed] + declared):  # also those no sheet points to
        Sheet(book, part).check()


def _check_listed(package: Package) -> None:
    """Each listed sheet has a part of its own: openpyxl skips a missing one and reads a shared one again each time."""
    if not package.listed:
        raise Refused(f"工作簿里没有工作表，{RESAVE_XLSX}。")
    seen: set[str] = set()
    for name, part in package.listed:
        if part not in package.parts:
            raise Refused(f"工作表“{short(name)}”的内容不在文件里，{RESAVE_XLSX}。")
        if part in seen:
            raise Refused(f"工作表“{short(name)}”与另一张工作表共用同一份内容，{RESAVE_XLSX}。")
        seen.add(part)


class Sheet:
    """One worksheet part, walked tag by tag the way openpyxl walks it: any row anywhere, implicit numbers counted."""

    def __init__(self, book: Workbook, part: str) -> None:
        self.book, self.part, self.data = book, part, book.package.parts[part]
        self.place = book.package.place(part)
        self.depth = OUTSIDE
        self.row = self.column = self.last_row = self.last_column = 0
        self.here: Position = (0, 0)  # of the cell that is being read, and its type
        self.type = b"n"
        self.seen: set[int] = set()
        self.merged: set[int] = set()

    def check(self) -> None:
        """Raise Refused for the first thing that stands against this sheet."""
        for match in matches(self.data, self.place, SHEET_TAG):
            column, row, type_, value, *tag, _ = match.groups()
            if column:
                self._plain(column, row, type_, value, filled=match[0].count(b"<") > 2)
            elif tag[1]:
                self._tag(*tag)
        self._close()

    def _plain(self, column: bytes, row: bytes, type_: bytes | None, value: bytes | None, filled: bool) -> None:
        if self.depth != IN_ROW:  # outside a row, or in another cell: nothing to any reader
            return
        self.here, self.type = (int(row), column_of(column)), type_ or b"n"
        self._note(*self.here, filled=filled)
        if value:
            self._value(b"", value)

    def _tag(self, closes: bytes | None, name: bytes, raw: bytes, text: bytes | None) -> None:
        if closes:
            self.depth -= self.depth > OUTSIDE
            return
        self._open(name, raw, text)
        if (self.depth or name == b"row") and not childless(raw, text):
            self.depth += 1

    def _open(self, name: bytes, raw: bytes, text: bytes | None) -> None:
        if self.depth == IN_ROW:
            self._cell(name, attributes_of(raw), filled=not childless(raw, text))
        elif self.depth == IN_CELL and name == b"v":
            self._value(raw, text)
        elif name in self.WATCHED:
            self.WATCHED[name](self, attributes_of(raw))

    def _close(self) -> None:
        self._check_comments()
        self._check_area()
        self.book.cells += len(self.seen)

    def _row(self, attributes: Attributes) -> None:
        number = attributes.get(b"r")
        if self.depth or (number is not None and not ROW.fullmatch(number)):
            raise Refused(f"{self.place}第 {self.row} 行之后的行号“{shown(number)}”不对，{RESAVE_XLSX}。")
        self.row = self.row + 1 if number is None else int(number)
        self.column = 0
        self._check_row(self.row)

    def _cell(self, name: bytes, attributes: Attributes, filled: bool) -> None:
        """openpyxl takes any child of a row for a cell, and counts on where it has no reference."""
        if name != b"c":
            raise Refused(f"{self.place}第 {self.row} 行里有不是单元格的内容，{RESAVE_XLSX}。")
        self.here = self._position(attributes.get(b"r"))
        self.type = attributes.get(b"t", b"n")
        if self.type not in TYPES or not attributes.get(b"s", b"0").isdigit():
            raise Refused(f"{self.place}单元格 {self._name()} 的类型或样式不对，{RESAVE_XLSX}。")
        self._note(*self.here, filled=filled)

    def _position(self, reference: bytes | None) -> Position:
        if not reference:
            return self.row, self.column + 1
        match = CELL.fullmatch(reference)
        if not match:
            raise Refused(f"{self.place}第 {self.row} 行的单元格编号“{shown(reference)}”不对，{RESAVE_XLSX}。")
        return int(match[2]), column_of(match[1])

    def _check_row(self, row: int) -> None:
        if row > MAX_ROWS:
            raise Refused(
                f"{self.place}用到了第 {row} 行，最多 {MAX_ROWS} 行，请选中并删除表格下方多余的行，保存后再上传。"
            )

    def _check_column(self, column: int, row: int) -> None:
        if column > MAX_COLUMNS:
            raise Refused(
                f"{self.place}用到了第 {column} 列（{letters(column)}{row}），最多 {MAX_COLUMNS} 列，"
                "请选中并删除表格右侧多余的列，保存后再上传。"
            )

    def _note(self, row: int, column: int, filled: bool) -> None:
        """A cell stands here, the only one: of two openpyxl keeps the last, others need not.

        An empty one is formatting, to the last column as often as not: it says nothing of the sheet's size.
        """
        self.column = column
        self._check_row(row)
        if filled:
            self._reach(row, column)
        key = row * KEY + column
        if key in self.seen:
            raise Refused(f"{self.place}单元格 {self._name()} 出现了两次，不知道以哪个为准，{RESAVE_XLSX}。")
        self.seen.add(key)
        if self.book.cells + len(self.seen) > MAX_CELLS:
            raise Refused(f"到{self.place}为止单元格超过 {MAX_CELLS // 10_000} 万个，请删去多余的行和列后再上传。")

    def _reach(self, row: int, column: int) -> None:
        """Something stands here: the sheet reaches up to it."""
        if row > self.last_row:
            self.last_row = row
        if column > self.last_column:
            self._check_column(column, row)
            self.last_column = column

    def _name(self) -> str:
        row, column = self.here
        return f"{letters(column)}{row}"

    def _value(self, raw: bytes, text: bytes | None) -> None:
        """The text of a cell's value; openpyxl refuses the whole workbook for one that does not fit the cell's type."""
        if not childless(raw, text):
            raise Refused(f"{self.place}单元格 {self._name()} 的值里夹有注释或标记，{RESAVE_XLSX}。")
        if text and not self._fits(text if b"&" not in text else text_of(text).encode()):
            raise Refused(self._misfit(text_of(text)))

    def _fits(self, text: bytes) -> bool:
        if self.type == b"n":
            return bool(NUMBER.fullmatch(text))
        if self.type == b"s":
            return bool(INDEX.fullmatch(text)) and int(text) < self.book.strings
        if self.type == b"b":
            return bool(BOOLEAN.fullmatch(text))
        return self.type != b"d" or _is_date(text_of(text))

    def _misfit(self, text: str) -> str:
        where = f"{self.place}单元格 {self._name()} "
        if self.type == b"n":
            return f"{where}的数值“{short(text)}”不是数字，请在 Excel 或 WPS 里改成数字（半角），保存后再上传。"
        if self.type == b"s":
            return f"{where}引用了不存在的第 {short(text)} 条文字，{RESAVE_XLSX}。"
        return f"{where}的值“{short(text)}”与单元格类型不符，请重新填写这个单元格，保存后再上传。"

    def _merge(self, attributes: Attributes) -> None:
        first, last = self._range(attributes.get(b"ref", b""), "合并单元格")
        remedy = "请取消多余的合并单元格，保存后再上传"
        self.book.count("merges", 1, MAX_MERGES, f"到{self.place}为止合并单元格超过 {MAX_MERGES} 处，{remedy}。")
        sentence = f"{self.place}处合并单元格覆盖的范围超过 {MAX_MERGED_CELLS} 格，{remedy}。"
        self.book.count("merged", area(first, last), MAX_MERGED_CELLS, sentence)
        covered = {row * KEY + column for row, column in places(first, last)}
        if self.merged & covered:
            raise Refused(f"{self.place}的合并单元格“{shown(attributes[b'ref'])}”与另一处重叠，{remedy}。")
        self.merged |= covered

    def _link(self, attributes: Attributes, what: str = "超链接") -> None:
        """A hyperlink or comment: openpyxl makes every cell it names."""
        first, last = self._range(attributes.get(b"ref", b""), what)
        self._reach(*last)
        sentence = f"{self.place}处{what}覆盖的范围超过 {MAX_LINKED_CELLS} 格，请删除多余的{what}，保存后再上传。"
        self.book.count("linked", area(first, last), MAX_LINKED_CELLS, sentence)

    def _range(self, reference: bytes, what: str) -> tuple[Position, Position]:
        """The corners of a reference like A1:B2, within the sheet's limits."""
        match = RANGE.fullmatch(reference)
        if not match:
            raise Refused(f"{self.place}的{what}范围“{shown(reference)}”不对，{RESAVE_XLSX}。")
        first = int(match[2]), column_of(match[1])
        last = (int(match[4]), column_of(match[3])) if match[3] else first
        if first[0] > last[0] or first[1] > last[1]:
            raise Refused(f"{self.place}的{what}范围“{shown(reference)}”前后颠倒，{RESAVE_XLSX}。")
        self._check_row(last[0])
        return first, last

    def _check_comments(self) -> None:
        """Comments stand in a part of their own, reached by the sheet's relationships."""
        for link in self.book.package.links(self.part):
            if "comments" in link.type.lower():
                self._comments(self.book.package.parts.get(resolved(self.part, link.target), b""))

    def _comments(self, part: Part) -> None:
        for _, _, raw, _ in tags_of(part, f"{self.place}的批注"):
            if b"ref" in (attributes := attributes_of(raw)):
                self._link(attributes, "批注")

    def _check_area(self) -> None:
        sentence = (
            f"{self.place}的内容散布到 {letters(self.last_column or 1)}{self.last_row}，整个工作簿的范围过大，"
            "请选中并删除下方和右侧多余的行和列，保存后再上传。"
        )
        self.book.count("area", self.last_row * self.last_column, MAX_AREA, sentence)

    # Wherever they stand, as openpyxl takes them.
    WATCHED: ClassVar[dict[bytes, Callable[..., None]]] = {b"row": _row, b"mergeCell": _merge, b"hyperlink": _link}


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
