"""One uploaded file, from its bytes to `Facts`: the only entrance for Excel and Word alike."""

import hashlib
from dataclasses import dataclass, field

from budget import codes
from budget.checks.finding import Finding, Level
from budget.checks.printed import compare_table
from budget.checks.view import View
from budget.facets import Book
from budget.facts import PARTS, Facts, sort_key
from budget.fill import fill
from budget.intake import document, guard, headings, narrative, own, projects, records, says, workbook
from budget.intake.figures import read_table
from budget.intake.grid import Grid
from budget.intake.identity import Said, identify
from budget.intake.lines import unfill
from budget.intake.problems import at, problem
from budget.listings import LISTINGS
from budget.listings.declare import AMOUNT
from budget.tables import TABLES
from budget.tables.declare import FEEDS, REMAINDER
from budget.text import has_forbidden


@dataclass
class Reading:
    """What a file says and what stands against it.

    problems: findings that keep it from being saved. findings: what does not agree, which does not.
    tables: {table key: TableReading}. unmatched: names of sheets or tables that hold nothing known.
    """

    facts: Facts = field(default_factory=Facts)
    problems: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: dict = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    own: Grid | None = None
    sha256: str = ""


def read(data, region="", unit="", year=None):
    """A `Reading` of a .xlsx or .docx file; the options give what the file itself does not say.

    Raises guard.Refused when the file cannot be read at all.
    """
    reading = Reading(sha256=hashlib.sha256(data).hexdigest())
    if guard.inspect(data) == "xlsx":
        grids, texts = workbook.read(data), []
    else:
        grids, texts = document.read(data)
    said = Said(texts)
    for grid in grids:
        _read_grid(grid, reading, said)
    if texts:
        _read_narrative(texts, reading)
    exported = own.region(reading.own) if reading.own else ""
    identify(reading.facts, said, region, unit, year, exported)
    _finish(reading)
    return reading


def _read_grid(grid, reading, said):
    if own.is_own(grid):
        reading.own = grid
        return
    if projects.is_project(grid):
        return _read_project(grid, reading)
    for listing in LISTINGS:
        if records.is_listing(grid, listing):
            return _read_listing(grid, listing, reading, said)
    layout = headings.recognise(grid, TABLES)
    if layout is None:
        if grid.values:
            reading.unmatched.append(grid.name)
        return None
    return _read_table(grid, layout, reading, said)


def _unit(grid, until, reading):
    """The grid's money unit; a missing or mixed one is a problem."""
    found = says.units(grid, until)
    if len(found) == 1:
        return found[0]
    if found:
        message = f"“{grid.name}”同时写了“元”和“万元”，请只保留一种金额单位。"
    else:
        message = f"“{grid.name}”没有写明金额单位，请在表头写上“单位：万元”或“单位：元”。"
    reading.problems.append(problem("R02", message, grid.place(max(1, until - 1), 1)))
    return None


def _usable(grid, name, reading):
    """Whether a sheet may be read: a hidden one is refused, hidden rows and columns are warned of."""
    if grid.sheet_hidden:
        message = f"工作表“{grid.name}”是隐藏的，却是“{name}”；请取消隐藏，或删去这张表。"
        reading.problems.append(problem("R06", message, grid.name))
        return False
    if grid.hidden:
        message = f"工作表“{grid.name}”隐藏了{grid.hidden}，其中的数字也会读入；请核对。"
        reading.findings.append(Finding("R06", Level.WARNING, message, (grid.name,)))
    return True


def _read_table(grid, layout, reading, said):
    table = layout.table
    said.hear(grid, layout.first_row - 1)
    if not _usable(grid, table.title, reading):
        return
    if table.key in reading.tables:
        other = reading.tables[table.key].grid_name
        message = f"“{other}”和“{grid.name}”都像是《{table.title}》，请只保留一张。"
        reading.problems.append(problem("R05", message, other, grid.name))
        return
    if unit := _unit(grid, layout.data_row, reading):
        found = read_table(grid, layout, unit)
        found.grid_name = grid.name
        reading.tables[table.key] = found
        reading.problems += found.problems
        reading.findings += found.findings


def _read_listing(grid, listing, reading, said):
    _, rows = records.find_columns(grid, listing)
    said.hear(grid, rows[0] - 1)
    if not _usable(grid, listing.title, reading):
        return
    if listing.key in reading.facts.parts:
        message = f"“{grid.name}”又是一张《{listing.title}》，请只保留一张。"
        reading.problems.append(problem("R05", message, grid.name))
        return
    has_amounts = any(f.kind == AMOUNT for f in listing.fields)
    unit = _unit(grid, rows[-1] + 1, reading) if has_amounts else None
    if unit or not has_amounts:
        found = records.read_listing(grid, listing, unit)
        setattr(reading.facts, listing.key, found.records)
        reading.facts.parts.add(listing.key)
        reading.facts.assets_as_of = found.as_of or reading.facts.assets_as_of
        reading.facts.printed += found.printed
        reading.facts.places |= found.places
        reading.problems += found.problems


def _read_project(grid, reading):
    if not _usable(grid, "项目绩效目标表", reading):
        return
    unit = _unit(grid, grid.rows, reading)
    if unit is None:
        return
    found = projects.read_project(grid, unit)
    reading.problems += found.problems
    code = found.project["code"]
    if code and any(other["code"] == code for other in reading.facts.projects):
        message = f"{at(grid, 1, 1)}：项目编码 {code} 已经用在另一个项目上，请核对编码。"
        reading.problems.append(problem("R08", message, found.place))
    reading.facts.places |= {("projects", code, field): place for field, place in found.places.items()}
    reading.facts.projects.append(found.project)
    reading.facts.parts.add("projects")


def _read_narrative(texts, reading):
    found = narrative.read(texts, lambda text: any(headings.is_title(table, text) for table in TABLES))
    if found.sections:
        reading.facts.preamble, reading.facts.sections = found.preamble, found.sections
        reading.facts.parts.add("sections")
        reading.facts.headings_missing = [finding.message for finding in found.findings]


def _finish(reading):
    facts = reading.facts
    facts.lines, findings = unfill(reading.tables)
    facts.lines.sort(key=sort_key)
    facts.source_lines = list(facts.lines)
    reading.findings += findings
    for found in reading.tables.values():
        facts.printed += found.printed.values()
        facts.notes[found.layout.table.key] = found.note
        facts.parts |= _books_of(found.layout.table)
        _keep_names(facts, found)
    if reading.own:
        tables = {table.key: fill(table, facts.lines).figures() for table in TABLES}
        own.restore(reading.own, facts, _agreeing(facts), lambda t, r, c: tables.get(t, {}).get((r, c), (None,))[0])
    _check_texts(reading)
    if not facts.parts and not reading.problems:
        names = "、".join(reading.unmatched[:5]) or "没有表格"
        message = f"没有找到任何一张标准表（文件里有：{names}）；请核对表名，例如“部门预算收支总表”。"
        reading.problems.append(problem("R10", message))


def _agreeing(facts):
    """{rule id: table key} of the tables that print nothing but sums: only those can be derived copies."""
    view = View(facts, facts.names, codes.Names())
    return {t.code: t.key for t in TABLES if not any(compared.finding for compared in compare_table(t, view))}


def _books_of(table):
    """The books that a table speaks of: those it feeds, and kept money where one of its rows feeds."""
    books = set(table.where.get("book", ())) if table.role in (FEEDS, REMAINDER) else set()
    rows = [row for side in table.sides if not side.is_tree for row in side.rows if row and row.feeds]
    return {Book(book) for book in books} | ({Book.KEPT} if rows else set())


def _keep_names(facts, found):
    listed = codes.shipped_names(facts.year or 0)
    for side in found.layout.table.sides:
        if side.is_tree:
            for code, name in found.names.items():
                key = (side.rows.facet, code)
                if listed.get(key) != name:
                    facts.names.setdefault(key, name)


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _check_texts(reading):
    facts = reading.facts
    held = {part: getattr(facts, part) for part in PARTS if hasattr(facts, part)}
    for text in _texts({**held, "preamble": facts.preamble, "names": list(facts.names.values())}):
        if has_forbidden(text):
            message = f"“{text.strip()[:20]}…”里有不能显示的控制字符，请重新输入这段文字。"
            reading.problems.append(problem("R11", message))
