"""Rows added, taken away and moved on the page, before anything is saved; and a block of cells put in whole."""

import csv
import io
from collections.abc import Callable

from budget.declare.fields import Field, Rows, Text, stored
from budget.entry.records.typed import MOST_ROWS, OWN, Typed, is_empty, tidy
from budget.text import label

LONGEST_BLOCK = 120_000  # letters of a block that is pasted
_ADDED = 3  # empty rows at once


def act(fields: tuple[Field, ...], typed: Typed, what: str, block: str = "") -> tuple[Typed, str]:
    """(what then stands there, the column of the field to go on with) after `add indicators` or `up indicators 3`."""
    verb, key, number = [*what.split(" "), "", ""][:3]
    rows = next((one for one in fields if isinstance(one, Rows) and one.key == key), None)
    if rows is None or verb not in _ACTS:
        return typed, ""
    at = int(number) - 1 if number.isascii() and number.isdecimal() and len(number) < 5 else -1
    after, focus = _ACTS[verb](rows, typed[key], at, block)
    return typed | {key: after}, f"{key}-{focus + 1}" if 0 <= focus < len(after) else key


Act = Callable[[Rows, list[Typed], int, str], tuple[list[Typed], int]]


def _empty(rows: Rows) -> Typed:
    return {one.key: "" for one in stored(rows.fields)}


def _add(rows: Rows, found: list[Typed], at: int, block: str) -> tuple[list[Typed], int]:
    """Empty rows at the end, or one after the row that is named."""
    if len(found) >= MOST_ROWS:
        return found, len(found) - 1
    if 0 <= at < len(found):
        return [*found[: at + 1], _empty(rows), *found[at + 1 :]], at + 1
    return [*found, *(_empty(rows) for _ in range(1 if rows.across else _ADDED))], len(found)


def _remove(rows: Rows, found: list[Typed], at: int, block: str) -> tuple[list[Typed], int]:
    if not 0 <= at < len(found):
        return found, -1
    return [*found[:at], *found[at + 1 :]], min(at, len(found) - 2)


def _up(rows: Rows, found: list[Typed], at: int, block: str) -> tuple[list[Typed], int]:
    return _swapped(found, at - 1), max(at - 1, 0)


def _down(rows: Rows, found: list[Typed], at: int, block: str) -> tuple[list[Typed], int]:
    return _swapped(found, at), min(at + 1, len(found) - 1)


def _swapped(found: list[Typed], at: int) -> list[Typed]:
    if not 0 <= at < len(found) - 1:
        return found
    return [*found[:at], found[at + 1], found[at], *found[at + 2 :]]


def _own(rows: Rows, found: list[Typed], at: int, block: str) -> tuple[list[Typed], int]:
    """A row in its own words."""
    return [row | {OWN: "1"} if n == at else row for n, row in enumerate(found)], at


def _paste(rows: Rows, found: list[Typed], at: int, block: str) -> tuple[list[Typed], int]:
    """A block of cells after the rows that are filled in."""
    filled = [row for row in found if not is_empty(rows, row)]
    new = pasted(rows, block)
    return ([*filled, *new][:MOST_ROWS], len(filled)) if new else (found, -1)


_ACTS: dict[str, Act] = {"add": _add, "remove": _remove, "up": _up, "down": _down, "own": _own, "paste": _paste}


def pasted(rows: Rows, block: str) -> list[Typed]:
    """The rows of a block copied from Excel or WPS: its columns by their headings, else in the order of the fields.

    >>> from budget.declare.fields import Text
    >>> plan = Rows("plan", ("计划",), fields=(Text("until", ("截至",)), Text("share", ("比例",))))
    >>> pasted(plan, "比例\\t截至\\n25\\t3月底\\n")
    [{'until': '3月底', 'share': '25'}]
    """
    lines = [line for line in _cells(block) if any(line)]
    columns = _by_heading(rows, lines[0]) if lines else {}
    body = lines[1:] if columns else lines
    columns = columns or _in_order(rows, max(map(len, lines), default=0))
    found: list[Typed] = []
    for line in body:
        row = _empty(rows) | {key: line[at] for key, at in columns.items() if at < len(line)}
        found.append(row | _carried_down(rows, row, found))
    return found


def _cells(block: str) -> list[list[str]]:
    """The cells of a block; a cell of several lines stands in quotes."""
    text = tidy(block[:LONGEST_BLOCK]).replace("\0", "")
    return [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text), delimiter="\t")]


def _by_heading(rows: Rows, line: list[str]) -> dict[str, int]:
    """{key: column} where a line is headings: at least two cells that the fields are called by, or all."""
    wordings = {label(word): one.key for one in stored(rows.fields) for word in (one.label, *_wordings(one))}
    found = {wordings[label(cell)]: at for at, cell in enumerate(line) if label(cell) in wordings}
    return found if len(found) >= min(2, len(rows.fields)) else {}


def _wordings(declared: Field) -> tuple[str, ...]:
    return (declared.heading[-1], *declared.same_as)


def _in_order(rows: Rows, width: int) -> dict[str, int]:
    """{key: column}: as printed, with the sums that nobody types where the block is as wide."""
    printed = rows.fields if width >= len(rows.fields) else tuple(stored(rows.fields))
    typed = {one.key for one in stored(rows.fields)}
    return {one.key: at for at, one in enumerate(printed) if one.key in typed}


def _carried_down(rows: Rows, row: Typed, above: list[Typed]) -> Typed:
    """What is printed once for the rows below that bear the same."""
    spanning = [one.key for one in rows.fields if isinstance(one, Text) and one.spans]
    return {key: above[-1][key] for key in spanning if above and not row[key]}
