"""What costs a reader much and its writer little is refused at once, with its place; what is honest passes."""

import random
import re
import unicodedata
from time import process_time

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from budget.intake import document, workbook
from budget.intake.grid import is_contents_line
from budget.intake.guard import Refused, inspect, limits, package
from budget.marks import MARKS, MOST_IN_A_ROW, crowded, crowded_xml, thinned
from budget.text import label, narrow
from tests.budget.hostile import document as small_document
from tests.budget.hostile import edited, parts, sheet_of, text_with, typed, with_parts
from tests.budget.hostile import workbook as small_workbook
from tests.budget.wrapped import of_body, saved

BOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
PAIR = "\u0301\u0323"  # above and under a letter: each pair has to be put in order
MANY = "甲" + PAIR * 75_000


def noise(count):
    """Characters that do not pack well, so that no file is refused as a bomb."""
    dice = random.Random(8)
    return "".join(map(chr, dice.choices(range(0x4E00, 0x9FA0), k=count)))


def numbers(count, xml):
    """So many pieces of XML with a number each."""
    return "".join(xml.format(n) for n in range(count)).encode()


def in_a_string(text):
    return typed(STRINGS, package.SHARED_STRINGS, f"<sst><si>{text}</si></sst>".encode())


def in_a_cell(text):
    return sheet_of(f'<row r="1"><c r="A1" t="inlineStr"><is>{text}</is></c></row>'.encode())


def in_a_paragraph(text, style="Normal"):
    return text_with(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{text}</w:r></w:p>'.encode())


def t(text):
    return f"<t>{text}</t>"


def wt(text):
    return f"<w:t>{text}</w:t>"


def refused(data, *words, seconds=1):
    """The guard's sentence, which has these words and takes less than a second."""
    start = process_time()
    with pytest.raises(Refused) as caught:
        inspect(data)
    assert process_time() - start < seconds
    said = str(caught.value)
    assert all(word in said for word in words) and said.endswith("。") and said.count("。") == 1 and "请" in said, said


# Marks on one letter

RUN, WORD_RUN = "<r><t>{}</t></r>", "</w:r><w:r><w:t>{}</w:t>"
AS_NUMBERS = "".join(f"&#x{ord(mark):x};" for mark in PAIR)
TWENTY = PAIR * 10
PLACES = {
    "a shared string": (in_a_string(t(TWENTY)), "文字表"),
    "pieces of a shared string": (in_a_string("".join(map(RUN.format, TWENTY))), "文字表"),
    "a cell": (in_a_cell(t(TWENTY)), "收支总表"),
    "pieces of a cell": (in_a_cell("".join(map(RUN.format, TWENTY))), "收支总表"),
    "a result": (sheet_of(f'<row r="1"><c r="A1" t="str"><v>{TWENTY}</v></c></row>'.encode()), "收支总表"),
    "the name of a sheet": (edited(BOOK, "收支总表".encode(), TWENTY.encode()), "工作簿目录"),
    "a paragraph": (in_a_paragraph(wt(TWENTY)), "Word 正文"),
    "a heading": (in_a_paragraph(wt(TWENTY), "Heading1"), "Word 正文"),
    "pieces of a paragraph": (in_a_paragraph("".join(map(WORD_RUN.format, TWENTY))), "Word 正文"),
    "CDATA": (in_a_paragraph(wt("".join(f"<![CDATA[{mark}]]>" for mark in TWENTY))), "Word 正文"),
    "numbers": (in_a_paragraph(wt(AS_NUMBERS * 10)), "Word 正文"),
    "decimal numbers": (in_a_string(t("&#0769;&#803;" * 10)), "文字表"),
    "marks of kana at half width": (in_a_cell(t("\uff9e\u0301" * 10)), "收支总表"),
}


@pytest.mark.parametrize("where", PLACES)
def test_more_marks_on_a_letter_than_it_bears(where):
    data, place = PLACES[where]
    refused(data, place, "附加符号")


@pytest.mark.parametrize("build", [in_a_string, in_a_cell], ids=["shared string", "cell"])
def test_the_marks_of_a_whole_minute_are_refused_at_once(build):
    refused(build(t(MANY)), "请")


def test_so_are_those_in_a_paragraph_and_in_a_name():
    refused(in_a_paragraph(wt(MANY)), "请")
    refused(edited(BOOK, "收支总表".encode(), MANY.encode()), "请")


def test_marks_everywhere_though_few_on_a_letter():
    text = "".join(letter + PAIR for letter in noise(6_000))
    refused(in_a_paragraph(wt(text)), "附加符号超过 1 万个")


def test_a_letter_may_bear_marks():
    assert inspect(in_a_paragraph(wt("jia\u030c, e\u0302\u0323" + "a" + PAIR * (MOST_IN_A_ROW // 2)))) == "docx"
    assert inspect(in_a_cell(t("jia\u030c"))) == "xlsx"


def test_every_character_that_becomes_a_mark_is_counted():
    found = {c for c in map(chr, range(0x110000)) if unicodedata.combining(c)}
    assert found <= MARKS
    assert all(unicodedata.combining(unicodedata.normalize("NFKD", c)[0]) for c in MARKS)
    others = (c for c in map(chr, range(0x1F000)) if c not in MARKS and not c.isascii())
    assert not any(unicodedata.combining(unicodedata.normalize("NFKD", c)[0]) for c in others)


@pytest.mark.parametrize("mark", random.Random(8).sample(sorted(MARKS), 60), ids=lambda mark: f"{ord(mark):X}")
def test_text_and_its_bytes_are_judged_alike(mark):
    for count in (MOST_IN_A_ROW, MOST_IN_A_ROW + 1):
        text = "甲。" + mark * count + "，乙"
        assert crowded(text) == crowded_xml(text.encode()) == (count > MOST_IN_A_ROW)
        assert len(thinned(text)) == 4 + MOST_IN_A_ROW


def test_no_text_takes_long_to_narrow():
    start = process_time()
    for text in (MANY, "\uff9e\u0301" * 75_000, "a" + "\u0301" * 150_000):
        narrow(text)
        label(text)
        is_contents_line(text)
    for text in ("\t" * 100_000, "\t " * 50_000, "\t1" * 50_000, "\t" + " " * 100_000 + "甲"):
        is_contents_line(text)
    assert process_time() - start < 1


@pytest.mark.parametrize(
    "text, found", [("一、职责\t3", True), ("职责\t 12 ", True), ("职责 3", False), ("1\t职责", False)]
)
def test_lines_of_a_table_of_contents(text, found):
    assert is_contents_line(text) == found


def test_what_the_guard_does_not_see_the_readers_do():
    """A comment with ">" in it parts the marks for the guard, and nobody else."""
    xml = wt("".join(f"{mark}<!-- > -->" for mark in TWENTY))
    assert inspect(in_a_paragraph(xml)) == "docx"
    with pytest.raises(Refused, match="Word 正文有一个字叠了太多附加符号"):
        document.read(in_a_paragraph(xml))
    with pytest.raises(Refused, match="“收支总表”的 A1 单元格有一个字叠了太多"):
        workbook.read(in_a_cell(t(TWENTY)))


# Lengths


def test_a_cell_is_as_long_as_excel_lets_it_be():
    longest = noise(limits.MAX_CELL_TEXT)
    assert inspect(in_a_cell(t(longest))) == inspect(in_a_string(t(longest))) == "xlsx"
    refused(in_a_cell(t(longest + "甲")), "收支总表", "32767 字")
    refused(in_a_string(t(longest + "甲")), "文字表", "32767 字")


def test_a_cell_in_pieces_is_measured_when_it_is_put_together():
    book = Workbook()
    book.active.title = "收支总表"
    pieces = (TextBlock(InlineFont(b=n % 2 == 0), noise(20_000)) for n in range(2))
    book.active["B3"] = CellRichText(*pieces)
    assert inspect(saved(book)) == "xlsx"
    with pytest.raises(Refused, match="“收支总表”的 B3 单元格有 40000 字，最多 32767 字"):
        workbook.read(saved(book))


def test_a_paragraph_is_measured_in_characters_over_all_its_pieces():
    half = noise(limits.MAX_PARAGRAPH // 2)
    assert inspect(in_a_paragraph(wt(half) + WORD_RUN.format(half))) == "docx"
    refused(in_a_paragraph(wt(half) + WORD_RUN.format(half + "甲")), "Word 正文", "10 万字")


def test_a_paragraph_that_others_part_is_measured_by_the_reader():
    box = f"<w:pict><w:txbxContent><w:p><w:r>{wt('旁')}</w:r></w:p></w:txbxContent></w:pict>"
    half = noise(limits.MAX_PARAGRAPH // 2 + 1)
    data = of_body(f"<w:p><w:r>{wt(half)}{box}{wt(half)}</w:r></w:p>")
    assert inspect(data) == "docx"
    with pytest.raises(Refused, match="Word 正文一段有 100002 字"):
        document.read(data)


def test_a_cell_in_word_is_no_longer_than_one_in_excel():
    paragraph = f"<w:p><w:r>{wt(noise(20_000))}</w:r></w:p>"
    data = of_body(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{paragraph * 2}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>")
    with pytest.raises(Refused, match="第1个表格第1行第1列的单元格有 40001 字"):
        document.read(data)


def test_a_whole_text():
    paragraph = f"<w:p><w:r>{wt(noise(90_000))}</w:r></w:p>".encode()
    refused(text_with(paragraph * 12), "Word 正文", "100 万字")


def test_a_name_of_a_sheet():
    refused(edited(BOOK, "收支总表".encode(), ("甲" * (limits.MAX_NAME + 1)).encode()), "名称超过 255 字")


# Numbers


def into(data, name, before, xml):
    """A part with XML put in before something, which is there."""
    content = parts(data)[name]
    assert before in content
    return with_parts({name: content.replace(before, xml + before, 1)}, data)


NAME = '<definedName name="n{0}">Sheet1!$A${0}</definedName>'
RULE = '<conditionalFormatting sqref="A{0}"><cfRule type="cellIs" priority="{0}"/></conditionalFormatting>'
VALIDATION = '<dataValidation type="list" sqref="A{0}"/>'
TABLE = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
WORD_STYLE = '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="s{0}"/></w:style>'
OVERRIDE = '<Override PartName="/a{0}" ContentType="b"/>'
LINK = '<Relationship Id="r{0}" Type="hyperlink" Target="a" TargetMode="External"/>'


def names(count):
    book = re.sub(rb"<definedNames ?/>", b"", parts(small_workbook())[BOOK])
    return into(with_parts({BOOK: book}), BOOK, b"</workbook>", numbers(count, NAME))


def styles(count):
    return into(small_workbook(), STYLES, b"<cellXfs", numbers(count, '<xf numFmtId="{0}"/>'))


BOUNDED = {
    "names": (names, limits.MAX_NAMES, ["工作簿目录", "名称"]),
    "styles": (styles, limits.MAX_STYLE_TAGS, ["样式"]),
    "pieces of strings": (
        lambda n: in_a_string(numbers(n, "<r><t>{0}</t></r>").decode()),
        limits.MAX_RICH_RUNS,
        ["文字表", "格式"],
    ),
    "pieces of cells": (
        lambda n: in_a_cell(numbers(n, "<r><t>{0}</t></r>").decode()),
        limits.MAX_EXTRAS,
        ["收支总表", "附加内容"],
    ),
    "conditional formats": (lambda n: sheet_of(b"", numbers(n, RULE)), limits.MAX_RULES, ["收支总表", "条件格式"]),
    "validations": (lambda n: sheet_of(b"", numbers(n, VALIDATION)), limits.MAX_RULES, ["收支总表", "数据验证"]),
    "ranges of one validation": (
        lambda n: sheet_of(b"", b'<dataValidation sqref="%s"/>' % numbers(n, "A{0} ")),
        limits.MAX_EXTRAS,
        ["收支总表", "附加内容"],
    ),
    "widths of columns": (
        lambda n: sheet_of(b"", numbers(n, '<col min="{0}" max="{0}"/>')),
        limits.MAX_EXTRAS,
        ["收支总表", "附加内容"],
    ),
    "parts of drawings": (
        lambda n: with_parts({"xl/drawings/drawing1.xml": b"<a>" + numbers(n, "<b x='{0}'/>") + b"</a>"}),
        limits.MAX_OTHER_TAGS,
        ["图形"],
    ),
    "links": (
        lambda n: into(small_document(), "word/_rels/document.xml.rels", b"</Relationships>", numbers(n, LINK)),
        limits.MAX_LINKS,
        ["链接"],
    ),
    "content types": (
        lambda n: into(small_workbook(), "[Content_Types].xml", b"</Types>", numbers(n, OVERRIDE)),
        limits.MAX_TYPES,
        ["部件目录"],
    ),
    "Word tables": (lambda n: text_with(numbers(n, TABLE)), limits.MAX_TABLES, ["Word 正文", "表格超过"]),
    "Word paragraphs": (lambda n: text_with(numbers(n, "<w:p x='{0}'/>")), limits.MAX_PARAGRAPHS, ["段落超过"]),
    "Word runs": (
        lambda n: text_with(b"<w:p>" + numbers(n, "<w:r><w:t>{0}</w:t></w:r>") + b"</w:p>"),
        limits.MAX_WORD_RUNS,
        ["文字片段超过"],
    ),
    "Word styles": (
        lambda n: into(small_document(), "word/styles.xml", b"</w:styles>", numbers(n, WORD_STYLE)),
        limits.MAX_WORD_STYLES,
        ["Word 样式", "样式超过"],
    ),
    "characters as numbers": (
        lambda n: with_parts({"xl/a.xml": b"<a>" + numbers(n, "&#{0};") + b"</a>"}),
        limits.MAX_REFERENCES,
        ["以编号写的字"],
    ),
}


@pytest.mark.parametrize("what", BOUNDED)
def test_too_many(what):
    build, limit, words = BOUNDED[what]
    refused(build(limit + 1), *words)


@pytest.mark.parametrize("what", ["names", "conditional formats", "Word tables", "Word paragraphs", "Word styles"])
def test_as_many_as_may_be_pass(what):
    build, limit, _ = BOUNDED[what]
    assert inspect(build(limit - 200))  # the small document has some styles itself
