"""The tables of a budget at a glance: what each comes to, how much of it is typed, what does not agree in it."""

from dataclasses import dataclass

from budget.admin.grid.loaded import Loaded
from budget.admin.grid.sources import sources
from budget.declare.tables import Table
from budget.entry.tables.feeds import is_fed
from budget.entry.tables.follow import Headline, headlines, sums
from budget.finding import Finding, Level
from budget.money import show


@dataclass(frozen=True)
class Glance:
    """A table. figures: [(label, now, last year)] in 万元. typed, filled: how many cells can be typed, and are."""

    table: Table
    figures: list[tuple[str, str, str]]
    is_fed: bool
    filled: int
    typed: int
    errors: int
    warnings: int
    sources: list[Table]


def nine(loaded: Loaded, found: list[Finding]) -> list[Glance]:
    """Every table of the budget's document."""
    document = loaded.dossier.document
    before, now = (sums(document, lines) for lines in (loaded.last_year.lines, loaded.dossier.entries.lines))
    return [_glance(loaded, one, found) for one in headlines(document, before, now)]


def _glance(loaded: Loaded, one: Headline, found: list[Finding]) -> Glance:
    table = one.table
    grid, document = loaded.grid(table), loaded.dossier.document
    about = [f.level for f in found if any(cell.table == table.key for cell in f.about)]
    typed = list(grid.typed.values())
    return Glance(
        table,
        [(label, show(now), show(was)) for label, was, now in one.figures],
        is_fed(table),
        sum(square.amount is not None for square in typed),
        len(typed),
        about.count(Level.ERROR),
        about.count(Level.WARNING),
        sources(document, table),
    )
