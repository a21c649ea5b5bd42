"""What a workbook to be filled in begins with: this year's rows and records, and last year's figures for the hints."""

from dataclasses import dataclass, replace
from decimal import Decimal

from budget.cell import Cell
from budget.codes import Names
from budget.declare.document import Document
from budget.drafts.last_year import before, rows_to_fill
from budget.drafts.load import load, names_for, names_of
from budget.drafts.next_year import beginning
from budget.figures.dossier import Dossier, Entries
from budget.figures.fill import fill
from budget.figures.line import Line
from budget.figures.sheet import Json
from budget.models import Budget
from disclosures.content import freeze

SPARE = 8  # rows for what is new


@dataclass(frozen=True)
class Blank:
    """content: as it is drawn, whose amounts are not used. last: {cell: last year's amount}. year: which that is."""

    document: Document
    content: Json
    names: Names
    last: dict[Cell, Decimal]
    year: int

    @property
    def listings(self) -> list[Json]:
        """The lists, each with at least one row."""
        return [_with_a_row(one) for one in self.content["listings"]]


def blank_of(budget: Budget) -> Blank:
    """The workbook to be filled in for a budget: its records, and the rows of last year's codes."""
    last, entries = before(budget), load(budget).entries
    return _blank(budget, names_of(budget), load(last).entries.lines if last else None, entries)


def blank_after(last: Budget) -> Blank:
    """The same for the year after a budget, which nobody needs to have begun."""
    return _blank(last, names_for(last.year + 1), load(last).entries.lines, beginning(last))


def _blank(budget: Budget, names: Names, before_: list[Line] | None, entries: Entries) -> Blank:
    """before_: last year's lines; without a year before, the budget's own lines say which rows there are."""
    lines = rows_to_fill(entries.lines if before_ is None else before_, names)
    content = freeze(Dossier(replace(entries, lines=lines)), names, budget.department.region.name)
    content["tables"] = [_with_total(table) for table in content["tables"]]
    last = {} if before_ is None else _amounts(entries.document, lines)
    return Blank(entries.document, content, names, last, content["year"] - 1)


def _amounts(document: Document, lines: list[Line]) -> dict[Cell, Decimal]:
    every = (fill(table, lines).figures().items() for table in document.tables)
    return {cell: amount for found in every for cell, (amount, _) in found if amount}


def _with_total(table: Json) -> Json:
    """A table by codes has a total, even where no code is in use yet."""
    if table["rows"] or len(table["sides"]) > 1:
        return table
    (side,) = table["sides"]
    total = {"key": "total", "level": "total", "labels": ["", "合计"], "amounts": [None] * len(side["columns"])}
    return table | {"rows": [{"sides": [total]}]}


def _with_a_row(listing: Json) -> Json:
    """A list that has nothing yet has a row to begin with, and no totals of nothing."""
    if listing["records"]:
        return listing
    blank = {field["key"]: None for field in listing["fields"]}
    return listing | {"records": [blank], "group": "", "totals": {}}
