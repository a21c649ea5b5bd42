"""Lists in a grid, one record a row: institutions, procurement, fixed assets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from budget.cell import Cell
from budget.declare.fields import Field, Money, Record
from budget.declare.records import Listing
from budget.figures.printed import Printed
from budget.figures.totals import TOTAL
from budget.finding import Finding, Level
from budget.intake.cells import Cells
from budget.intake.grid import NOTE, Grid
from budget.intake.headings import ORDINAL, TOTALS, is_numbering_row
from budget.intake.problems import at, problem
from budget.intake.recognise import Columns, Recognised
from budget.money import CENT, YUAN_PER
from budget.text import label, narrow

_SUBTOTAL = re.compile(r"(.*)小计$")


@dataclass
class ListingReading:
    """Records of one list with the totals that it prints; places: where each field stands."""

    listing: Listing
    records: list[Record] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    places: dict[Cell, str] = field(default_factory=dict)


def read_listing(found: Recognised, listing: Listing, unit: str) -> ListingReading:
    """A `ListingReading` of a recognised grid; `unit` is 元 or 万元 ('' for a list without amounts)."""
    grid, columns = found.grid, found.columns
    reading, cells, group = ListingReading(listing), Cells(grid, unit), ""
    for row in range(found.data_row, grid.rows + 1):
        if not grid.row_values(row) or is_numbering_row(grid, row) or _is_note(grid, row):
            continue
        if subtotal := _total_name(listing, grid.text(row, min(columns)).strip()):
            group = subtotal if subtotal != TOTAL else group
            reading.printed += _totals(cells, listing, row, columns, subtotal)
        else:
            _read_record(cells, reading, row, columns, group)
    reading.problems += cells.problems
    return reading


def unread(found: Recognised, listing: Listing) -> list[Finding]:
    """What a list prints in columns that it does not declare; an error where one that must be there is not found."""
    columns = _unread_columns(found)
    if not columns:
        return []
    said = "、".join(f"“{_heading(found, column) or f'第{column}栏'}”" for column in columns)
    missing = [one for one in listing.fields if one not in found.columns.values() and one != listing.group]
    not_found = f"没有找到{'、'.join(f'“{one.label}”' for one in missing)}，" if missing else ""
    message = f"《{listing.title}》里{not_found}{said}不是它的栏目，没有读入；请核对栏目名称。"
    places = tuple(found.grid.place(found.data_row, column) for column in columns)
    level = Level.ERROR if any(getattr(one, "required", False) for one in missing) else Level.WARNING
    return [Finding("R19", level, message, places)]


def _unread_columns(found: Recognised) -> list[int]:
    """The columns of a list whose heading nobody knows and that hold something; the one that counts rows is none."""
    grid = found.grid
    rows = [
        row
        for row in range(found.data_row, grid.rows + 1)
        if not is_numbering_row(grid, row) and not _is_note(grid, row)
    ]
    filled = {column for row in rows for column, _ in grid.row_values(row)} - found.columns.keys()
    return [column for column in sorted(filled) if _heading(found, column) not in ORDINAL]


def _heading(found: Recognised, column: int) -> str:
    """The lowest heading of a list's column, '' without any."""
    texts = (found.grid.text(row, column) for row in range(found.data_row - 1, 0, -1))
    return next((narrow(text) for text in texts if text.strip()), "")


def _is_note(grid: Grid, row: int) -> bool:
    values = grid.row_values(row)
    return bool(values and NOTE.match(str(values[0][1])))


def _total_name(listing: Listing, name: str) -> str | None:
    """ "total" for the 合计 row, the institution for its 小计 row, None for a record."""
    if not listing.group:
        return None
    if label(name) in TOTALS:
        return TOTAL
    match = _SUBTOTAL.fullmatch(narrow(name))
    return match[1] if match else None


def _totals(cells: Cells, listing: Listing, row: int, columns: Columns, key: str) -> Iterator[Printed]:
    for column, declared in columns.items():
        if declared in listing.totalled():
            yield _printed(cells, row, column, Cell(listing.key, key, declared.key))


def _printed(cells: Cells, row: int, column: int, cell: Cell) -> Printed:
    step = max(YUAN_PER[cells.unit] / 100, CENT)
    return Printed(cell, cells.amount(row, column), cells.grid.place(row, column), cells.unit, step)


def _read_record(cells: Cells, reading: ListingReading, row: int, columns: Columns, group: str) -> None:
    listing, grid = reading.listing, cells.grid
    record = listing.blank()
    for column, declared in columns.items():
        if isinstance(declared, Money) and declared.sum_of:
            cell = Cell(listing.key, str(len(reading.records) + 1), declared.key)
            reading.printed.append(_printed(cells, row, column, cell))
        else:
            record[declared.key] = cells.value(row, column, declared)
    if listing.kinds:
        _add_fixed(reading, grid, row, record)
    elif any(value not in (None, "") for value in record.values()):
        reading.records.append(record | ({listing.group.key: group} if listing.group else {}))
    _keep_places(reading, grid, row, columns)


def _keep_places(reading: ListingReading, grid: Grid, row: int, columns: dict[int, Field]) -> None:
    if reading.records:
        key = reading.listing.row(reading.records[-1], len(reading.records))
        for column, declared in columns.items():
            reading.places.setdefault(Cell(reading.listing.key, key, declared.key), grid.place(row, column))


def _add_fixed(reading: ListingReading, grid: Grid, row: int, record: Record) -> None:
    """A record of a list with fixed rows: its first field is the declared row's key."""
    first = reading.listing.first.key
    kinds = {label(text): key for key, text in reading.listing.kinds.items()}
    kind = kinds.get(label(record[first])) or _alike(kinds, label(record[first]))
    if kind is None or any(other[first] == kind for other in reading.records):
        column = grid.row_values(row)[0][0]
        message = f"{at(grid, row, column)}：认不出“{record[first]}”这一行，或它出现了两次，请核对名称。"
        reading.problems.append(problem("R07", message, grid.place(row, column)))
    else:
        reading.records.append({**record, first: kind})


def _alike(kinds: dict[str, str], text: str) -> str | None:
    """The fixed row whose name before the brackets is the same: 房屋 for 房屋（平方米）."""
    bare = re.sub(r"\(.*?\)", "", text)
    return next((key for name, key in kinds.items() if re.sub(r"\(.*?\)", "", name) == bare), None)
