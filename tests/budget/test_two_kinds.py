"""A 单位预算 beside the 部门预算 of the same department and year: two budgets, never one over the other."""

import pytest
from django.urls import reverse

from budget.drafts.load import load
from budget.intake.read import read
from budget.models import Budget
from disclosures.outputs import OUTPUTS
from disclosures.publish import content_of
from tests.budget.layouts import open_reference, saved
from tests.budget.people import li, stranger, township, wang
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


def test_what_a_file_without_a_kind_is_taken_for_is_said_first(wang):
    book = open_reference()
    for sheet in book.worksheets[:9]:
        sheet["A1"] = sheet["A1"].value.replace("部门预算", "")
    _, page, seen = look(wang, "a.xlsx", saved(book))
    assert seen.may_save and seen.kind == "部门预算"
    (notice, *_) = seen.notices
    assert notice == "文件的标题没有写明种类，按部门预算读取；如果是单位预算，请在导入时选择。" and notice in page
    _, page, seen = look(wang, "a.xlsx", saved(book), document=UNIT)
    assert seen.kind == "单位预算" and "没有写明种类" not in page


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
