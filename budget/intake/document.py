"""Word documents (.docx) as grids and paragraphs, through python-docx. The guard has looked at the bytes before.

What a reader of the printout sees is read, whatever Word wraps around it (word_text.py), in the order of the document:

- a frame, a table of one cell or of titles above inner tables, is no table: what it holds is read as if it stood alone;
- any other table within a table is a grid of its own, and no part of the outer cell's text;
- text boxes and notes follow the paragraph at which they hang, in a cell to its text or to the table's notes;
- hidden text, which the printout lacks, is refused with its place, as tracked changes are: neither to read it nor to
  skip it in silence would be right.

Headers, footers and the letters of WordArt are not read.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx import Document
from docx.oxml import parse_xml

from budget.intake.between import goes_on_over
from budget.intake.grid import NOTE, At, Grid, Opened, Paragraph, is_contents_line
from budget.intake.guard import Refused, limits
from budget.intake.joined import join
from budget.intake.word_text import NoteKey, Spoken, children, is_on, qn, spoken
from budget.marks import crowded

_SAYS = re.compile(r"[:：]")
CAPTIONS = 6  # paragraphs above a table among which its title, year, owner and unit stand
_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_SHOWN = 20  # characters of a text that is quoted

Rows = list[tuple[Any, list[Any]]]  # [(row, its cells)]


@dataclass
class _Reading:
    """What was read so far: tables, paragraphs, and the lines since the last table.

    styles: {id: name}. hidden: the ids of styles whose text is not shown. notes: {its key: footnote or endnote}.
    place: where the reader is, in words. above: what may be the next table's title; between: all since the last table.
    apart: whether the last table cannot go on, because a table within it was the last.
    """

    styles: dict[str, str]
    hidden: frozenset[str]
    notes: dict[NoteKey, Any]
    grids: list[Grid] = field(default_factory=list)
    texts: list[Paragraph] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    between: list[str] = field(default_factory=list)
    place: str = "正文"
    apart: bool = True

    def spoken(self, paragraph: Any) -> Spoken:
        """A paragraph's text. Raises Refused for hidden text and for what no later step could bear."""
        found = spoken(paragraph, self.hidden)
        if found.hidden:
            shown = found.hidden[:_SHOWN]
            raise Refused(f"Word {self.place}有隐藏的文字“{shown}”，打印出来看不见，请取消隐藏或删去，保存后再上传。")
        self.check(found.text, limits.MAX_PARAGRAPH, "一段")
        return found

    def check(self, text: str, longest: int, what: str) -> None:
        """Raise Refused for a text that is too long or has more marks on a letter than any has."""
        if len(text) > longest:
            raise Refused(f"Word {self.place}{what}有 {len(text)} 字，最多 {longest} 字，请删去多余内容后再上传。")
        if crowded(text):
            raise Refused(f"Word {self.place}有一个字叠了太多附加符号，请删去这些符号，保存后再上传。")


def opened(data: bytes) -> Opened:
    """What a document holds: its tables and paragraphs."""
    return Opened("docx", *read(data))


def read(data: bytes) -> tuple[list[Grid], list[Paragraph]]:
    """(grids, texts): every table with the paragraphs above and under it, and every paragraph in order.

    Raises Refused when the file cannot be opened or has hidden text.
    """
    try:
        document = Document(io.BytesIO(data))
        reader = _Reading(_style_names(document), _hidden_styles(document), dict(_notes(document)))
    except Exception as error:  # python-docx and lxml raise many kinds on malformed parts
        raise Refused("这个 Word 文件打不开（内容已损坏），请用 Word 或 WPS 打开后另存为 .docx 再上传。") from error
    _blocks(reader, document.element.body)
    return join(reader.grids), reader.texts


def _style_names(document: Any) -> dict[str, str]:
    return {style.style_id: style.name for style in document.styles}


def _hidden_styles(document: Any) -> frozenset[str]:
    """The ids of styles whose text is hidden, by themselves or by the style they are based on."""
    told, heirs = dict[str, bool | None](), dict[str, list[str]]()
    for style in document.styles.element.iterchildren(qn("w:style")):
        name, based = style.get(qn("w:styleId"), ""), style.find(qn("w:basedOn"))
        told[name] = is_on(style.find(qn("w:rPr")), "w:vanish")
        if based is not None:
            heirs.setdefault(based.get(qn("w:val"), ""), []).append(name)
    hidden = [name for name, is_hidden in told.items() if is_hidden]
    for name in hidden:  # grows while it is walked; each style has one that it is based on, so it comes in once
        hidden += [heir for heir in heirs.get(name, ()) if told[heir] is None]
    return frozenset(hidden)


def _notes(document: Any) -> Iterator[tuple[NoteKey, Any]]:
    """Footnotes and endnotes, which stand in parts of their own."""
    for link in document.part.rels.values():
        kind = link.reltype.rpartition("/")[2]
        if kind in ("footnotes", "endnotes"):
            for note in parse_xml(link.target_part.blob):
                yield (kind, note.get(qn("w:id"), "")), note


def _blocks(reader: _Reading, element: Any) -> None:
    """The paragraphs and tables in a body, a cell of a frame, a text box or a note."""
    for child in children(element):
        if child.tag == _P:
            _paragraph(reader, child)
        elif child.tag == _TBL:
            _table(reader, child)


def _paragraph(reader: _Reading, paragraph: Any) -> None:
    found = reader.spoken(paragraph)
    if found.text.strip():
        _say(reader, Paragraph(found.text, reader.styles.get(paragraph.style, "Normal")))
    for element in (*found.boxes, *_of_notes(reader, found)):
        _blocks(reader, element)


def _of_notes(reader: _Reading, found: Spoken) -> list[Any]:
    return [reader.notes.pop(key) for key in found.notes if key in reader.notes]  # once, however often referred to


def _say(reader: _Reading, paragraph: Paragraph) -> None:
    text = paragraph.text.strip()
    if NOTE.match(text) and reader.grids and not reader.above:
        reader.grids[-1].notes += (text,)
    else:
        reader.above.append(text)
    reader.between.append(text)
    reader.texts.append(paragraph)


def _table(reader: _Reading, table: Any) -> None:
    rows = [(row, _only(row, _TC)) for row in _only(table, _TR)]
    if _is_frame(table, rows):
        for cell in (cell for _, cells in rows for cell in cells):
            _blocks(reader, cell)
    else:
        _grid(reader, rows)


def _grid(reader: _Reading, rows: Rows) -> None:
    number = f"第{len(reader.grids) + 1}个表格"
    captions = tuple(text for text in reader.above[-CAPTIONS:] if not is_contents_line(text))
    goes_on = _goes_on(reader)
    name = number if goes_on else _called(captions) or number
    layout = _layout(reader, rows, number)
    grid = Grid(name[:60], layout.values, layout.merged, captions, tuple(layout.notes), word=True, width=layout.width)
    reader.grids.append(replace(grid, continues=goes_on))
    _inner(reader, captions, layout.inner)
    reader.above, reader.between, reader.apart = [], [], bool(layout.inner)


def _called(captions: tuple[str, ...]) -> str:
    """What a table is called: the nearest line above it that says nothing else, as `单位：万元` does."""
    return next((text for text in reversed(captions) if not _SAYS.search(text)), "".join(captions[-1:]))


def _goes_on(reader: _Reading) -> bool:
    """Whether the next table may go on with the last; then page numbers and 续表 between them are nobody's text."""
    goes_on = not reader.apart and goes_on_over(reader.between)
    if goes_on and reader.between:
        del reader.texts[-len(reader.between) :]
    return goes_on


def _only(element: Any, tag: str) -> list[Any]:
    return [child for child in children(element) if child.tag == tag]


def _is_frame(table: Any, rows: Rows) -> bool:
    """Whether a table only frames what it holds: one cell, or inner tables with at most one text beside each other.

    One cell that spans several columns is the rest of a table that a page break cut.
    """
    own = [cell for _, cells in rows for cell in cells]
    if len(own) == 1 and own[0].grid_span == 1:
        return True
    if next(table.iterdescendants(_TBL), None) is None:
        return False
    return all(sum(map(_has_text, cells)) <= 1 for _, cells in rows)


def _has_text(cell: Any) -> bool:
    return any(text.strip() for p in _only(cell, _P) for t in p.iter(qn("w:t")) for text in t.itertext())


def _inner(reader: _Reading, captions: tuple[str, ...], inner: list[tuple[list[str], Any]]) -> None:
    """Tables within a table: what stands above them in their cell is nearer than what stands above the outer one."""
    for above, table in inner:
        reader.above, reader.between, reader.apart = [*captions, *above], [], True
        _table(reader, table)


@dataclass
class _Layout:
    """A table's cells as they are laid out; above: {column: first cell of what stands over it}.

    notes: of footnotes in it. inner: [(lines above it in its cell, table)].
    """

    values: dict[At, str] = field(default_factory=dict)
    merged: dict[At, At] = field(default_factory=dict)
    above: dict[int, At] = field(default_factory=dict)
    width: int = 0
    notes: list[str] = field(default_factory=list)
    inner: list[tuple[list[str], Any]] = field(default_factory=list)


def _layout(reader: _Reading, rows: Rows, table: str) -> _Layout:
    """The cells with their spans laid out on the table's own columns.

    python-docx's `table.cell` lays out the whole table anew for each cell, which takes quadratic time.
    """
    layout = _Layout()
    for r, (row, cells) in enumerate(rows, 1):
        column = 1 + row.grid_before
        for cell in cells:
            reader.place = f"{table}第{r}行第{column}列"
            text = _text(reader, layout, cell)
            if text and is_on(row.find(qn("w:trPr")), "w:hidden"):
                raise Refused(f"Word {table}第{r}行是隐藏的，打印出来看不见，请取消隐藏或删去，保存后再上传。")
            span, vertical = _reach(cell)
            _lay(layout, (r, column), span, vertical, text)
            column += span
        layout.width = max(layout.width, column - 1)
    reader.place = "正文"
    return layout


def _reach(cell: Any) -> tuple[int, str]:
    """(columns that a cell covers, "restart" or "continue" where it is one of several rows), in one look at it."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, ""
    span, vertical = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    columns = 1 if span is None else int(span.get(qn("w:val"), "1"))
    return columns, "" if vertical is None else vertical.get(qn("w:val"), "continue")


def _lay(layout: _Layout, at: At, span: int, vertical: str, text: str) -> None:
    """Put a cell in its place; Word writes one that goes on downwards once a row, and its text in the first."""
    row, column = at
    first = layout.above.get(column, at) if vertical == "continue" else at
    if text and first == at:
        layout.values[at] = text
    columns = range(column, column + span)
    layout.above |= dict.fromkeys(columns, first)
    if span > 1 or vertical:
        layout.merged |= {(row, covered): first for covered in columns}


def _text(reader: _Reading, layout: _Layout, cell: Any) -> str:
    lines = list(_lines(reader, layout, cell, []))
    text = "\n".join(lines).strip("\n")
    reader.check(text, limits.MAX_CELL_TEXT, "的单元格")
    return text


def _lines(reader: _Reading, layout: _Layout, element: Any, above: list[str]) -> Iterator[str]:
    """The lines of a cell or of a text box in it; above: those that were there before."""
    for child in children(element):
        if child.tag == _TBL:
            layout.inner.append(([line for line in above if line.strip()], child))
        elif child.tag == _P:
            found = reader.spoken(child)
            above.append(found.text)
            yield found.text
            for box in found.boxes:
                yield from _lines(reader, layout, box, above)
            layout.notes += _note_lines(reader, _of_notes(reader, found))


def _note_lines(reader: _Reading, notes: Iterable[Any]) -> Iterator[str]:
    for note in notes:
        text = "\n".join(reader.spoken(p).text for p in _only(note, _P)).strip()
        if text:
            yield text
