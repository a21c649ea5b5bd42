"""What a grid is made of, out of the database: the budget as the person saw it, its names, and the year before."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from budget import codes
from budget.cell import Cell
from budget.declare.tables import Table
from budget.drafts.door import now
from budget.drafts.flat import NAMES, Parts, flatten, unflatten
from budget.drafts.journal import as_of
from budget.drafts.load import lines_of, load, names_of
from budget.entry.tables.codes import Codes, tree_of
from budget.entry.tables.grid import Grid, LastYear, grid
from budget.figures.dossier import Dossier
from budget.figures.facets import Book
from budget.figures.line import Line
from budget.models import Budget, PrintedName


@dataclass(frozen=True)
class Loaded:
    """dossier: the budget as it was when the person saw it (seen). listed: the county's names. newest: the last act."""

    dossier: Dossier
    listed: codes.Names
    last_year: LastYear
    seen: int
    newest: int

    @property
    def names(self) -> dict[tuple[str, str], str]:
        """{(facet, code): name}: as the budget prints them, else by the county's lists; projects by their own."""
        entries = self.dossier.entries
        return {**self.last_year.names, **self.listed, **entries.names, **entries.called()}

    def grid(self, table: Table, added: Any = ()) -> Grid:
        """A table's grid."""
        entries = self.dossier.entries
        return grid(entries.document, table, entries.lines, self.names, self.last_year, added)

    def codes(self, table: Table) -> Codes | None:
        """The codes that its rows may have, None where they are fixed."""
        tree, entries = tree_of(table), self.dossier.entries
        return Codes(tree, self.listed, {**entries.names, **entries.called()}) if tree else None


def loaded(budget: Budget, user: Any, seen: int | None = None, again: bool = True) -> Loaded:
    """A budget, found by `budget_of`, as a person saw it.

    again: whether to ask the database although it was asked for the same version.
    """
    last = budget.version
    key = (budget.pk, last, budget.changed_at)
    dossier, listed = _loaded(*key) if not again else _load(budget)
    if seen is not None and seen < last:
        dossier = _as_seen(budget, dossier, seen)
    return Loaded(dossier, listed, last_year(budget, user, listed), min(seen, last) if seen is not None else last, last)


def _load(budget: Budget) -> tuple[Dossier, codes.Names]:
    return load(budget), names_of(budget)


@lru_cache(maxsize=16)  # with every key that is typed the same version is asked for; a change makes another
def _loaded(pk: int, last: int, changed_at: datetime) -> tuple[Dossier, codes.Names]:
    return _load(Budget.objects.select_related("department__region", "source").get(pk=pk))


def _as_seen(budget: Budget, dossier: Dossier, seen: int) -> Dossier:
    there = flatten(now(budget))
    parts: Parts = {part: there[part] for part in (*Book.values, NAMES)}
    said = unflatten(as_of(parts, budget, seen), dossier.document).entries
    return replace(dossier, entries=replace(dossier.entries, lines=said.lines, names=said.names))


def last_year(budget: Budget, user: Any, listed: codes.Names) -> LastYear:
    """The same body's budget of the year before, where the person may see it; codes that ended under their heirs."""
    whose = {"department": budget.department_id, "year": budget.year - 1, "document": budget.document}
    before = Budget.objects.visible_to(user).filter(**whose)
    lines = lines_of(before)
    if not lines:
        return LastYear()
    names = PrintedName.objects.filter(budget__in=before).values_list("scheme", "code", "name")
    known = {(scheme, code): name for scheme, code, name in names}
    return LastYear(tuple(_now(line, listed) for line in lines), budget.year - 1, known)


def _now(line: Line, listed: codes.Names) -> Line:
    """A line under the code that took its code's place, where that is one."""
    for scheme in (codes.FUNCTION, codes.ECONOMIC):
        end = listed.ended.get((scheme, getattr(line, scheme)))
        if end and len(end.successors) == 1:
            line = line._replace(**{scheme: end.successors[0]})
    return line


def label_of(square: Any) -> str:
    """A column in words: its headings without the blanks that print spreads them by."""
    return "".join(square.column.heading[-1].split())


def cell_at(text: str) -> Cell | None:
    """The cell that a field of the form is called by; None where it is none."""
    parts = text.split("-", 2)
    return Cell.parse(text) if len(parts) == 3 else None
