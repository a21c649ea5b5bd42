"""Listings as `listing.html` draws them: headings, rows, totals, and what does not add up."""

from decimal import Decimal

from budget.listings.declare import AMOUNT, CODE, NUMBER
from budget.sheets import head_rows
from disclosures.pages.disclosure import unspaced, wan

WIDE = 8  # columns from which a listing is printed smaller


def listing(disclosure, key):
    """What `listing.html` draws of one listing."""
    found = disclosure.listing(key)
    return {
        "listing": found,
        "source": disclosure.source,
        "has_amounts": any(field["kind"] == AMOUNT for field in found["fields"]),
        "wide": len(found["fields"]) > WIDE,
        "head": head_rows([[unspaced(text) for text in field["heading"]] for field in found["fields"]]),
        "rows": _rows(found),
        "difference": _difference(found),
        "findings": [f["message"] for f in disclosure.findings_of(key)],
    }


def place(key, row, column=""):
    """The anchor of a listing's row or figure; row: total, an institution, a number or a kind of asset."""
    return "-".join(filter(None, (key, row, column)))


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
    cells = [_cell(found, field, record.get(field["key"]), key) for field in found["fields"]]
    return {"level": "total" if key == "total" else "", "id": place(found["key"], key), "cells": cells}


def _cell(found, field, value, row):
    if field["kind"] == AMOUNT:
        return {"text": wan(value), "id": place(found["key"], row, field["key"])}
    if field["kind"] == NUMBER:
        text = "" if value is None else f"{Decimal(value):,}"
        return {"text": text, "id": place(found["key"], row, field["key"])}
    text = found["kinds"].get(value, value or "")
    kind = "code" if field["kind"] == CODE else "words"
    return {"text": text.strip(), "kind": kind, "indented": text.startswith("　")}


def _difference(found):
    """The printed total of the assets beside the sum of its rows, in words; None for other listings."""
    if found["key"] != "fixed_assets" or "value" not in found["totals"]:
        return None
    printed = next((r["value"] for r in found["records"] if r["kind"] == "total"), None)
    derived = found["totals"]["value"]
    gap = abs(Decimal(printed) - Decimal(derived)) if printed is not None else 0
    return {"printed": wan(printed), "derived": wan(derived), "gap": wan(str(gap)) if gap else ""}
