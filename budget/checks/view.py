"""A budget as its rules see it: every figure by its address, in tables, in records and in the text.

Where there is a file, its figures are checked as printed; a figure that follows from lines changed since is taken
as it follows now. Where there is none, all figures follow from the lines.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from budget.cell import Cell
from budget.checks import claims
from budget.checks.naming import Naming
from budget.codes import Names as Listed
from budget.codes import prefixes
from budget.declare.fields import Field, Figure, Money, Record
from budget.declare.records import Listing, Records
from budget.declare.tables import Table
from budget.figures.dossier import SECTIONS, Dossier, Original
from budget.figures.fill import Derived, Filled, Names, fill
from budget.figures.printed import Printed
from budget.figures.totals import TOTAL, total_of
from budget.money import CENT, WAN

Tree = dict[str, list[str]]  # {row: [rows right below it]}, the total first; leaves are left out


class View:
    """A dossier with its figures at hand. names: {(scheme, code): name}; listed: by the code lists alone."""

    def __init__(self, dossier: Dossier, names: Names, listed: Listed):
        self.entries, self.recorded, self.document = dossier.entries, dossier.recorded, dossier.document
        self.original = dossier.original or Original()
        self.names, self.listed = names | dossier.entries.called(), listed
        self.naming = Naming(
            self.document, self.names, self.entries.records, self.entries.sections, self.entries.as_printed
        )
        # A file in which no table was found is held to its tables all the same, unless lines were typed in beside it.
        self.has_file = bool(self.original.figures) or (dossier.original is not None and not self.entries.lines)
        self._shown: dict[Cell, Printed] = {}
        self._rows: dict[str, dict[str, bool]] = {}
        self._columns: dict[str, dict[str, bool]] = {}
        self._codes: dict[str, list[str]] = {}
        self._trees: dict[str, Tree] = {}
        for printed in self.original.figures:
            self._note(printed)
        if self.has_file:
            self._overlay()
        else:
            self._derive()

    def _note(self, printed: Printed) -> None:
        table, row, column = printed.cell
        self._shown[printed.cell] = printed
        self._rows.setdefault(table, {})[row] = True
        self._columns.setdefault(table, {})[column] = True

    @cached_property
    def filled(self) -> dict[str, Filled]:
        """{table key: the table as the lines fill it}: what is published."""
        return {table.key: fill(table, self.entries.lines, self.names) for table in self.document.tables}

    @cached_property
    def _derived_by_table(self) -> dict[str, Derived]:
        return {key: filled.figures() for key, filled in self.filled.items()}

    def derived_of(self, table: Table) -> Derived:
        """Every cell of a table, as the lines add up."""
        return self._derived_by_table[table.key]

    @cached_property
    def derived(self) -> Derived:
        """Every cell of all tables, as the lines add up."""
        return {cell: sum_ for derived in self._derived_by_table.values() for cell, sum_ in derived.items()}

    @cached_property
    def _by_own_lines(self) -> dict[str, Derived]:
        if self.original.lines == self.entries.lines:
            return self._derived_by_table
        return {table.key: fill(table, self.original.lines).figures() for table in self.document.tables}

    def derived_from_file(self, table: Table) -> Derived:
        """Every cell of a table, as the lines add up that the township's own file gave."""
        return self._by_own_lines[table.key]

    def _derive(self) -> None:
        for cell, (amount, _) in self.derived.items():
            self._note(Printed(cell, amount, "", WAN, CENT))

    def _overlay(self) -> None:
        """Figures that changed with the lines since the file was read."""
        if self.original.lines == self.entries.lines:
            return
        for table in filter(self._is_printed, self.document.tables):
            before = self.derived_from_file(table)
            for cell, (amount, _) in self.derived_of(table).items():
                if before.get(cell, (None, 0))[0] != amount:
                    self._note(Printed(cell, amount, self.place(cell), WAN, CENT))

    @property
    def follows_from_lines(self) -> bool:
        """Whether figures follow from the lines as they are now: there is no file, or lines were changed since."""
        return not self.has_file or self.original.lines != self.entries.lines

    def _is_printed(self, table: Table) -> bool:
        """A table that the file lacks stays missing, whatever the lines have become."""
        return table.key in self._columns

    @cached_property
    def _in_file(self) -> dict[str, list[Printed]]:
        found: dict[str, list[Printed]] = {}
        for printed in self.original.figures:
            found.setdefault(printed.cell.table, []).append(printed)
        return found

    def in_file(self, key: str) -> list[Printed]:
        """The figures of a table or list as the file prints them, whatever the lines have become since."""
        return self._in_file.get(key, [])

    def printed(self) -> Iterator[Printed]:
        """Every figure that stands in the file, as the rules see it."""
        return (self._shown[p.cell] for p in self.original.figures)

    def place(self, cell: Cell) -> str:
        """Where a figure or a record's field stands in the file, or '' where that is not known."""
        if shown := self._shown.get(cell):
            return shown.place
        return self.original.places.get(cell, "")

    def published(self, cell: Cell) -> Decimal | None:
        """What a publication of the budget as it is says at this address: what the lines and records add up to."""
        if cell.table in self._derived_by_table:
            return self._derived_by_table[cell.table].get(cell, (None, 0))[0]
        listing = self.document.list_of(cell.table)
        if isinstance(listing, Listing) and listing.group:
            return total_of(listing, self.entries.records[listing.key], cell)
        stored = self._of_record(cell)
        return stored.amount if stored else None

    @cached_property
    def last_year(self) -> set[Decimal]:
        """Amounts that stood in last year's totals, as far as they were published."""
        return set(self.recorded.last_year.values())

    @cached_property
    def empty(self) -> set[str]:
        """Tables without any figure that the file lists all the same; without a file, all that have none."""
        listed = self.original.notes if self.has_file else self.filled
        return {key for key in listed if key not in self._rows}

    def has(self, table: Table) -> bool:
        """Whether the table is there."""
        return table.key in self._rows or table.key in self.empty

    def rows(self, table: Table) -> list[str]:
        """Keys of the rows that are there."""
        return list(self._rows.get(table.key, ()))

    def columns(self, table: Table) -> list[str]:
        """Keys of the columns that are there."""
        return list(self._columns.get(table.key, ()))

    def records(self, records: Records) -> list[Record]:
        """The records of a list or form."""
        return self.entries.records.get(records.key, [])

    def numbered(self, records: Records) -> Iterator[tuple[int, Record]]:
        """The records of a list or form with their numbers, from 1."""
        return enumerate(self.records(records), 1)

    def figure(self, cell: Cell) -> Printed | None:
        """The figure at an address; None where the table, its row or column, the record or the claim is missing.

        A code, and any figure of a table that is listed as empty, is nil where it does not stand.
        """
        if shown := self._shown.get(cell):
            return shown
        if cell.table == SECTIONS:
            return self._of_text(cell)
        if self.document.list_of(cell.table):
            return self._of_record(cell)
        return Printed(cell, None, "", WAN, CENT) if self._is_nil(cell) else None

    def _is_nil(self, cell: Cell) -> bool:
        """No county prints rows of codes without money; a fixed row that is not there says nothing of its amount."""
        is_unused_code = cell.row.isdigit() and cell.column in self._columns.get(cell.table, ())
        return is_unused_code or cell.table in self.empty

    def _of_text(self, cell: Cell) -> Printed | None:
        claim = claims.claim_at(self.entries, cell)
        return Printed(cell, claim.amount, claim.where, WAN, claim.step) if claim else None

    def _of_record(self, cell: Cell) -> Printed | None:
        field, value = self.field(cell) or (None, None)
        if not isinstance(field, Figure):
            return None
        return Printed(cell, value, self.place(cell), WAN if isinstance(field, Money) else "", CENT)

    def field(self, cell: Cell) -> tuple[Field, Any] | None:
        """(field, value) of a record at an address; None where there is no such record or field."""
        records, record = self.document.list_of(cell.table), self.naming.record(cell)
        if records is None or record is None:
            return None
        try:
            return records.value(record, cell.column)
        except (KeyError, ValueError):
            return None

    def first(self, *cells: Cell) -> Cell:
        """The first of these cells whose figure is there, else the first of all."""
        return next((cell for cell in cells if self.figure(cell)), cells[0])

    def codes(self, table: Table) -> list[str]:
        """The codes that a table prints, in order."""
        if table.key not in self._codes:
            self._codes[table.key] = sorted(row for row in self._rows.get(table.key, ()) if row.isdigit())
        return self._codes[table.key]

    def tree(self, table: Table) -> Tree:
        """The rows of a table by codes."""
        if table.key not in self._trees:
            self._trees[table.key] = _grown(self.codes(table))
        return self._trees[table.key]

    def leaves(self, table: Table) -> list[str]:
        """Codes of a table that no other of its codes refines."""
        above = self.tree(table)
        return [code for code in self.codes(table) if code not in above]

    def stops_above(self, table: Table, code: str) -> bool:
        """Whether the table has money under this code's class or section but goes no further down."""
        rows, above = self._rows.get(table.key, {}), self.tree(table)
        return code not in rows and any(p in rows and p not in above for p in prefixes(code)[:-1])

    def amount(self, cell: Cell) -> Decimal | None:
        """The amount of a cell, nil counted as zero; None where the figure is missing."""
        shown = self.figure(cell)
        return None if shown is None else shown.amount or Decimal(0)

    def words(self, cell: Cell) -> str:
        """A cell in words: 表9“合计”的“一般公共预算财政拨款”."""
        return self.naming.words(cell)


def _grown(codes: list[str]) -> Tree:
    tree, known = Tree(), set(codes)
    for code in codes:
        above = next((prefix for prefix in reversed(prefixes(code)[:-1]) if prefix in known), TOTAL)
        tree.setdefault(above, []).append(code)
    return tree
