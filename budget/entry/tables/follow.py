"""What follows from what is typed: the sums of all tables, and what then does not agree."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.ledger import check_view, findings_of
from budget.checks.view import View
from budget.codes import Names
from budget.declare.document import Document
from budget.declare.tables import Side, Table
from budget.figures.dossier import Dossier
from budget.figures.fill import Derived, fill
from budget.figures.line import Line
from budget.finding import Finding


class Headline(NamedTuple):
    """What a table comes to: the figures at its head, before and now. moved: how many of its cells are different."""

    table: Table
    figures: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    moved: int


def sums(document: Document, lines: Iterable[Line]) -> dict[str, Derived]:
    """{table key: {cell: (amount, terms)}} of all tables."""
    lines = list(lines)
    return {table.key: fill(table, lines).figures() for table in document.tables}


def moved(before: Derived, after: Derived) -> dict[Cell, tuple[Decimal | None, Decimal | None]]:
    """{cell: (before, now)} of the cells that are different."""
    both = {cell: (before.get(cell, (None, 0))[0], after.get(cell, (None, 0))[0]) for cell in {**before, **after}}
    return {cell: pair for cell, pair in both.items() if pair[0] != pair[1]}


def headlines(document: Document, before: dict[str, Derived], after: dict[str, Derived]) -> list[Headline]:
    """What each table comes to."""
    return [_headline(table, before[table.key], after[table.key]) for table in document.tables]


def _headline(table: Table, before: Derived, after: Derived) -> Headline:
    cells = (cell for side in table.sides for cell in _heads(table, side))
    figures = tuple((_label(table, cell), _at(before, cell), _at(after, cell)) for cell in cells)
    return Headline(table, figures, len(moved(before, after)))


def _at(figures: Derived, cell: Cell) -> Decimal | None:
    return figures.get(cell, (None, 0))[0]


def _heads(table: Table, side: Side) -> Iterator[Cell]:
    """The total of each side: of fixed rows the last that is a total, where the rows follow from codes their sum."""
    if side.is_tree:
        yield table.cell("total", side.columns[0].key)
    elif totals := [row for row in side.fixed_rows if row.level == "total"]:
        yield table.cell(totals[-1].key, side.columns[0].key)


def _label(table: Table, cell: Cell) -> str:
    for side in table.sides:
        if not side.is_tree and (row := side.row(cell.row)):
            return row.label.strip()
    return "合计"


def findings(dossier: Dossier, lines: Iterable[Line], names: Names) -> list[Finding]:
    """What does not agree among the figures, if these were the lines: the text is not read again with each key."""
    document = replace(dossier.document, rules=tuple(one for one in dossier.document.rules if not one.of_text))
    entries = replace(dossier.entries, document=document, lines=list(lines))
    view = View(replace(dossier, entries=entries), names | entries.names, names)
    return findings_of(check_view(view))
