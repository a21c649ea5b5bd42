"""Kinds of documents: which one a file is, what each declares, and that two of the same body stand apart."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from budget import codes
from budget.cell import Cell
from budget.checks.ledger import check
from budget.declare.document import Document
from budget.documents import DOCUMENTS, taken
from budget.documents.department_budget import DEPARTMENT_BUDGET, RULES
from budget.documents.final_accounts import FINAL_ACCOUNTS
from budget.documents.unit_budget import UNIT_BUDGET
from budget.drafts.load import load
from budget.drafts.save import save
from budget.figures.dossier import Dossier, Entries
from budget.finding import Finding, Level
from budget.intake.guard import Refused
from budget.intake.identity import Given
from budget.intake.read import read
from budget.models import Budget, Department
from tests.budget.conftest import original, read_original
from tests.budget.layouts import open_reference, saved
from tests.budget.people import township
from tests.budget.small import small

__all__ = ["township"]

EXCEL, WORD = "liujiaying-2024.xlsx", "liujiaying-2024.docx"
TABLES = 9


def titled(change, sheets=TABLES):
    """The reference workbook with the titles of its first sheets changed."""
    book = open_reference()
    for sheet in book.worksheets[:sheets]:
        sheet["A1"] = change(sheet["A1"].value)
    return saved(book)


def of_a_unit(sheets=None):
    return titled(lambda text: text.replace("部门", "单位", 1), sheets)


def test_the_kinds_that_there_are():
    """The numbers are pinned here alone: tables, lists and forms, sections, rules of each kind."""
    shape = {
        key: [len(found) for found in (one.tables, one.records, one.narrative.titles, one.rules)]
        for key, one in DOCUMENTS.items()
    }
    assert shape == {
        "department_budget": [9, 4, 11, 70],
        "unit_budget": [9, 4, 11, 70],
        "final_accounts": [0, 0, 0, 0],
    }
    assert taken() == [DEPARTMENT_BUDGET, UNIT_BUDGET] and len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("document", taken(), ids=lambda document: document.key)
def test_every_key_of_a_document_is_its_own(document):
    tables, records = [t.key for t in document.tables], [r.key for r in document.records]
    assert len({*tables, *records, "sections"}) == len(tables) + len(records) + 1
    for table in document.tables:
        for side in table.sides:
            keys = [column.key for column in (*side.columns, *side.also_columns)]
            assert len(set(keys)) == len(keys) and not any("-" in key for key in keys)


def test_both_kinds_name_their_tables_after_themselves():
    assert UNIT_BUDGET.tables[2].title == "单位预算支出总表" and DEPARTMENT_BUDGET.tables[2].title == "部门预算支出总表"
    assert [t.key for t in UNIT_BUDGET.tables] == [t.key for t in DEPARTMENT_BUDGET.tables]


@pytest.mark.parametrize(
    ("data", "key"),
    [(lambda: original(EXCEL), "department_budget"), (lambda: original(WORD), "department_budget"),
     (of_a_unit, "unit_budget")],
)  # fmt: skip
def test_titles_say_which_kind_a_file_is(data, key):
    reading = read(data(), Given(region="130324"))
    assert reading.document.key == key and reading.problems == [] and len(reading.tables) == TABLES
    assert reading.entries.lines == read_original(EXCEL).entries.lines


def test_a_term_that_holds_the_other_word_does_not_count():
    """单位…部门预算经济分类预算表 is a table of a 单位预算: the first of the two words says whose it is."""
    book = open_reference()
    for sheet in book.worksheets[:TABLES]:
        sheet["A1"] = sheet["A1"].value.replace("部门", "单位", 1)
    book.worksheets[5]["A1"] = "2024年单位一般公共预算基本支出部门预算经济分类预算表"
    for sheet in book.worksheets[TABLES:]:
        sheet["A1"] = (sheet["A1"].value or "").replace("部门", "单位", 1) or None
    reading = read(saved(book))
    assert reading.document is UNIT_BUDGET and len(reading.tables) == TABLES


def test_a_file_that_names_both_kinds_asks():
    data = of_a_unit(4)
    (found,) = read(data).problems
    assert found.rule == "R13" and "说是单位预算" in found.message and "--type" in found.message
    for key in ("department_budget", "unit_budget"):
        reading = read(data, Given(document=key))
        assert reading.problems == [] and reading.document.key == key


def test_final_accounts_are_refused_in_one_sentence():
    with pytest.raises(Refused) as refusal:
        read(titled(lambda text: text.replace("预算", "决算"), None))
    assert str(refusal.value) == FINAL_ACCOUNTS.refusal and "决算" in str(refusal.value)


def test_a_table_of_final_accounts_is_never_a_budgets():
    book = open_reference()
    book["支出总表"]["A1"] = "2022年部门支出决算总表"
    reading = read(saved(book))
    assert "t3" not in reading.tables
    assert [table.title for table in reading.entries.as_printed] == ["2022年部门支出决算总表"]
    assert any("是决算表，不是预算" in finding.message for finding in reading.findings)


def test_a_table_whose_headings_do_not_fit_says_why():
    book = open_reference()
    sheet = book["支出总表"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    for row in (3, 4, 5):
        for cell in sheet[row]:
            cell.value = None
    reading = read(saved(book))
    (found,) = (finding for finding in reading.findings if finding.rule == "R15")
    assert found.level == Level.ERROR and found.places == ("支出总表",)
    assert "“支出总表”的表题像是《部门预算支出总表》，但栏目对不上：没有找到“合计”“基本支出”“项目支出”" in found.message


@pytest.mark.django_db
def test_both_budgets_of_a_body_stand_beside_each_other():
    one = save(read(original(EXCEL)), original(EXCEL), EXCEL).budget
    data = of_a_unit()
    other = save(read(data), data, "单位预算.xlsx").budget
    assert Budget.objects.count() == 2 and one.department == other.department
    assert [str(b)[-4:] for b in (one, other)] == ["部门预算", "单位预算"]
    assert load(one).document is DEPARTMENT_BUDGET and load(other).document is UNIT_BUDGET
    assert save(read(data), data, "单位预算.xlsx").changed == ()


@pytest.mark.django_db
def test_commands_say_which_is_meant(tmp_path, capsys):
    path = tmp_path / "单位.xlsx"
    path.write_bytes(of_a_unit())
    call_command("import_budget", path)
    call_command(
        "export_budget", "130324", "909", "2024", "--type", "unit_budget", "--format", "json", "-o", tmp_path / "a.json"
    )
    assert "单位预算" in (tmp_path / "a.json").read_text("utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("export_budget", "130324", "909", "2024", "--format", "json", "-o", tmp_path / "b.json")
    assert refusal.value.returncode == 2 and "部门预算" in str(refusal.value)


@pytest.mark.django_db
def test_bodies_form_a_tree(township):
    town = township.department
    school = Department.objects.create(region=town.region, unit="909001", name="中心小学", parent=town)
    school.full_clean()
    assert list(town.subordinates.all()) == [school] and school.above() == [school, town]
    town.parent = school
    with pytest.raises(ValidationError, match="上级部门不能是本单位或它的下属单位"):
        town.full_clean()
    town.parent = town
    with pytest.raises(ValidationError, match="上级部门不能是本单位"):
        town.full_clean()


def test_a_document_without_anything_is_checked_and_holds():
    empty = Document("empty", "空文件", r"^空$")
    assert check(Dossier(Entries(empty, year=2024)), codes.shipped_names(2024)) == []


def test_a_finding_has_cells_and_nothing_else():
    with pytest.raises(TypeError):
        Finding("I01", Level.ERROR, "…", cells=("t1", "total", "income"))
    assert Finding("I01", Level.ERROR, "…", cells=(Cell("t1", "total", "income"),)).cell.column == "income"


def test_a_unit_budget_is_held_to_the_same_rules():
    dossier = small()
    unit = replace(dossier, entries=replace(dossier.entries, document=UNIT_BUDGET))
    outcomes = [[(entry.rule.id, entry.outcome) for entry in check(one)] for one in (dossier, unit)]
    assert outcomes[0] == outcomes[1]
