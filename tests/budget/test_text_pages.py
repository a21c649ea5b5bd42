"""情况说明: somebody who edits only text finishes it here, without script, freely or in standard sentences."""

import re

import pytest
from django.urls import reverse

from budget.declare.sentence import Item
from budget.drafts.door import ON_THE_SERVER, now, undo
from budget.drafts.flat import flatten
from budget.drafts.journal import newest
from budget.drafts.load import load
from budget.models import Budget, Section
from tests.budget.people import township, wang
from tests.budget.test_text_drafts import year_before_is_here

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


# A text that was imported, replaced sentence by sentence.


def page_of(wang, budget, number):
    return wang.get(at(budget, number)).content.decode()


def text_of(budget, number):
    return next(
        one["text"] for one in load(Budget.objects.get(pk=budget.pk)).entries.sections if one["number"] == number
    )


def test_an_imported_text_stands_beside_the_standard_sentences(wang, township):
    page = page_of(wang, township, 9)
    assert "本年度拟购置固定资产总额为10.00万元" in page and "本年度拟购置固定资产 5.00 万元" in page
    assert "“本年度拟购置固定资产”这里写 10.00，表里是 5.00" in page
    assert page.count("换成标准句") == 2 and "照原样留着" in page
    assert "“机关运行经费用在哪里”还没有写，可以加上" not in page_of(wang, township, 3)


def test_one_sentence_is_replaced_and_the_others_stay(wang, township):
    before = text_of(township, 9)
    wang.post(at(township, 9), {"text": before, "put-planned_assets": "1", "put-assets": "", "seen": newest(township)})
    first, second = before.split("\n")
    kept = first[: first.index("本年度")]
    assert entries(township).composed[9] == (Item(own=kept), Item("planned_assets"), Item(own=second))
    assert text_of(township, 9) == f"{kept}本年度拟购置固定资产 5.00 万元，已列入政府采购预算。\n{second}"


def test_the_reason_in_ones_own_words_need_not_be_typed_again(wang, township):
    page = page_of(wang, township, 4)
    reason = re.search(r'name="reason-three_public_change"[^>]*>([^<]*)<', page)[1]
    assert reason == "落实上级“过紧日子”政策，严控一般性支出，确保“三公”经费只减不增"
    chosen = {"put-three_public_change": "1", "reason-three_public_change": reason, "text": text_of(township, 4)}
    answer = wang.post(at(township, 4), chosen | {"seen": newest(township)})
    assert answer.url == at(township, 4)
    assert [one.standard for one in entries(township).composed[4]] == ["", "three_public_change"]
    assert entries(township).reasons == {"three_public_change": reason}


def test_with_last_year_here_the_sentences_on_changes_find_theirs(wang, township):
    year_before_is_here(township)
    page = page_of(wang, township, 2)
    assert "“比上年”这里写 减少 121.77，表里是 减少 110.00" in page
    assert re.findall(r'name="put-(\w*change\w*)" value=""', page) == ["change", "project_change"]
    assert "白云岩监管服务站经费减少10万元；" in re.search(r'name="reason-project_change"[^>]*>([^<]*)<', page)[1]
    assert re.search(r'name="reason-basic_change"[^>]*>([^<]*)<', page)[1] == "人员较上年增加"


def test_who_chooses_nothing_changes_nothing(wang, township):
    before = now(township)
    text = text_of(township, 2)
    nothing = {"text": text.replace("\n", "\r\n"), "put-income": "", "put-spending": "", "reason-basic_change": "人员"}
    wang.post(at(township, 2), nothing | {"seen": newest(township)})
    assert flatten(now(Budget.objects.get(pk=township.pk))) == flatten(before)


def test_what_was_mended_in_the_text_meanwhile_is_kept(wang, township):
    text = text_of(township, 9) + "\n另有说明。"
    wang.post(at(township, 9), {"text": text, "put-assets": "1", "seen": newest(township)})
    assert text_of(township, 9).endswith("\n另有说明。") and entries(township).composed[9][0] == Item("assets")


def test_a_sentence_that_nothing_says_can_be_added(wang, township):
    assert "“政府采购预算和资金来源”还没有写，可以加上" in page_of(wang, township, 8)
    wang.post(at(township, 8), {"text": text_of(township, 8), "put-procurement": "1", "seen": newest(township)})
    said = entries(township).composed[8]
    assert [one.standard for one in said] == ["", "procurement", ""]


def test_it_is_taken_back_from_the_journal(wang, township):
    before = flatten(now(township))
    wang.post(at(township, 9), {"text": text_of(township, 9), "put-assets": "1", "seen": newest(township)})
    undo(Budget.objects.get(pk=township.pk), township.acts.latest("id"), ON_THE_SERVER)
    assert flatten(now(Budget.objects.get(pk=township.pk))) == before


def test_of_two_who_replace_at_once_the_second_is_asked(wang, township):
    seen, text = newest(township), text_of(township, 9)
    wang.post(at(township, 9), {"text": "另写。", "seen": seen})
    answer = wang.post(at(township, 9), {"text": text, "put-assets": "1", "seen": seen})
    assert answer.status_code == 409 and "别人也改了这里" in answer.content.decode()


def test_what_was_chosen_stays_chosen_where_it_could_not_be_saved(wang, township):
    sent = {"text": text_of(township, 9), "put-assets": "1", "reason-x": "字" * 100_001, "seen": newest(township)}
    page = wang.post(at(township, 9), sent).content.decode()
    assert re.search(r'name="put-assets" value="1" checked', page) and "一段文字不能超过" in page


def test_sentences_are_moved_and_paragraphs_put_between(wang, township):
    wang.post(at(township, 4), {"standard": "1", "seen": newest(township)})
    keys = [one.standard for one in entries(township).composed[4]]
    answer = wang.post(at(township, 4), {"down-0": "1", "after-0": "中间的话。", "seen": newest(township)})
    assert answer.url == at(township, 4) + "#sentence-1"
    assert entries(township).composed[4][:3] == (Item(keys[1]), Item(keys[0]), Item(own="中间的话。"))
    page = page_of(wang, township, 4)
    assert 'name="up-0"' not in page and f'name="down-{len(keys)}"' not in page
    wang.post(at(township, 4), {"up-2": "1", "own-2": "中间的话！", "seen": newest(township)})
    assert entries(township).composed[4][1] == Item(own="中间的话！")
    wang.post(at(township, 4), {"up-0": "1", "seen": newest(township)})
    assert entries(township).composed[4][0] == Item(keys[1])


def test_a_page_of_a_text_asks_the_database_little(wang, township, django_assert_max_num_queries):
    for number in (2, 9):
        with django_assert_max_num_queries(25):
            page_of(wang, township, number)
    wang.post(at(township, 2), {"standard": "1", "seen": newest(township)})
    with django_assert_max_num_queries(25):
        page_of(wang, township, 2)
