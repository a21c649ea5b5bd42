"""Word: what a reader of the printout sees is read, whatever it is wrapped in, broken into or framed by."""

import pytest

from budget.intake import document
from budget.intake.guard import Refused, inspect
from budget.intake.read import read
from tests.budget.conftest import original, read_original
from tests.budget.hostile import parts, with_parts
from tests.budget.wrapped import AROUND, BETWEEN, broken, framed, of_body, wrapped_everywhere

REFERENCE = "liujiaying-2024.docx"


def p(inner):
    return f"<w:p>{inner}</w:p>"


def r(inner, properties=""):
    return f"<w:r>{properties}{inner}</w:r>"


def t(text):
    return r(f"<w:t>{text}</w:t>")


def tc(*inner):
    return f"<w:tc>{''.join(inner)}</w:tc>"


def tr(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def seen(xml):
    """([the values of a grid in their order], [texts]) of a document whose body is this XML; the guard lets it pass."""
    data = of_body(xml)
    assert inspect(data) == "docx"
    grids, texts = document.read(data)
    return [list(grid.values.values()) for grid in grids], [text.text for text in texts]


def cell_text(inner):
    """What a cell is read as whose one paragraph holds this XML."""
    ((first, _),), _ = seen(tbl(tr(tc(p(inner)), tc(p(t("旁"))))))
    return first


def around(level, wrapper):
    """A document with a sentence and a figure, wrapped at one level: (sentence's paragraph, table)."""
    pieces = dict.fromkeys(("p", "tbl", "tr", "tc", "r"), "{}") | {level: AROUND[level][wrapper]}
    sentence = pieces["p"].format(p(t("甲") + pieces["r"].format(t("乙丙")) + t("丁。")))
    figure = pieces["tc"].format(tc(pieces["p"].format(p(t("1") + pieces["r"].format(t("2.34"))))))
    rows = tr(tc(p(t("项目"))), tc(p(t("预算数")))) + pieces["tr"].format(tr(tc(p(t("修路"))), figure))
    return sentence + pieces["tbl"].format(tbl(rows))


@pytest.mark.parametrize("level, wrapper", [(level, name) for level, kinds in AROUND.items() for name in kinds])
def test_nothing_vanishes_in_a_wrapper(level, wrapper):
    assert seen(around(level, wrapper)) == ([["项目", "预算数", "修路", "12.34"]], ["甲乙丙丁。"])


FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
CHARACTERS = {
    "a tab": (r("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>"), "甲\t乙"),
    "a line break": (r("<w:t>甲</w:t><w:br/><w:t>乙</w:t>"), "甲\n乙"),
    "a carriage return": (r("<w:t>甲</w:t><w:cr/><w:t>乙</w:t>"), "甲\n乙"),
    "a page break": (r("<w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t>"), "甲乙"),
    "a hyphen that does not break": (r("<w:noBreakHyphen/><w:t>5.00</w:t>"), "-5.00"),
    "a hyphen that is not shown": (r("<w:t>12</w:t><w:softHyphen/><w:t>34</w:t>"), "1234"),
    "a sign of a symbol font": (r("<w:sym w:font='Symbol' w:char='F0B3'/><w:t>95%</w:t>"), "≥95%"),
    "a digit of a symbol font": (r("<w:sym w:font='Symbol' w:char='F032'/><w:t>.50</w:t>"), "2.50"),
    "a sign that nobody knows": (r("<w:t>1</w:t><w:sym w:font='Webdings' w:char='F061'/>"), "1\ufffd"),
    "a comment within a text": (r("<w:t>12<!-- 甲 -->34</w:t>"), "1234"),
    "a field that is never shown": (
        FIELD.format("begin") + r("<w:instrText>XE</w:instrText>") + t("9") + FIELD.format("end") + t("1"),
        "1",
    ),
    "a field that never ends": (FIELD.format("begin") + t("12"), "12"),
    "small letters above": (
        r("<w:ruby><w:rt>" + t("jiǎ") + "</w:rt><w:rubyBase>" + t("甲") + "</w:rubyBase></w:ruby>"),
        "甲",
    ),
    "a formula": ("<m:oMath><m:r><m:t>≥95%</m:t></m:r></m:oMath>", "≥95%"),
    "a fraction, which is not 12": (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        "\ufffd",
    ),
    "digits from right to left, which are not 12": ("<w:bdo w:val='rtl'>" + t("12") + "</w:bdo>", "\u202e12"),
    "nobody's placeholder": (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{t('单击输入')}</w:sdtContent></w:sdt>" + t("1"),
        "1",
    ),
    "what is no placeholder any more": (
        "<w:sdt><w:sdtPr><w:showingPlcHdr w:val='0'/></w:sdtPr><w:sdtContent>" + t("2") + "</w:sdtContent></w:sdt>",
        "2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHARACTERS)
def test_a_text_is_what_is_seen(what):
    xml, text = CHARACTERS[what]
    assert cell_text(xml) == text


def text_box(inner):
    """A text box as Word writes it: once for itself, once for older programs."""
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    shape = f"<w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
    return r(
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{shape}</mc:Choice><mc:Fallback>"
        f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def test_a_text_box_is_read_once_after_its_paragraph():
    assert seen(p(t("甲。") + text_box(p(t("乙。")) + p(t("丙。")))) + p(t("丁。")))[1] == [
        "甲。",
        "乙。",
        "丙。",
        "丁。",
    ]


def test_a_text_box_of_older_programs_is_read_too():
    box = (
        "<w:pict><v:shape><v:textbox><w:txbxContent>" + p(t("乙。")) + "</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    assert seen(p(r(box)))[1] == ["乙。"]


def test_a_table_in_a_text_box_is_a_table():
    assert seen(p(text_box(tbl(tr(tc(p(t("甲"))), tc(p(t("1"))))) + p(""))))[0] == [["甲", "1"]]


def test_a_text_box_in_a_cell_belongs_to_the_cell():
    assert cell_text(text_box(p(t("12.34")))) == "12.34"


HIDDEN = "<w:rPr><w:vanish/></w:rPr>"


def test_hidden_text_is_refused_with_its_place():
    hidden = r("<w:t>99</w:t>", HIDDEN)
    for xml, place in (
        (p(t("甲") + hidden), "Word 正文"),
        (tbl(tr(tc(p(t("甲"))), tc(p(t("1") + hidden)))), "第1个表格第1行第2列"),
    ):
        with pytest.raises(Refused, match=f"{place}有隐藏的文字“99”"):
            document.read(of_body(xml))


def test_a_hidden_row_is_refused():
    row = "<w:tr><w:trPr><w:hidden/></w:trPr>" + tc(p(t("甲"))) + tc(p(t("1"))) + "</w:tr>"
    with pytest.raises(Refused, match="第1个表格第2行是隐藏的"):
        document.read(of_body(tbl(tr(tc(p(t("项目"))), tc(p(t("数")))), row)))


@pytest.mark.parametrize("properties", ["<w:rPr><w:vanish w:val='0'/></w:rPr>", "<w:rPr><w:webHidden/></w:rPr>"])
def test_what_only_looks_hidden_is_read(properties):
    assert cell_text(r("<w:t>12</w:t>", properties)) == "12"


def test_text_hidden_by_a_style_that_another_is_based_on_is_refused():
    xml = p("<w:pPr><w:pStyle w:val='Heir'/></w:pPr>" + t("99"))
    data = of_body(xml)
    styles = parts(data)["word/styles.xml"].replace(
        b"</w:styles>",
        b'<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>'
        b'<w:style w:type="paragraph" w:styleId="Heir"><w:name w:val="b"/><w:basedOn w:val="Gone"/></w:style>'
        b"</w:styles>",
    )
    with pytest.raises(Refused, match="隐藏的文字“99”"):
        document.read(with_parts({"word/styles.xml": styles}, data))


def with_footnote(xml):
    """A document with a footnote of number 2, 见附件。"""
    data = of_body(xml)
    relations, types = parts(data)["word/_rels/document.xml.rels"], parts(data)["[Content_Types].xml"]
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    told = b"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
        + p(r("<w:footnoteRef/>") + t("见附件。"))
        + "</w:footnote></w:footnotes>"
    )
    changes = {
        "word/_rels/document.xml.rels": relations.replace(
            b"</Relationships>", b'<Relationship Id="f" Type="%s" Target="footnotes.xml"/></Relationships>' % kind
        ),
        "[Content_Types].xml": types.replace(
            b"</Types>", b'<Override PartName="/word/footnotes.xml" ContentType="%s"/></Types>' % told
        ),
        "word/footnotes.xml": notes.encode(),
    }
    return with_parts(changes, data)


REFERENCE_MARK = r("<w:footnoteReference w:id='2'/>")


def test_a_footnote_follows_its_paragraph():
    data = with_footnote(p(t("甲") + REFERENCE_MARK + t("乙。")) + p(t("丙。")))
    assert inspect(data) == "docx"
    assert [text.text for text in document.read(data)[1]] == ["甲乙。", "见附件。", "丙。"]


def test_a_footnote_in_a_table_is_a_note_of_the_table():
    (grid,), texts = document.read(with_footnote(tbl(tr(tc(p(t("甲"))), tc(p(t("12") + REFERENCE_MARK))))))
    assert list(grid.values.values()) == ["甲", "12"] and grid.notes == ("见附件。",) and texts == []


# Tables within tables


INNER = tbl(tr(tc(p(t("科目"))), tc(p(t("金额")))), tr(tc(p(t("修路"))), tc(p(t("5.00")))))


def test_a_table_in_a_cell_is_a_grid_of_its_own_and_no_text_of_the_cell():
    outer = tbl(tr(tc(p(t("甲"))), tc(p(t("1")))), tr(tc(p(t("乙"))), tc(p(t("明细表")) + INNER + p(t("2")))))
    grids, texts = document.read(of_body(p(t("总表")) + outer))
    assert [list(grid.values.values()) for grid in grids] == [
        ["甲", "1", "乙", "明细表\n2"],
        ["科目", "金额", "修路", "5.00"],
    ]
    assert [grid.captions for grid in grids] == [("总表",), ("总表", "明细表")]
    assert [text.text for text in texts] == ["总表"]


def test_a_frame_is_no_table_and_what_it_holds_is_read():
    grids, texts = document.read(of_body(tbl(tr(tc(p(t("部门预算收支总表")))), tr(tc(INNER + p("")))) + p(t("后文。"))))
    assert [(grid.name, grid.captions) for grid in grids] == [("部门预算收支总表", ("部门预算收支总表",))]
    assert [text.text for text in texts] == ["部门预算收支总表", "后文。"]


def test_text_in_a_box_of_one_cell_is_text():
    assert seen(tbl(tr(tc(p(t("一、部门职责")) + p(t("甲。"))))))[1] == ["一、部门职责", "甲。"]


def test_a_table_after_one_with_inner_tables_does_not_go_on_with_the_inner_one():
    outer = tbl(tr(tc(p(t("甲"))), tc(p(t("1")))), tr(tc(p(t("乙"))), tc(p(t("2")) + INNER + p(""))))
    assert len(seen(outer + tbl(tr(tc(p(t("养老"))), tc(p(t("6.00"))))))[0]) == 3


# Page breaks


def test_what_stands_between_two_pieces_is_no_text():
    first, second = (
        tbl(tr(tc(p(t("项目"))), tc(p(t("数")))), tr(tc(p(t("甲"))), tc(p(t("1"))))),
        tbl(tr(tc(p(t("乙"))), tc(p(t("2"))))),
    )
    between = p(t("3")) + p(t("支出表（续）")) + p(t("单位：元"))
    assert seen(p(t("支出表")) + first + between + second + p(t("后文。"))) == (
        [["项目", "数", "甲", "1", "乙", "2"]],
        ["支出表", "后文。"],
    )


def test_a_note_under_a_table_ends_it():
    first, second = tbl(tr(tc(p(t("项目"))), tc(p(t("数"))))), tbl(tr(tc(p(t("乙"))), tc(p(t("2")))))
    assert len(seen(first + p(t("注：单位为元。")) + second)[0]) == 2


# The reference document, changed as a whole


def said(data):
    """Everything that a document's tables and texts say."""
    grids, texts = document.read(data)
    return [(grid.captions, grid.notes, grid.values) for grid in grids], texts


@pytest.fixture(scope="module")
def reference():
    return document.read(original(REFERENCE))


@pytest.fixture(scope="module")
def as_printed(reference):
    grids, texts = reference
    return [(grid.captions, grid.notes, grid.values) for grid in grids], texts


@pytest.mark.thorough
def test_the_reference_wrapped_everywhere_says_the_same(as_printed):
    assert said(wrapped_everywhere(original(REFERENCE))) == as_printed


def test_the_reference_in_frames_says_the_same(as_printed):
    assert said(framed(original(REFERENCE))) == as_printed


LAST_HEADING_ROWS = ("栏次", "单位名称", "项目名称", "项目")  # what they begin with


def places_to_break(grids, part):
    """([row], [its heading rows]) for each table of the reference: broken at a part (0 to 1) of its data, 0 for none.

    Not in a form right above 一级指标: what begins with headings of its own is another table.
    """
    where, headings = [], []
    for grid in grids:
        tops = [row for row in range(1, grid.rows + 1) if grid.label(row, 1) in LAST_HEADING_ROWS]
        headings.append(max(tops, default=0))
        rows = [row for row in range(headings[-1] + 1, grid.rows) if grid.label(row + 1, 1) != "一级指标"]
        where.append(rows[int(part * (len(rows) - 1))] if rows else 0)
    return where, headings


@pytest.mark.thorough
@pytest.mark.parametrize("part, repeats, between", [(0, True, 0), (0.3, False, 1), (0.6, True, 2), (1, False, 3)])
def test_the_reference_broken_over_pages_says_the_same(part, repeats, between, reference, as_printed):
    where, headings = places_to_break(reference[0], part)
    assert sum(map(bool, where)) > 25
    data = broken(original(REFERENCE), where, headings if repeats else [0] * len(where), BETWEEN[between])
    assert said(data) == as_printed


def test_the_reference_wrapped_and_broken_is_imported_as_it_is(reference):
    where, headings = places_to_break(reference[0], 0.5)
    data = broken(original(REFERENCE), where, headings, BETWEEN[2])
    reading, expected = read(wrapped_everywhere(data, 1)), read_original(REFERENCE)
    assert reading.problems == [] and reading.entries == expected.entries
