"""Pages put together: tables with the texts above and under them, lines as paragraphs, headers and footers left out."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from operator import itemgetter

from budget.intake.bearable import check_text
from budget.intake.between import goes_on_over, may_stand_between, says_goes_on
from budget.intake.grid import NOTE, Grid, Paragraph, is_contents_line
from budget.intake.guard.limits import MAX_CELL_TEXT, MAX_PARAGRAPH
from budget.intake.joined import join
from budget.intake.pdf.cells import Laid, Table, align, laid
from budget.intake.pdf.letters import Line, is_unmapped
from budget.intake.pdf.page import Page

CAPTIONS = 3  # paragraphs above a table that may be its title
LONGEST_NAME = 60
TITLE_ROWS = 4
PAGES_ALIKE = 3  # a line that stands on so many pages, and on half of them, is a header or a footer
CLEARLY_SHORT = 4.0
SHORT = 2.0  # in sizes of a letter: how far from the margin a full line may end
INDENTED = 1.2
PITCH = 1.8  # blank space above a line that belongs to the one before it, at most
ENTRIES = 3  # of a contents page
TEN = 10.0  # points: headers and footers stand at one height

UNMAPPED = "这一格里有字体没有说明是什么的字，读不出来，请在原文件里重新输入后再导出 PDF"
_SAYS = re.compile(r"[:：]|^[(（]?(金额)?单位")
_BEGINS = re.compile(r"\s*([一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．]|注|备注)")
_ENTRY = re.compile(r"(.*\D) (\d{1,3})")
_ENDS = re.compile(r"[。；;：:！!？?]$")
_UNBROKEN = re.compile(r"[\x21-\x7e]+")


@dataclass
class Margins:
    """Where full lines begin and end on pages of one width; indents: paragraphs there begin further to the right."""

    left: float
    right: float
    indents: bool = False

    def is_indented(self, line: Line) -> bool:
        """Whether a line begins to the right of full ones."""
        return line.x0 > self.left + INDENTED * line.size


def margins(pages: Iterable[Page]) -> dict[int, Margins]:
    """{width of pages: their margins}, told by the lines that are longest."""
    lines: dict[int, list[Line]] = {}
    for page in pages:
        lines.setdefault(page.width, []).extend(line for line in page.lines if len(line.texts) == 1)
    return {width: _margins(found) for width, found in lines.items() if found}


def _margins(lines: list[Line]) -> Margins:
    right = _common(sorted((line.x1 for line in lines), reverse=True), lines[0].size)
    full = [line.x0 for line in lines if line.x1 > right - SHORT * line.size]
    found = Margins(_common(sorted(full), lines[0].size), right)
    after_short = [line for before, line in pairwise(lines) if before.x1 < right - CLEARLY_SHORT * before.size]
    found.indents = sum(map(found.is_indented, after_short)) * 2 > len(after_short)
    return found


def _common(ends: list[float], size: float) -> float:
    """The outermost place at which three lines end, so that one that sticks out moves nothing."""
    near = (end for at, end in enumerate(ends) if len(ends) > at + 2 and abs(ends[at + 2] - end) < size)
    return next(near, ends[0])


@dataclass
class _Table:
    """A table with what stands around it; continues: as `Grid` has it."""

    page: Page
    table: Table
    captions: tuple[str, ...]
    continues: bool
    notes: tuple[str, ...] = ()


@dataclass
class _Reading:
    """What was read so far.

    above: the paragraphs since the last table, each with its page. last: the line at the end of the paragraph that is
    open, with its page.
    """

    margins: dict[int, Margins]
    tables: list[_Table] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    above: list[tuple[Page, str]] = field(default_factory=list)
    text: str = ""
    last: tuple[Page, Line] | None = None


def flow(pages: list[Page]) -> tuple[list[Grid], list[Paragraph]]:
    """(tables, paragraphs) of a document in their order; a table that goes on on the next page is one."""
    reading, running = _Reading(margins(pages)), _running(pages)
    _set_contents_apart(pages)
    for page in pages:
        for item in _in_order(page, running):
            if isinstance(item, Table):
                _table(reading, page, item)
            else:
                _line(reading, page, item)
    _close(reading)
    return join(_grids(reading.tables)), reading.paragraphs


def _in_order(page: Page, running: set[int]) -> list[Line | Table]:
    """The tables and lines of a page from top to bottom."""
    items: list[Line | Table] = [*page.tables, *(line for line in page.lines if id(line) not in running)]
    return sorted(items, key=lambda item: item.top)


def _running(pages: list[Page]) -> set[int]:
    """The lines (by id) that are page numbers, headers, footers: outermost on their page."""
    outer = [(page, line) for page in pages for line in _outermost(page)]
    places = Counter(_stands(line) for _, line in outer)
    often = max(PAGES_ALIKE, len(pages) / 2)
    return {id(line) for _, line in outer if _is_page_number(line.text) or places[_stands(line)] >= often}


def _set_contents_apart(pages: list[Page]) -> None:
    """On pages of contents the number at the end of a line is one of a page, however small the gap before it."""
    contents = False
    for page in pages:
        is_entry = [is_contents_line(line.text) or bool(_ENTRY.fullmatch(line.text)) for line in page.lines]
        entries = [line for line, _ in takewhile(itemgetter(1), zip(page.lines, is_entry, strict=True))]
        leading, contents = entries if contents else [], sum(is_entry) >= ENTRIES
        for line in page.lines if contents else leading:
            if match := _ENTRY.fullmatch(line.text):
                line.texts = [match[1], match[2]]


def _outermost(page: Page) -> list[Line]:
    tops, bottoms = [table.box[1] for table in page.tables], [table.box[3] for table in page.tables]
    ends = page.lines[:1] + page.lines[1:][-1:]
    return [line for line in ends if all(line.bottom <= top for top in tops) or all(line.top >= b for b in bottoms)]


def _stands(line: Line) -> tuple[str, int]:
    """What a line says without its numbers, and at which height."""
    return re.sub(r"\d+", "", line.text), round(line.top / TEN)


def _is_page_number(text: str) -> bool:
    return may_stand_between(text) and not says_goes_on(text)


def _line(reading: _Reading, page: Page, line: Line) -> None:
    """Put a line to the paragraph that is open, or open the next one."""
    if reading.last and _goes_on(reading, *reading.last, page, line):
        reading.text += line.text
    else:
        _close(reading)
        reading.text = line.text
    reading.last = page, line


def _goes_on(reading: _Reading, before: Page, last: Line, page: Page, line: Line) -> bool:
    """Whether a line belongs to the paragraph that the last one left open: full, and not followed by a beginning."""
    here, there = reading.margins[page.width], reading.margins[before.width]
    alike = len(last.texts) == len(line.texts) == 1 and abs(last.size - line.size) < 1
    begins = not here.indents and _BEGINS.match(line.text) and _ENDS.search(reading.text)
    near = before is not page or line.top - last.bottom < PITCH * line.size
    return alike and near and not here.is_indented(line) and not begins and last.x1 > there.right - _slack(line)


def _slack(line: Line) -> float:
    """How much room a full line may leave: what stands unbroken at the beginning of the next one did not fit."""
    match = _UNBROKEN.match(line.text)
    word = line.letters[: match.end()] if match else []
    return SHORT * line.size + (word[-1].x1 - word[0].x0 if word else 0)


def _close(reading: _Reading) -> None:
    """End the paragraph that is open."""
    if reading.last is None:
        return
    text, page, reading.last = reading.text, reading.last[0], None
    check_text(text, MAX_PARAGRAPH, lambda: f"第{page.number}页有一段文字")
    if NOTE.match(text) and reading.tables and not reading.above:
        reading.tables[-1].notes += (text,)
    else:
        reading.above.append((page, text))
    reading.paragraphs.append(Paragraph(text))


def _captions(reading: _Reading, page: Page) -> tuple[str, ...]:
    """What stands above a table and is neither a sentence nor a line of contents: on its own page, if anything does."""
    above = reading.above[-CAPTIONS:]
    texts = [text for where, text in above if where is page] or [text for _, text in above]
    titles = [text for text in texts if not is_contents_line(text) and not text.endswith("。")]
    return tuple(part for text in titles for part in text.split("\t"))


def _table(reading: _Reading, page: Page, table: Table) -> None:
    _close(reading)
    goes_on = bool(reading.tables) and goes_on_over(text for _, text in reading.above)
    reading.tables.append(_Table(page, table, _captions(reading, page), goes_on))
    reading.above = []


def _grids(tables: list[_Table]) -> list[Grid]:
    """The tables as grids; pieces on two pages get the same columns first, from the one before and the one after."""
    pairs = [
        (before.table, one.table) for before, one in pairwise(tables) if one.continues and one.page is not before.page
    ]
    for before, one in (*pairs, *reversed(pairs)):
        align(one, before)
    return [_grid(number, one) for number, one in enumerate(tables, 1)]


def _grid(number: int, one: _Table) -> Grid:
    cells = laid(one.table)
    for text in cells.values.values():
        check_text(text, MAX_CELL_TEXT, lambda: f"第{one.page.number}页的表格里有一格")
    name = _name(one.captions, cells) or f"第{number}个表格"
    return Grid(
        name[:LONGEST_NAME],
        cells.values,
        cells.merged,
        captions=one.captions,
        notes=one.notes,
        problems=dict.fromkeys(cells.unmapped, UNMAPPED),
        room=cells.room,
        width=len(one.table.lefts),
        continues=one.continues,
        page=one.page.number,
    )


def _name(captions: tuple[str, ...], cells: Laid) -> str:
    """The nearest text above a table, or alone in a row on its top, that does not speak of owner or unit."""
    rows = ([v for (r, _), v in sorted(cells.values.items()) if r == row] for row in range(1, TITLE_ROWS + 1))
    alone = [values[0] for values in rows if len(values) == 1]
    return next(
        (text for text in (*reversed(captions), *alone) if not _SAYS.search(text) and not is_unmapped(text)), ""
    )
