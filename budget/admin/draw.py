"""Tables for the back office: cells with the findings that concern them, drawn by one template.

All become a `Drawn`: here the nine tables as they would be published; `draw_reading` draws them as a file
prints them, `draw_records` the listings, projects and sections.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from budget.money import show
from budget.sheets import head_rows, headings


@dataclass
class Mark:
    """A finding with its number on the page.

    url: where it can be mended. blocks: whether it keeps a file from being saved.
    """

    number: int
    finding: object
    url: str = ""
    blocks: bool = False

    @property
    def words(self):
        """What stands at the cell itself."""
        finding = self.finding
        if self.blocks:
            return f"读不出“{finding.found}”" if finding.found else "读不出"
        if finding.expected:
            return f"{'' if finding.found else '空白，'}应为 {finding.expected}"
        return finding.level.label


@dataclass
class Cell:
    """A cell of a drawn table. kind: code, name, text or amount."""

    text: str = ""
    kind: str = "amount"
    level: str = ""
    marks: list[Mark] = field(default_factory=list)


@dataclass
class Drawn:
    """A table ready for the template.

    marks: every finding on it, those without a cell of their own too. count: how many rows, or figures of the
    file where `by_figures`. unread: how many of its cells could not be read.
    """

    key: str
    title: str
    unit: str = ""
    note: str = ""
    head: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    count: int = 0
    by_figures: bool = False
    unread: int = 0


def numbered(findings, url=lambda finding: "", problems=()):
    """Problems and findings as marks, numbered from 1."""
    blocking = [Mark(number, problem, blocks=True) for number, problem in enumerate(problems, 1)]
    return blocking + [Mark(n, finding, url(finding)) for n, finding in enumerate(findings, len(blocking) + 1)]


def head(paths):
    """Heading rows from heading paths, without the blanks that set them in print."""
    return head_rows([["".join(text.split()) for text in path] for path in paths])


def by_cell(marks):
    """{cell: marks that concern it}."""
    found = {}
    for mark in marks:
        found.setdefault(mark.finding.cell, []).append(mark)
    return found


def marks_of(key, marks):
    """The marks that belong to one table or listing."""
    return [mark for mark in marks if mark.finding.cell and mark.finding.cell[0] == key]


def from_sheet(sheet, marks):
    """A table as it would be published."""
    at = by_cell(marks)
    rows = [
        [cell for side, half in zip(sheet["sides"], row["sides"], strict=True) for cell in _half(sheet, side, half, at)]
        for row in sheet["rows"]
    ]
    return Drawn(
        sheet["key"],
        f"表{sheet['number']} {sheet['title']}",
        sheet["unit"],
        sheet["note"],
        head(headings(sheet)),
        rows,
        marks_of(sheet["key"], marks),
        len(rows),
    )


def _half(sheet, side, half, at):
    for label, text in zip(side["labels"], half["labels"], strict=True):
        yield Cell(text, label["kind"], half["level"])
    for column, amount in zip(side["columns"], half["amounts"], strict=True):
        marks = at.get((sheet["key"], half["key"], column["key"]), [])
        yield Cell(_shown(amount, sheet["unit"]), "amount", half["level"], marks)


def _shown(amount, unit):
    return show(None if amount is None else Decimal(amount), unit)
