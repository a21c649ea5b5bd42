"""Excel: findings as coloured cells with comments at their places, and a first sheet that lists them with links."""

import re

from lxml import etree

from budget.annotated.cells import Marker, comment
from budget.annotated.package import KIND, MAIN, RELATIONS, Package, tag

LIST = "核对结果"
HEADINGS = ("级别", "规则", "位置", "说明", "应为", "实为")
_WIDTHS = (8, 8, 34, 110, 16, 16)
_PLACE = re.compile(r"(.+)!([A-Z]{1,3}[1-9]\d{0,6})")


def annotate_workbook(data, findings):
    """A workbook's bytes with its findings."""
    package = Package(data)
    book = package.related("", "officeDocument")
    sheets = _sheets(package, book)
    marked = _by_cell(findings, sheets)
    marker = Marker(package, package.related(book, "styles"))
    for part, cells in marked.items():
        for reference, found in cells.items():
            marker.mark(part, reference, found[0].level)
        comment(package, part, {ref: "\n".join(f.message for f in found) for ref, found in cells.items()})
    _add_list(package, book, findings, sheets)
    return package.saved()


def _sheets(package, book):
    """{sheet's name: its part}"""
    targets = {r.get("Id"): package.resolved(book, r.get("Target")) for r in package.relations(book)}
    return {
        sheet.get("name"): targets[sheet.get(f"{{{RELATIONS}}}id")] for sheet in package.tree(book).iter(tag("sheet"))
    }


def _target(finding, sheets):
    """(sheet, reference) of the cell that a finding is about, None where it is about none."""
    match = _PLACE.fullmatch(finding.places[0]) if finding.places else None
    return match.groups() if match and match[1] in sheets else None


def _by_cell(findings, sheets):
    """{part: {reference: findings, the gravest first}}"""
    found = {}
    for finding in findings:
        if target := _target(finding, sheets):
            found.setdefault(sheets[target[0]], {}).setdefault(target[1], []).append(finding)
    return found


def _add_list(package, book, findings, sheets):
    """The first sheet: one line a finding, its place a link."""
    name = package.free_name("xl/worksheets/sheet{}.xml")
    title = LIST
    while title in sheets:
        title += "1"
    package.add(name, _list(findings, sheets), KIND + "worksheet+xml")
    id_ = package.relate(book, "worksheet", name)
    root = package.tree(book)
    listed = root.find(tag("sheets"))
    number = max(int(sheet.get("sheetId")) for sheet in listed) + 1
    entry = etree.Element(tag("sheet"), name=title, sheetId=str(number))
    entry.set(f"{{{RELATIONS}}}id", id_)
    listed.insert(0, entry)
    _make_room(package, root, sheets)


def _make_room(package, root, sheets):
    """What counts sheets by their place counts one more; the list is what opens."""
    for name in root.iter(tag("definedName")):
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(int(name.get("localSheetId")) + 1))
    for view in root.iter(tag("workbookView")):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")
    for part in sheets.values():
        if b"tabSelected" in package.parts[part]:
            for view in package.tree(part).iter(tag("sheetView")):
                view.attrib.pop("tabSelected", None)


def _list(findings, sheets):
    root = etree.Element(tag("worksheet"), nsmap={None: MAIN, "r": RELATIONS})
    views = etree.SubElement(root, tag("sheetViews"))
    etree.SubElement(views, tag("sheetView"), workbookViewId="0", tabSelected="1")
    columns = etree.SubElement(root, tag("cols"))
    for at, width in enumerate(_WIDTHS, 1):
        etree.SubElement(columns, tag("col"), min=str(at), max=str(at), width=str(width), customWidth="1")
    rows, links = etree.SubElement(root, tag("sheetData")), []
    counts = f"{LIST}：{len(findings)} 处。点“位置”到那一格；改好后删去本表再导入。"
    for number, texts in enumerate([(counts,), HEADINGS, *map(_line, findings)], 1):
        _row(rows, number, texts)
    for number, finding in enumerate(findings, 3):
        if target := _target(finding, sheets):
            links.append((f"C{number}", target))
    if links:
        parent = etree.SubElement(root, tag("hyperlinks"))
        for reference, (sheet, cell) in links:
            quoted = sheet.replace("'", "''")
            etree.SubElement(parent, tag("hyperlink"), ref=reference, location=f"'{quoted}'!{cell}")
    return root


def _line(finding):
    place = finding.places[0] if finding.places else ""
    return (finding.level.label, finding.rule, place, finding.message, finding.expected, finding.found)


def _row(parent, number, texts):
    row = etree.SubElement(parent, tag("row"), r=str(number))
    for column, text in enumerate(texts):
        cell = etree.SubElement(row, tag("c"), r=f"{'ABCDEF'[column]}{number}", t="inlineStr")
        words = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
        words.text = text
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
