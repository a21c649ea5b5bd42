"""Word: the list of findings as a table before everything else.

It stands in front, where nobody overlooks it; left in by mistake, it is a table that the reader of the mended file does
not know and passes over.
"""

import io
from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from budget.finding import Finding

HEADINGS = ("级别", "规则", "位置", "说明")
_WIDTHS = (1.5, 1.5, 5, 9)
_GRID = "Table Grid"
TITLE = "核对结果（改好文件后请删去本表）"


def annotate_document(data: bytes, findings: Iterable[Finding]) -> bytes:
    """A Word file's bytes with the list in front."""
    return _with_list(Document(io.BytesIO(data)), findings)


def list_alone(findings: Iterable[Finding]) -> bytes:
    """A Word file's bytes with nothing but the list."""
    return _with_list(Document(), findings)


def _with_list(document: Any, findings: Iterable[Finding]) -> bytes:
    document.element.body.insert(0, _list(document, findings)._tbl)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _list(document: Any, findings: Iterable[Finding]) -> Any:
    table = document.add_table(rows=2, cols=len(HEADINGS))
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)  # where LibreOffice and WPS look; Word goes by the cells
    if _GRID in [style.name for style in document.styles]:  # asking for a style that is not there raises
        table.style = _GRID
    table.rows[0].cells[0].merge(table.rows[0].cells[-1]).text = TITLE
    _fill(table.rows[1], HEADINGS)
    for finding in findings:
        place = finding.places[0] if finding.places else ""
        _fill(table.add_row(), (finding.level.label, finding.rule, place, finding.message))
    return table


def _fill(row: Any, texts: tuple[str, ...]) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.text, cell.width = text, Cm(width)
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)
