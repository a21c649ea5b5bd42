"""The back office: a clerk finds, opens and corrects everything, and is told in Chinese what does not fit."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from budget.admin import next_step
from budget.models import (
    Budget,
    Code,
    Department,
    Post,
    PrintedTable,
    Region,
    Role,
    Upload,
)
from tests.budget.people import li, owner, post, saved, signed_in, stranger, township, wang

__all__ = ["li", "owner", "stranger", "township", "wang"]

MODELS = [
    Budget, Code, Department, PrintedTable, Region, Upload
]  # fmt: skip
FROM_FILES = (PrintedTable, Upload)
INSIDE_OTHERS = {
    "Explanation",
    "FixedAsset",
    "Goal",
    "Indicator",
    "Institution",
    "PaymentStep",
    "StagedBatch",
    "Project",
}
INSIDE_OTHERS |= {"Line", "PrintedName", "ProcurementLine", "StagedUpload", "Act", "Change", "Passage"}
INSIDE_OTHERS |= {"AccountEvent", "LogIn", "Post", "RecoveryCode", "Section", "Comment", "Reply"}


def list_page(model):
    return reverse(f"admin:budget_{model._meta.model_name}_changelist")


def add_page(model):
    return reverse(f"admin:budget_{model._meta.model_name}_add")


def page_of(obj):
    return reverse(f"admin:budget_{obj._meta.model_name}_change", args=[obj.pk])


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def form_errors(response):
    assert response.status_code == 200
    return {name: list(sentences) for name, sentences in response.context["adminform"].form.errors.items()}


# Everything can be found and opened.


def test_every_model_has_its_page_or_stands_on_one():
    named = {model.__name__ for model in apps.get_app_config("budget").get_models()}
    assert {model.__name__ for model in admin.site._registry if model._meta.app_label == "budget"} == (
        named - INSIDE_OTHERS
    )


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_open_in_chinese(model, owner, township):
    printed = {"above": [], "heads": 1, "rows": [["项目", "金额"], ["道路", "12.50"]], "merged": [], "notes": []}
    PrintedTable.objects.create(budget=township, number=1, title="项目支出表", printed=printed)
    pages = [list_page(model), page_of(model.objects.first())] + [add_page(model)] * (model not in FROM_FILES)
    for page in pages:
        found = text(owner.get(page))
        assert 'lang="zh-hans"' in found and model._meta.verbose_name in found


@pytest.mark.parametrize("model", MODELS)
def test_without_permission_nothing_opens(model, li, stranger, township):
    for page in [list_page(model), add_page(model), *(page_of(o) for o in model.objects.all()[:1])]:
        assert li.get(page).status_code in (403, 404)
        assert stranger.get(page).url == f"/admin/login/?next={page}"


def test_nobody_opens_the_nine_tables_without_permission(li, stranger, township):
    page = reverse("admin:budget_tables", args=[township.pk])
    assert li.get(page).status_code == 404
    assert stranger.get(page).status_code == 302


def test_a_budget_is_found_by_unit_and_year(wang, township):
    saved("wanli-2023.xlsx")
    assert "刘家营" in text(wang.get(list_page(Budget), {"q": "909"}))
    assert "刘家营" not in text(wang.get(list_page(Budget), {"year": 2023}))


@pytest.mark.parametrize(
    ("model", "fields", "sentence"),
    [
        (Region, {"code": "13032", "name": "卢龙县"}, "区划代码是 6 位数字"),
        (
            Department,
            {"region": "130324", "unit": "909", "name": "又一个乡"},
            "这个县里已经有一个单位用了这个单位编码。",
        ),
        (Department, {"region": "130324", "unit": "九〇九", "name": "又一个乡"}, "单位编码是 3 到 12 位数字"),
        (
            Code,
            {"scheme": "function", "code": "2010301", "name": "行政运行", "since": "SINCE"},
            "这个编码从这天起的一条已经有了，请修改那一条。",
        ),
    ],
)
def test_what_the_database_refuses_the_form_explains(model, fields, sentence, owner, township):
    real = {"1": None, "SINCE": str(Code.objects.get(scheme="function", code="2010301").since)}
    own = {"budget": township.pk, "department": township.department_id}
    data = {name: own[name] if name in own else real.get(value, value) or value for name, value in fields.items()}
    found = form_errors(owner.post(add_page(model), data))
    assert [said for sentences in found.values() for said in sentences] == [sentence]


def test_a_budget_is_begun_by_hand(wang, township):
    data = {"department": township.department_id, "year": 2025, "document": "department_budget"}
    assert wang.post(add_page(Budget), data).status_code == 302
    budget = Budget.objects.get(year=2025)
    assert budget.acts.get().by == "王会计"
    assert "还没有任何金额" in text(wang.get(page_of(budget)))


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        ("2024", "这个单位这一年已经有一份这样的预算，请打开那一份修改。"),
        ("204", "预算年度应在 2000 到 2099 之间。"),
        ("", "这个字段是必填项。"),
    ],
)
def test_a_budget_that_cannot_be_begun_says_why(year, sentence, wang, township):
    data = {"department": township.department_id, "year": year, "document": "department_budget"}
    assert sentence in text(wang.post(add_page(Budget), data)) and Budget.objects.count() == 1


def test_another_bodys_budget_is_not_begun(wang, township):
    Post.objects.filter(department=township.department).delete()
    data = {"department": township.department_id, "year": "2025", "document": "department_budget"}
    assert wang.post(add_page(Budget), data).status_code == 200 and not Budget.objects.filter(year=2025).exists()


def test_several_findings_are_explained_with_one_reason(wang, township):
    address = reverse("admin:budget_explain_several", args=[township.pk])
    shown = [one.finding for one in wang.get(page_of(township)).context["desk"].open if one.finding.level == "error"]
    ticked = [one.fingerprint for one in shown[:2]]
    assert "请先给要说明的打勾" in text(wang.post(address, {"text": "漏填。"}, follow=True))
    assert "请写明原因" in text(wang.post(address, {"finding": ticked, "text": " "}, follow=True))
    page = wang.post(address, {"finding": [*ticked, "0" * 16], "text": "漏填。"}, follow=True)
    assert "等 2 处" in township.acts.first().why and len(page.context["desk"].settled) == 2
    assert "已经说明或补正的 2 处" in text(page)


# The budget's page says what to do next.


def test_the_next_thing_to_do_is_said_first(wang, township):
    page = text(wang.get(page_of(township)))
    assert "还有 5 处不符，先看<a" in page and "表9“合计”的“合计”" in page
    assert "核对了 79 项" in page


def test_every_finding_leads_to_where_it_is_mended(wang, township):
    shown = wang.get(page_of(township)).context["desk"].open
    assert len(shown) == 24
    for item in shown:
        assert wang.get(item.url).status_code == 200
    address, _, cell = shown[0].url.partition("#")
    page = wang.get(address).content.decode()
    assert cell == str(shown[0].finding.cell) and f'id="{cell}"' in page and 'value="22.39"' in page
    assets = next(item for item in shown if item.finding.rule == "I41")
    assert assets.url.startswith(f"/admin/budget/budget/{township.pk}/lists/fixed_assets/#fixed_assets-total-")


def test_a_budget_without_findings_says_so(wang):
    budget = saved("wanli-2023.xlsx")
    desk = next_step.desk_of(budget, [])
    assert not [one for one in desk.open if one.finding.level == "error"] and desk.sentence.before.startswith(
        "没有不符"
    )


def test_the_nine_tables_are_shown_as_they_would_be_published(wang, township):
    page = text(wang.get(reverse("admin:budget_tables", args=[township.pk])))
    assert page.count('<section class="sheet"') == 9
    assert "1,337.87" in page and "空表列示" in page and "空白，应为 22.39" in page


def test_one_who_may_only_look_changes_nothing(township):
    looker = post(signed_in("孙审核"), Role.REVIEWER, "130324")
    Budget.objects.update(state="submitted", was_submitted=True)
    page = text(looker.get(page_of(township)))
    assert "要核对的" in page and "去改" not in page and "一起说明" not in page and "请退回，或审核通过" in page
    assert looker.post(reverse("admin:budget_head", args=[township.pk]), {"signed_by": "改"}).status_code == 403


# Original files are evidence.


def test_an_original_is_downloaded_as_an_attachment(wang, li, stranger, township):
    page = reverse("admin:budget_upload_original", args=[township.source_id])
    response = wang.get(page)
    assert b"".join(response.streaming_content) == bytes(township.source.content)
    assert response["Content-Disposition"] == 'attachment; filename="liujiaying-2024.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert li.get(page).status_code == 404 and stranger.get(page).status_code == 302


def test_an_original_is_never_edited_or_deleted(wang, township):
    upload = township.source
    assert wang.post(page_of(upload), {"name": "另一个.docx"}).status_code == 403
    assert wang.post(reverse("admin:budget_upload_delete", args=[upload.pk]), {"post": "yes"}).status_code == 403
    wang.post(reverse("admin:budget_budget_delete", args=[township.pk]), {"post": "yes"})
    assert Upload.objects.get().name == "liujiaying-2024.docx"
