"""A table that is kept as printed, as a worksheet under its own title, such that its import is the very same table.

A number is written as one only where its format shows the very same text; everything else is text, and no formula.
"""

import re
from typing import Any

from budget.figures.as_printed import AsPrinted
from budget.figures.number_format import typed
from disclosures.outputs.xlsx_style import fit_height, merge, prepare_print, put, put_number, set_widths

_LONGEST_NAME = 31  # of a worksheet
_NO_NAME = re.compile(r"[\[\]:*?/\\]|[\x00-\x1f]")  # what Excel allows in none
_NARROWEST, _WIDEST = 8, 40


def add_as_printed(book: Any, table: AsPrinted) -> None:
    """Add the worksheet of one table: title, what stands over it, its rows, its notes."""
    sheet = book.create_sheet(_name(book, table.title))
    line = _lines(sheet, 1, (table.title,), table.columns, "标题")
    line = _lines(sheet, line, table.above, table.columns, "表头说明")
    prepare_print(sheet, max(1, line - 1 + table.heads))
    widths = _widths(table)
    for number, texts in enumerate(table.rows, 1):
        _row(sheet, line + number - 1, table, number)
        fit_height(sheet, line + number - 1, texts, widths)
    for area in table.areas:
        merge(sheet, line + area.row - 1, area.column, area.rows, area.columns)
    _lines(sheet, line + len(table.rows), table.notes, table.columns, "注")
    set_widths(sheet, widths)


def _name(book: Any, title: str) -> str:
    """The title as a worksheet may be called, and no other is."""
    bare = _NO_NAME.sub("", title).strip("'")[:_LONGEST_NAME] or "表"
    taken = {name.casefold() for name in book.sheetnames}
    number, name = 1, bare
    while name.casefold() in taken:
        number += 1
        ending = f"（{number}）"
        name = bare[: _LONGEST_NAME - len(ending)] + ending
    return name


def _lines(sheet: Any, top: int, texts: tuple[str, ...], columns: int, style: str) -> int:
    """Texts over the whole width, one a row; returns the row below."""
    for row, text in enumerate(texts, top):
        put(sheet, row, 1, text, style)
        merge(sheet, row, 1, 1, columns)
    return top + len(texts)


def _row(sheet: Any, line: int, table: AsPrinted, row: int) -> None:
    for column, text in enumerate(table.rows[row - 1], 1):
        number = typed(text) if table.is_figure(row, column) else None
        if number:
            put_number(sheet, line, column, *number)
        else:
            put(sheet, line, column, text, "栏目" if row <= table.heads else "文字")


def _widths(table: AsPrinted) -> list[float]:
    """Each column as wide as the longest line in it, within bounds; a Chinese character takes two."""
    longest = [max((_longest(row[n]) for row in table.rows), default=0) for n in range(table.columns)]
    return [min(_WIDEST, max(_NARROWEST, wanted + 2)) for wanted in longest]


def _longest(text: str) -> int:
    return max(len(line.encode("gbk", "replace")) for line in text.split("\n"))
