"""Saving: one transaction, parts that a file lacks stay, the same file again changes nothing."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from budget.documents.department_budget.tables import TABLES
from budget.drafts import save as saving
from budget.drafts import write as writing
from budget.drafts.kept import keep_reading, reading_of
from budget.drafts.load import load, load_lines, names_for
from budget.figures.fill import fill
from budget.intake.identity import Given
from budget.intake.lengths import too_long
from budget.intake.read import read
from budget.models import Budget, Line, Project, Upload
from tests.budget.conftest import OPTIONS, original, read_original
from tests.budget.layouts import open_reference, saved

pytestmark = pytest.mark.django_db

EXCEL, WORD = "liujiaying-2024.xlsx", "liujiaying-2024.docx"


def save(name):
    return saving.save(read_original(name), original(name), name)


@pytest.mark.parametrize("name", [EXCEL, WORD, *OPTIONS])
def test_what_was_read_is_what_is_loaded(name):
    loaded, reading = load(save(name).budget), read_original(name)
    saved_parts = {"parts": loaded.entries.parts}
    assert vars(loaded.entries) == vars(reading.entries) | saved_parts
    assert loaded.original == reading.original


@pytest.mark.parametrize("name", [EXCEL, WORD, *OPTIONS])
def test_a_reading_that_waits_is_the_same_reading(name):
    reading = read_original(name)
    assert reading_of(json.loads(json.dumps(keep_reading(reading)))) == reading


def test_a_reading_that_another_release_kept_is_read_again():
    assert reading_of(keep_reading(read_original(EXCEL)) | {"format": 0}) is None


def test_the_same_file_again_changes_nothing():
    first = save(WORD)
    before = Budget.objects.get().changed_at, list(Line.objects.values())
    again = save(WORD)
    assert first.created and not again.created and again.changed == ()
    assert (Budget.objects.get().changed_at, list(Line.objects.values())) == before
    assert Upload.objects.count() == 1


def test_a_workbook_leaves_the_narrative_from_word_alone():
    save(WORD)
    save(EXCEL)
    assert Budget.objects.get().sections.count() == 11


def test_importing_again_undoes_a_slip_in_the_draft():
    budget = save(WORD).budget
    budget.lines.filter(book="three_public").update(amount=1)
    assert save(WORD).changed == ("three_public",)
    assert budget.lines.get(book="three_public").amount == 223_900


def test_only_the_books_that_a_file_holds_are_replaced():
    save(WORD)
    book = open_reference()
    for name in book.sheetnames:
        if name != "三公经费支出表":
            del book[name]
    book["三公经费支出表"]["C11"] = book["三公经费支出表"]["D11"] = 20
    data = saved(book)
    result = saving.save(read(data, Given(region="130324")), data, "三公.xlsx")
    assert result.changed == ("three_public",)
    assert result.budget.lines.filter(book="spending").exists()


def test_the_original_is_kept_with_its_hash():
    save(WORD)
    upload = Upload.objects.get()
    assert bytes(upload.content) == original(WORD)
    assert upload.sha256 == read_original(WORD).sha256


def test_a_failure_half_way_saves_nothing(monkeypatch):
    def fail(*args):
        raise RuntimeError("disk full")

    monkeypatch.setattr(writing, "_write_rows", fail)
    with pytest.raises(RuntimeError):
        save(WORD)
    assert not Budget.objects.exists() and not Upload.objects.exists()


BAD_LINES = [
    {"book": "income", "fund": "general_public_budget"},  # no function code
    {"book": "income", "fund": "general_public_budget", "function": "2010301", "kind": "basic"},
    {"book": "spending", "fund": "government_fund", "function": "2010301", "kind": "operating"},
    {"book": "economic", "fund": "government_fund", "economic": "30101", "kind": "staff"},
    {"book": "three_public", "fund": "non_fiscal", "item": "abroad"},
    {"book": "nonsense", "fund": "general_public_budget", "function": "2010301"},
]


@pytest.mark.parametrize("facets", BAD_LINES)
def test_the_database_refuses_lines_with_the_wrong_facets(facets):
    budget = save(WORD).budget
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.create(budget=budget, amount=1, **facets)


def test_the_database_refuses_the_same_facets_twice():
    line = save(WORD).budget.lines.first()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_deriving_the_nine_tables_takes_few_queries(django_assert_max_num_queries):
    budget = save(WORD).budget
    with django_assert_max_num_queries(10):
        names = names_for(budget.year)
        lines = load_lines(budget)
        assert [fill(table, lines, names) for table in TABLES]


def too_long_a_project(reading):
    """The reading with a project whose name nobody has room for."""
    reading.entries.records["projects"][6]["name"] = "村级支出" * 51
    return reading


def test_a_text_without_room_is_said_before_anything_is_saved():
    (found,) = too_long(too_long_a_project(read_original(WORD)).entries)
    assert found.rule == "R11" and "项目名称有 204 字，最多 200 字，请缩短" in found.message


def test_so_does_the_reading_of_a_file():
    book = open_reference()
    cells = [cell for row in book["绩效01 武装工作经费"].iter_rows() for cell in row]
    named = next(cell for cell in cells if cell.value == "武装工作经费")
    named.value = "武装工作经费" * 40
    assert [p.message for p in read(saved(book)).problems if p.rule == "R11"] == [
        "“武装工作经费武装工作经费武装工作经费武装…”太长：项目名称有 240 字，最多 200 字，请缩短后再导入。"
    ]


def test_the_body_that_groups_a_list_has_its_length_too():
    reading = read_original(WORD)
    reading.entries.records["procurement"][0]["institution"] = "某" * 101
    (found,) = too_long(reading.entries)
    assert "采购单位有 101 字，最多 100 字，请缩短" in found.message


def test_the_database_itself_has_no_room_for_it():
    with pytest.raises(DatabaseError), transaction.atomic():
        saving.save(too_long_a_project(read_original(WORD)), b"", WORD)
    assert not Project.objects.filter(name__startswith="村级支出村级").exists()
