"""One uploaded file, from its bytes to a dossier: the only entrance for Excel, Word and PDF alike."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from budget import codes
from budget.checks.derived import compare_table
from budget.checks.view import View
from budget.declare.document import Document
from budget.declare.fields import Text as Words
from budget.declare.records import Form, Listing
from budget.declare.tables import FEEDS, REMAINDER, Table
from budget.figures.as_printed import AS_PRINTED
from budget.figures.dossier import SECTIONS, Dossier, Entries, Original
from budget.figures.facets import Book
from budget.figures.line import sort_key
from budget.finding import Finding, Level
from budget.intake import as_printed, exported
from budget.intake.code_names import keep_names
from budget.intake.figures import TableReading, read_table
from budget.intake.forms import places_of, read_form
from budget.intake.grid import Grid, Paragraph
from budget.intake.identity import Given, covers_of, identify, is_refused, is_taken_for, which_document
from budget.intake.lengths import too_long
from budget.intake.listings import read_listing, unread
from budget.intake.narrative import read_narrative
from budget.intake.opening import open_file
from budget.intake.problems import NOTHING, at, problem
from budget.intake.prose import is_prose, paragraphs_of
from budget.intake.recognise import BY_TITLE, Recognised, recognise
from budget.text import has_forbidden


@dataclass
class Reading:
    """What a file says and what stands against it.

    problems: findings that keep it from being saved. findings: what does not agree, which does not.
    tables: {table key: TableReading}. unmatched: names of sheets or tables of which nothing is kept.
    refused: keys of the tables that are there, and not read.
    """

    entries: Entries
    original: Original = field(default_factory=Original)
    problems: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: dict[str, TableReading] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    sha256: str = ""
    refused: set[str] = field(default_factory=set)

    @property
    def document(self) -> Document:
        """Which kind of document the file is."""
        return self.entries.document

    @property
    def dossier(self) -> Dossier:
        """What the file says, before anybody recorded anything about it."""
        return Dossier(self.entries, self.original)


def read(data: bytes, given: Given = Given()) -> Reading:  # noqa: B008 (a frozen value)
    """A `Reading` of a .xlsx, .xls, .docx or .pdf file; `given` is what the file itself does not say.

    Raises guard.Refused when the file cannot be read at all.
    """
    opened = open_file(data)
    grids, texts = opened.grids, opened.paragraphs
    document, which = which_document(grids, texts, given)
    reading = Reading(Entries(document), sha256=hashlib.sha256(data).hexdigest())
    reading.findings += [Finding("R18", Level.WARNING, sentence) for sentence in opened.unread]
    ours = next(filter(exported.is_exported, grids), None)
    recognised = [_recognise(grid, document) for grid in grids if grid is not ours]
    for one in recognised:
        _read_grid(one, reading)
    _keep_as_printed([one for one in recognised if _is_unknown(one)], reading)
    _read_narrative(texts + paragraphs_of(grids), reading)
    covers, region = covers_of(texts, recognised), exported.region(ours) if ours else ""
    identify(reading.entries, reading.original, recognised, covers, given, region)
    _finish(reading, ours)
    if reading.entries.parts:
        reading.findings += filter(is_taken_for, which)
        reading.problems[:0] = [one for one in which if not is_taken_for(one)]
    return reading


def _recognise(grid: Grid, document: Document) -> Recognised:
    return Recognised(grid) if is_refused(grid) else recognise(grid, document)


def _is_unknown(found: Recognised) -> bool:
    """Whether a grid holds something, and neither a declared table, nor a list of them, nor running text."""
    return found.declared is None and bool(found.grid.values) and not (found.is_contents or is_prose(found.grid))


def _read_grid(found: Recognised, reading: Reading) -> None:
    if isinstance(found.declared, Form):
        _read_form(found, found.declared, reading)
    elif isinstance(found.declared, Listing):
        _read_listing(found, found.declared, reading)
    elif found.declared is not None:
        _read_table(found, found.declared, reading)
    elif found.is_contents:
        reading.unmatched.append(found.grid.name)


def _unit(found: Recognised, reading: Reading) -> str:
    """The grid's money unit; a missing or mixed one is a problem, and ''."""
    units, grid = found.preface.units, found.grid
    if len(units) == 1:
        return units[0]
    if units:
        message = f"“{grid.name}”同时写了“元”和“万元”，请只保留一种金额单位。"
    else:
        message = f"“{grid.name}”没有写明金额单位，请在表头写上“单位：万元”或“单位：元”。"
    reading.problems.append(problem("R02", message, grid.place(max(1, found.data_row - 1), 1)))
    return ""


def _usable(grid: Grid, name: str, reading: Reading) -> bool:
    """Whether a sheet may be read: a hidden one is refused, hidden rows and columns are warned of."""
    if grid.sheet_hidden:
        message = f"工作表“{grid.name}”是隐藏的，却是“{name}”；请取消隐藏，或删去这张表。"
        reading.problems.append(problem("R06", message, grid.name))
        return False
    if grid.hidden:
        message = f"工作表“{grid.name}”隐藏了{grid.hidden}，其中的数字也会读入；请核对。"
        reading.findings.append(Finding("R06", Level.WARNING, message, (grid.name,)))
    return True


def _read_table(found: Recognised, table: Table, reading: Reading) -> None:
    grid = found.grid
    reading.refused.add(table.key)
    if not _usable(grid, table.title, reading):
        return
    if table.key in reading.tables:
        other = reading.tables[table.key].sheet
        message = f"“{other}”和“{grid.name}”都像是《{table.title}》，请只保留一张。"
        reading.problems.append(problem("R05", message, other, grid.name))
    elif found.layout and (unit := _unit(found, reading)):
        one = read_table(grid, found.layout, unit, _owner(found))
        reading.tables[table.key] = one
        reading.refused.discard(table.key)
        reading.problems += one.problems
        reading.findings += [*one.findings, *_by_headings(found, table)]


def _owner(found: Recognised) -> str:
    """The name above the table, for a row that names the unit itself."""
    return next((name for _, name in found.preface.owners), "")


def _by_headings(found: Recognised, table: Table) -> list[Finding]:
    """A notice where no title says what a table is, so that a person looks at it."""
    if found.by == BY_TITLE:
        return []
    message = f"“{found.grid.name}”没有认得的表题，按栏目名称认作《{table.title}》，请核对。"
    return [Finding("R14", Level.NOTICE, message, (found.grid.name,))]


def _read_listing(found: Recognised, listing: Listing, reading: Reading) -> None:
    entries, grid = reading.entries, found.grid
    if not _usable(grid, listing.title, reading):
        return
    if listing.key in entries.parts:
        message = f"“{grid.name}”又是一张《{listing.title}》，请只保留一张。"
        reading.problems.append(problem("R05", message, grid.name))
        return
    unit = _unit(found, reading) if listing.has_amounts else ""
    if unit or not listing.has_amounts:
        one = read_listing(found, listing, unit)
        entries.records[listing.key] = one.records
        entries.parts.add(listing.key)
        if listing.dated:
            entries.dates[listing.key] = found.preface.as_of
        reading.original.figures += one.printed
        reading.original.places |= one.places
        reading.problems += one.problems
        reading.findings += unread(found, listing)


def _read_form(found: Recognised, form: Form, reading: Reading) -> None:
    grid, records = found.grid, reading.entries.records[form.key]
    if not _usable(grid, form.title, reading) or not (unit := _unit(found, reading)):
        return
    one = read_form(grid, form, unit)
    reading.problems += one.problems
    key = one.record[form.identity]
    if key and any(other[form.identity] == key for other in records):
        called = form.field(form.identity).label
        message = f"{at(grid, 1, 1)}：{called} {key} 已经用在另一个{form.called}上，请核对编码。"
        reading.problems.append(problem("R08", message, one.place))
    reading.original.places |= places_of(form, one)
    records.append(one.record)
    reading.entries.parts.add(form.key)


def _keep_as_printed(found: list[Recognised], reading: Reading) -> None:
    kept = as_printed.keep(found)
    if kept.tables:
        reading.entries.as_printed = kept.tables
        reading.entries.parts.add(AS_PRINTED)
    reading.problems += kept.problems
    reading.findings += kept.findings
    reading.unmatched += kept.unmatched


def _read_narrative(texts: list[Paragraph], reading: Reading) -> None:
    found = read_narrative(texts, reading.document)
    if found.sections:
        reading.entries.preamble, reading.entries.sections = found.preamble, found.sections
        reading.entries.parts.add(SECTIONS)
        reading.original.headings_missing = found.headings_missing


def _finish(reading: Reading, ours: Grid | None) -> None:
    entries, original, document = reading.entries, reading.original, reading.document
    entries.lines, findings = document.unfill(document, {key: one.printed for key, one in reading.tables.items()})
    entries.lines.sort(key=sort_key)
    original.lines = list(entries.lines)
    reading.findings += findings
    for one in reading.tables.values():
        _keep_table(one, reading)
    keep_names(entries, reading.tables.values(), codes.settled_names(entries.year or 0))
    if ours:
        view = View(reading.dossier, codes.Names(entries.names), codes.Names())
        exported.restore(ours, original, _agreeing(view), lambda cell: view.derived.get(cell, (None, 0))[0])
    reading.problems += [*_forbidden(entries), *_nothing(reading, ours), *too_long(entries)]


def _keep_table(one: TableReading, reading: Reading) -> None:
    """What a table adds to the whole: its figures, its note, the books that it speaks of."""
    reading.original.figures += one.printed.values()
    reading.original.notes[one.table.key] = one.note
    reading.entries.parts |= _books_of(one.table)


def _nothing(reading: Reading, ours: Grid | None) -> list[Finding]:
    """A problem where a file holds nothing that could be saved, and nothing else stands against it."""
    if reading.problems:
        return []
    if ours is None and _is_blank_form(reading):
        return [problem(NOTHING, "表里一个数也没有，像是还没有填写的样表；请填好以后再导入。")]
    if reading.entries.parts:
        return []
    names = "、".join(reading.unmatched[:5]) or "没有表格"
    message = f"没有找到任何一张标准表（文件里有：{names}）；请核对表名，例如“部门预算收支总表”。"
    return [problem(NOTHING, message)]


def _is_blank_form(reading: Reading) -> bool:
    """Whether a file has the first of the tables, which no budget leaves empty, and no figure in any."""
    has_amounts = any(p.amount is not None for table in reading.tables.values() for p in table.printed.values())
    return reading.document.tables[0].key in reading.tables and not has_amounts


def _agreeing(view: View) -> dict[str, str]:
    """{rule id: table key} of the tables that print nothing but sums: only those can be derived copies."""
    tables = view.document.tables
    return {t.code: t.key for t in tables if not any(compared.finding for compared in compare_table(t, view))}


def _books_of(table: Table) -> set[str]:
    """The books that a table speaks of: those it feeds, and kept money where one of its rows feeds."""
    books = {str(book) for book in table.where.get("book", ())} if table.role in (FEEDS, REMAINDER) else set()
    feeding = [row for side in table.sides for row in side.fixed_rows if row.feeds]
    return books | ({str(Book.KEPT)} if feeding else set())


def _texts(entries: Entries) -> Iterator[str]:
    yield from (entries.preamble, *entries.names.values())
    for section in entries.sections:
        yield from (section["title"], section["text"])
    yield from (text for table in entries.as_printed for _, text in table.texts())
    for records in entries.document.records:
        found = records.cells(entries.records[records.key])
        yield from (value for _, declared, value in found if isinstance(declared, Words))


def _forbidden(entries: Entries) -> Iterator[Finding]:
    for text in _texts(entries):
        if has_forbidden(text):
            message = f"“{text.strip()[:20]}…”里有不能显示的控制字符，请重新输入这段文字。"
            yield problem("R11", message)
