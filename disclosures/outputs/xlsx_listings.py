"""Listings as worksheets: institutions, procurement with its totals, fixed assets with the printed total."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budget.declare.fields import Money, Number
from budget.figures.sheet import Json, Paths, head_rows
from disclosures.outputs.xlsx_style import merge, number, prepare_print, put, put_amount, set_heights, set_widths


def add_listing(book: Any, listing: Json, content: Json) -> None:
    """Add the worksheet of one listing of the content; one without records is left out."""
    if not listing["records"]:
        return
    sheet = book.create_sheet(listing["sheet"])
    fields = listing["fields"]
    put(sheet, 1, 1, listing["title"], "标题")
    merge(sheet, 1, 1, 1, len(fields))
    row = 2 + _statement(sheet, listing, content)
    row = _headings(sheet, row, [field["heading"] for field in fields])
    prepare_print(sheet, row - 1)
    for cells in _rows(listing):
        _row(sheet, row, fields, cells)
        row += 1
    if listing["note"]:
        put(sheet, row, 1, listing["note"], "注")
        merge(sheet, row, 1, 1, len(fields))
    set_widths(sheet, [34] + [22 if len(fields) < 5 else 14] * (len(fields) - 1))


def _statement(sheet: Any, listing: Json, content: Json) -> int:
    """The line above the headings: department, and unit or date; a listing of words alone has none."""
    if not any(field["kind"] == Money.kind for field in listing["fields"]):
        return 0
    department, width = content["department"], len(listing["fields"])
    right = f"截止时间：{listing['as_of']}" if listing["as_of"] else "单位：万元"
    half = (width + 1) // 2
    put(sheet, 2, 1, f"{department['unit']}{department['name']}", "表头说明")
    merge(sheet, 2, 1, 1, half)
    put(sheet, 2, half + 1, right, "表头说明右")
    merge(sheet, 2, half + 1, 1, width - half)
    return 1


def _headings(sheet: Any, top: int, paths: Paths) -> int:
    """Write the heading rows; returns the row under them."""
    rows = head_rows(paths)
    for offset, cells in enumerate(rows):
        for column in range(1, len(paths) + 1):
            put(sheet, top + offset, column, None, "栏目")
        for column, cell in cells:
            put(sheet, top + offset, 1 + column, cell.text, "栏目")
            merge(sheet, top + offset, 1 + column, cell.rows, cell.columns)
    set_heights(sheet, top, len(rows))
    return top + len(rows)


def _rows(listing: Json) -> Iterator[Json]:
    """What is printed, a row each: the records, in a grouped listing under their totals."""
    if listing["group"]:
        yield from _grouped(listing)
    else:
        yield from ({**record, **_named(listing, record)} for record in listing["records"])


def _grouped(listing: Json) -> Iterator[Json]:
    """Records with 合计 first and each institution's 小计 above its own."""
    totals, first = listing["totals"], listing["fields"][0]["key"]
    if "total" in totals:
        yield {first: "合  计", **totals["total"]}
    shown = {""}
    for record in listing["records"]:
        name = record[listing["group"]]
        if name not in shown:
            yield {first: f"{name}小计", **totals[name]}
            shown.add(name)
        yield record


def _named(listing: Json, record: Json) -> Json:
    """A fixed row under its printed label."""
    first = listing["fields"][0]["key"]
    return {first: listing["kinds"].get(record[first], record[first])}


def _row(sheet: Any, row: int, fields: list[Json], cells: Json) -> None:
    for column, field in enumerate(fields, 1):
        value = cells.get(field["key"])
        if field["kind"] == Money.kind:
            put_amount(sheet, row, column, value)
        elif field["kind"] == Number.kind:
            put(sheet, row, column, None if value is None else number(Decimal(value)), "居中")
        else:
            put(sheet, row, column, value, "文字")
