"""Word documents (.docx) as grids and paragraphs, through python-docx. The guard has looked at the bytes before."""

import io
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from budget.intake.grid import CONTENTS_LINE, NOTE, At, Grid, Opened, Paragraph
from budget.intake.guard import Refused

CAPTIONS = 3  # paragraphs above a table that may be its title


@dataclass
class _Reading:
    """What was read so far: tables, paragraphs, and the paragraphs since the last table."""

    styles: dict[str, str]
    grids: list[Grid] = field(default_factory=list)
    texts: list[Paragraph] = field(default_factory=list)
    above: list[str] = field(default_factory=list)


def opened(data: bytes) -> Opened:
    """What a document holds: its tables and paragraphs."""
    return Opened("docx", *read(data))


def read(data: bytes) -> tuple[list[Grid], list[Paragraph]]:
    """(grids, texts): every table with the paragraphs above and under it, and every paragraph in order."""
    try:
        document = Document(io.BytesIO(data))
    except Exception as error:  # python-docx and lxml raise many kinds on malformed parts
        raise Refused("这个 Word 文件打不开（内容已损坏），请用 Word 或 WPS 打开后另存为 .docx 再上传。") from error
    reader = _Reading(styles={style.style_id: style.name for style in document.styles})
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            _paragraph(reader, WordParagraph(element, document))
        elif element.tag == qn("w:tbl"):
            _table(reader, element)
    return reader.grids, reader.texts


def _paragraph(reader: _Reading, paragraph: Any) -> None:
    text = paragraph.text
    if not text.strip():
        return
    if NOTE.match(text) and reader.grids and not reader.above:
        reader.grids[-1].notes += (text.strip(),)
    else:
        reader.above.append(text.strip())
    reader.texts.append(Paragraph(text, reader.styles.get(paragraph._p.style, "Normal")))


def _table(reader: _Reading, table: Any) -> None:
    captions = tuple(t for t in reader.above[-CAPTIONS:] if not CONTENTS_LINE.search(t))
    values, merged = _cells(table)
    name = captions[-1] if captions else f"第{len(reader.grids) + 1}个表格"
    reader.grids.append(Grid(name[:60], values, merged, captions=captions, word=True))
    reader.above = []


@dataclass
class _Layout:
    """A table's cells as they are laid out; above: {column: first cell of what stands over it}."""

    values: dict[At, str] = field(default_factory=dict)
    merged: dict[At, At] = field(default_factory=dict)
    above: dict[int, At] = field(default_factory=dict)


def _cells(table: Any) -> tuple[dict[At, str], dict[At, At]]:
    """({(row, column): text}, {(row, column): first cell}) with spans laid out on the table's own columns.

    python-docx's `table.cell` lays out the whole table anew for each cell, which takes quadratic time.
    """
    layout = _Layout()
    for r, row in enumerate(table.tr_lst, 1):
        column = 1 + row.grid_before
        for cell in row.tc_lst:
            span = cell.grid_span
            _lay(layout, cell, (r, column), span)
            column += span
    return layout.values, layout.merged


def _lay(layout: _Layout, cell: Any, at: At, span: int) -> None:
    """Put a cell in its place; Word writes one that goes on downwards once a row, and its text in the first."""
    (row, column), vertical = at, cell.vMerge
    first = at
    if vertical == "continue":
        first = layout.above.get(column, at)
    elif text := _text(cell):
        layout.values[at] = text
    columns = range(column, column + span)
    layout.above |= dict.fromkeys(columns, first)
    if span > 1 or vertical:
        layout.merged |= {(row, covered): first for covered in columns}


def _text(cell: Any) -> str:
    return "\n".join(p.text for p in cell.p_lst).strip("\n")
