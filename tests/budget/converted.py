"""A workbook as a Word document and the reverse, its tables in another order, each alone, in another money unit.

The way that people do it: cells are copied with their merges, what stood above a table goes along. No product code,
so that what is lost is lost by the reader.
"""

import io
import random
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell

from tests.budget.bends.files import Span, table_xml

_UNIT = re.compile(r"(单位[：:]\s*)(万元|元)")
_PREFACE = 6  # rows in which a table says its unit
_WORDS_ABOVE = 3  # paragraphs above a Word table that go along with it


@dataclass
class Plain:
    """A table as cells: above and below it paragraphs, rows of values, merged areas."""

    name: str
    rows: list[list[Any]]
    spans: list[Span] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def of_workbook(data: bytes) -> list[Plain]:
    """Every worksheet as a table."""
    return [_of_sheet(sheet) for sheet in load_workbook(io.BytesIO(data)).worksheets]


def _of_sheet(sheet: Any) -> Plain:
    width = max((cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None), default=1)
    width = max([width, *(area.max_col for area in sheet.merged_cells.ranges)])  # formats reach further
    found = sheet.iter_rows(max_col=width)
    rows = [[None if isinstance(cell, MergedCell) else cell.value for cell in row] for row in found]
    areas = [(a.min_row - 1, a.max_row - 1, a.min_col - 1, a.max_col - 1) for a in sheet.merged_cells.ranges]
    return Plain(sheet.title, rows, areas)


def of_word(data: bytes) -> list[Plain]:
    """Every table of a Word document with the paragraphs right above it and the note below."""
    document = Document(io.BytesIO(data))
    found: list[Plain] = []
    above: list[str] = []
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            text = Paragraph(element, document).text.strip()
            if text.startswith("注") and found and not above:
                found[-1].below.append(text)
            elif text:
                above.append(text)
        elif element.tag == qn("w:tbl"):
            rows, spans = _of_table(element)
            found.append(Plain(f"表{len(found) + 1}", rows, spans, above[-_WORDS_ABOVE:]))
            above = []
    return found


def _of_table(table: Any) -> tuple[list[list[Any]], list[Span]]:
    """(rows, merged areas) of a Word table."""
    rows: list[list[Any]] = []
    areas: dict[tuple[int, int], Span] = {}
    for at, row in enumerate(table.tr_lst):
        cells: list[Any] = [None] * row.grid_before
        for cell in row.tc_lst:
            column, span = len(cells), cell.grid_span
            text = "\n".join(paragraph.text for paragraph in cell.p_lst)
            first = next((k for k, v in areas.items() if v[2] == column and v[1] == at - 1), None)
            if cell.vMerge == "continue" and first:
                areas[first] = (areas[first][0], at, column, column + span - 1)
                text = ""
            elif cell.vMerge == "restart" or span > 1:
                areas[at, column] = (at, at, column, column + span - 1)
            cells += [text or None, *[None] * (span - 1)]
        rows.append(cells)
    return rows, [area for area in areas.values() if area[0] != area[1] or area[2] != area[3]]


def to_workbook(tables: list[Plain], names: str = "") -> bytes:
    """A worksheet a table, what stood above it on top; `names` as "Sheet{}" hides what the tables are."""
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, 1):
        sheet = book.create_sheet((names.format(number) if names else table.name)[:31])
        for row in (*([text] for text in table.above), *table.rows, *([text] for text in table.below)):
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # "=1+2" is a text, too
        down = len(table.above) + 1
        for a, b, c, d in table.spans:
            sheet.merge_cells(start_row=a + down, end_row=b + down, start_column=c + 1, end_column=d + 1)
    return _saved(book)


def to_word(tables: list[Plain]) -> bytes:
    """A Word table each, what stood above it as paragraphs."""
    document = Document()
    body = document.element.body
    for table in tables:
        for text in table.above:
            document.add_paragraph(text)
        width = max(map(len, table.rows))
        rows = [[*map(_text, row), *[""] * (width - len(row))] for row in table.rows]
        body.insert(len(body) - 1, parse_xml(table_xml(rows, table.spans)))
        document.add_paragraph("\n".join(table.below))
    return _saved(document)


def _text(value: Any) -> str:
    """A value as Excel shows it and Word gets it."""
    if isinstance(value, float):
        return f"{value:,.2f}" if round(value, 2) == value else f"{value:,}"
    return "" if value is None else str(value)


def _saved(file: Any) -> bytes:
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def shuffled(tables: list[Plain], seed: int) -> list[Plain]:
    """The tables in another order."""
    return random.Random(seed).sample(tables, len(tables))


def scaled(table: Plain, unit: str) -> Plain:
    """A table of figures in another unit: every amount, and the word that says the unit."""
    top = [str(cell) for row in table.rows[:_PREFACE] for cell in row] + table.above
    said = next((match[2] for text in top if (match := _UNIT.search(text))), unit)
    by = {("元", "万元"): Decimal("0.0001"), ("万元", "元"): Decimal(10000)}.get((said, unit), Decimal(1))
    rows = [[_scaled(cell, unit, by, _is_amount(row, at)) for at, cell in enumerate(row)] for row in table.rows]
    return replace(table, rows=rows, above=[_UNIT.sub(rf"\g<1>{unit}", text) for text in table.above])


def _is_amount(row: list[Any], at: int) -> bool:
    """Whether a whole number is an amount: ordinals stand in the first column, numbers of columns beside 栏次."""
    return at > 0 and row[0] != "栏次"


def _scaled(cell: Any, unit: str, by: Decimal, is_amount: bool) -> Any:
    if isinstance(cell, str):
        bare = cell.replace(",", "").strip()
        is_figure = re.fullmatch(r"-?\d+\.\d+", bare)  # a whole number as text is a code or an ordinal
        return f"{Decimal(bare) * by:,f}" if is_figure else _UNIT.sub(rf"\g<1>{unit}", cell)
    if isinstance(cell, float) or (isinstance(cell, int) and is_amount):
        return float(Decimal(str(cell)) * by)
    return cell
