"""Marked cells: the same look in another colour, and a comment."""

import re
from copy import deepcopy

from lxml import etree

from budget.annotated.package import KIND, MAIN, RELATIONS, tag
from budget.checks.finding import Level
from budget.intake.guard.positions import column_of

COLOURS = {Level.ERROR: "FFF8CBAD", Level.WARNING: "FFFFE699", Level.NOTICE: "FFDDEBF7"}
AUTHOR = "核对"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_AFTER_COMMENTS = {tag(name) for name in ("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
                                          "tableParts", "extLst")}  # fmt: skip
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_EXCEL = "urn:schemas-microsoft-com:office:excel"


class Marker:
    """Colours cells of a package: each look gets one coloured twin for each level."""

    def __init__(self, package, styles_part):
        self.package, self.styles = package, package.tree(styles_part)
        self.fills = {level: self._fill(colour) for level, colour in COLOURS.items()}
        self.twins = {}

    def _fill(self, colour):
        fills = self.styles.find(tag("fills"))
        fill = etree.SubElement(fills, tag("fill"))
        pattern = etree.SubElement(fill, tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, tag("fgColor"), rgb=colour)
        etree.SubElement(pattern, tag("bgColor"), indexed="64")
        fills.set("count", str(len(fills)))
        return str(len(fills) - 1)

    def _twin(self, style, level):
        if (style, level) not in self.twins:
            looks = self.styles.find(tag("cellXfs"))
            look = deepcopy(looks[int(style)])
            look.set("fillId", self.fills[level])
            look.set("applyFill", "1")
            looks.append(look)
            looks.set("count", str(len(looks)))
            self.twins[style, level] = str(len(looks) - 1)
        return self.twins[style, level]

    def mark(self, part, reference, level):
        """Colour one cell of a sheet; a cell that is not there is made."""
        cell = _cell(self.package.tree(part), reference)
        cell.set("s", self._twin(cell.get("s", "0"), level))


def _cell(sheet, reference):
    letters, number = _REFERENCE.fullmatch(reference).groups()
    row = _ordered(sheet.find(tag("sheetData")), "row", number, lambda found: int(found.get("r")), int(number))
    return _ordered(row, "c", reference, lambda found: _column(found.get("r")), _column(reference))


def _ordered(parent, name, reference, key, wanted):
    """The child with this key, made in its place where there is none."""
    before = [found for found in parent if key(found) <= wanted]
    if before and key(before[-1]) == wanted:
        return before[-1]
    made = etree.Element(tag(name), r=reference)
    parent.insert(len(before), made)
    return made


def _column(reference):
    return column_of(_REFERENCE.fullmatch(reference)[1].encode())


def comment(package, part, texts):
    """Comments at cells of a sheet: {reference: text}; a comment that is there already keeps its own words first."""
    comments = package.related(part, "comments")
    if comments is None:
        comments = package.free_name("xl/comments{}.xml")
        root = etree.Element(tag("comments"), nsmap={None: MAIN})
        etree.SubElement(root, tag("authors"))
        etree.SubElement(root, tag("commentList"))
        package.add(comments, root, KIND + "comments+xml")
        package.relate(part, "comments", comments)
    shapes = _shapes(package, part)
    for reference, text in texts.items():
        if _say(package.tree(comments), reference, text):
            _draw(shapes, reference)


def _say(root, reference, text):
    """Add the words; returns whether the comment is new."""
    authors, found = root.find(tag("authors")), root.find(tag("commentList"))
    for old in found:
        if old.get("ref") == reference:
            _run(old.find(tag("text")), f"\n{AUTHOR}：{text}")
            return False
    if AUTHOR not in [author.text for author in authors]:
        etree.SubElement(authors, tag("author")).text = AUTHOR
    author = [author.text for author in authors].index(AUTHOR)
    made = etree.SubElement(found, tag("comment"), ref=reference, authorId=str(author))
    _run(etree.SubElement(made, tag("text")), text)
    return True


def _run(parent, text):
    run = etree.SubElement(etree.SubElement(parent, tag("r")), tag("t"))
    run.text = text
    run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _shapes(package, part):
    """The drawing that shows the comments of a sheet, made where there is none."""
    name = package.related(part, "vmlDrawing")
    if name is None:
        name = package.free_name("xl/drawings/vmlDrawing{}.vml")
        root = etree.Element("xml", nsmap={"v": _VML, "o": _OFFICE, "x": _EXCEL})
        kind = etree.SubElement(root, f"{{{_VML}}}shapetype", id="_x0000_t202", coordsize="21600,21600")
        kind.set(f"{{{_OFFICE}}}spt", "202")
        kind.set("path", "m,l,21600r21600,l21600,xe")
        package.add(name, root)
        package.default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
        _legacy_drawing(package.tree(part), package.relate(part, "vmlDrawing", name))
    return package.tree(name)


def _legacy_drawing(sheet, id_):
    made = etree.Element(tag("legacyDrawing"))
    made.set(f"{{{RELATIONS}}}id", id_)
    at = next((i for i, found in enumerate(sheet) if found.tag in _AFTER_COMMENTS), len(sheet))
    sheet.insert(at, made)


def _draw(shapes, reference):
    row, column = int(_REFERENCE.fullmatch(reference)[2]) - 1, _column(reference) - 1
    style = "position:absolute;width:220pt;height:90pt;z-index:1;visibility:hidden"
    id_ = f"_x0000_s{9000 + len(shapes)}"
    shape = etree.SubElement(shapes, f"{{{_VML}}}shape", id=id_, type="#_x0000_t202", style=style, fillcolor="#ffffe1")
    data = etree.SubElement(shape, f"{{{_EXCEL}}}ClientData", ObjectType="Note")
    for name, text in (("Anchor", f"{column + 1},15,{row},2,{column + 5},15,{row + 6},4"), ("AutoFill", "False"),
                       ("Row", str(row)), ("Column", str(column))):  # fmt: skip
        etree.SubElement(data, f"{{{_EXCEL}}}{name}").text = text
