"""What Word wraps around text, rows, cells and tables, as XML; and Word documents made of pieces of XML."""

import io
from copy import deepcopy
from functools import cache
from itertools import cycle, islice

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

NAMESPACES = (
    nsdecls("w")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:new="urn:of-a-word-to-come"'
)
SDT = "<w:sdt><w:sdtPr><w:id w:val='7'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
REPEATING = (
    "<w:sdt><w:sdtPr/><w:sdtContent><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
)
CUSTOM = "<w:customXml w:uri='urn:a' w:element='a'><w:customXmlPr/>{}</w:customXml>"
CHOICE = (
    "<mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>"
    "<w:p><w:r><w:t>旧版</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
)
FALLBACK = (
    "<mc:AlternateContent><mc:Choice Requires='new'><w:p><w:r><w:t>新版</w:t></w:r></w:p></mc:Choice>"
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)
AROUND_ANYTHING = {
    "content control": SDT,
    "repeating section": REPEATING,
    "custom XML": CUSTOM,
    "custom XML in a content control": SDT.format(CUSTOM),
}
AROUND_BLOCKS = AROUND_ANYTHING | {"alternate content": CHOICE, "alternate content for older programs": FALLBACK}
_RUN = "<w:r><w:t>{}</w:t></w:r>"
_FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
AROUND_RUNS = AROUND_ANYTHING | {
    "smart tag": "<w:smartTag w:uri='urn:a' w:element='a'><w:smartTagPr/>{}</w:smartTag>",
    "simple field": "<w:fldSimple w:instr=' =SUM(ABOVE) '>{}</w:fldSimple>",
    "hyperlink": "<w:hyperlink w:anchor='a'>{}</w:hyperlink>",
    "direction": "<w:dir w:val='ltr'>{}</w:dir>",
    "smart tag in a simple field": "<w:fldSimple w:instr='A'><w:smartTag w:element='a'>{}</w:smartTag></w:fldSimple>",
    "alternate content": CHOICE.replace("<w:p>", "").replace("</w:p>", ""),
    "alternate content for older programs": FALLBACK.replace("<w:p>", "").replace("</w:p>", ""),
    "complex field": _FIELD.format("begin")
    + "<w:r><w:instrText> =SUM(ABOVE) </w:instrText></w:r>"
    + _FIELD.format("separate")
    + "{}"
    + _FIELD.format("end"),
    "complex field with a field in its instruction": _FIELD.format("begin")
    + _FIELD.format("begin")
    + _FIELD.format("separate")
    + _RUN.format("99")
    + _FIELD.format("end")
    + _FIELD.format("separate")
    + "{}"
    + _FIELD.format("end"),
}
AROUND = {"p": AROUND_BLOCKS, "tbl": AROUND_BLOCKS, "tr": AROUND_ANYTHING, "tc": AROUND_ANYTHING, "r": AROUND_RUNS}


def elements(xml):
    """The elements of a piece of XML."""
    return list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"))


def of_body(xml):
    """A document's bytes, its body this XML."""
    made = docx.Document()
    for element in reversed(elements(xml)):
        made.element.body.insert(0, element)
    return saved(made)


def saved(made):
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@cache
def _around(wrapper):
    return elements(wrapper.format("<w:bookmarkStart w:id='4711'/>"))


def wrap(element, wrapper):
    """Put a wrapper (XML with {} for what it holds) around an element where it stands."""
    around = deepcopy(_around(wrapper))
    parent, at = element.getparent(), element.getparent().index(element)
    parent.remove(element)
    for number, outer in enumerate(around):
        parent.insert(at + number, outer)
    mark = next(m for outer in around for m in (outer, *outer.iterdescendants()) if m.get(qn("w:id")) == "4711")
    mark.getparent().replace(mark, element)


def wrapped_everywhere(data, turn=0):
    """A document with every paragraph, table, row, cell and run in a wrapper, one kind after another."""
    made = docx.Document(io.BytesIO(data))
    for level, kinds in AROUND.items():
        kind = islice(cycle(kinds.values()), turn, None)
        for element in list(made.element.body.iter(qn(f"w:{level}"))):
            wrap(element, next(kind))
    return saved(made)


BETWEEN = ("", "<w:p/>", "<w:p><w:r><w:t>续表</w:t></w:r></w:p>", "<w:p><w:r><w:t>- 3 -</w:t></w:r></w:p>")


def broken(data, where, headings, between):
    """A document with each table in two pieces: where: {table: row}, headings: {table: rows that are repeated}."""
    made = docx.Document(io.BytesIO(data))
    for number, table in enumerate(made.element.body.tbl_lst):
        if where[number]:
            _break(table, where[number], headings[number], elements(between))
    return saved(made)


def _break(table, row, headings, between):
    second = deepcopy(table)
    for one in second.tr_lst[headings:row]:
        second.remove(one)
    for one in table.tr_lst[row:]:
        table.remove(one)
    for one in (second, *between):
        table.addnext(one)


FRAMES = {
    "one cell": "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>",
    "a title over it": "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    "<w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>",
    "a frame in a frame": "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{}<w:p/>"
    "</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
}


def framed(data):
    """A document with each table in a frame, one kind after another."""
    made = docx.Document(io.BytesIO(data))
    for table, frame in zip(list(made.element.body.tbl_lst), cycle(FRAMES.values()), strict=False):
        wrap(table, frame)
    return saved(made)
