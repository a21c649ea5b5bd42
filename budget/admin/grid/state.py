"""A form as it stands: the grid of a table, what is typed into it, what its buttons ask of it."""

from typing import Any

from django.http import HttpRequest

from budget.admin.drafts import is_changeable
from budget.admin.grid.loaded import cell_at, loaded
from budget.admin.grid.posted import MOST_ROWS, Posted
from budget.declare.tables import Table
from budget.entry.tables.feeds import is_fed
from budget.entry.tables.follow import findings
from budget.entry.tables.grid import Grid
from budget.entry.tables.typed import Entered, enter
from budget.finding import Finding
from budget.models import Budget


class State:
    """A form as it stands: the grid, what is typed, and what became of it."""

    def __init__(self, budget: Budget, request: HttpRequest, table: Table, typed: Posted, again: bool = True):
        self.table, self.posted = table, typed
        self.may_change = is_fed(table) and is_changeable(request, budget)
        self.loaded = loaded(budget, request.user, typed.seen, again)
        self.codes = self.loaded.codes(table)
        self._enter()

    def _enter(self) -> None:
        if self.codes:
            known = [*self.posted.rows, *self._typed_rows()]
            self.posted.rows = tuple(dict.fromkeys(key for key in known if self.codes.knows(key)))
        else:
            self.posted.rows = ()
        self.grid: Grid = self.loaded.grid(self.table, self.posted.rows)
        self.entered: Entered = enter(self.grid, self.posted.typed, self.loaded.last_year.lines)

    def _typed_rows(self) -> list[str]:
        """Rows that are typed into and not there: they went while somebody typed on, or the form is an older one."""
        rows = {cell.row for cell, text in self.posted.texts.items() if text}
        missing = rows - set(self.posted.rows)
        return sorted(missing - {row.key for row in self.loaded.grid(self.table).rows()}) if missing else []

    def act(self, data: Any) -> bool:
        """Do what a button asks of the form; whether its rows must be drawn anew."""
        asked = [bool(action(self, data.get(name, ""))) for name, action in _ACTIONS.items() if data.get(name)]
        if any(asked):
            self._enter()
        return any(asked)

    def show_in(self, unit: str) -> bool:
        """Show it in another unit."""
        self.posted.take_unit(unit)
        return True

    def keep(self, name: str) -> bool:
        """A doubtful amount is meant."""
        cell = cell_at(name)
        if cell and (doubt := self.entered.doubts.get(cell)):
            self.posted.keep(cell, doubt)
        return True

    def mend(self, name: str) -> bool:
        """A doubtful amount is meant in the other unit."""
        cell = cell_at(name)
        if cell and (doubt := self.entered.doubts.get(cell)):
            self.posted.mend(cell, doubt)
        return True

    def add(self, text: str) -> bool:
        """Add a row by digits or name; all lines of a longer text, as a pasted block brings them."""
        self.posted.is_block = "\n" in text
        present = {row.key for row in self.grid.rows()}
        for one in filter(None, map(str.strip, text.splitlines()[:MOST_ROWS])):
            if self.codes:
                self.posted.add(self.codes, one, present | set(self.posted.rows))
        return True

    def name(self, wish: str) -> bool:
        """Edit the names of the rows, or leave off."""
        self.posted.naming = wish == "on"
        return True

    @property
    def may_save(self) -> bool:
        """Whether nothing is left to settle."""
        return self.entered.is_settled and not (self.posted.found and not self.posted.found.key)

    @property
    def findings(self) -> list[Finding]:
        """What then does not agree."""
        return findings(self.loaded.dossier, self.entered.lines, self.loaded.listed)


_ACTIONS = {
    "show": State.show_in,
    "keep": State.keep,
    "mend": State.mend,
    "add": State.add,
    "add_row": State.add,
    "add_many": State.add,
    "name_rows": State.name,
}
