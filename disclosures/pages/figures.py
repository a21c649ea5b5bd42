"""Tables and listings as `figures.html` draws them: heading rows, rows of cells, bars, findings at their cells.

What both give: {id, title, unit, source, head, width, kind, rows, notes, findings}; a row is {id, level, ordinal,
cells}, a cell {name, text, kind, id, columns, note}: `name` for the cell that names its row, `columns` for a gap of
so many columns, `note` for the number of the finding under the table that is about it.
"""

from decimal import Decimal

from budget.sheets import head_rows, headings
from disclosures.content import filled_cells
from disclosures.pages.bars import steps
from disclosures.pages.checked import WORDS
from disclosures.pages.disclosure import anchor, unspaced, wan

WIDE = 8  # columns from which a table is printed smaller


def figures(disclosure, table):
    """A standard table, ready to be drawn."""
    number = table["number"]
    marks = marks_of(disclosure, table["key"])
    largest = _largest(table)
    rows = [_row(table, row, n, largest, marks) for n, row in enumerate(table["rows"], 1)]
    return around(disclosure, table["key"], headings(table), f"t{number}") | {
        "title": f"表 {number}　{table['title']}",
        "href": disclosure.url(f"tables/{number}/"),
        "unit": table["unit"],
        "two": len(table["sides"]) > 1,
        "width": range(1, len(headings(table)) + 1),
        "rows": rows,
        "notes": [table["note"]] if table["note"] else [],
    }


def with_rules(disclosure, table, rules):
    """The same table with the rules that looked at each figure in the figure's place."""
    drawn = figures(disclosure, table)
    for row in drawn["rows"]:
        for cell in row["cells"]:
            if "key" in cell:
                cell |= {"text": " ".join(rules.get(cell["key"], ())), "kind": "rules", "note": None}
    return drawn | {"unit": "", "findings": [], "notes": []}


def around(disclosure, key, heads, id_):
    """What a table and a listing have alike: headings, source, findings with the figures that they are about."""
    found = enumerate(disclosure.findings_of(key), 1)
    return {
        "id": id_,
        "source": disclosure.source,
        "head": head_rows([[unspaced(text) for text in path] for path in heads]),
        "wide": len(heads) > WIDE,
        "findings": [
            {
                "number": n,
                "id": f"{id_}-n{n}",
                "level": finding["level"],
                "word": WORDS[finding["level"]],
                "text": finding["message"],
                "explanation": finding["explanation"],
                "href": f"#{anchor(id_, *finding['cells'][0][1:])}",
            }
            for n, finding in found
        ],
    }


def marks_of(disclosure, key):
    """{(row key, column key): number of the finding under the table}"""
    return {tuple(f["cells"][0][1:]): n for n, f in enumerate(disclosure.findings_of(key), 1)}


def _largest(table):
    """The largest figure of each column that is no total, for the bars."""
    found = {}
    for half, column, amount in filled_cells(table):
        if half["level"] not in ("total", "subtotal"):
            found[column] = max(found.get(column, Decimal(0)), Decimal(amount))
    return found


def _row(table, row, ordinal, largest, marks):
    pairs = zip(table["sides"], row["sides"], strict=True)
    return {
        "ordinal": ordinal,
        "id": anchor(f"t{table['number']}", row["sides"][0]["key"] or row["sides"][-1]["key"]),
        "level": _level(row["sides"]),
        "cells": [cell for side, half in pairs for cell in _half(table, side, half, largest, marks)],
    }


def _level(halves):
    """A row's level: that of its only half; of two-sided rows only totals are set off as a whole."""
    levels = [half["level"] for half in halves if half["key"]]
    return levels[0] if len(halves) == 1 else "total" if "total" in levels else ""


def _half(table, side, half, largest, marks):
    """The cells of one side of a row; a single gap where that side has no such row."""
    if not half["key"]:
        return [{"columns": len(side["labels"]) + len(side["columns"])}]
    return [
        *_labels(half),
        *(
            _figure(table, half, column["key"], amount, largest, marks)
            for column, amount in zip(side["columns"], half["amounts"], strict=True)
        ),
    ]


def _labels(half):
    *code, name = half["labels"]
    indented = " in" if name.startswith(" ") else ""
    return [
        *({"text": text, "kind": "code"} for text in code),
        {"text": name.strip(), "kind": f"{half['level']}{indented}", "name": True},
    ]


def _figure(table, half, column, amount, largest, marks):
    return {
        "text": wan(amount),
        "key": (half["key"], column),
        "id": anchor(f"t{table['number']}", half["key"], column),
        "kind": _bar(amount, largest.get(column), half["level"]),
        "note": marks.get((half["key"], column)),
    }


def _bar(amount, largest, level):
    """The class of the bar behind a figure: w1 to w20, '' where there is none."""
    found = 0 if level in ("total", "subtotal") else steps(amount, largest)
    return f"w{found}" if found else ""
