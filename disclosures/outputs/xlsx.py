"""The workbook: nine tables, institutions, project sheets, procurement, fixed assets, other tables, what was checked.

Laid out as printed, so that importing it gives the same budget again; amounts are numbers in 万元, exact to
the cent, shown with two places. The same content gives the same bytes.
"""

import io
import re
from typing import Any
from zipfile import ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from budget.declare.records import Form
from budget.figures.sheet import Json
from disclosures.content import as_printed_of, document_of
from disclosures.outputs.output import Output
from disclosures.outputs.package import SteadyZip
from disclosures.outputs.xlsx_as_printed import add_as_printed
from disclosures.outputs.xlsx_findings import add_findings
from disclosures.outputs.xlsx_forms import add_record
from disclosures.outputs.xlsx_listings import add_listing
from disclosures.outputs.xlsx_style import STYLES
from disclosures.outputs.xlsx_tables import add_table

_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


class _Package(SteadyZip):
    """The workbook's archive without the time of writing, which openpyxl puts among the properties, too."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        written = data if isinstance(data, bytes) else data.encode()
        if zinfo_or_arcname == "docProps/core.xml":
            written = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", written)
        super().writestr(zinfo_or_arcname, written)


def write(content: Json) -> bytes:
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


def _add_sheets(book: Any, content: Json) -> None:
    """In the order of the document's declaration, which is that of print; tables of the township's own follow, and
    the findings, which are ours, come last.

    A list that was declared after the content was frozen is not in it.
    """
    for table in content["tables"]:
        add_table(book, table, content)
    sheets = {one["key"]: one for one in (*content["listings"], *content["forms"])}
    for declared in document_of(content).records:
        if declared.key not in sheets:
            continue
        if isinstance(declared, Form):
            for number, record in enumerate(sheets[declared.key]["records"], 1):
                add_record(book, number, record, sheets[declared.key]["fields"], declared)
        else:
            add_listing(book, sheets[declared.key], content)
    for table in as_printed_of(content):
        add_as_printed(book, table)
    add_findings(book, content)


XLSX = Output("xlsx", "Excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write)
