"""Painted cells: the same look on another colour. Numbers, borders, fonts and values stay as the clerk made them."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from budget.annotated.package import KIND, MAIN, Package, tag
from budget.finding import Level
from budget.intake.guard.positions import column_of

COLOURS = {Level.ERROR: "FFF8CBAD", Level.WARNING: "FFFFE699", Level.NOTICE: "FFDDEBF7"}
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")

_PLAIN_STYLES = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>"""


class Painter:
    """Paints cells of a package: each look gets one painted twin for each level.

    A cell names its look by number, and many cells share one: to change it in place would paint them all.
    """

    def __init__(self, package: Package, book: str) -> None:
        self.package, self.styles = package, package.tree(_styles_part(package, book))
        self.fills = {level: self._fill(colour) for level, colour in COLOURS.items()}
        self.twins: dict[tuple[str, Level], str] = {}

    def _fill(self, colour: str) -> str:
        fills = self.styles.find(tag("fills"))
        fill = etree.SubElement(fills, tag("fill"))
        pattern = etree.SubElement(fill, tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, tag("fgColor"), rgb=colour)
        etree.SubElement(pattern, tag("bgColor"), indexed="64")
        return _last_number(fills)

    def _twin(self, look: str, level: Level) -> str:
        if (look, level) not in self.twins:
            looks = self.styles.find(tag("cellXfs"))
            twin = deepcopy(looks[int(look)])
            twin.set("fillId", self.fills[level])
            twin.set("applyFill", "1")
            looks.append(twin)
            self.twins[look, level] = _last_number(looks)
        return self.twins[look, level]

    def paint(self, part: str, reference: str, level: Level) -> None:
        """Colour one cell of a sheet; a cell that is not there is made: what is missing is shown where it should be."""
        cell = _cell(self.package.tree(part), reference)
        cell.set("s", self._twin(cell.get("s", "0"), level))


def _styles_part(package: Package, book: str) -> str:
    """The part with a workbook's styles; one that has none, as the format allows, gets the plain look for all cells."""
    if part := package.related(book, "styles"):
        return part
    part = "xl/styles.xml"
    package.add(part, etree.fromstring(_PLAIN_STYLES), KIND + "styles+xml")
    package.relate(book, "styles", part)
    return part


def _last_number(listed: Any) -> str:
    """The number by which cells call the last of a list of styles, whose written length is brought up to date."""
    listed.set("count", str(len(listed)))
    return str(len(listed) - 1)


def _cell(sheet: Any, reference: str) -> Any:
    number, column = row_and_column(reference)
    row = _child(sheet.find(tag("sheetData")), "row", str(number), int, number)
    return _child(row, "c", reference, lambda reference: row_and_column(reference)[1], column)


def _child(parent: Any, name: str, reference: str, number_of: Callable[[str], int], wanted: int) -> Any:
    """The row or cell with this number, made in its place where there is none: Excel repairs what is out of order."""
    children = dict(_numbered(parent, number_of))
    if wanted not in children:
        children[wanted] = etree.Element(tag(name), r=reference)
        parent.insert(sum(number < wanted for number in children), children[wanted])
    return children[wanted]


def _numbered(parent: Any, number_of: Callable[[str], int]) -> Iterator[tuple[int, Any]]:
    """(number, child) of each row or cell; one without a reference stands next to the one before it."""
    number = 0
    for child in parent:
        reference = child.get("r")
        number = number_of(reference) if reference else number + 1
        yield number, child


def row_and_column(reference: str) -> tuple[int, int]:
    """Both as numbers, from 1.

    >>> row_and_column("C6")
    (6, 3)
    """
    match = _REFERENCE.fullmatch(reference)
    assert match, reference
    return int(match[2]), column_of(match[1].encode())
