"""Every kind of hostile upload is refused in a sentence that names the place; honest files pass."""

import contextlib
import random
import zipfile
from pathlib import Path
from time import process_time

import pytest
from openpyxl.utils import column_index_from_string

from budget.intake.grid import letters
from budget.intake.guard import Refused, inspect, limits, package, sheets, tags, word

from . import hostile
from .hostile import (
    SHEET,
    edited,
    linked,
    ole2,
    packed,
    parts,
    sheet_of,
    sheet_with,
    stamped,
    text_with,
    typed,
    with_parts,
)

ORIGINALS = Path(__file__).parents[1] / "files" / "originals"
HONEST = sorted(path for path in ORIGINALS.iterdir() if path.suffix in (".xlsx", ".docx"))
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
TEMPLATE = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
TYPES, BOOK, STRINGS = "[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml"


def sentence(data):
    with pytest.raises(Refused) as caught:
        inspect(data)
    return str(caught.value)


def refuses(data, *words):
    said = sentence(data)
    assert all(word in said for word in words), said
    assert said.endswith("。") and said.count("。") == 1 and "请" in said, said


# Honest files


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.name)
def test_honest_originals_pass(path):
    assert inspect(path.read_bytes()) == path.suffix[1:]


def test_small_honest_files_pass():
    assert inspect(hostile.workbook()) == "xlsx"
    assert inspect(hostile.document()) == "docx"


def test_kind_comes_from_content_not_from_names():
    renamed = with_parts({"word/document.xml": b"<w/>"})  # an Excel package that also carries a part with Word's name
    assert inspect(renamed) == "xlsx"


@pytest.mark.parametrize(
    "rows",
    [
        b"",
        b"<row/><row><c/><c><v>1</v></c></row>",  # numbers left to the reader
        b"<row r='9' ><c\n r='A9'\tt = 'n' ><v > 1.5E3 </v ></c ></row>",  # other quotes, blanks and line ends
        b'<x:row xmlns:x="urn:x" r="1"><x:c r="A1"><x:v>-.5</x:v></x:c></x:row>',
        b'<row r="1"><c r="A1"><c r="A1"/></c></row>',  # a cell in a cell is nothing to any reader
        b"<!-- <row r='99999'/> --><row r='1'/>",  # what is only a comment does not count
        b'<row r="1"><c r="A1" t="str"><f>"a&gt;b"</f><v>NaN</v></c><c r="B1" t="e"><v>#REF!</v></c></row>',
        b'<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="ZZ1"/>]]></t></is></c></row>',
    ],
)
def test_unusual_but_honest_sheets_pass(rows):
    assert inspect(sheet_of(rows)) == "xlsx"


def test_hyperlinks_may_lead_outside():
    assert inspect(linked(RELATIONS + "hyperlink", "https://example.org/")) == "xlsx"


# What the bytes are


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", ["空的"]),
        (b"x" * (limits.MAX_FILE + 1), ["5 MB"]),
        (ole2("Workbook"), [".xls", "另存为"]),
        (ole2("WordDocument"), [".doc", "另存为"]),
        (ole2("EncryptedPackage"), ["密码"]),
        (ole2("Other"), ["旧格式"]),
        (b"%PDF-1.7\n", ["PDF"]),
        (b"\x89PNG\r\n\x1a\n", ["图片"]),
        (b"Rar!\x1a\x07", ["压缩包"]),
        (b"<html><table><tr><td>1</td></tr></table></html>", ["网页", "另存为"]),
        (b"<?xml version='1.0'?><Workbook/>", ["网页或 XML", "另存为"]),
        ("项目,预算数\n合计,1\n".encode("gbk"), ["文本", "另存为"]),
        (b"\xff\xfe" + "项目\t预算数".encode("utf-16-le"), ["文本", "另存为"]),
        (b"\x00\x01\x02\x03", ["损坏"]),
        (b"PK\x03\x04 and nothing else", ["不完整"]),
        (packed([("表.txt", b"1")]), ["压缩包", "解压"]),
        (packed([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), ["OpenDocument", "另存为"]),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value[0],
)
def test_other_kinds_of_file_are_called_by_name(data, words):
    refuses(data, *words)


# The container


@pytest.mark.parametrize("name", ["../a.xml", "xl/../../a.xml", "/a.xml", "xl\\a.xml", "a\0.xml", "C:/a.xml"])
def test_unsafe_paths(name):
    refuses(with_parts({name: b"<a/>"}), "路径不安全")


@pytest.mark.parametrize("name", [SHEET, SHEET.upper()])
def test_duplicate_names(name):
    refuses(packed([*parts(hostile.workbook()).items(), (name, b"<a/>")]), "sheet1.xml", "2 次")


def test_too_many_entries():
    refuses(with_parts({f"a{n}.xml": b"<a/>" for n in range(200)}), "200 个")
    refuses(
        with_parts({f"a{n}.xml": b"<a/>" for n in range(limits.MAX_ENTRIES + 1 - len(parts(hostile.workbook())))}),
        "200 个",
    )


@pytest.mark.parametrize("where", [(hostile.LOCAL,), (hostile.CENTRAL,)])
def test_encrypted_entry(where):
    refuses(stamped(SHEET, "flags", 1, where), "sheet1.xml", "密码")


def test_other_compression():
    refuses(packed(parts(hostile.workbook()).items(), zipfile.ZIP_LZMA), "压缩方式")
    refuses(stamped(SHEET, "method", 99), "sheet1.xml", "压缩方式")


def test_headers_that_disagree():
    refuses(stamped(SHEET, "method", 0, (hostile.LOCAL,)), "sheet1.xml", "不一致")
    refuses(stamped(SHEET, "size", 7, (hostile.LOCAL,)), "sheet1.xml", "不一致")


@pytest.mark.parametrize("build", [hostile.straddling])
def test_overlapping_entries(build):
    refuses(build(), "重叠")


def test_two_names_for_the_same_bytes():
    said = sentence(hostile.overlapping())
    assert "重叠" in said or "2 次" in said


@pytest.mark.parametrize("size", [1, 2**31])
def test_declared_size_lies(size):
    said = sentence(stamped(SHEET, "size", size))
    assert "sheet1.xml" in said and ("登记" in said or "20 MB" in said)


def test_checksum_lies():
    refuses(stamped(SHEET, "crc", 1), "sheet1.xml", "校验码")


def test_bombs():
    refuses(hostile.bomb(2 * limits.MIB), "image1.png", "100 倍")
    refuses(hostile.bomb(21 * limits.MIB), "image1.png", "20 MB")
    refuses(with_parts({f"a{n}.bin": b"\0" * 14 * limits.MIB for n in range(3)}), "40 MB")


def test_lying_bomb_costs_no_memory():
    refuses(stamped("xl/media/image1.png", "size", 1000, data=hostile.bomb(19 * limits.MIB)), "image1.png", "登记的大")


def test_hidden_before_or_after():
    data = hostile.workbook()
    refuses(data + data, "两个结尾")
    refuses(packed([("a", b"")])[:31] + data, "藏有")
    assert "损坏" in sentence(b"MZ\x00\x01" + data)


def test_truncated_stream():
    content = parts(hostile.workbook())
    data = bytearray(packed(content.items()))
    at = data.find(b"PK\x03\x04") + 60
    data[at] ^= 0xFF
    with pytest.raises(Refused):
        inspect(bytes(data))


# Forbidden parts and links


@pytest.mark.parametrize(
    "name, words",
    [
        ("xl/vbaProject.bin", ["宏", "不含宏"]),
        ("xl/externalLinks/externalLink1.xml", ["外部链接"]),
        ("xl/embeddings/oleObject1.bin", ["嵌入"]),
        ("xl/activeX/activeX1.xml", ["ActiveX"]),
        ("xl/macrosheets/sheet1.xml", ["宏表"]),
    ],
)
def test_forbidden_parts(name, words):
    refuses(with_parts({name: b"<a/>"}), name.rpartition("/")[2], *words)


@pytest.mark.parametrize(
    "content_type, words",
    [
        ("application/vnd.ms-office.vbaProject", ["宏"]),
        ("application/vnd.ms-excel.intlmacrosheet+xml", ["宏表"]),
        ("application/vnd.openxmlformats-officedocument.oleObject", ["嵌入"]),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml", ["外部链接"]),
    ],
)
def test_forbidden_content_under_a_harmless_name(content_type, words):
    refuses(typed("xl/harmless.xml", content_type), "harmless.xml", *words)


@pytest.mark.parametrize(
    "told, words",
    [
        (MACRO, ["工作簿目录", "宏", "不含宏"]),
        (BINARY, [".xlsb"]),
        (TEMPLATE, ["模板"]),
        ("application/x", ["不是 Excel"]),
    ],
)
def test_other_main_parts(told, words):
    refuses(edited(TYPES, MAIN.encode(), told.encode()), *words)


@pytest.mark.parametrize(
    "type_, attributes, words",
    [
        ("externalLinkPath", 'TargetMode="External"', ["外部链接"]),
        ("image", 'TargetMode="External"', ["图片", "http://evil/"]),
        ("image", 'TargetMode="&#69;xternal"', ["图片"]),
        ("image", "TargetMode = '&#x0000000000045;xternal'", ["图片"]),
        ("attachedTemplate", 'TargetMode="External"', ["模板"]),
        ("other", 'x="TargetMode=\'Internal\'" TargetMode="External"', ["文件之外"]),
        ("oleObject", "", ["嵌入"]),
        ("vbaProject", "", ["宏"]),
        ("aFChunk", "", ["嵌入"]),
    ],
)
def test_links_to_the_outside(type_, attributes, words):
    refuses(linked(RELATIONS + type_, "http://evil/", attributes), "工作簿目录", *words)


def test_links_name_the_sheet():
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    refuses(linked(RELATIONS + "image", "http://evil/", name=rels), "工作表“收支总表”", "图片")


def test_two_links_of_one_number():
    refuses(edited("xl/_rels/workbook.xml.rels", b'Id="rId2"', b'Id="rId1"'), "编号重复")


# Main part


def test_no_main_part():
    refuses(with_parts({"_rels/.rels": b"<Relationships/>"}), "找不到")


def test_two_main_parts():
    refuses(typed("xl/other.xml", MAIN, parts(hostile.workbook())[BOOK]), "不止一个")


def test_part_declared_twice():
    for name in (b"/xl/workbook.xml", b"/XL/workbook.xml"):
        again = b'<Override PartName="%s" ContentType="a"/></Types>' % name
        refuses(edited(TYPES, b"</Types>", again), "登记了两次")


def test_strict_format():
    refuses(
        edited(BOOK, b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", package.STRICT + b"main"), "Strict"
    )


def test_sheet_without_part_or_sharing_one():
    refuses(edited("xl/_rels/workbook.xml.rels", b"sheet2.xml", b"Sheet2.xml"), "工作表“收入总表”", "不在文件里")
    refuses(edited("xl/_rels/workbook.xml.rels", b"sheet2.xml", b"sheet1.xml"), "工作表“收入总表”", "共用")


# XML


@pytest.mark.parametrize(
    "prolog",
    [
        b"<!DOCTYPE a>",
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b"<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE a>",
    ],
)
def test_doctype(prolog):
    sheet = parts(hostile.workbook())[SHEET]
    refuses(with_parts({SHEET: prolog + sheet}), "工作表“收支总表”", "DOCTYPE")
    refuses(with_parts({"xl/any.bin": prolog + b"<a/>"}), "any.bin", "DOCTYPE")


@pytest.mark.parametrize("encoding", ["gb2312", "UTF-16", "UTF-7", "iso-8859-1"])
def test_declared_encodings(encoding):
    declaration = f"<?xml version='1.0' encoding = '{encoding}' ?>".encode()
    refuses(with_parts({SHEET: declaration + parts(hostile.workbook())[SHEET]}), "工作表“收支总表”", encoding)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"])
def test_encodings_without_declaration(encoding):
    text = parts(hostile.workbook())[SHEET].decode()
    refuses(with_parts({SHEET: text.encode(encoding)}), "工作表“收支总表”", "UTF-8")


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "US-ASCII"])
def test_good_encodings_pass(encoding):
    declaration = f"\ufeff<?xml version='1.0' encoding='{encoding}' standalone='yes'?>".encode()
    assert inspect(with_parts({SHEET: declaration + parts(hostile.workbook())[SHEET]})) == "xlsx"


def test_too_many_tags():
    small = b"<a/>" * 250_000  # each part below the size from which its ratio counts
    refuses(with_parts({f"xl/a{n}.xml": small for n in range(7)}), "标记", "150 万")


def test_broken_xml():
    refuses(sheet_with(b"<!-- never closed"), "工作表“收支总表”", "XML")
    refuses(sheet_with(b"< row>"), "工作表“收支总表”", "XML")


# Sheets


@pytest.mark.parametrize(
    "row, words",
    [
        (b'<row r="5001"/>', ["5001 行"]),
        (b'<row r="999999999"/>', ["行号"]),
        (b'<row r="9999999"/>', ["9999999 行"]),
        (b"<x:row r = '5001'\n/>", ["5001 行"]),
        (b'<row x=" r=\'1\' " r="5001"/>', ["5001 行"]),
        (b'<row r="&#53;001"/>', ["行号", "&#53;001"]),
        (b'<row r="0"/>', ["行号"]),
        (b'<row r="5_000"/>', ["行号"]),
        (b'<row r="5000"/><row/>', ["5001 行"]),
        (b"<row/>" * 5001, ["5001 行"]),
        (b"<row>" * 2 + b"</row>" * 2, ["不是单元格"]),
        (b"<row><c><row/></c></row>", ["行号"]),
        (b'<row><c r="A5001"/></row>', ["5001 行"]),
        (b'<row><c r="GS1"><v>1</v></c></row>', ["201 列", "GS1"]),
        (b'<row><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>', ["16384 列", "XFD1"]),
        (b"<row><c r='xfd1' x='>'><v>1</v></c></row>", ["16384 列"]),
        (b'<row><c r="A1&#48;"/></row>', ["单元格编号", "A1&#48;"]),
        (b'<row><c r="&#88;FD1"/></row>', ["单元格编号"]),
        (b'<row><c r="AAAA1"/></row>', ["单元格编号"]),
        ('<row><c r="A１"/></row>'.encode(), ["单元格编号"]),
        (b"<row>" + b"<c><v>1</v></c>" * 201 + b"</row>", ["201 列"]),
        (b'<row><c r="GR1"/><c><f>1</f></c></row>', ["201 列"]),
        (b'<row><other r="XFD1"/></row>', ["不是单元格"]),
        (b'<row r="1"><c r="A1"/><c r="A1"/></row>', ["A1", "两次"]),
        (b'<row r="1"><c r="B1"/><c r="A1"/><c/></row>', ["B1", "两次"]),
        (b'<row r="1"><c r="A1"/></row><row r="1"><c/></row>', ["A1", "两次"]),
        (b'<row r="1"><c r="A1" t="new"/></row>', ["A1", "类型"]),
        (b'<row r="1"><c r="A1" s="-1"/></row>', ["A1", "样式"]),
    ],
)
def test_rows_and_cells(row, words):
    refuses(sheet_of(row), "工作表“收支总表”", *words)


def test_dimension_is_not_believed():
    small = b'<dimension ref="A1:A1"/><sheetData><row r="6000"/>'
    refuses(edited(SHEET, b"<sheetData>", small), "工作表“收支总表”", "6000 行")


def test_sheet_part_without_content_type_is_looked_at():
    types = parts(hostile.workbook())[TYPES].replace(b"spreadsheetml.worksheet+xml", b"spreadsheetml.other+xml")
    refuses(with_parts({TYPES: types}, sheet_of(b'<row r="5001"/>')), "工作表“收支总表”", "5001 行")


def test_sheet_part_that_no_sheet_names_is_looked_at():
    worksheet = package.WORKSHEET
    refuses(typed("xl/lost.xml", worksheet, b'<worksheet><row r="5001"/></worksheet>'), "lost.xml", "5001 行")


def test_too_many_cells():
    rows = b"".join(b"<row>" + b"<c/>" * 100 + b"</row>" for _ in range(2001))
    refuses(sheet_of(rows), "工作表“收支总表”", "20 万个")


@pytest.mark.parametrize("last", ["IV", "XFD"])
def test_formatting_is_not_size(last):
    """WPS writes a cell for every column to the last one when a whole row was coloured."""
    empty = b"".join(f'<c r="{letters(n)}7" s="0"/>'.encode() for n in range(3, column_index_from_string(last) + 1))
    assert inspect(sheet_of(b'<row r="7"><c r="A7"><v>1</v></c>' + empty + b"</row>")) == "xlsx"


def test_scattered_cells():
    refuses(sheet_of(b'<row r="5000"><c r="GR5000"><v>1</v></c></row>'), "工作表“收支总表”", "GR5000")


@pytest.mark.parametrize(
    "value, type_, words",
    [
        ("１２３．４５", "n", ["１２３．４５", "不是数字"]),
        ("&#65297;&#65298;", "n", ["１２", "不是数字"]),
        ("NaN", "n", ["NaN"]),
        ("inf", "n", ["inf"]),
        ("-Infinity", "n", ["-Infinity"]),
        ("1_000", "n", ["1_000"]),
        ("12,34", "n", ["12,34"]),
        ("9" * 5000, "n", ["不是数字"]),
        ("1<!-- -->2", "n", ["注释"]),
        ("<![CDATA[1]]>", "n", ["注释"]),
        ("-1", "s", ["-1 条"]),
        ("&#45;1", "s", ["-1 条"]),
        ("9999", "s", ["9999 条"]),
        ("１", "s", ["１ 条"]),
        ("0<!-- -->9", "s", ["注释"]),
        ("yes", "b", ["yes"]),
        ("2024-13-01", "d", ["2024-13-01"]),
    ],
)
def test_values_that_no_reader_takes(value, type_, words):
    row = f'<row r="7"><c r="C7" t="{type_}"><v>{value}</v></c></row>'
    refuses(sheet_of(row.encode()), "工作表“收支总表”", "单元格 C7 ", *words)


def test_value_of_a_cell_without_type_or_number():
    refuses(sheet_of(b"<row/><row><c/><c><v>NaN</v></c></row>"), "工作表“收支总表”", "单元格 B2 ")


def test_last_shared_string_passes_and_the_next_does_not():
    row = b'<row r="1"><c r="A1" t="s"><v>%d</v></c></row>'
    strings = b"<x:sst><x:si/><!-- <si/> --><x:si><x:t>a</x:t></x:si></x:sst>"
    assert inspect(with_strings(strings, row % 1)) == "xlsx"
    refuses(with_strings(strings, row % 2), "工作表“收支总表”", "单元格 A1 ", "第 2 条")


def test_too_many_shared_strings():
    noisy = b"".join(b"<si><t>%d</t></si>" % n for n in range(limits.MAX_STRINGS + 1))
    refuses(with_strings(b"<sst>" + noisy + b"</sst>"), "100000 条")


def with_strings(strings, rows=b""):
    return typed(STRINGS, package.SHARED_STRINGS, strings, sheet_of(rows))


def merges(*references):
    return b"<mergeCells>" + b"".join(b'<mergeCell ref="%s"/>' % ref.encode() for ref in references) + b"</mergeCells>"


@pytest.mark.parametrize(
    "references, words",
    [
        (["A1:XFD2000"], ["10000 格"]),
        (["A1:B9999"], ["9999 行"]),
        (["A1:CV101"], ["10000 格"]),
        (["A1:CV60", "A61:CV120"], ["10000 格"]),
        (["A1:B2", "B2:C3"], ["B2:C3", "重叠"]),
        (["B2:A1"], ["颠倒"]),
        (["A1:&#88;FD9"], ["&#88;FD9"]),
        (["A:C"], ["A:C"]),
        ([""], ["范围"]),
        ([f"A{n}" for n in range(1, 2002)], ["2000 处"]),
    ],
)
def test_merges(references, words):
    refuses(sheet_of(b"", merges(*references)), "工作表“收支总表”", *words)


def test_merges_with_prefix_and_single_quotes():
    refuses(sheet_of(b"", b"<x:mergeCell\nref = 'A1:XFD9' />"), "工作表“收支总表”", "10000 格")


def test_hyperlinks_over_too_many_cells():
    refuses(
        sheet_of(b"", b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'), "工作表“收支总表”", "1048576 行"
    )
    refuses(sheet_of(b"", b'<hyperlinks><hyperlink ref="A1:GR60"/></hyperlinks>'), "工作表“收支总表”", "超链接")


def test_comment_far_away():
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    data = linked(RELATIONS + "comments", "/xl/notes.xml", "", name=rels)
    notes = b'<comments><commentList><any ref="XFD1048576"/></commentList></comments>'
    refuses(with_parts({"xl/notes.xml": notes}, data), "工作表“收支总表”")


# Word


@pytest.mark.parametrize("span", ["0", "101", "20000000", "-1", "&#49;", ""])
def test_word_spans(span):
    cell = f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr></w:tc></w:tr></w:tbl>'
    refuses(text_with(cell.encode()), "Word 正文第 1 个表格", "列")


def test_word_spans_with_other_prefix_and_quotes():
    refuses(text_with(b"<x:tbl><gridSpan\n y:val='999'/></x:tbl>"), "Word 正文第 1 个表格", "999")
    refuses(text_with(b'<w:tbl><w:gridBefore w:val="101"/></w:tbl>'), "101")


def test_word_nesting():
    assert inspect(text_with(b"<w:tbl><w:x>" * 3 + b"</w:x></w:tbl>" * 3)) == "docx"
    refuses(text_with(b"<w:tbl><w:x>" * 4 + b"</w:x></w:tbl>" * 4), "Word 正文第 1 个表格", "3 层")
    refuses(text_with(b"<w:tbl><!--</w:tbl>-->" * 4 + b"</w:tbl>" * 4), "3 层")


def test_word_nesting_starts_again_after_each_table():
    assert inspect(text_with(b"<w:tbl/><w:tbl></w:tbl><w:tbl><w:x/></w:tbl>" * 9)) == "docx"


@pytest.mark.parametrize(
    "change",
    [
        b'<w:ins w:id="1"><w:r/></w:ins>',
        b"<w:del><w:r/></w:del>",
        b"<w:moveFrom/>",
        b"<w:moveTo/>",
        b"<w:trPr><w:del w:id='1'/></w:trPr>",
        b"<x:ins/>",
    ],
)
def test_word_tracked_changes(change):
    refuses(text_with(b"<w:p>" + change + b"</w:p>"), "Word 正文", "请先接受全部修订")
    refuses(text_with(b"<w:tbl>" + change + b"</w:tbl>"), "Word 正文第 1 个表格", "请先接受全部修订")


def test_word_cells():
    row = b'<w:tbl><w:tc><w:gridSpan w:val="100"/></w:tc></w:tbl>'
    refuses(text_with(row * 2000), "Word 正文第", "20 万个")


def test_word_macros_and_links():
    refuses(with_parts({"word/vbaProject.bin": b"1"}, hostile.document()), "宏")
    rels = "word/_rels/document.xml.rels"
    refuses(linked(RELATIONS + "image", "http://evil/", data=hostile.document(), name=rels), "Word 正文", "图片")


# Time, and anything at all


@pytest.mark.parametrize(
    "filler",
    [
        b"<!--",
        b"<![CDATA[",
        b"<?",
        b"<c ",
        b"<c a='",
        b'<c a="',
        b"<c a=",
        b"</",
        b"<x:",
        b"&#",
        b"<row ",
        b"<v>",
        b" ",
        b"a",
    ],
    ids=repr,
)
def test_no_filler_takes_long(filler):
    """Patterns stay linear: 2 MiB of the same unfinished beginning, too small a part of the file to be a bomb."""
    part = b"<worksheet><row><c " + filler * (2 * limits.MIB // len(filler))
    for pattern in (tags.EVERY_TAG, word.WORD_TAGS, sheets.SHEET_TAG):
        with_limit(lambda pattern=pattern: list(tags.matches(part, "", pattern)))
    with_limit(lambda: tags.attributes_of(b" " + filler * (2 * limits.MIB // len(filler))))


def with_limit(call, seconds=5):
    start = process_time()
    with contextlib.suppress(Refused):
        call()
    assert process_time() - start < seconds


def mutations(data, seed, count=34):
    """Flipped bytes, cut ends, exchanged pieces: always the same ones."""
    dice = random.Random(seed)
    for _ in range(count):
        mutant = bytearray(data)
        for _ in range(dice.choice((1, 3, 20))):
            mutant[dice.randrange(len(mutant))] = dice.randrange(256)
        yield bytes(mutant)
        yield data[: dice.randrange(len(data))]
        at, end = sorted(dice.sample(range(len(data)), 2))
        yield data[:at] + data[end:]


@pytest.mark.parametrize("build", [hostile.workbook, hostile.document], ids=["xlsx", "docx"])
def test_mutated_packages_pass_or_are_refused(build):
    for mutant in mutations(build(), seed=20240117):
        passes_or_refuses(mutant)


@pytest.mark.parametrize("name", [TYPES, "_rels/.rels", BOOK, "xl/_rels/workbook.xml.rels", SHEET])
def test_mutated_parts_pass_or_are_refused(name):
    """Mutations inside a part, packed again so that the checksums are right and the scan is reached."""
    for mutant in mutations(parts(hostile.workbook())[name], seed=130324, count=12):
        passes_or_refuses(with_parts({name: mutant}))


def passes_or_refuses(data):
    try:
        assert inspect(data) in ("xlsx", "docx")
    except Refused as refused:
        assert str(refused).endswith("。")
