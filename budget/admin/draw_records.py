"""What a file lists besides the nine tables, one record a row."""

from budget.admin.draw import Cell, Drawn, by_cell, head, marks_of
from budget.listings.declare import AMOUNT, NUMBER, add_up
from budget.money import WAN, show


def from_listing(listing, facts, marks):
    """A listing's records in 万元, with the totals that the file prints."""
    at = by_cell(marks)
    records = getattr(facts, listing.key)
    totals = [row for row in dict.fromkeys(p.row for p in facts.printed if p.table == listing.key) if not row.isdigit()]
    rows = [_total_row(listing, facts, row, at) for row in totals]
    rows += [_record_row(listing, record, number, at) for number, record in enumerate(records, 1)]
    unit = WAN if any(f.kind == AMOUNT for f in listing.fields) else ""
    heading = head([f.heading for f in listing.fields])
    return Drawn(listing.key, listing.title, unit, "", heading, rows, marks_of(listing.key, marks), len(records))


def _total_row(listing, facts, row, at):
    amounts = {p.column: p for p in facts.printed if p.table == listing.key and p.row == row}
    name = "合计" if row == "total" else f"{row}小计"
    cells = [Cell(name, "name", "total")]
    for declared in listing.fields[1:]:
        printed = amounts.get(declared.key)
        marks = at.get((listing.key, row, declared.key), [])
        cells.append(Cell(show(printed.amount) if printed else "", "amount", "total", marks))
    return cells


def _record_row(listing, record, number, at):
    first = listing.fields[0]
    key = record[first.key] if listing.kinds else str(number)
    return [
        Cell(_field_text(listing, f, record), _kind(f, first), "item", at.get((listing.key, key, f.key), []))
        for f in listing.fields
    ]


def _kind(declared, first):
    return "name" if declared is first else "amount" if declared.kind in (AMOUNT, NUMBER) else "text"


def _field_text(listing, declared, record):
    value = add_up(record, declared.sum_of) if declared.sum_of else record[declared.key]
    if declared.kind == AMOUNT:
        return show(value)
    if declared.kind == NUMBER:
        return "" if value is None else f"{value.normalize():f}"
    return listing.kinds.get(value, value) if listing.kinds else value


def from_projects(facts, marks):
    """The projects, one a row, with how many goals and indicators were read."""
    at = by_cell(marks)
    headings = ("项目编码", "项目名称", "预算数", "其中：财政资金", "其他资金", "绩效目标", "绩效指标")
    heading = head([(text,) for text in headings])
    rows = [_project_row(project, at) for project in facts.projects]
    return Drawn("projects", "项目绩效目标表", WAN, "", heading, rows, marks_of("projects", marks), len(rows))


def _project_row(project, at):
    money = [
        Cell(show(project[key]), "amount", "item", at.get(("projects", project["code"], key), []))
        for key in ("amount", "fiscal_funds", "other_funds")
    ]
    counts = [Cell(f"{len(project[key])} 条") for key in ("goals", "indicators")]
    return [Cell(project["code"], "code"), Cell(project["name"], "name"), *money, *counts]


def from_sections(facts, marks):
    """The sections of the narrative with how they begin."""
    paths = [("标题",), ("开头",), ("字数",)]
    texts = [("情况说明开头", facts.preamble)] + [(s["title"], s["text"]) for s in facts.sections]
    rows = [[Cell(title, "name"), Cell(_beginning(text), "text"), Cell(str(len(text)))] for title, text in texts]
    return Drawn("sections", "情况说明", "", "", head(paths), rows, marks_of("sections", marks), len(rows))


def _beginning(text, longest=60):
    return text[:longest] + "……" if len(text) > longest else text or "（没有内容）"
