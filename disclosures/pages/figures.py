"""Tables and lists as `figures.html` draws them in public: with their source, bars, and findings at their cells."""

from decimal import Decimal

from budget.cell import Cell
from budget.figures.as_printed import from_json
from budget.figures.drawn import Note, draw, draw_list
from budget.figures.drawn_as_printed import draw_as_printed
from disclosures.pages.checked import WORDS, rules_at
from disclosures.pages.disclosure import wan


def figures(disclosure, sheet):
    """{f: the drawn table, source, href, findings} of one of a content's tables."""
    href = disclosure.url(f"tables/{sheet['number']}/")
    return _with_findings(disclosure, draw(sheet, notes_of(disclosure, sheet["key"]), bars=True), href)


def listing(disclosure, sheet):
    """The same of one of its lists; a total that is printed beside its parts is explained under them."""
    drawn = draw_list(sheet, notes_of(disclosure, sheet["key"]))
    drawn.notes += filter(None, [_difference(disclosure, sheet)])
    return _with_findings(disclosure, drawn, "")


def as_printed(disclosure, one):
    """{p: the drawn table, source, href} of one of a content's tables that are kept as printed."""
    drawn = draw_as_printed(from_json(one, one["number"]))
    return {"p": drawn, "source": disclosure.source, "href": disclosure.own_url(one["number"])}


def with_rules(disclosure, sheet):
    """(a table with the rules that looked at each figure in the figure's place, {cell: [rule]})"""
    drawn = draw(sheet, {})
    rules = rules_at(disclosure, drawn)
    for cell in drawn.cells():
        if cell.cell:
            cell.text, cell.kind = " ".join(rules.get(cell.cell, ())), "rules"
    drawn.unit, drawn.notes = "", []
    return {"f": drawn, "source": disclosure.source, "findings": []}, rules


def _with_findings(disclosure, drawn, href):
    found = enumerate(disclosure.findings_of(drawn.key), 1)
    return {
        "f": drawn,
        "source": disclosure.source,
        "href": href,
        "findings": [_finding(drawn.key, n, finding) for n, finding in found],
    }


def _finding(key, number, finding):
    return {
        "number": number,
        "id": f"{key}-n{number}",
        "level": finding["level"],
        "word": WORDS[finding["level"]],
        "text": finding["reader"],
        "explanation": finding["explanation"],
        "href": f"#{finding['cells'][0]}",
    }


def notes_of(disclosure, key):
    """{cell: the findings under the table that are about it}"""
    found = {}
    for number, finding in enumerate(disclosure.findings_of(key), 1):
        note = Note(number, f"注{number}", f"#{key}-n{number}")
        for cell in map(Cell.parse, finding["about"]):
            found.setdefault(cell, []).append(note)
    return found


def _difference(disclosure, sheet):
    """A printed total beside the sum of its rows, in words; '' for lists without one."""
    declared = disclosure.document.list_of(sheet["key"])
    if not getattr(declared, "parts", None) or not sheet["totals"]:
        return ""
    ((field, derived),) = sheet["totals"].items()
    total = next(iter(declared.parts))
    printed = next((r[field] for r in sheet["records"] if r[declared.identity] == total), None)
    return f"{_held_together(printed, derived)}“其中：办公用房”是房屋的一部分，不重复相加。"


def _held_together(printed, derived):
    if printed is None:
        return f"单位没有印资产总额；各项之和 {wan(derived)} 万元。"
    gap = abs(Decimal(printed) - Decimal(derived))
    if not gap:
        return "资产总额与各项之和相符。"
    both = f"单位印的资产总额 {wan(printed)} 万元，各项之和 {wan(derived)} 万元"
    return f"{both}，相差 {wan(gap)} 万元。"
