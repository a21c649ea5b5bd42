"""What came from the year before and still bears its mark, and noting that somebody has looked at it."""

from dataclasses import dataclass

from budget import carried
from budget.cell import Cell
from budget.declare.fields import Record, mapped
from budget.declare.records import Form
from budget.drafts.door import now
from budget.drafts.flat import Flat, Parts, flatten
from budget.figures.dossier import SECTIONS, Entries
from budget.models import Budget


@dataclass(frozen=True)
class Unseen:
    """A text, or a record, that came from the year before and that nobody has looked at. row: of its part.

    to_fill: figures that are to be typed. ends: whether it may be that it does not go on.
    """

    part: str
    row: str
    name: str
    texts: list[str]
    to_fill: int
    ends: bool = False

    @property
    def key(self) -> str:
        """Its address, as a form names it."""
        return str(Cell(self.part, self.row))


def unseen(budget: Budget) -> list[Unseen]:
    """Everything of a budget that is still marked, in the order of print."""
    return unseen_in(now(budget).entries)


def unseen_in(entries: Entries) -> list[Unseen]:
    """The same of entries that are loaded already."""
    return [*_unseen_sections(entries), *_unseen_records(entries)]


def _unseen_sections(entries: Entries) -> list[Unseen]:
    opening = {"number": 0, "title": "开头", "text": entries.preamble}
    return [
        Unseen(SECTIONS, str(one["number"]), one["title"], one["text"].split("\n"), one["text"].count(carried.FILL))
        for one in (opening, *entries.sections)
        if carried.MARKED.search(one["text"])
    ]


def _unseen_records(entries: Entries) -> list[Unseen]:
    found = ((form, record) for form in entries.document.forms for record in entries.records[form.key])
    return [_unseen_record(form, record, texts) for form, record in found if (texts := _marked(form, record))]


def _unseen_record(form: Form, record: Record, texts: list[str]) -> Unseen:
    to_fill = sum(text.count(carried.FILL) for text in texts)
    return Unseen(form.key, form.row(record, 0), record[form.naming], texts, to_fill, ends=True)


def _marked(form: Form, record: Record) -> list[str]:
    """The texts of a record that bear a mark."""
    found: list[str] = []
    mapped(form.fields, record, lambda _, value: found.append(value) if isinstance(value, str) else None)
    return [text for text in found if carried.MARKED.search(text)]


def settled(budget: Budget, kept: set[str], gone: set[str]) -> Parts:
    """What the budget is to say once somebody has looked: what is kept loses its mark, records that end are gone."""
    flat = flatten(now(budget))
    return {part: _settled(flat[part], kept, gone) for part in {Cell.parse(key).table for key in kept | gone}}


def _settled(flat: Flat, kept: set[str], gone: set[str]) -> Flat:
    found = {}
    for address, text in flat.items():
        cell = Cell.parse(address)
        whole = str(Cell(cell.table, cell.row))
        if whole not in gone and (new := carried.looked_at(text) if whole in kept else text):
            found[address] = new
    return found
