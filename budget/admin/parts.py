"""The parts of a budget as the preview of an import shows them: tables as printed, lists, forms, sections."""

from dataclasses import dataclass, field

from budget.admin.noted import about, notes_of
from budget.admin.printed import printed_sheet
from budget.cell import Cell
from budget.declare.fields import Money, Rows, Text
from budget.figures.dossier import SECTIONS
from budget.figures.drawn import Drawn, DrawnCell, DrawnRow, draw, draw_list
from budget.figures.sheet import amount_text, head_rows, list_sheet
from budget.money import WAN, show

_LONGEST = 60


@dataclass
class Part:
    """A part that was read. noted: every finding on it, those without a cell of their own too.

    count: how many rows, or figures of the file where `by_figures`. unread: how many of its cells could not be read.
    """

    drawn: Drawn
    noted: list = field(default_factory=list)
    count: int = 0
    by_figures: bool = False
    unread: int = 0

    @property
    def key(self):
        """The part's anchor on the page."""
        return self.drawn.key


def from_reading(reading, noted, names):
    """A table as the file prints it; what could not be read stands at its place."""
    at_place = {place: one.note for one in noted if one.blocks for place in one.finding.places}
    unread = {cell: [at_place[p.place]] for cell, p in reading.printed.items() if p.place in at_place}
    drawn = draw(printed_sheet(reading, names), notes_of(noted) | unread)
    own = about(reading.table.key, noted)
    return Part(drawn, own, len(reading.printed), by_figures=True, unread=len(reading.problems))


def from_listing(listing, reading, noted):
    """A list's records in 万元, sums as the file prints them."""
    sheet = list_sheet(listing, reading.entries) | {"totals": {}}
    for (_, row, column), amount, *_ in reading.original.of_table(listing.key):
        records = sheet["records"][int(row) - 1 : int(row)] if row.isdigit() else [sheet["totals"].setdefault(row, {})]
        for record in records:
            record[column] = amount_text(amount)
    return Part(draw_list(sheet, notes_of(noted)), about(listing.key, noted), len(sheet["records"]))


def from_form(form, entries, noted):
    """A form's records, one a row: what fits a line, and how many rows of its own each has."""
    notes, records = notes_of(noted), entries.records[form.key]
    fields = [f for f in form.fields if not (isinstance(f, Text) and f.long)]
    rows = [_form_row(form, fields, record, n, notes) for n, record in enumerate(records, 1)]
    drawn = Drawn(form.key, form.title, WAN, head_rows([[f.label] for f in fields]), rows)
    return Part(drawn, about(form.key, noted), len(rows))


def _form_row(form, fields, record, number, notes):
    key = form.row(record, number)
    cells = [_form_cell(f, record[f.key], Cell(form.key, key, f.key), notes) for f in fields]
    return DrawnRow(str(Cell(form.key, key)), "", cells)


def _form_cell(declared, value, cell, notes):
    if isinstance(declared, Rows):
        return DrawnCell(f"{len(value)} 条", "", cell, notes=notes.get(cell, ()))
    if isinstance(declared, Money):
        return DrawnCell(show(value), "", cell, notes=notes.get(cell, ()))
    return DrawnCell(str(value or ""), "words", cell, notes=notes.get(cell, ()))


def from_sections(entries, noted):
    """The sections of the narrative with how they begin."""
    texts = [(0, "情况说明开头", entries.preamble), *((s["number"], s["title"], s["text"]) for s in entries.sections)]
    rows = [_section_row(*text) for text in texts]
    drawn = Drawn(SECTIONS, "情况说明", "", head_rows([["标题"], ["开头"], ["字数"]]), rows)
    return Part(drawn, about(SECTIONS, noted), len(rows))


def _section_row(number, title, text):
    beginning = text[:_LONGEST] + "……" if len(text) > _LONGEST else text or "（没有内容）"
    cells = [DrawnCell(title, is_name=True), DrawnCell(beginning, "words"), DrawnCell(str(len(text)))]
    return DrawnRow(str(Cell(SECTIONS, str(number))), "", cells)
