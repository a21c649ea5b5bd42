"""A table of the content as its template draws it: heading rows, rows of cells, bars, findings at their cells."""

from decimal import Decimal

from budget.sheets import head_rows, headings
from disclosures.pages.bars import steps
from disclosures.pages.checked import WORDS
from disclosures.pages.disclosure import anchor, unspaced, wan

WIDE = 8  # columns of figures and names from which a table is printed smaller


def figures(disclosure, table):
    """What `figures.html` draws of one table."""
    marks = _marks(disclosure, table["key"])
    largest = _largest(table)
    heads = [[unspaced(text) for text in path] for path in headings(table)]
    return {
        "table": table,
        "href": disclosure.url(f"tables/{table['number']}/"),
        "source": disclosure.source,
        "head": head_rows(heads),
        "width": range(1, len(heads) + 1),
        "wide": len(heads) > WIDE,
        "rows": [_row(table, row, n, largest, marks) for n, row in enumerate(table["rows"], 1)],
        "findings": [_note(table, n, finding) for n, finding in enumerate(disclosure.findings_of(table["key"]), 1)],
    }


def _note(table, number, finding):
    """A finding as the note under its table."""
    return {
        "number": number,
        "id": f"t{table['number']}-n{number}",
        "level": finding["level"],
        "word": WORDS[finding["level"]],
        "text": finding["message"],
        "href": f"#{anchor(table['number'], *finding['cell'][1:])}",
    }


def _marks(disclosure, key):
    """{(row key, column key): number of the note under the table}"""
    return {tuple(f["cell"][1:]): n for n, f in enumerate(disclosure.findings_of(key), 1)}


def _largest(table):
    """The largest figure of each column that is no total, for the bars."""
    found = {}
    for row in table["rows"]:
        for side, half in zip(table["sides"], row["sides"], strict=True):
            for column, amount in zip(side["columns"], half["amounts"], strict=True):
                if amount and half["level"] not in ("total", "subtotal"):
                    found[column["key"]] = max(found.get(column["key"], Decimal(0)), Decimal(amount))
    return found


def _row(table, row, ordinal, largest, marks):
    pairs = zip(table["sides"], row["sides"], strict=True)
    return {
        "ordinal": ordinal,
        "anchor": anchor(table["number"], row["sides"][0]["key"] or row["sides"][-1]["key"]),
        "level": _level(row["sides"]),
        "halves": [_half(table, side, half, largest, marks) for side, half in pairs],
    }


def _level(halves):
    """A row's level: that of its only half; of two-sided rows only totals are set off as a whole."""
    levels = [half["level"] for half in halves if half["key"]]
    return levels[0] if len(halves) == 1 else "total" if "total" in levels else ""


def _half(table, side, half, largest, marks):
    """One side of a row; gap: how many columns stay empty where a side has no such row."""
    if not half["key"]:
        return {"gap": len(side["labels"]) + len(side["columns"])}
    labels = half["labels"]
    return {
        "code": labels[0] if len(labels) == 2 else None,
        "name": labels[-1].strip(),
        "level": f"{half['level']}{' in' if labels[-1].startswith(' ') else ''}",
        "cells": [
            _cell(anchor(table["number"], half["key"], column["key"]), amount, column["key"], half, largest)
            | _mark(table, marks.get((half["key"], column["key"])))
            for column, amount in zip(side["columns"], half["amounts"], strict=True)
        ],
    }


def _cell(id_, amount, column, half, largest):
    return {"id": id_, "text": wan(amount), "bar": _bar(amount, largest.get(column), half["level"])}


def _mark(table, note):
    """The note under the table that a figure's mark leads to."""
    return {"note": note, "note_id": f"t{table['number']}-n{note}"} if note else {}


def _bar(amount, largest, level):
    """The class of the bar behind a figure: w1 to w20, '' where there is none."""
    found = 0 if level in ("total", "subtotal") else steps(amount, largest)
    return f"w{found}" if found else ""
