"""A 单位预算 beside the 部门预算 of the same department and year: two budgets, never one over the other."""

from dataclasses import replace

import pytest
from django.urls import reverse

from budget.drafts.handed_in import hand_in
from budget.drafts.load import load
from budget.drafts.save import save
from budget.intake.identity import Given
from budget.intake.read import read
from budget.models import Budget, StagedBatch
from disclosures.outputs import OUTPUTS
from disclosures.publish import content_of
from tests.budget.conftest import original
from tests.budget.layouts import open_reference, saved
from tests.budget.people import li, stranger, township, wang
from tests.budget.test_admin_batch import choose, packed, read_all
from tests.budget.test_admin_import import confirm, look, said

__all__ = ["li", "stranger", "township", "wang"]
pytestmark = pytest.mark.django_db
UNIT, DEPARTMENT = "unit_budget", "department_budget"
NAME = "单位预算.xlsx"


def of_a_unit(*sheets):
    """The reference workbook with the titles of these sheets, or of all, in the words of a 单位预算."""
    book = open_reference()
    for name in sheets or book.sheetnames:
        book[name]["A1"] = book[name]["A1"].value.replace("部门预算", "单位预算")
    return saved(book)


def state(budget):
    """All that a draft says, and when it was last changed."""
    budget = Budget.objects.get(pk=budget.pk)
    return load(budget), budget.changed_at, list(budget.uploads.values_list("pk", "sha256"))


def test_it_is_saved_beside_the_other_one(wang, township):
    before = state(township)
    address, page, seen = look(wang, NAME, of_a_unit())
    assert seen.kind == "单位预算" and "2024 年度，单位预算，区划代码 130324" in page
    assert seen.may_save and seen.draft is None and "这个单位这一年还没有草稿，保存后新建。" in page
    response = confirm(wang, address, seen)
    own = Budget.objects.get(document=UNIT)
    assert said(response) == ["已存为草稿：卢龙县刘家营乡人民政府2024年单位预算。"]
    assert (own.department, own.year, own.lines.count()) == (township.department, township.year, 39)
    assert Budget.objects.count() == 2 and state(township) == before


def test_each_is_the_draft_of_its_own_file(wang, township):
    address, _, seen = look(wang, NAME, of_a_unit())
    confirm(wang, address, seen)
    address, page, seen = look(wang, NAME, of_a_unit())
    assert seen.draft.document == UNIT and "与现有草稿相同，没有变化。" in page
    _, page, seen = look(wang, "liujiaying-2024.docx")
    assert seen.draft == township and "与现有草稿相同，没有变化。" in page


def test_the_list_shows_both_with_their_kinds(wang, township):
    address, _, seen = look(wang, NAME, of_a_unit())
    confirm(wang, address, seen)
    page = wang.get(reverse("admin:budget_budget_changelist")).content.decode()
    shown = [page.count(f'<td class="field-document">{kind}</td>') for kind in ("部门预算", "单位预算")]
    assert shown == [1, 1]
    only = wang.get(reverse("admin:budget_budget_changelist"), {"document__exact": UNIT}).context["cl"].result_list
    assert [budget.document for budget in only] == [UNIT]


def test_a_file_that_names_both_is_asked_about_until_its_kind_is_chosen(wang, township):
    before = state(township)
    data = of_a_unit("收入总表", "支出总表")
    address, page, seen = look(wang, NAME, data)
    assert not seen.may_save and seen.kind == "" and "年度，种类不明" in page and "确认保存" not in page
    assert "看不出是哪一种：“部门预算收支总表”说是部门预算，“单位预算收入总表”说是单位预算；请在导入时选择，" in page
    assert '<option value="" selected>按文件里写的</option>' in page and "--type" not in page
    assert [problem.rule for problem in read(data).problems] == ["R13"]
    confirm(wang, address, seen)
    assert Budget.objects.count() == 1
    whose = {"region": "130324", "unit": "909", "year": "2024"}
    assert wang.post(address, whose | {"document": ""}).url == address
    assert not wang.get(address).context["seen"].may_save
    assert wang.post(address, whose | {"document": UNIT}).url == address
    seen = wang.get(address).context["seen"]
    assert seen.may_save and seen.kind == "单位预算" and seen.draft is None
    confirm(wang, address, seen)
    assert sorted(Budget.objects.values_list("document", flat=True)) == [DEPARTMENT, UNIT]
    assert state(township) == before


def of_no_kind():
    """The reference workbook whose titles name no kind."""
    book = open_reference()
    for sheet in book.worksheets[:9]:
        sheet["A1"] = sheet["A1"].value.replace("部门预算", "")
    return saved(book)


def test_a_file_that_names_no_kind_is_asked_about(wang):
    address, page, seen = look(wang, "a.xlsx", of_no_kind())
    assert not seen.may_save and seen.kind == "" and "确认保存" not in page
    assert "文件的标题没有写明是哪一种预算；请在导入时选择。" in page and "按部门预算读取" not in page
    confirm(wang, address, seen)
    assert not Budget.objects.exists()
    wang.post(address, {"region": "130324", "unit": "909", "year": "2024", "document": UNIT})
    seen = wang.get(address).context["seen"]
    assert seen.may_save and seen.kind == "单位预算"
    confirm(wang, address, seen)
    assert Budget.objects.get().document == UNIT


@pytest.mark.parametrize(
    ("held", "rules"), [([], []), ([DEPARTMENT], []), ([UNIT], ["R13"]), ([DEPARTMENT, UNIT], ["R13"])]
)
def test_where_a_command_takes_it_for_one_the_body_must_not_have_another(db, held, rules):
    given = Given(otherwise=DEPARTMENT)
    for key in held:
        data = original("liujiaying-2024.xlsx")
        save(read(data, Given(document=key)), data, "a.xlsx")
    done = hand_in(of_no_kind(), "a.xlsx", given)
    assert [problem.rule for problem in done.problems] == rules and bool(done.saved) == (not rules)
    assert hand_in(of_no_kind(), "a.xlsx", replace(given, document=UNIT)).saved.budget.document == UNIT


@pytest.mark.parametrize(("chosen", "kind"), [("", None), (UNIT, UNIT), (DEPARTMENT, DEPARTMENT)])
def test_of_an_archive_the_kind_is_chosen_for_the_files_that_name_none(wang, chosen, kind):
    address = choose(wang, packed(a_xlsx=of_no_kind(), b_xlsx=of_a_unit()), document=chosen)
    read_all(wang, address)
    unnamed, unit = StagedBatch.objects.get().files.order_by("order")
    assert unit.target.endswith(UNIT)
    assert unnamed.target.rpartition("/")[2] == (kind or "")
    assert ("没有写明是哪一种预算" in unnamed.said) == (kind is None)


def test_the_kind_may_be_chosen_with_the_file(wang):
    address, _, seen = look(wang, NAME, of_a_unit("收入总表", "支出总表"), document=UNIT)
    assert seen.may_save
    confirm(wang, address, seen)
    assert Budget.objects.get().document == UNIT


def test_its_export_is_of_its_kind_again(wang):
    address, _, seen = look(wang, NAME, of_a_unit())
    confirm(wang, address, seen)
    reading = read(OUTPUTS["xlsx"].write(content_of(Budget.objects.get())))
    assert reading.document.key == UNIT and reading.problems == []
