"""Builders of hostile uploads, in memory: an honest small workbook or document with one thing changed in its zip."""

import functools
import io
import struct
import warnings
import zipfile

import docx
from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
FIELDS = {  # field: (struct, offset in the local header, offset in the central one)
    "flags": ("<H", 6, 8),
    "method": ("<H", 8, 10),
    "crc": ("<L", 14, 16),
    "size": ("<L", 22, 24),
}


@functools.cache
def workbook():
    """Two sheets, 收支总表 and 收入总表: words as shared strings, figures, one merge, one link."""
    book = Workbook()
    for name in ("收支总表", "收入总表"):
        sheet = book.create_sheet(name)
        sheet.append(["项目", "预算数"])
        sheet.append(["一般公共预算", 123.45])
        sheet.merge_cells("A5:B6")
        sheet["A4"].hyperlink = "https://example.org/"
    del book["Sheet"]
    return _saved(book)


@functools.cache
def document():
    """A paragraph and a table of two rows."""
    made = docx.Document()
    made.add_paragraph("部门预算")
    made.add_table(rows=2, cols=2)
    return _saved(made)


def _saved(made):
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def parts(data):
    """{name: bytes} of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(pairs, method=zipfile.ZIP_DEFLATED):
    """A package of (name, bytes) pairs; names may repeat."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in pairs:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it warns of names that repeat; here they are meant to
                package.writestr(_info(name, method), content)
    return file.getvalue()


def _info(name, method):
    info = zipfile.ZipInfo("part")
    info.filename, info.compress_type = name, method  # past the constructor, which would mend the name
    return info


def with_parts(changes, data=None):
    """The honest workbook with parts added, replaced or (None) left out."""
    changed = parts(data or workbook()) | changes
    return packed([(name, content) for name, content in changed.items() if content is not None])


def edited(name, old, new, data=None):
    """The honest workbook with a piece of one part exchanged; the piece must be there."""
    data = data or workbook()
    content = parts(data)[name]
    assert old in content, f"{old!r} is not in {name}: {content[:2000]!r}"
    return with_parts({name: content.replace(old, new, 1)}, data)


def sheet_with(rows, data=None):
    """The first sheet with these rows (XML) put first."""
    return edited(SHEET, b"<sheetData>", b"<sheetData>" + rows, data)


def sheet_of(rows, after=b""):
    """The first sheet with these rows (XML) alone, and more XML after them."""
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_parts({SHEET: start + rows + b"</sheetData>" + after + b"</worksheet>"})


def text_with(xml):
    """The honest document with XML put first into its body."""
    return edited("word/document.xml", b"<w:body>", b"<w:body>" + xml, document())


def typed(name, content_type, content=b"<x/>", data=None):
    """The honest workbook with one more part of a given content type."""
    told = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
    return with_parts({name: content}, edited("[Content_Types].xml", b"</Types>", told, data))


def linked(type_, target, attributes='TargetMode="External"', data=None, name="xl/_rels/workbook.xml.rels"):
    """One more relationship of the workbook (or of another part)."""
    link = f'<Relationship Id="rId99" Type="{type_}" Target="{target}" {attributes}/></Relationships>'
    return edited(name, b"</Relationships>", link.encode(), data)


def stamped(name, field, value, where=(LOCAL, CENTRAL), data=None):
    """A field of an entry's zip headers overwritten, in the local header, the central one or both."""
    data = bytearray(data or workbook())
    form, *offsets = FIELDS[field]
    for signature, offset in zip((LOCAL, CENTRAL), offsets, strict=True):
        if signature in where:
            struct.pack_into(form, data, _header(data, signature, name) + offset, value)
    return bytes(data)


def _header(data, signature, name):
    """Where the header of an entry begins: its name stands 30 or 46 bytes on."""
    ahead = 30 if signature == LOCAL else 46
    at = data.find(signature)
    while data[at + ahead : at + ahead + len(name)] != name.encode():
        at = data.find(signature, at + 1)
        assert at >= 0, name
    return at


def overlapping():
    """The package's list names the first entry twice, so that both point at the same bytes."""
    data = bytearray(packed([("a.xml", b"<a/>"), ("b.xml", b"<a/>"), *parts(workbook()).items()]))
    first, second = _header(data, CENTRAL, "a.xml"), _header(data, CENTRAL, "b.xml")
    data[second + 42 : second + 51] = data[first + 42 : first + 51]  # place of the local header, and name
    return bytes(data)


def straddling():
    """An entry whose data reach over the next entry: its listed length takes that one in."""
    pairs = [("a.bin", b"x" * 100), ("b.bin", b"y" * 100), *parts(workbook()).items()]
    data = bytearray(packed(pairs, zipfile.ZIP_STORED))
    for signature, offset in ((LOCAL, 18), (CENTRAL, 20)):
        struct.pack_into("<LL", data, _header(data, signature, "a.bin") + offset, 200, 200)
    return bytes(data)


def bomb(size):
    """A part of zeros: 1,000 times smaller when packed."""
    return with_parts({"xl/media/image1.png": b"\0" * size})
