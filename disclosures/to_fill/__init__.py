"""The workbook that a township fills in: its own codes, projects and lists, this year's amounts blank.

Laid out as the workbook that is exported, so the same reader takes it back. What follows from other cells is a formula
under protection without password; what is to be typed is open, with last year's figure in its hint.
"""

import io

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from disclosures.outputs.package import SteadyZip
from disclosures.outputs.xlsx_forms import add_record
from disclosures.outputs.xlsx_listings import add_listing
from disclosures.outputs.xlsx_style import STYLES
from disclosures.outputs.xlsx_tables import add_table
from disclosures.to_fill.blank import Blank
from disclosures.to_fill.lists import add_choices, open_form, open_list
from disclosures.to_fill.package import with_results
from disclosures.to_fill.tables import Tables


def write(blank: Blank) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    book.remove(book.active)
    for style in STYLES:
        book.add_named_style(style())
    content, tables = blank.content, Tables(book, blank)
    for drawn in content["tables"]:
        add_table(book, drawn, content)
        tables.add(drawn)
    _add_lists(book, blank)
    add_choices(book, blank.names)
    tables.finish()
    target = io.BytesIO()
    with SteadyZip(target, "w") as archive:
        ExcelWriter(book, archive).save()
    return with_results(target.getvalue())


def _add_lists(book: Workbook, blank: Blank) -> None:
    for listing in blank.listings:
        add_listing(book, listing, blank.content)
        open_list(book.worksheets[-1], listing)
    for form, sheet in zip(blank.document.forms, blank.content["forms"], strict=True):
        for number, record in enumerate(sheet["records"], 1):
            add_record(book, number, record, sheet["fields"], form)
            open_form(book.worksheets[-1], form)
