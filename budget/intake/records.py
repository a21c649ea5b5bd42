"""Listings in a grid: institutions, procurement, fixed assets, one record a row."""

import re
from dataclasses import dataclass, field

from budget.facts import Printed
from budget.intake import says
from budget.intake.figures import Cells
from budget.intake.headings import is_numbering_row, is_title, paths, title, titles_of
from budget.intake.problems import at, problem
from budget.listings.declare import AMOUNT, CODE, NUMBER
from budget.money import CENT, YUAN_PER
from budget.text import label, narrow

_SUBTOTAL = re.compile(r"(.*)小计$")
_NOTE = re.compile(r"^\s*(注|备注|说明)\s*[:：]")


@dataclass
class ListingReading:
    """Records of one listing with the totals that it prints; places: {(listing, row, field): where it stands}."""

    listing: object
    records: list[dict] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    problems: list = field(default_factory=list)
    places: dict = field(default_factory=dict)
    as_of: object = None


def find_columns(grid, listing):
    """({grid column: field}, heading rows) when the grid holds this listing, else None."""
    wordings = {title(text): f for f in listing.fields for text in (f.heading[-1], *f.same_as)}
    rows = _heading_rows(grid, listing, wordings)
    if not rows:
        return None
    found = {}
    for column, path in paths(grid, rows).items():
        declared = next((wordings[text] for text in reversed(path) if text in wordings), None)
        if declared and declared not in found.values():
            found[column] = declared
    return (found, rows) if len(found) >= min(3, len(listing.fields)) else None


def _heading_rows(grid, listing, wordings):
    groups = {title(text) for f in listing.fields for text in f.heading}
    rows = []
    for row in range(1, min(grid.rows, 12) + 1):
        cells = grid.row_values(row)
        texts = [title(value) for _, value in cells if isinstance(value, str)]
        if len(texts) == len(cells) > 1 and sum(t in wordings or t in groups for t in texts) * 2 > len(texts):
            rows.append(row)
        elif rows:
            break
    return rows


def is_listing(grid, listing):
    """Whether a grid's title names the listing and its headings are there."""
    return any(is_title(listing, text) for text in titles_of(grid)) and find_columns(grid, listing) is not None


def read_listing(grid, listing, unit):
    """A `ListingReading`; `unit` is 元 or 万元 (None for a listing without amounts)."""
    columns, rows = find_columns(grid, listing)
    reading = ListingReading(listing, as_of=says.as_of(grid, rows[0]))
    cells = Cells(grid, unit)
    group = ""
    for row in range(rows[-1] + 1, grid.rows + 1):
        if not grid.row_values(row) or is_numbering_row(grid, row) or _is_note(grid, row):
            continue
        name = _first_text(grid, row, columns)
        if subtotal := _total_name(listing, name):
            group = subtotal if subtotal != "total" else group
            reading.printed += _totals(cells, listing, row, columns, subtotal)
        else:
            _read_record(cells, reading, row, columns, group)
    reading.problems += cells.problems
    return reading


def _is_note(grid, row):
    return bool(_NOTE.match(str(grid.row_values(row)[0][1])))


def _first_text(grid, row, columns):
    return grid.text(row, min(columns)).strip()


def _total_name(listing, name):
    """ "total" for the 合计 row, the institution for its 小计 row, None for a record."""
    if not listing.group:
        return None
    if label(name) in ("合计", "总计"):
        return "total"
    match = _SUBTOTAL.fullmatch(narrow(name))
    return match[1] if match else None


def _totals(cells, listing, row, columns, key):
    for column, declared in columns.items():
        if declared.kind == AMOUNT and declared.key not in ("unit_price", "project_budget"):
            yield _printed(cells, listing, row, column, key, declared)


def _printed(cells, listing, row, column, key, declared):
    unit = cells.unit
    step = max(YUAN_PER[unit] / 100, CENT)
    amount = cells.amount(row, column)
    return Printed(listing.key, key, declared.key, amount, cells.grid.place(row, column), unit, step)


def _read_record(cells, reading, row, columns, group):
    listing, grid = reading.listing, cells.grid
    record = listing.blank()
    for column, declared in columns.items():
        if declared.sum_of:
            key = str(len(reading.records) + 1)
            reading.printed.append(_printed(cells, listing, row, column, key, declared))
        else:
            record[declared.key] = _value(cells, row, column, declared.kind)
    if listing.kinds:
        _add_fixed(reading, grid, row, record)
    elif any(value not in (None, "") for value in record.values()):
        reading.records.append(record | ({listing.group: group} if listing.group else {}))
    _keep_places(reading, grid, row, columns)


def _keep_places(reading, grid, row, columns):
    if reading.records:
        last, listing = reading.records[-1], reading.listing
        key = last[listing.fields[0].key] if listing.kinds else str(len(reading.records))
        for column, declared in columns.items():
            reading.places.setdefault((listing.key, key, declared.key), grid.place(row, column))


def _value(cells, row, column, kind):
    if kind == AMOUNT:
        return cells.amount(row, column)
    if kind == NUMBER:
        return cells.number(row, column)
    text = cells.grid.text(row, column).strip()
    return narrow(text) if kind == CODE else text


def _add_fixed(reading, grid, row, record):
    """A record of a listing with fixed rows: its first field is the declared row's key."""
    first = reading.listing.fields[0].key
    kinds = {label(text): key for key, text in reading.listing.kinds.items()}
    kind = kinds.get(label(record[first])) or _alike(kinds, label(record[first]))
    if kind is None or any(other[first] == kind for other in reading.records):
        column = grid.row_values(row)[0][0]
        message = f"{at(grid, row, column)}：认不出“{record[first]}”这一行，或它出现了两次，请核对名称。"
        reading.problems.append(problem("R07", message, grid.place(row, column)))
    else:
        reading.records.append({**record, first: kind})


def _alike(kinds, text):
    """The fixed row whose name before the brackets is the same: 房屋 for 房屋（平方米）."""
    bare = re.sub(r"\(.*?\)", "", text)
    return next((key for name, key in kinds.items() if re.sub(r"\(.*?\)", "", name) == bare), None)
