"""Word: the list of findings as a table before everything else."""

import io

from docx import Document
from docx.shared import Cm, Pt

HEADINGS = ("级别", "规则", "位置", "说明")
_WIDTHS = (1.5, 1.5, 5, 9)
TITLE = "核对结果（改好文件后请删去本表）"


def annotate_document(data, findings):
    """A Word file's bytes with the list in front."""
    document = Document(io.BytesIO(data))
    table = document.add_table(rows=2, cols=len(HEADINGS))
    table.autofit = False
    if "Table Grid" in [style.name for style in document.styles]:
        table.style = "Table Grid"
    table.rows[0].cells[0].merge(table.rows[0].cells[-1]).text = TITLE
    _fill(table.rows[1], HEADINGS)
    for finding in findings:
        place = finding.places[0] if finding.places else ""
        _fill(table.add_row(), (finding.level.label, finding.rule, place, finding.message))
    document.element.body.insert(0, table._tbl)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _fill(row, texts):
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.text, cell.width = text, Cm(width)
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)
