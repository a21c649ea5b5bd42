"""Listings as `figures.html` draws them: one record a row, totals, and what does not add up."""

from decimal import Decimal

from budget.listings.declare import AMOUNT, CODE, NUMBER
from disclosures.pages.disclosure import anchor, wan
from disclosures.pages.figures import around, marks_of


def listing(disclosure, key):
    """A listing, ready to be drawn; row keys are total, an institution, a number or a kind of asset."""
    found = disclosure.listing(key)
    marks = marks_of(disclosure, key)
    heads = [field["heading"] for field in found["fields"]]
    return around(disclosure, key, heads, key) | {
        "title": found["title"],
        "unit": "万元" if any(field["kind"] == AMOUNT for field in found["fields"]) else "",
        "as_of": found["as_of"],
        "rows": [_with_marks(row, marks) for row in _rows(found)],
        "notes": [note for note in (found["note"], _difference(found)) if note],
    }


def _with_marks(row, marks):
    cells = [cell | {"note": marks.get((row["key"], cell.get("column")))} for cell in row["cells"]]
    return row | {"cells": cells}


def _rows(found):
    rows, shown = [], set()
    if "total" in found["totals"]:
        rows.append(_sum_row(found, "total", "合计", found["totals"]["total"]))
    for index, record in enumerate(found["records"], 1):
        group = record.get(found["group"])
        if group and group not in shown:
            rows.append(_sum_row(found, group, f"{group}小计", found["totals"][group]))
            shown.add(group)
        rows.append(_row(found, record.get("kind") or str(index), record))
    return rows


def _sum_row(found, key, name, sums):
    first = found["fields"][0]["key"]
    return _row(found, key, {first: name, **sums}) | {"level": "total" if key == "total" else "class"}


def _row(found, key, record):
    first, *others = (_cell(found, field, record.get(field["key"]), key) for field in found["fields"])
    return {
        "key": key,
        "id": anchor(found["key"], key),
        "level": "total" if key == "total" else "",
        "cells": [first | {"name": True}, *others],
    }


def _cell(found, field, value, row):
    if field["kind"] in (AMOUNT, NUMBER):
        text = wan(value) if field["kind"] == AMOUNT else "" if value is None else f"{Decimal(value):,}"
        return {"text": text, "id": anchor(found["key"], row, field["key"]), "column": field["key"]}
    text = found["kinds"].get(value, value or "")
    kind = "code" if field["kind"] == CODE else "in" if text.startswith("　") else "words"
    return {"text": text.strip(), "kind": kind}


def _difference(found):
    """The printed total of the assets beside the sum of its rows, in words; '' for other listings."""
    if found["key"] != "fixed_assets" or "value" not in found["totals"]:
        return ""
    printed = next((r["value"] for r in found["records"] if r["kind"] == "total"), None)
    return f"{_held_together(printed, found['totals']['value'])}“其中：办公用房”是房屋的一部分，不重复相加。"


def _held_together(printed, derived):
    if printed is None:
        return f"单位没有印资产总额；各项之和 {wan(derived)} 万元。"
    gap = abs(Decimal(printed) - Decimal(derived))
    if not gap:
        return "资产总额与各项之和相符。"
    both = f"单位印的资产总额 {wan(printed)} 万元，各项之和 {wan(derived)} 万元"
    return f"{both}，相差 {wan(str(gap))} 万元。"
