"""The back office: a clerk finds, opens and corrects everything, and is told in Chinese what does not fit."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from budget.admin import next_step
from budget.models import (
    Budget,
    Code,
    Department,
    Line,
    Post,
    PrintedName,
    PrintedTable,
    Region,
    Role,
    Section,
    Upload,
)
from tests.budget.people import li, owner, post, saved, signed_in, stranger, township, wang

__all__ = ["li", "owner", "stranger", "township", "wang"]

MODELS = [
    Budget, Code, Department, Line, PrintedName, PrintedTable, Region, Section, Upload
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
INSIDE_OTHERS |= {"Comment", "Reply", "ProcurementLine", "StagedUpload", "Act", "Change", "Passage"}


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
    PrintedName.objects.create(budget=township, scheme="function", code="2010301", name="行政运行（乡）")
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


def test_lines_are_found_by_code_by_name_and_by_book(wang, township):
    def found(**query):
        return [line.amount for line in wang.get(list_page(Line), query).context["cl"].result_list]

    assert found(q="2130705", book__exact="income") == [Decimal("3457300.00")]
    assert found(q="村民委员会", book__exact="income") == [Decimal("3457300.00")]
    assert found(q="公务用车运行维护", book__exact="three_public") == [Decimal("223900.00")]
    assert found(q="没有这个名字") == []


def test_amounts_are_listed_in_ten_thousands_and_added_up(wang, township):
    page = text(wang.get(list_page(Line), {"budget__id__exact": township.pk}))
    assert '<td class="field-amount_wan">345.73</td>' in page
    assert "收入 <strong>1,337.87</strong>" in page and "“三公”经费 <strong>22.39</strong>" in page


# What does not fit is said at its field.

INCOME = {"book": "income", "fund": "general_public_budget", "function": "2010301", "amount": "4480100"}


def add_line(client, budget, **fields):
    return client.post(add_page(Line), {"budget": budget.pk, **INCOME, **fields})


def test_a_line_with_the_facets_of_another_book_is_explained(wang, township):
    found = form_errors(add_line(wang, township, book="spending", fund="other", function="", economic="30101"))
    assert found == {
        "fund": ["“支出”这里只能选：一般公共预算、政府性基金预算、国有资本经营预算、财政拨款以外的资金。"],
        "kind": ["“支出”这里只能选：基本支出、项目支出。"],
        "function": ["“支出”要填功能分类科目。"],
        "economic": ["“支出”不填这一项，请清空。"],
    }


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"function": "2010301"}, "__all__", "已经有一条账、资金、类型和科目都相同的明细，请修改那一条的金额。"),
        ({"function": "20103010"}, "function", "确保"),
        ({"function": "2010"}, "function", "科目编码应是 3、5、7 位数字"),
        ({"amount": "约五百"}, "amount", "“约五百”不是数字，请改成数字；没有金额请留空。"),
        ({"amount": "448.01万元"}, "amount", "“448.01万元”写了“万元”，与表头的单位“元”不同，请只填数字。"),
        ({"amount": "1000000000000"}, "amount", "“1000000000000”太大（一万亿元以上），请核对单位。"),
        ({"amount": ""}, "amount", "这个字段是必填项。"),
        ({"fund": "non_fiscal"}, "carried_over", "这样的“收入”只能是上年结转，请勾选。"),
    ],
)
def test_a_wrong_line_comes_back_with_one_sentence(fields, field, sentence, wang, township):
    before = Line.objects.count()
    found = form_errors(add_line(wang, township, **{"function": "2010399", **fields}))
    assert list(found) == [field] and sentence in found[field][0]
    assert Line.objects.count() == before


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
        (Section, {"budget": "1", "number": "12", "title": "十二"}, "序号应在 1 到 11 之间，文件另有的部分从 101 起。"),
        (Section, {"budget": "1", "number": "3", "title": "三"}, "这份预算里已经有这个序号的部分，请修改那一部分。"),
    ],
)
def test_what_the_database_refuses_the_form_explains(model, fields, sentence, owner, township):
    real = {"1": None, "SINCE": str(Code.objects.get(scheme="function", code="2010301").since)}
    own = {"budget": township.pk, "department": township.department_id}
    data = {name: own[name] if name in own else real.get(value, value) or value for name, value in fields.items()}
    found = form_errors(owner.post(add_page(model), data))
    assert [said for sentences in found.values() for said in sentences] == [sentence]


# Correcting.


def test_an_amount_is_corrected_in_yuan_and_the_budget_knows_that_it_changed(wang, township):
    line = Line.objects.get(budget=township, book="three_public")
    page = text(wang.get(page_of(line)))
    assert 'value="223,900.00"' in page and "填元，不填万元" in page
    fields = {"book": line.book, "fund": line.fund, "item": line.item, "amount": "２２４，０００"}
    assert wang.post(page_of(line), fields).status_code == 302
    line.refresh_from_db()
    assert line.amount == 224_000
    assert Budget.objects.get(pk=township.pk).changed_at > township.changed_at


def test_a_line_stays_with_its_budget(wang, township):
    other = saved("wanli-2023.xlsx")
    line = Line.objects.get(budget=township, book="three_public")
    fields = {"budget": other.pk, "book": line.book, "fund": line.fund, "item": line.item, "amount": "1"}
    wang.post(page_of(line), fields)
    line.refresh_from_db()
    assert line.budget == township


def test_a_deleted_line_changes_its_budget(wang, township):
    line = Line.objects.filter(budget=township).first()
    wang.post(reverse("admin:budget_line_delete", args=[line.pk]), {"post": "yes"})
    assert Budget.objects.get(pk=township.pk).changed_at > township.changed_at


def test_a_budget_is_begun_by_hand(wang, township):
    data = {"department": township.department_id, "year": 2025, "document": "department_budget"}
    assert wang.post(add_page(Budget), data).status_code == 302
    budget = Budget.objects.get(year=2025)
    assert budget.acts.get().by == "王会计"
    assert "还没有任何金额" in text(wang.get(page_of(budget)))
    assert add_line(wang, budget).status_code == 302
    assert budget.lines.get().amount == 4_480_100


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
