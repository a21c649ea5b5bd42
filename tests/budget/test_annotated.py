"""The clerk's own file comes back marked; nothing else in it changes."""

import io
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from openpyxl.comments import Comment

from budget.annotated import annotate
from budget.annotated.workbook import LIST
from budget.checks.ledger import check, findings_of
from budget.finding import Finding, Level
from budget.intake import guard
from budget.intake.identity import Given
from budget.intake.read import read
from tests.budget.conftest import OPTIONS, original
from tests.budget.hostile import SHEET, packed, parts, workbook
from tests.budget.layouts import open_reference
from tests.budget.layouts import saved as bytes_of
from tests.budget.people import li, township, wang

__all__ = ["li", "township", "wang"]
EXCEL, WORD = "liujiaying-2024.xlsx", "liujiaying-2024.docx"


def findings(data, given=Given()):  # noqa: B008 (a frozen value)
    reading = read(data, given)
    return [*reading.problems, *reading.findings, *findings_of(check(reading.dossier))]


def annotated(name):
    data, given = original(name), OPTIONS.get(name, Given())
    return annotate(data, name.rpartition(".")[2], findings(data, given))


def looks(cell):
    """How a cell looks, but for the colour behind it."""
    return repr((cell.value, cell.number_format, cell.font, cell.border, cell.alignment, cell.protection))


@pytest.mark.parametrize("name", [EXCEL, "wanli-2023.xlsx"])
def test_nothing_else_changes(name):
    before, after = (load_workbook(io.BytesIO(data)) for data in (original(name), annotated(name)))
    assert after.sheetnames == [LIST, *before.sheetnames] and after.active.title == LIST
    for sheet in before:
        twin = after[sheet.title]
        assert twin.merged_cells == sheet.merged_cells and twin.dimensions == sheet.dimensions
        assert {k: d.width for k, d in twin.column_dimensions.items()} == {
            k: d.width for k, d in sheet.column_dimensions.items()
        }
        for row in sheet.iter_rows():
            for cell in row:
                assert looks(cell) == looks(twin[cell.coordinate]), cell
                if twin[cell.coordinate].comment is None:
                    assert repr(cell.fill) == repr(twin[cell.coordinate].fill)


def test_each_finding_is_a_coloured_cell_with_a_comment_and_a_link_in_the_list():
    book = load_workbook(io.BytesIO(annotated(EXCEL)))
    found = findings(original(EXCEL))
    blank = book["三公经费支出表"]["C6"]
    assert blank.fill.fgColor.rgb == "FFF8CBAD" and "应为 22.39万元；像是漏填了" in blank.comment.text
    assert book["支出总表"]["F9"].fill.fgColor.rgb == "FFFFE699"
    lines = list(book[LIST].iter_rows(min_row=3, values_only=True))
    assert len(lines) == len(found) and {line[3] for line in lines} == {f.message for f in found}
    links = [row[0].hyperlink.location for row in book[LIST].iter_rows(min_row=3, min_col=3, max_col=3)]
    assert links[0] == "'三公经费支出表'!C6"
    for line, location in zip(lines, links, strict=True):
        sheet, cell = location.replace("'", "").rsplit("!", 1)
        assert line[3] in book[sheet][cell].comment.text


def with_formula(data):
    """The workbook with a formula and its value in C6 of its first sheet, as Excel saves it."""
    pieces = parts(data)
    sheet = pieces[SHEET]
    assert (plain := re.search(rb'<c r="C6"[^>]*><v>[^<]*</v></c>', sheet))
    formula = plain[0].replace(b"<v>", b"<f>1000+267.87</f><v>")
    return packed((pieces | {SHEET: sheet.replace(plain[0], formula)}).items())


def test_formulas_keep_their_values():
    data = with_formula(original(EXCEL))
    marked = annotate(data, "xlsx", findings(data))
    shown, written = (
        load_workbook(io.BytesIO(marked), data_only=only)["收支总表"]["C6"].value for only in (True, False)
    )
    assert (shown, written) == (1267.87, "=1000+267.87")
    assert read(marked).problems == []


def test_comments_keep_their_words():
    book = open_reference()
    book["收支总表"]["C6"].comment = Comment("请领导看", "王会计")
    book["三公经费支出表"]["C6"].comment = Comment("忘了", "王会计")
    data = bytes_of(book)
    after = load_workbook(io.BytesIO(annotate(data, "xlsx", findings(data))))
    assert after["收支总表"]["C6"].comment.text == "请领导看"
    both = after["三公经费支出表"]["C6"].comment.text
    assert both.startswith("忘了") and "核对：表9“合计”" in both


def test_parts_that_say_nothing_of_findings_are_the_same_bytes():
    before, after = (zipfile.ZipFile(io.BytesIO(data)) for data in (original(EXCEL), annotated(EXCEL)))
    same = [name for name in before.namelist() if before.read(name) == after.read(name)]
    assert "xl/sharedStrings.xml" in same or "xl/theme/theme1.xml" in same
    assert "xl/worksheets/sheet1.xml" not in same or len(same) > 5


@pytest.mark.parametrize("name", [EXCEL, WORD])
def test_the_marked_file_can_be_mended_and_imported(name):
    marked, plain = read(annotated(name)), read(original(name))
    assert marked.problems == [] and len(marked.unmatched) == 1
    for part in ("lines", "records", "sections", "preamble"):
        assert getattr(marked.entries, part) == getattr(plain.entries, part), part


def test_word_gets_the_list_as_a_table():
    before, after = Document(io.BytesIO(original(WORD))), Document(io.BytesIO(annotated(WORD)))
    table = after.tables[0]
    assert table.cell(0, 0).text.startswith("核对结果") and len(table.rows) == 2 + len(findings(original(WORD)))
    assert "像是漏填了" in table.cell(2, 3).text
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert len(after.tables) == len(before.tables) + 1
    assert [round(column.width.cm, 1) for column in table.columns] == [1.5, 1.5, 5, 9]  # the sentences have room


def test_a_file_that_cannot_be_read_is_marked_where_it_cannot():
    book = open_reference()
    book["收入总表"]["F11"] = "约四百"
    data = bytes_of(book)
    after = load_workbook(io.BytesIO(annotate(data, "xlsx", findings(data))))
    assert "不是数字" in after["收入总表"]["F11"].comment.text


def test_the_command_writes_it(tmp_path):
    path, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(original(EXCEL))
    with pytest.raises(CommandError):
        call_command("check_budget", str(path), "--annotated", str(target))
    assert load_workbook(target).sheetnames[0] == LIST


@pytest.mark.django_db
def test_the_back_office_gives_it_before_and_after_saving(wang, li, township):
    address = reverse("admin:budget_upload_annotated", args=[township.source_id])
    response = wang.get(address)
    assert b"".join(response.streaming_content).startswith(b"PK") and "%EF%BC%88" in response["Content-Disposition"]
    assert li.get(address).status_code == 404
    with io.BytesIO(original(EXCEL)) as file:
        file.name = EXCEL
        page = wang.post(reverse("admin:budget_import"), {"file": file}, follow=True)
    staged = page.context["staged"]
    given = wang.get(reverse("admin:budget_import_annotated", args=[staged.pk]))
    assert load_workbook(io.BytesIO(b"".join(given.streaming_content))).sheetnames[0] == LIST


def without_references(part):
    return re.sub(rb' r="[A-Z]*\d+"', b"", part)


def lower_references(part):
    return re.sub(rb' r="[A-Z]+\d+"', lambda match: match[0].lower(), part)


def with_remarks(part):
    return part.replace(b"<row ", b"<!-- x --><row ").replace(b"<sheetData>", b"<sheetData><!-- x -->")


PLACES = ("B2", "A2", "D2", "B9", "A1")
ODD = {
    "rows and cells without references": lambda ps: ps | {SHEET: without_references(ps[SHEET])},
    "references in lower case": lambda ps: ps | {SHEET: lower_references(ps[SHEET])},
    "remarks among the rows": lambda ps: ps | {SHEET: with_remarks(ps[SHEET])},
    "no styles at all": lambda ps: without_styles(ps),
}


def without_styles(ps):
    """A workbook that never says how anything looks."""
    left = {name: re.sub(rb' s="\d+"', b"", data) for name, data in ps.items() if name != "xl/styles.xml"}
    for name, tag in (("xl/_rels/workbook.xml.rels", rb"Relationship"), ("[Content_Types].xml", rb"Override")):
        left[name] = re.sub(rb"<" + tag + rb" [^>]*styles[^>]*/>", b"", left[name])
    return left


@pytest.mark.parametrize("odd", ODD)
def test_what_other_programs_write_is_annotated_too(odd):
    """All of this passes the guard, and Excel opens it."""
    data = packed(ODD[odd](parts(workbook())).items())
    found = [Finding("R01", Level.ERROR, "错。", (f"收支总表!{place}",)) for place in PLACES]
    marked = annotate(data, guard.inspect(data), found)
    assert guard.inspect(marked) == "xlsx"
    sheet = load_workbook(io.BytesIO(marked))["收支总表"]
    assert [bool(sheet[place].comment) and looks(sheet[place]) is not None for place in PLACES] == [True] * len(PLACES)
    before = load_workbook(io.BytesIO(data))["收支总表"]
    assert sheet["A1"].value == before["A1"].value
