"""Excel: findings as coloured cells with comments at their places, and a first sheet that lists them with links."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from budget.annotated.cells import Painter
from budget.annotated.comments import comment
from budget.annotated.package import KIND, MAIN, RELATIONS, Package, add_text, tag
from budget.finding import Finding

LIST = "核对结果"  # no table is called so: left in by mistake, the reader of the mended file passes it over
HEADINGS = ("级别", "规则", "位置", "说明", "应为", "实为")
_WIDTHS = (8, 8, 34, 110, 16, 16)
_LETTERS = "ABCDEF"
_PLACE_COLUMN = _LETTERS[HEADINGS.index("位置")]
_FIRST_FINDING = 3  # under the counts and the headings
_PLACE = re.compile(r"(.+)!([A-Z]{1,3}[1-9]\d{0,6})")

Sheets = dict[str, str]  # {sheet's name: its part}


def annotate_workbook(data: bytes, findings: list[Finding]) -> bytes:
    """A workbook's bytes with its findings, which come the gravest first."""
    package = Package(data)
    book = package.required("", "officeDocument")
    sheets = _sheets(package, book)
    painter = Painter(package, book)
    for part, cells in _by_cell(findings, sheets).items():
        for reference, at_cell in cells.items():
            painter.paint(part, reference, at_cell[0].level)
        comment(package, part, {reference: _messages(at_cell) for reference, at_cell in cells.items()})
    _add_list(package, book, findings, sheets)
    return package.saved()


def _messages(findings: list[Finding]) -> str:
    return "\n".join(finding.message for finding in findings)


def _sheets(package: Package, book: str) -> Sheets:
    targets = {r.get("Id"): package.resolved(book, r.get("Target")) for r in package.relations(book)}
    listed = package.tree(book).iter(tag("sheet"))
    return {sheet.get("name"): targets[sheet.get(f"{{{RELATIONS}}}id")] for sheet in listed}


def _target(finding: Finding, sheets: Sheets) -> tuple[str, str] | None:
    """(sheet, reference) of the cell that a finding is about, None where it is about none."""
    return _cell_at(_place(finding), sheets)


def _targets(finding: Finding, sheets: Sheets) -> Iterator[tuple[str, str]]:
    """The same of every finding that it tells."""
    places = dict.fromkeys(_place(one) for one in (finding, *finding.members))
    return filter(None, (_cell_at(place, sheets) for place in places))


def _cell_at(place: str, sheets: Sheets) -> tuple[str, str] | None:
    match = _PLACE.fullmatch(place)
    return (match[1], match[2]) if match and match[1] in sheets else None


def _place(finding: Finding) -> str:
    return finding.places[0] if finding.places else ""


def _by_cell(findings: list[Finding], sheets: Sheets) -> dict[str, dict[str, list[Finding]]]:
    """{part: {reference: findings, the gravest first}}"""
    parts: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        for sheet, reference in _targets(finding, sheets):
            parts.setdefault(sheets[sheet], {}).setdefault(reference, []).append(finding)
    return parts


def _add_list(package: Package, book: str, findings: list[Finding], sheets: Sheets) -> None:
    """The first sheet: one line a finding, its place a link."""
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.add(part, _list(findings, sheets), KIND + "worksheet+xml")
    root = package.tree(book)
    listed = root.find(tag("sheets"))
    number = max(int(sheet.get("sheetId")) for sheet in listed) + 1
    entry = etree.Element(tag("sheet"), name=_free_title(sheets), sheetId=str(number))
    entry.set(f"{{{RELATIONS}}}id", package.relate(book, "worksheet", part))
    listed.insert(0, entry)
    _move_local_names(root)
    _open_first(root)
    _unselect(package, sheets.values())


def _free_title(sheets: Sheets) -> str:
    title = LIST
    while title in sheets:
        title += "1"
    return title


def _move_local_names(book: Any) -> None:
    """Print areas and repeated headings know their sheet by its place in the book, which is one more now."""
    for name in book.iter(tag("definedName")):
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(int(name.get("localSheetId")) + 1))


def _open_first(book: Any) -> None:
    """Open the book at the list."""
    for view in book.iter(tag("workbookView")):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")


def _unselect(package: Package, parts: Iterable[str]) -> None:
    """Excel takes two selected sheets for a group and would write what the clerk types into both."""
    for part in parts:
        if b"tabSelected" in package.parts[part]:
            for view in package.tree(part).iter(tag("sheetView")):
                view.attrib.pop("tabSelected", None)


def _list(findings: list[Finding], sheets: Sheets) -> Any:
    """The root of the list's worksheet, its children in the order that ECMA-376 part 1, 18.3.1.99 demands."""
    root = etree.Element(tag("worksheet"), nsmap={None: MAIN, "r": RELATIONS})
    views = etree.SubElement(root, tag("sheetViews"))
    etree.SubElement(views, tag("sheetView"), workbookViewId="0", tabSelected="1")
    _add_widths(root)
    _add_rows(root, findings)
    _add_links(root, findings, sheets)
    return root


def _add_widths(root: Any) -> None:
    columns = etree.SubElement(root, tag("cols"))
    for at, width in enumerate(_WIDTHS, 1):
        etree.SubElement(columns, tag("col"), min=str(at), max=str(at), width=str(width), customWidth="1")


def _add_rows(root: Any, findings: list[Finding]) -> None:
    rows = etree.SubElement(root, tag("sheetData"))
    counts = f"{LIST}：{len(findings)} 处。点“位置”到那一格；改好后删去本表再导入。"
    for number, texts in enumerate([(counts,), HEADINGS, *map(_line, findings)], 1):
        _add_row(rows, number, texts)


def _line(finding: Finding) -> tuple[str, ...]:
    return (finding.level.label, finding.rule, _place(finding), finding.message, finding.expected, finding.found)


def _add_row(parent: Any, number: int, texts: tuple[str, ...]) -> None:
    """A row of texts in the cells themselves: the table of shared strings stays as it is."""
    row = etree.SubElement(parent, tag("row"), r=str(number))
    for letter, text in zip(_LETTERS, texts, strict=False):
        cell = etree.SubElement(row, tag("c"), r=f"{letter}{number}", t="inlineStr")
        add_text(etree.SubElement(cell, tag("is")), text)


def _add_links(root: Any, findings: list[Finding], sheets: Sheets) -> None:
    """Links from places to their cells; an empty list of links is against the schema."""
    targets = [(number, _target(finding, sheets)) for number, finding in enumerate(findings, _FIRST_FINDING)]
    if not any(target for _, target in targets):
        return
    links = etree.SubElement(root, tag("hyperlinks"))
    for number, target in targets:
        if target:
            location = _location(*target)
            etree.SubElement(links, tag("hyperlink"), ref=f"{_PLACE_COLUMN}{number}", location=location)


def _location(sheet: str, reference: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{reference}"
