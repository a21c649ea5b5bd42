"""Comments at cells of a workbook. Excel keeps each in two parts: its words, and a drawing of the box they stand in."""

from typing import Any

from lxml import etree

from budget.annotated.cells import row_and_column
from budget.annotated.package import KIND, MAIN, RELATIONS, Package, add_text, tag

AUTHOR = "核对"
# ECMA-376 part 1, 18.3.1.99 fixes the order of a worksheet's children; these come after `legacyDrawing`.
_AFTER_DRAWING = {tag(name) for name in ("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
                                         "tableParts", "extLst")}  # fmt: skip
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BOX = "_x0000_t202"  # the shape type that Excel expects a comment to have
_FIRST_ID = 9000  # ids need to differ within a drawing only; Excel numbers its own from 1025 on


def comment(package: Package, part: str, texts: dict[str, str]) -> None:
    """Comments at cells of a sheet: {reference: text}; a comment that is there already keeps its own words first."""
    words = package.tree(_words_part(package, part))
    shapes = package.tree(_drawing_part(package, part))
    for reference, text in texts.items():
        old = _old_comment(words, reference)
        if old is None:
            _add_comment(words, reference, text)
            _add_shape(shapes, reference)
        else:
            _add_run(old.find(tag("text")), f"\n{AUTHOR}：{text}")


def _words_part(package: Package, part: str) -> str:
    """The part with the words of a sheet's comments, made where there is none."""
    if name := package.related(part, "comments"):
        return name
    name = package.free_name("xl/comments{}.xml")
    root = etree.Element(tag("comments"), nsmap={None: MAIN})
    etree.SubElement(root, tag("authors"))
    etree.SubElement(root, tag("commentList"))
    package.add(name, root, KIND + "comments+xml")
    package.relate(part, "comments", name)
    return name


def _old_comment(words: Any, reference: str) -> Any:
    return next((old for old in words.find(tag("commentList")) if old.get("ref") == reference), None)


def _add_comment(words: Any, reference: str, text: str) -> None:
    author = str(_author(words.find(tag("authors"))))
    made = etree.SubElement(words.find(tag("commentList")), tag("comment"), ref=reference, authorId=author)
    _add_run(etree.SubElement(made, tag("text")), text)


def _author(authors: Any) -> int:
    """The number of our name among the authors."""
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, tag("author")).text = AUTHOR
        return len(names)
    return names.index(AUTHOR)


def _add_run(parent: Any, text: str) -> None:
    add_text(etree.SubElement(parent, tag("r")), text)


def _drawing_part(package: Package, part: str) -> str:
    """The drawing that shows a sheet's comments, made where there is none: Excel shows no words without one."""
    if name := package.related(part, "vmlDrawing"):
        return name
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.add(name, _empty_drawing())
    package.default("vml", _VML_TYPE)
    _announce(package.tree(part), package.relate(part, "vmlDrawing", name))
    return name


def _empty_drawing() -> Any:
    root = etree.Element("xml", nsmap={"v": _VML, "o": _OFFICE, "x": _EXCEL})
    box = etree.SubElement(root, f"{{{_VML}}}shapetype", id=_BOX, coordsize="21600,21600")
    box.set(f"{{{_OFFICE}}}spt", "202")
    box.set("path", "m,l,21600r21600,l21600,xe")
    return root


def _announce(sheet: Any, id_: str) -> None:
    """The sheet has to name its drawing itself, too, at the one place where the format allows it."""
    made = etree.Element(tag("legacyDrawing"))
    made.set(f"{{{RELATIONS}}}id", id_)
    at = next((index for index, child in enumerate(sheet) if child.tag in _AFTER_DRAWING), len(sheet))
    sheet.insert(at, made)


def _add_shape(shapes: Any, reference: str) -> None:
    """A hidden box beside the cell; Excel shows it while the pointer rests there."""
    row, column = (number - 1 for number in row_and_column(reference))
    style = "position:absolute;width:220pt;height:90pt;z-index:1;visibility:hidden"
    id_ = f"_x0000_s{_FIRST_ID + len(shapes)}"
    shape = etree.SubElement(shapes, f"{{{_VML}}}shape", id=id_, type=f"#{_BOX}", style=style, fillcolor="#ffffe1")
    data = etree.SubElement(shape, f"{{{_EXCEL}}}ClientData", ObjectType="Note")
    anchor = f"{column + 1},15,{row},2,{column + 5},15,{row + 6},4"
    for name, text in (("Anchor", anchor), ("AutoFill", "False"), ("Row", str(row)), ("Column", str(column))):
        etree.SubElement(data, f"{{{_EXCEL}}}{name}").text = text
