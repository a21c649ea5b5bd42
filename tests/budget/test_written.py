"""The text written from declared sentences: what follows from the figures, what is asked, what is never guessed."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget import codes
from budget.cell import Cell
from budget.checks.ledger import check
from budget.declare.sentence import (
    CONDITIONS,
    Changed,
    Clause,
    Count,
    Each,
    Fact,
    Item,
    Malformed,
    Reason,
    Sentence,
    Series,
    Shown,
    When,
    Words,
    as_json,
    from_json,
    walk,
)  # fmt: skip
from budget.documents import taken
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.documents.department_budget.narrative import TITLES
from budget.documents.unit_budget import UNIT_BUDGET
from budget.finding import Level
from budget.money import show
from budget.sentences.addresses import figures_of, is_figure, refusal
from budget.sentences.compose import Composing, compose
from budget.sentences.render import in_words
from budget.text import clean
from tests.budget.conftest import read_original
from tests.budget.small import copy, names, small

SHIPPED = {key: one for sentences in DEPARTMENT_BUDGET.narrative.sentences.values() for key, one in
           ((sentence.key, sentence) for sentence in sentences)}  # fmt: skip
SECTIONS = DEPARTMENT_BUDGET.narrative.sentences
BASIC, PROJECT, INCOME = (
    Cell("t3", "total", "basic"),
    Cell("t3", "total", "project"),
    Cell("t1", "income_total", "income"),
)


def written(dossier, *sentences, reasons=None, last_year=None, numbers=(2,)):
    """The dossier with these sentences (or the shipped ones of these sections) as its text, put together."""
    dossier.recorded.sentences = {one.key: one for one in sentences} or dict(SHIPPED)
    dossier.recorded.last_year = last_year or {}
    dossier.entries.reasons = reasons or {}
    chosen = {n: sentences or SECTIONS[n] for n in numbers}
    dossier.entries.composed = {n: tuple(Item(one.key) for one in chosen[n] if not one.spare) for n in numbers}
    dossier.entries.sections = [{"number": n, "title": TITLES[n - 1], "text": ""} for n in numbers]
    return compose(dossier, names())


def text_of(dossier, *parts, **more):
    """What one sentence of these parts says."""
    return written(dossier, Sentence("one", "一句", parts), **more)[2].text


def when(what, address):
    return When(what, Cell.parse(address))


# What the sentences that stand ready say.


def test_every_section_has_sentences_and_each_is_a_valid_one():
    for document in taken():
        assert set(document.narrative.sentences) == set(range(1, len(document.narrative.titles) + 1))
        for one in SHIPPED.values():
            assert refusal(document, one) == "", one.key


def test_keys_of_sentences_and_reasons_are_their_own():
    sentences = [one for found in SECTIONS.values() for one in found]
    reasons = [part.key for one in sentences for part in walk(one.parts) if isinstance(part, Reason)]
    assert len(SHIPPED) == len(sentences) and len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("one", SHIPPED.values(), ids=SHIPPED)
def test_a_sentence_and_its_json_are_the_same(one):
    assert from_json(as_json(one)) == one


LAST_YEAR = {
    INCOME: Decimal(14_596_400), BASIC: Decimal(6_595_800), PROJECT: Decimal(8_000_600),
    Cell("t6", "total", "running"): Decimal(583_600), Cell("t9", "total", "total"): Decimal(223_900),
}  # fmt: skip
LAST_YEARS_PROJECTS = {
    "白云岩监管服务站经费": 500_000,
    "定补人员代耕费": 10_200,
    "招商维稳经费": 140_800,
    "安监经费": 33_600,
}
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(?:万元|(?=；上年结转))")


def amounts(text):
    return {Decimal(found.replace(",", "")) for found in _AMOUNT.findall(text)} - {Decimal(0)}


def reference():
    dossier = copy(read_original("liujiaying-2024.docx").dossier)
    dossier.recorded.last_year_records = {"projects": {k: Decimal(v) for k, v in LAST_YEARS_PROJECTS.items()}}
    return dossier


def test_the_reference_states_no_amount_that_ours_do_not():
    """Sections 二, 三, 四, 八, 九 without an amount typed; a nil amount is said as 没有安排."""
    original = {s["number"]: s["text"] for s in read_original("liujiaying-2024.docx").entries.sections}
    ours = {n: one.text for n, one in written(reference(), numbers=(2, 3, 4, 8, 9), last_year=LAST_YEAR).items()}
    left = {n: amounts(original[n]) - amounts(ours[n]) for n in ours}
    # Two lines that one performance sheet holds together, and planned assets that its own purchases deny (rule I42).
    assert left.pop(2) == {Decimal("164.41"), Decimal("28.5")} and Decimal("192.91") in amounts(ours[2])
    assert left.pop(9) == {Decimal(10)} and "拟购置固定资产 5.00 万元" in ours[9]
    assert left == {3: set(), 4: set(), 8: set()}


def test_no_rule_finds_fault_with_our_text():
    dossier = reference()
    reasons = {
        part.key: "有关政策调整" for one in SHIPPED.values() for part in walk(one.parts) if isinstance(part, Reason)
    }
    written(dossier, numbers=range(1, 12), last_year=LAST_YEAR, reasons=reasons)
    of_text = [e for e in check(dossier, codes.shipped_names(2024)) if e.rule.of_text]
    found = [f for e in of_text for f in e.findings if any(cell.table == "sections" for cell in f.cells)]
    assert [f.message for f in found if f.level == Level.ERROR] == []


def test_a_section_says_what_there_is_not_while_there_is_nothing():
    dossier = copy(small())
    dossier.entries.records |= {"procurement": [], "fixed_assets": []}
    dossier.entries.lines = [line for line in dossier.entries.lines if line.book != "three_public"]
    found = written(dossier, numbers=(4, 8, 9, 11))
    assert found[4].text == "2024年本部门没有安排财政拨款“三公”经费。"
    assert "没有安排政府采购预算" in found[8].text and "没有占用固定资产" in found[9].text
    assert all(found[n].says_nothing for n in (4, 8, 11))


def test_a_unit_speaks_of_itself_as_a_unit():
    dossier = copy(small())
    dossier.entries.document = UNIT_BUDGET
    assert text_of(dossier, Fact("we"), Words("的"), Fact("document")) == "本单位的单位预算"


# What follows from the figures.


@settings(deadline=None)
@given(st.decimals(0, 10**8, places=2), st.decimals(0, 10**8, places=2))
def test_more_less_and_level_follow_from_what_is_printed(now, before):
    shown, was = (Decimal(show(one).replace(",", "")) for one in (now, before))
    said = in_words(shown, was)
    if shown == was:
        assert said == "持平"
    else:
        by = Decimal(re.search(r"[\d,.]+", said)[0].replace(",", ""))
        assert shown == was + (by if said.startswith("增加") else -by) and by > 0


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (0, "增加 {now} 万元"),
        (None, "持平"),
        (2, "减少 {now} 万元，下降 50.00%"),
        (Decimal("0.5"), "增加 {half} 万元，增长 100.00%"),
    ],
)
def test_a_change_is_told_with_its_share_where_there_is_one(before, said):
    """before: last year's figure as so many times this year's; None for the same."""
    dossier = copy(small())
    now = next(one for one in figures_in(dossier, PROJECT))
    last_year = {PROJECT: now * (1 if before is None else before), INCOME: Decimal(1)}
    found = text_of(dossier, Changed(PROJECT, percent=True), last_year=last_year)
    assert found == said.format(now=show(now), half=show(now / 2))


def figures_in(dossier, cell):
    yield Composing(dossier, {}).rendering.figures.amount(cell)


def test_what_is_unknown_is_said_and_never_guessed():
    dossier = copy(small())
    assert "没有2023年的预算数" in text_of(dossier, Changed(BASIC))
    dossier.entries.lines = []
    found = written(dossier, Sentence("one", "一句", (Shown(BASIC),)))[2]
    assert found.gaps == ["表里还没有数，请先填表"] and "0" not in found.text


def test_a_blank_is_not_zero():
    dossier = copy(small())
    blank = Cell("t9", "abroad", "total")
    dossier.entries.lines = [line for line in dossier.entries.lines if line.item != "abroad"]
    found = written(dossier, Sentence("one", "一句", (Shown(blank),)))[2]
    assert found.gaps == ["表里这个数是空白"] and "0.00" not in found.text
    stands = Clause((Words("有。"),), (When("there", blank),)), Clause((Words("没有。"),), (When("nil", blank),))
    assert text_of(dossier, *stands) == "没有。"


@pytest.mark.parametrize("what", CONDITIONS)
def test_of_what_is_unknown_no_condition_holds_but_of_lists(what):
    dossier = copy(small())
    dossier.entries.lines, dossier.entries.records = [], {key: [] for key in dossier.entries.records}
    of = "projects" if what in ("any", "none") else "t3-total-basic"
    assert text_of(dossier, Words("甲"), Clause((Words("乙"),), (when(what, of),))) == "甲" + "乙" * (what == "none")


def test_a_series_parts_only_what_stands():
    dossier = copy(small())
    nil = (when("nil", "t3-total-basic"),)
    found = Series((Clause((Words("甲"),)), Clause((Words("乙"),), nil), Clause((Words("丙"),))), "、", "（", "）")
    assert text_of(dossier, found) == "（甲、丙）"


def test_a_change_of_a_line_changes_the_sentence():
    dossier = copy(small())
    before = text_of(dossier, Shown(BASIC))
    line = next(one for one in dossier.entries.lines if one.kind == "basic")
    dossier.entries.lines[dossier.entries.lines.index(line)] = line._replace(amount=line.amount + 10_000)
    now, was = (Decimal(text.split()[0].replace(",", "")) for text in (text_of(dossier, Shown(BASIC)), before))
    assert now == was + 1


def test_records_are_counted_named_and_told_with_their_amounts():
    dossier = copy(small())
    projects = dossier.entries.records["projects"]
    assert text_of(dossier, Count("projects")) == str(len(projects))
    assert text_of(dossier, Each("projects")) == "、".join(one["name"] for one in projects)
    said = text_of(dossier, Each("projects", "amount"))
    assert said == "；".join(f"{one['name']} {show(one['amount'])} 万元" for one in projects)


def test_projects_are_compared_by_name_since_codes_bear_the_year():
    dossier = copy(small())
    first, *rest = dossier.entries.records["projects"]
    dossier.recorded.last_year_records = {
        "projects": {first["name"]: first["amount"] + 10_000, "已完成的项目": Decimal(50_000)}
        | {one["name"]: one["amount"] for one in rest}
    }
    said = text_of(dossier, Each("projects", "amount", changed=True), last_year={BASIC: Decimal(1)})
    assert said == f"{first['name']}减少 1.00 万元；已完成的项目减少 5.00 万元"


# Texts that people type.


def test_a_reason_ends_no_sentence_twice_and_a_long_one_keeps_its_paragraphs():
    dossier = copy(small())
    why = Reason("why", "原因"), Words("。")
    assert text_of(dossier, Words("因为"), *why, reasons={"why": ' 人员"增加"。\n'}) == "因为人员“增加”。"
    assert text_of(dossier, Reason("why", "原因", long=True), reasons={"why": "一。\n\n二。"}) == "一。\n二。"
    assert written(dossier, Sentence("one", "一句", why))[2].gaps == ["原因"]


TYPED = st.text(st.sampled_from('甲乙 　\t\n"“”。1.，'), max_size=12)


@settings(deadline=None, max_examples=300)
@given(TYPED, TYPED, TYPED, st.booleans())
def test_what_is_published_is_what_was_put_together(own, reason, words, joins):
    """Cleaning for display changes nothing, and each figure stands where its address says."""
    dossier = copy(small())
    parts = Words(words), Shown(BASIC), Reason("why", "原因"), Shown(PROJECT), Words(words)
    dossier.entries.reasons = {"why": reason}
    dossier.recorded.sentences = {"one": Sentence("one", "一句", parts)}
    sequence = (Item(own=own, prompt="写什么"), Item("one"), Item(own=own, joins=joins))
    found = Composing(dossier, {}).section(sequence)
    assert all(clean(line) == line for line in found.paragraphs)
    figures = [found.paragraphs[one.paragraph][one.start : one.end] for one in found.spans]
    assert len(figures) == 2 and all(re.fullmatch(r"[\d,.]+ 万元", text) for text in figures)


# What a county may declare.


def test_every_figure_that_is_offered_is_one():
    for document in taken():
        found = [choice for _, choices in figures_of(document) for choice in choices]
        assert len(found) > 150 and len({one.cell for one in found}) == len(found)
        assert all(is_figure(document, one.cell) and one.words for one in found)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((), "还没有内容"),
        ((Shown(Cell("t3", "total", "nowhere")),), "找不到"),
        ((Shown(Cell("t99", "total", "basic")),), "找不到"),
        ((Shown(Cell("projects", "P1", "amount")),), "找不到"),
        ((Changed(Cell("fixed_assets", "total", "value")),), "没有上年数可比"),
        ((Words("安排 22.39 万元"),), "金额要从表里取"),
        ((Words("字" * 2001),), "太长"),
        ((Count("nothing"),), "找不到"),
        ((Each("projects", "name"),), "没有金额"),
        ((Each("projects", changed=True),), "没有金额"),
        ((Reason("A b", "原因"),), "代号"),
        ((Reason("why", " "),), "要填什么"),
        ((Fact("secret_key"),), "不认识"),
        ((Clause((Words("甲"),), (When("rich", BASIC),)),), "不认识"),
        ((Clause((Words("甲"),), (When("filled", Cell("t3", "x", "y")),)),), "找不到"),
        ((Words("甲"),) * 61, "太长"),
    ],
)
def test_what_no_budget_can_say_is_refused_in_one_sentence(parts, why):
    said = refusal(DEPARTMENT_BUDGET, Sentence("one", "一句", parts))
    assert why in said and said.startswith("“一句”") and said.count("。") == 1


KEPT = as_json(SHIPPED["basic_change"])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: None,
        lambda kept: [kept],
        lambda kept: kept | {"template": "{{ settings.SECRET_KEY }}"},
        lambda kept: kept | {"parts": "abc"},
        lambda kept: kept | {"parts": [{"part": "eval", "text": "1"}]},
        lambda kept: kept | {"parts": [{"part": "figure", "cell": 5}]},
        lambda kept: kept | {"parts": [{"part": "figure"}]},
        lambda kept: kept | {"parts": ["abc"]},
        lambda kept: kept | {"joins": "yes"},
        lambda kept: kept | {"when": [{"what": "filled", "of": "t3-total-basic", "more": 1}]},
        lambda kept: {key: value for key, value in kept.items() if key != "key"},
    ],
)
def test_json_that_is_no_sentence_is_refused(spoil):
    with pytest.raises(Malformed, match="句子的写法不对"):
        from_json(spoil(KEPT))


def test_a_sentence_that_the_county_took_away_is_a_gap():
    dossier = copy(small())
    dossier.entries.composed = {2: (Item("gone"),)}
    assert "没有这一句" in Composing(dossier, {}).section((Item("gone"),)).gaps[0]
    assert replace(SHIPPED["income"], key="other").key == "other"
