"""A text that a township wrote beside the standard sentences: what stands for what, and that nothing of it is lost."""

from dataclasses import replace
from functools import lru_cache
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budget.declare.sentence import Item
from budget.sentences.compose import Composing
from budget.sentences.likeness import Said, differences
from budget.sentences.matching import Standard, places, reason_about, reason_in, sequence, taken_apart
from tests.budget.conftest import read_original

TEXTS = st.text(st.sampled_from("收支预算增加12.万元，。！？”）\n \t\r1"), max_size=60)
STANDARDS = [
    Standard("a", "收支预算 12.00 万元。"),
    Standard("b", "收支预算，与2023年预算相比增加 1.00 万元。"),
    Standard("c", "收支"),
    Standard("d", "没有。", nothing=True),
]


def put_together(items):
    """The text of one's own items, as lines."""
    return "".join(("" if one.joins or at == 0 else "\n") + one.own for at, one in enumerate(items))


@given(TEXTS)
@example("收支预算12万元。\n\n收支预算12万元。收支")
def test_choosing_nothing_gives_the_text_back_byte_for_byte(text):
    assert put_together(sequence(places(text, STANDARDS), set())) == text
    assert put_together([Item(own=one.own, joins=not one.begins) for one in taken_apart(text)]) == text


@given(TEXTS, st.sets(st.sampled_from("abcd")))
@example("收支预算12万元。\n收支", {"a"})
def test_what_is_not_replaced_stays_in_its_order(text, chosen):
    found = places(text, STANDARDS)
    items = sequence(found, chosen)
    kept = "".join(one.own for one in found if one.standard not in chosen)
    assert "".join(one.own for one in items).replace("\n", "") == kept.replace("\n", "")
    assert [one.standard for one in items if one.standard] == [one.standard for one in found if one.standard in chosen]


@given(TEXTS)
def test_each_standard_sentence_is_offered_once(text):
    keys = [one.standard for one in places(text, STANDARDS) if one.standard]
    assert sorted(keys) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        ("增加3万元，主要原因是：人员增加，经费提高。", "人员增加，经费提高"),
        ("增减变化的原因为车辆老旧；", "车辆老旧"),
        ("项目支出减少1万元，主要为项目减少，主要为：修路。", "修路"),
        ("公用经费58.36万元。", ""),
    ],
)
def test_the_reason_that_a_sentence_gives(own, reason):
    assert reason_in(own) == reason


def test_an_amount_that_differs_is_told_under_its_name():
    own = Said("2024年公用经费12.00万元，项目支出40万元，比上年增加3万元。")
    standard = Said("2024年公用经费 11.50 万元，项目支出 40.30 万元，与2023年预算相比增加 2.00 万元。")
    told = [("2024年公用经费", "12.00", "11.50"), ("比上年", "增加 3.00", "增加 2.00")]
    assert [tuple(one) for one in differences(own, standard)] == told


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        ("比上年减少121.77万元，其中基本支出增加3万元。", "减少 121.77", []),
        ("比上年减少121.77万元。", "减少 120.00", [("比上年", "减少 121.77", "减少 120.00")]),
        ("比上年增长120万元。", "减少 120.00", [("比上年", "增加 120.00", "减少 120.00")]),
    ],
)
def test_a_change_that_differs_is_told_with_its_direction(here, there, told):
    standard = Said(f"收支预算 9.00 万元，与2023年预算相比{there} 万元，下降 8.35%。")
    assert [tuple(one) for one in differences(Said(f"收支预算9.00万元，{here}"), standard)] == told


def test_a_reason_is_found_in_another_sentence():
    text = next(one["text"] for one in composing().entries.sections if one["number"] == 2)
    assert reason_about(text, "基本支出") == "人员较上年增加"
    assert reason_about(text, "公用经费") == reason_about(text, "") == ""


@pytest.mark.parametrize("words", ["收支预算12.00万元，增加人员。", "一。\n", "收", "1,", "主要为", "基本支出", "（"])
def test_a_long_text_takes_no_long_time(words):
    text, begun = words * (100_000 // len(words)), process_time()
    places(text, STANDARDS)
    reason_in(text)
    reason_about(text, "基本支出")
    assert process_time() - begun < 5


# The text of a real township.


@lru_cache
def composing():
    dossier = read_original("liujiaying-2024.docx").dossier
    ours = {one.key: one for some in dossier.document.narrative.sentences.values() for one in some}
    return Composing(replace(dossier, recorded=replace(dossier.recorded, sentences=ours)), {})


def standards(number):
    declared = composing().entries.document.narrative.sentences[number]
    return [Standard(one.key, composing().rendered(Item(one.key)).text, one.nothing, not one.spare) for one in declared]


def beside(number):
    """[(how the township's sentence begins, the standard one that says the same)], [what could be added]."""
    text = next((one["text"] for one in composing().entries.sections if one["number"] == number), "")
    found = places(text, standards(number))
    assert put_together(sequence(found, set())) == text
    added = [one.standard for one in found if one.standard and not one.own]
    return [(one.own[:9], one.standard) for one in found if one.own], added


def test_the_reference_text_beside_the_standard_sentences():
    assert beside(2) == (
        [
            ("按照预算管理有关规", "whole_budget"),
            ("1、收入说明", "income_heading"),
            ("反映本部门当年全部", ""),
            ("2024年预算收入", "income"),
            ("2、支出说明", "spending_heading"),
            ("收支预算总表支出栏", ""),
            ("2024年支出预算", "spending"),
            ("3、比上年增减情况", "change_heading"),
            ("2024年预算收支", "change"),
            ("项目支出减少171", "project_change"),
        ],
        ["basic_change"],
    )
    assert beside(3) == ([], ["running", "running_items"])
    assert beside(4) == ([("2024年，我部门", "three_public"), ("与2023年相比增", "three_public_change")], [])
    assert beside(8) == (
        [("部门政府采购预算", ""), ("注：同一采购目录序", "purchase_prices")],
        ["procurement", "purchases"],
    )
    assert beside(9) == (
        [("卢龙县刘家营乡人民", "assets"), ("本年度拟购置固定资", "planned_assets"), ("部门固定资产占用情", "")],
        [],
    )


def differing(number, key):
    """The amounts of the township's sentence that differ from those of a standard one."""
    text = next(one["text"] for one in composing().entries.sections if one["number"] == number)
    own = next(one.own for one in places(text, standards(number)) if one.standard == key)
    there = next(one.text for one in standards(number) if one.key == key)
    return [tuple(one) for one in differences(Said(own), Said(there))]


def test_the_amounts_of_the_reference_text_that_differ_from_its_tables():
    assert differing(9, "planned_assets") == [("本年度拟购置固定资产", "10.00", "5.00")]
    assert differing(2, "spending") == [("村级支出", "164.41", "192.91")]
    assert [differing(2, "income"), differing(2, "project_change"), differing(4, "three_public")] == [[], [], []]
