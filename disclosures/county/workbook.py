"""The board as a workbook: the same rows, text as text."""

import io
from collections.abc import Iterable

from openpyxl import Workbook

from disclosures.county.standing import Standing
from disclosures.outputs.xlsx_style import STYLES, merge, prepare_print, put, set_widths

HEADINGS = ("单位编码", "单位", "办理到", "最近一次", "最晚公开", "离期限", "公开", "20日内公开")
WIDTHS = (12, 40, 12, 14, 14, 12, 28, 12)
IN_TIME = {True: "是", False: "否", None: ""}


def workbook(title: str, rows: Iterable[Standing]) -> bytes:
    """The rows as .xlsx."""
    book = Workbook()
    for style in STYLES:
        book.add_named_style(style())
    sheet = book.active
    sheet.title = "各单位"
    put(sheet, 1, 1, title, "标题")
    merge(sheet, 1, 1, 1, len(HEADINGS))
    for number, values in enumerate((HEADINGS, *map(_row, rows)), 2):
        for column, value in enumerate(values, 1):
            put(sheet, number, column, value, "栏目" if number == 2 else "文字")
    set_widths(sheet, WIDTHS)
    prepare_print(sheet, 2)
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:H{sheet.max_row}"
    return _bytes(book)


def _row(one: Standing) -> tuple[str | int | None, ...]:
    due = one.due.isoformat() if one.due else ""
    return one.unit, one.name, one.stage.label, _day(one.since), due, one.left, one.published, IN_TIME[one.in_time]


def _day(day) -> str:
    return day.isoformat() if day else ""


def _bytes(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
