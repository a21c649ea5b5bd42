"""The workbook: nine tables, institutions, project sheets, procurement, fixed assets, what was checked.

Laid out as printed, so that importing it gives the same budget again; amounts are numbers in 万元, exact to
the cent, shown with two places. The same content gives the same bytes.
"""

import io
import re

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from disclosures.outputs.output import Output
from disclosures.outputs.package import SteadyZip
from disclosures.outputs.xlsx_findings import add_findings
from disclosures.outputs.xlsx_listings import add_listing
from disclosures.outputs.xlsx_projects import add_project
from disclosures.outputs.xlsx_style import STYLES
from disclosures.outputs.xlsx_tables import add_table

_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_BEFORE_PROJECTS = ("institutions",)


class _Package(SteadyZip):
    """The workbook's archive without the time of writing."""

    def writestr(self, name, data, *args, **kwargs):
        data = data if isinstance(data, bytes) else data.encode()
        if name == "docProps/core.xml":
            data = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", data)
        super().writestr(name, data)


def write(content):
    """The workbook's bytes."""
    book = Workbook()
    book.remove(book.active)
    for style in STYLES:
        book.add_named_style(style())
    _add_sheets(book, content)
    target = io.BytesIO()
    with _Package(target, "w") as archive:
        ExcelWriter(book, archive).save()
    return target.getvalue()


def _add_sheets(book, content):
    for table in content["tables"]:
        add_table(book, table, content)
    early = [listing for listing in content["listings"] if listing["key"] in _BEFORE_PROJECTS]
    late = [listing for listing in content["listings"] if listing["key"] not in _BEFORE_PROJECTS]
    for listing in early:
        add_listing(book, listing, content)
    for number, project in enumerate(content["projects"], 1):
        add_project(book, number, project)
    for listing in late:
        add_listing(book, listing, content)
    add_findings(book, content)


XLSX = Output("xlsx", "Excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write)
