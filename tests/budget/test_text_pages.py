"""情况说明: somebody who edits only text finishes it here, without script, freely or in standard sentences."""

import re

import pytest
from django.urls import reverse

from budget.drafts.door import now
from budget.drafts.journal import newest
from budget.models import Budget, Section
from tests.budget.people import township, wang

__all__ = ["township", "wang"]
pytestmark = pytest.mark.django_db


def at(budget, number):
    return reverse("admin:budget_section", args=[budget.pk, number])


def entries(budget):
    return now(Budget.objects.get(pk=budget.pk)).entries


def test_every_section_says_how_far_it_is(wang, township):
    page = wang.get(reverse("admin:budget_text", args=[township.pk])).content.decode()
    assert page.count("<li>") >= 12 and "还没有写" in page and "自己写的" in page


def test_a_section_is_written_freely(wang, township):
    wang.post(at(township, 3), {"text": "无。\r\n另有说明。", "seen": newest(township)})
    assert next(s["text"] for s in entries(township).sections if s["number"] == 3) == "无。\n另有说明。"
    wang.post(at(township, 0), {"text": "根据预算法，现予公开。", "seen": newest(township)})
    assert entries(township).preamble == "根据预算法，现予公开。"


def test_a_section_in_standard_sentences_asks_for_reasons_alone(wang, township):
    wang.post(at(township, 3), {"standard": "1", "seen": newest(township)})
    assert entries(township).composed[3]
    page = wang.get(at(township, 3)).content.decode()
    assert "58.36" in page
    reasons = re.findall(r'name="(reason-[^"]+)"', page)
    said = {"seen": newest(township), "own-new": "以上数字已公示。"} | dict.fromkeys(reasons, "人员减少。")
    wang.post(at(township, 3), said)
    assert entries(township).composed[3][-1].own == "以上数字已公示。"
    last = len(entries(township).composed[3]) - 1
    wang.post(at(township, 3), {"seen": newest(township), f"remove-{last}": "on"})
    assert all(item.standard for item in entries(township).composed[3])
    wang.post(at(township, 3), {"free": "1", "seen": newest(township)})
    assert 3 not in entries(township).composed
    assert "58.36" in next(s["text"] for s in entries(township).sections if s["number"] == 3)


def test_what_all_sections_ask_for_is_written_on_one_page(wang, township):
    url = reverse("admin:budget_text", args=[township.pk])
    assert "没有写的都用标准句写" in wang.get(url).content.decode()
    wang.post(url, {"standard": "1", "seen": newest(township)})
    assert set(entries(township).composed) == {3, 6}  # what was written already stays as it is
    wang.post(at(township, 2), {"standard": "1", "seen": newest(township)})
    wang.post(at(township, 5), {"standard": "1", "seen": newest(township)})
    page = wang.get(url).content.decode()
    asked = dict.fromkeys(re.findall(r'name="(reason-[^"]+)"', page), "人员减少。")
    assert {"reason-goals", "reason-measures"} <= asked.keys() and "没有写的都用标准句写" not in page
    wang.post(url, asked | {"seen": newest(township)})
    assert set(entries(township).reasons.values()) == {"人员减少。"} and len(entries(township).reasons) == len(asked)


def test_where_there_is_no_year_before_one_reason_stands_for_every_comparison(wang, township):
    url = reverse("admin:budget_text", args=[township.pk])
    wang.post(at(township, 3), {"standard": "1", "seen": newest(township)})
    wang.post(at(township, 4), {"standard": "1", "seen": newest(township)})
    assert wang.get(url).content.decode().count('name="reason-no_year_before"') == 1
    wang.post(url, {"reason-no_year_before": "今年新设立的单位。", "seen": newest(township)})
    texts = {one["number"]: one["text"] for one in entries(township).sections}
    assert all("与2023年预算相比没有可比的数（今年新设立的单位）" in texts[number] for number in (3, 4))


def test_many_sections_are_one_thing_to_do(wang, township):
    desk = reverse("admin:budget_budget_change", args=[township.pk])
    assert "情况说明“三、机关运行经费安排情况”还没有写" in wang.get(desk).content.decode()
    Section.objects.filter(budget=township, number__in=(2, 4, 10)).delete()
    page = wang.get(desk).content.decode()
    assert f'<a href="{reverse("admin:budget_text", args=[township.pk])}">情况说明还有 5 处没有写' in page
    assert "“三、机关运行经费安排情况”还没有写" not in page


def test_reasons_of_another_version_are_not_taken(wang, township):
    url = reverse("admin:budget_text", args=[township.pk])
    assert "seen" in wang.post(url, {"standard": "1"}).context["form"].errors
    assert not entries(township).composed


def test_a_section_that_does_not_exist_is_none(wang, township):
    assert wang.get(at(township, 77)).status_code == 404


def test_nothing_that_is_typed_is_cut(wang, township):
    long = "字" * 30_000
    wang.post(at(township, 3), {"text": long, "seen": newest(township)})
    assert next(s["text"] for s in entries(township).sections if s["number"] == 3) == long
    wang.post(at(township, 3), {"standard": "1", "seen": newest(township)})
    too_long = {"own-new": "字" * 100_001, "seen": newest(township)}
    answer = wang.post(at(township, 3), too_long).content.decode()
    assert "一段文字不能超过 100000 字" in answer and too_long["own-new"] in answer
    assert all(item.standard for item in entries(township).composed[3])
