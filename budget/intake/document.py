"""Word documents (.docx) as grids and paragraphs, through python-docx. The guard has looked at the bytes before."""

import io
import re
from dataclasses import dataclass, field

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from budget.intake.grid import Grid
from budget.intake.guard import Refused

CONTENTS_LINE = re.compile(r"\t\s*\d+\s*$")
NOTE = re.compile(r"^\s*(注|备注|说明)\s*[:：]")
CAPTIONS = 3  # paragraphs above a table that may be its title


@dataclass
class Text:
    """A paragraph in its order among the tables; style is Word's name for it, heading levels included."""

    text: str
    style: str


@dataclass
class _Reading:
    """What was read so far: tables, paragraphs, and the paragraphs since the last table."""

    styles: dict
    grids: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    above: list = field(default_factory=list)


def read(data):
    """(grids, texts): every table with the paragraphs above and under it, and every paragraph in order."""
    try:
        document = Document(io.BytesIO(data))
    except Exception as error:  # python-docx and lxml raise many kinds on malformed parts
        raise Refused("这个 Word 文件打不开（内容已损坏），请用 Word 或 WPS 打开后另存为 .docx 再上传。") from error
    reader = _Reading(styles={style.style_id: style.name for style in document.styles})
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            _paragraph(reader, Paragraph(element, document))
        elif element.tag == qn("w:tbl"):
            _table(reader, element)
    return reader.grids, reader.texts


def _paragraph(reader, paragraph):
    text = paragraph.text
    if not text.strip():
        return
    if NOTE.match(text) and reader.grids and not reader.above:
        reader.grids[-1].notes += (text.strip(),)
    else:
        reader.above.append(text.strip())
    reader.texts.append(Text(text, reader.styles.get(paragraph._p.style, "Normal")))


def _table(reader, table):
    captions = tuple(t for t in reader.above[-CAPTIONS:] if not CONTENTS_LINE.search(t))
    values, merged = _cells(table)
    name = captions[-1] if captions else f"第{len(reader.grids) + 1}个表格"
    reader.grids.append(Grid(name[:60], values, merged, captions=captions, word=True))
    reader.above = []


def _cells(table):
    """({(row, column): text}, {(row, column): first cell}) with spans laid out on the table's own columns."""
    values, merged, above = {}, {}, {}
    for r, row in enumerate(table.tr_lst, 1):
        column = 1 + row.grid_before
        for cell in row.tc_lst:
            first, span, vertical = (r, column), cell.grid_span, cell.vMerge
            if vertical == "continue":
                first = above.get(column, first)
            elif text := _text(cell):
                values[first] = text
            for c in range(column, column + span):
                above[c] = first
                if span > 1 or vertical:
                    merged[r, c] = first
            column += span
    return values, merged


def _text(cell):
    return "\n".join(Paragraph(p, None).text for p in cell.p_lst).strip("\n")
