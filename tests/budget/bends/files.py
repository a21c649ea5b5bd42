"""A `Paper` as the bytes of a file: a workbook, a Word document; each table alone where that is asked for."""

import io
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from budget.money import YUAN_PER
from tests.budget.bends.paper import Col, Line, Paper, Sheet

_WIDTH = 900  # of a Word column, in twentieths of a point
Span = tuple[int, int, int, int]  # first row, last row, first column, last column; from 0


def head(cols: list[Col]) -> tuple[list[list[str]], list[Span]]:
    """(rows of labels, merged areas): equal neighbours share a cell, the lowest label reaches down."""
    depth = max(len(col.path) for col in cols)
    rows = [["" for _ in cols] for _ in range(depth)]
    spans: list[Span] = []
    for level in range(depth):
        for at, col in enumerate(cols):
            if level >= len(col.path):
                continue
            group = (col.side, col.path[: level + 1])
            if at and level < len(col.path) - 1 and _group(cols[at - 1], level) == group:
                first, _, left, _ = spans.pop()
                spans.append((first, first, left, at))
                continue
            rows[level][at] = col.path[level]
            down = depth - 1 if level == len(col.path) - 1 else level
            spans.append((level, down, at, at))
    return rows, [span for span in spans if span[0] != span[1] or span[2] != span[3]]


def _group(col: Col, level: int) -> tuple[int, tuple[str, ...]] | None:
    return (col.side, col.path[: level + 1]) if level < len(col.path) - 1 else None


def grid_of(sheet: Sheet) -> tuple[list[list[Any]], list[Span]]:
    """(all rows of a worksheet, merged areas), amounts in the sheet's unit."""
    width = len(sheet.cols)
    above = [_line(line, width) for line in sheet.above]
    labels, spans = head(sheet.cols)
    numbers = [sheet.numbers] if sheet.numbers else []
    rows = [[shown(cell, sheet.unit) for cell in row.cells] for row in sheet.rows]
    down = len(above)
    merged = [(a + down, b + down, c, d) for a, b, c, d in spans]
    return [*above, *labels, *numbers, *rows, *(_line(line, width) for line in sheet.below)], merged


def _line(line: Line, width: int) -> list[Any]:
    row: list[Any] = [None] * width
    for at, text in line.items():
        row[at if at >= 0 else width + at] = text
    return row


def shown(cell: Any, unit: str) -> Any:
    """A cell's value as a workbook holds it: a number in the unit, text as it is."""
    return float(cell / YUAN_PER[unit]) if isinstance(cell, Decimal) else cell or None


def workbook(sheets: list[Sheet]) -> Workbook:
    """A workbook of these tables, a sheet each."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        rows, merged = grid_of(sheet)
        page = book.create_sheet(sheet.name[:31])
        for row in rows:
            page.append(row)
        for a, b, c, d in merged:
            page.merge_cells(start_row=a + 1, end_row=b + 1, start_column=c + 1, end_column=d + 1)
    return book


def xlsx(paper: Paper, *sheets: Sheet) -> bytes:
    """The budget (or these tables of it) as a workbook."""
    return _saved(workbook(list(sheets) or paper.sheets), paper)


def docx(paper: Paper, *sheets: Sheet) -> bytes:
    """The budget (or these tables of it) as a Word document."""
    document = Document()
    for text in paper.before:
        document.add_paragraph(text)
    for sheet in sheets or paper.sheets:
        _write(document, sheet)
    for text in (*paper.after, ""):  # no document ends with a table
        document.add_paragraph(text)
    return _saved(document, paper)


def _saved(file: Any, paper: Paper) -> bytes:
    for finish in paper.finish:
        finish(file)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _write(document: Any, sheet: Sheet) -> None:
    """What stands above a table as paragraphs, the table, what stands below."""
    for line in sheet.above:
        for text in line.values():
            document.add_paragraph(text)
    add_table(document, sheet)
    for line in sheet.below:
        document.add_paragraph("".join(line.values()))


def add_table(document: Any, sheet: Sheet) -> None:
    """The table itself at the end of the document."""
    labels, spans = head(sheet.cols)
    rows = [*labels, *([sheet.numbers] if sheet.numbers else []), *(row.cells for row in sheet.rows)]
    texts = [[printed(cell, sheet.unit) for cell in row] for row in rows]
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(table_xml(texts, spans)))


def printed(cell: Any, unit: str) -> str:
    """A cell as Word shows it: 1,234.50."""
    return f"{cell / YUAN_PER[unit]:,.2f}" if isinstance(cell, Decimal) else str(cell or "")


def table_xml(rows: list[list[str]], spans: list[Span]) -> str:
    """A Word table; spans are merged as Word does it: w:gridSpan to the right, w:vMerge down."""
    trs = "".join(f"<w:tr>{_tr(row, at, spans)}</w:tr>" for at, row in enumerate(rows))
    grid = f'<w:gridCol w:w="{_WIDTH}"/>' * max(map(len, rows))
    return f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{trs}</w:tbl>"


def _tr(row: list[str], at: int, spans: list[Span]) -> str:
    cells, column = "", 0
    while column < len(row):
        span = next((s for s in spans if s[0] <= at <= s[1] and s[2] == column), (at, at, column, column))
        cells += _tc(row[column], span, at)
        column = span[3] + 1
    return cells


def _tc(text: str, span: Span, at: int) -> str:
    first, last, left, right = span
    merge = ('<w:vMerge w:val="restart"/>' if at == first else "<w:vMerge/>") if first != last else ""
    width = f'<w:tcW w:w="{_WIDTH * (right - left + 1)}" w:type="dxa"/>'
    wide = f'<w:gridSpan w:val="{right - left + 1}"/>' if right > left else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:tc><w:tcPr>{width}{wide}{merge}</w:tcPr><w:p><w:r>{lines}</w:r></w:p></w:tc>"
