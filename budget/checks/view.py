"""A budget as its rules see it: the figures that a file prints, or those that the lines add up to.

Where there is a file, its figures are checked as printed; a figure that follows from lines changed since is taken
as it follows now. Where there is none, all figures follow from the lines.
"""

from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from budget.checks.naming import column_name, row_name
from budget.codes import prefixes
from budget.fill import fill
from budget.money import CENT, WAN, plain
from budget.tables import TABLES


class Shown(NamedTuple):
    """A figure as it stands: amount in yuan or None for a blank; unit and last printed place (step, in yuan)."""

    cell: tuple[str, str, str]
    amount: Decimal | None
    place: str
    unit: str
    step: Decimal

    @property
    def text(self):
        """The figure in its unit, '' for a blank."""
        return plain(self.amount, self.unit)


class View:
    """Facts with their figures at hand. names: {(scheme, code): name}; listed: the same by the code lists alone."""

    def __init__(self, facts, names, listed):
        self.facts, self.names, self.listed = facts, names, listed
        self.tables = {table.key: table for table in TABLES}
        self.has_file = bool(facts.printed)
        self._shown, self._rows, self._columns, self._found_trees = {}, {}, {}, {}
        for p in facts.printed:
            self._note(Shown(p[:3], p.amount, p.place, p.unit, p.step))
        if self.has_file:
            self._overlay()
        else:
            self._derive()

    def _note(self, shown):
        table, row, column = shown.cell
        self._shown[shown.cell] = shown
        self._rows.setdefault(table, {})[row] = True
        self._columns.setdefault(table, {})[column] = True

    def _derive(self):
        for key, table in self.tables.items():
            for (row, column), (amount, _) in fill(table, self.facts.lines, self.names).figures().items():
                self._note(Shown((key, row, column), amount, "", WAN, CENT))

    def _overlay(self):
        """Figures that changed with the lines since the file was read."""
        then, now = self.facts.source_lines, self.facts.lines
        if then is None or then == now:
            return
        for key, table in self.tables.items():
            before, after = (fill(table, lines, self.names).figures() for lines in (then, now))
            for (row, column), (amount, _) in after.items():
                if before.get((row, column), (None, 0))[0] != amount and key in self._columns:
                    self._note(Shown((key, row, column), amount, self.place(key, row, column), WAN, CENT))

    def place(self, table, row, column):
        """Where a figure or a record's field stands in the file, or '' where that is not known."""
        if shown := self._shown.get((table, row, column)):
            return shown.place
        return self.facts.places.get((table, row, column), "")

    @cached_property
    def last_year(self):
        """Amounts that stood in last year's totals, as far as they were published."""
        return set(self.facts.last_year.values())

    @cached_property
    def empty(self):
        """Tables without any figure that the file lists all the same; without a file, all that have none."""
        listed = self.facts.notes if self.has_file else self.tables
        return {key for key in listed if key not in self._rows}

    def has(self, table):
        """Whether the table is there."""
        return table in self._rows or table in self.empty

    def rows(self, table):
        """Keys of the rows that are there."""
        return list(self._rows.get(table, ()))

    def columns(self, table):
        """Keys of the columns that are there."""
        return list(self._columns.get(table, ()))

    def figure(self, cell):
        """The figure at (table, row, column); None where the table, its row or column is missing.

        A code, and any figure of a table that is listed as empty, is nil where it does not stand.
        """
        if shown := self._shown.get(cell):
            return shown
        table, row, column = cell
        nil = table in self.empty or (column in self._columns.get(table, ()) and row.isdigit())
        return Shown(cell, None, "", WAN, CENT) if nil else None

    def first(self, *cells):
        """The first of these cells whose figure is there, else the first of all."""
        return next((cell for cell in cells if self.figure(cell)), cells[0])

    def codes(self, table):
        """The codes that a table prints, in order."""
        return self._trees(table)[0]

    def tree(self, table):
        """{row: [rows right below it]} of a table by codes, the total first; leaves are left out."""
        return self._trees(table)[1]

    def leaves(self, table):
        """Codes of a table that no other of its codes refines."""
        above = self.tree(table)
        return [code for code in self.codes(table) if code not in above]

    def stops_above(self, table, code):
        """Whether the table has money under this code's class or section but goes no further down."""
        rows, above = self._rows.get(table, ()), self.tree(table)
        return code not in rows and any(p in rows and p not in above for p in prefixes(code)[:-1])

    def _trees(self, table):
        if table not in self._found_trees:
            rows = self._rows.get(table, ())
            codes, tree = sorted(row for row in rows if row.isdigit()), {}
            for code in codes:
                above = next((p for p in reversed(prefixes(code)[:-1]) if p in rows), "total")
                tree.setdefault(above, []).append(code)
            self._found_trees[table] = (codes, tree)
        return self._found_trees[table]

    def amount(self, *cell):
        """The amount of a cell, nil counted as zero; None where the figure is missing."""
        shown = self.figure(cell)
        return None if shown is None else shown.amount or Decimal(0)

    def words(self, cell):
        """A cell in words: 表9“合计”的“一般公共预算财政拨款”."""
        table, row, column = cell
        declared = self.tables[table]
        return f"表{declared.number}“{self.row_name(table, row)}”的“{self.column_name(table, column)}”"

    def row_name(self, table, key):
        """A row in words: its label, or code and name."""
        return row_name(self.tables[table], key, self.names)

    def column_name(self, table, key):
        """A column in words."""
        return column_name(self.tables[table], key)
