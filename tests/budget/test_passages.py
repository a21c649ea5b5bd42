"""The county's standard sentences: rows and back are the same sentence; a reviewer edits, a clerk's text follows."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.cell import Cell
from budget.declare.sentence import (
    Changed,
    Clause,
    Count,
    Each,
    Fact,
    Malformed,
    Reason,
    Sentence,
    Series,
    Shown,
    When,
    Words,
)  # fmt: skip
from budget.documents import DOCUMENTS
from budget.drafts.load import load
from budget.drafts.passages import passages_of
from budget.models import Budget, Passage, Role, State
from budget.sentences.rows import Row, acted, parts_of, rows_of
from tests.budget.people import post, ready, signed_in, sun, wang
from tests.permissions.bodies import fields

__all__ = ["ready", "sun", "wang"]
READY = [(number, one) for number, found in DOCUMENTS["department_budget"].narrative.sentences.items() for one in found]
_texts = st.text("一二，。 x-“", max_size=6)
_cells = st.builds(Cell, st.sampled_from(["t9", "t3"]), st.sampled_from(["total", "2010301", "a/b"]), st.just("total"))
_whens = st.lists(st.builds(When, st.sampled_from(["filled", "nil"]), _cells), max_size=2).map(tuple)
_leaves = st.one_of(
    st.builds(Words, _texts), st.builds(Fact, st.just("year")), st.builds(Shown, _cells),
    st.builds(Changed, _cells, st.booleans()), st.builds(Reason, st.just("why"), _texts, st.booleans()),
    st.builds(Count, st.just("projects")), st.builds(Each, st.just("projects"), st.just("amount"), st.booleans()),
)  # fmt: skip


def _clauses(parts):
    return st.builds(Clause, st.lists(parts, max_size=3).map(tuple), _whens)


_parts = st.recursive(
    _leaves,
    lambda inner: _clauses(inner) | st.builds(Series, st.lists(_clauses(inner), max_size=3).map(tuple), _texts, _texts),
    max_leaves=8,
)
sentences = st.builds(Sentence, st.just("one"), st.just("一句"), st.lists(_parts, max_size=5).map(tuple), _whens)


@settings(deadline=None, max_examples=150)
@given(sentences)
def test_any_sentence_comes_back_from_its_rows(sentence):
    assert parts_of(rows_of(sentence)) == (sentence.parts, sentence.when)


@pytest.mark.parametrize(("number", "sentence"), READY, ids=[one.key for _, one in READY])
def test_every_sentence_that_stands_ready_comes_back(number, sentence):
    assert parts_of(rows_of(sentence)) == (sentence.parts, sentence.when)


@settings(deadline=None, max_examples=100)
@given(sentences, st.integers(1, 12))
def test_what_is_moved_up_and_down_again_is_where_it_was(sentence, at):
    rows = rows_of(sentence)
    there = acted(rows, f"down {at}")
    if there != rows:
        moved = next(n for n in range(len(rows), 0, -1) if acted(there, f"up {n}") == rows)
        assert moved > at
    assert sorted(map(repr, there)) == sorted(map(repr, rows))


def test_a_row_that_cannot_be_is_told_by_its_number():
    with pytest.raises(Malformed, match="第 2 行缩进得太多"):
        parts_of([Row("words", 0, {"text": "a"}), Row("words", 1, {"text": "b"})])
    with pytest.raises(Malformed, match="第 1 行“并列的几段”里只能放"):
        parts_of([Row("series"), Row("words", 1, {"text": "a"})])
    with pytest.raises(Malformed, match="第 1 行不知道是什么"):
        parts_of([Row("bold")])


def test_a_new_row_goes_into_the_clause_above_it():
    rows = acted(acted([], "add clause 0"), "add words 1")
    assert [(one.kind, one.depth) for one in rows] == [("clause", 0), ("words", 1)]
    assert acted(rows, "remove 1") == []
    assert [one.depth for one in acted(rows, "out 2")] == [0, 0] and acted(rows, "up 9") == rows


# The pages.

THREE = ("130324", "department_budget", 4)


def at(name, *more):
    return reverse(name, args=[*THREE, *more])


def sent(client, address, **typed):
    """The answer to the page's own form with something typed and a button pressed."""
    return client.post(address, fields(client.get(address)) | typed)


def said():
    """The sentences of section 四 that hold now."""
    return passages_of("130324", "department_budget")[4]


@pytest.fixture
def handed_in(ready):
    """刘家营乡's budget, which the county's office sees."""
    Budget.objects.update(state=State.SUBMITTED, was_submitted=True)
    return ready


def test_a_reviewer_words_a_sentence_anew_and_sees_it_with_real_figures(handed_in, sun):
    address = at("county_sentence", "three_public")
    rows = fields(sun.get(address))
    words = next(name for name, value in rows.items() if "预算 " in value)
    looked = sent(sun, address, **{words: "“三公”经费一共安排 "}, do="look").content.decode()
    assert "“三公”经费一共安排 22.39 万元" in looked and not Passage.objects.exists()
    assert sent(sun, address, **{words: "“三公”经费一共安排 "}, do="save").url == at("county_section")
    assert Words("“三公”经费一共安排 ") in said()[0].parts and len(said()) == 3
    assert Passage.objects.get().by == "孙审核"


def test_a_new_sentence_is_put_together_row_by_row(handed_in, sun):
    address = at("county_sentence", "new")
    page = sent(sun, address, called="接待批次", do="add words", after="0")
    typed = fields(page) | {"1-text": "公务接待费 "}
    typed = fields(sun.post(address, typed | {"do": "add figure", "after": "1"}))
    of = {"2-of": "表9“三、公务接待费”的“合计”（t9-reception-total）"}
    typed = fields(sun.post(address, typed | of | {"do": "add reason", "after": "2"}))
    assert sun.post(address, typed | {"3-prompt": "接待了几批", "do": "save"}).status_code == 302
    new = said()[-1]
    assert new.parts == (Words("公务接待费 "), Shown(Cell("t9", "reception", "total")), Reason("why1", "接待了几批"))
    assert (new.called, new.key) == ("接待批次", "own1")


@pytest.mark.parametrize(
    ("row", "why"),
    [({"1-kind": "words", "1-text": "安排 12 万元"}, "金额要从表里取"),
     ({"1-kind": "figure", "1-of": "表9的合计"}, "找不到"),
     ({"1-kind": "words"}, ""),
     ({"1-kind": "series", "2-kind": "words", "2-depth": "1", "2-text": "一"}, "只能放“有条件的一段”"),
     ({"1-kind": "bold"}, "不知道是什么")],
)  # fmt: skip
def test_what_cannot_be_is_said_and_stays_on_the_page(handed_in, sun, row, why):
    answer = sent(sun, at("county_sentence", "new"), called="一句", do="save", **row)
    assert answer.status_code == (200 if why else 302) and why in answer.content.decode()
    assert Passage.objects.exists() == (not why)


def test_sentences_are_moved_taken_out_and_those_that_stand_ready_come_back(handed_in, sun):
    keys = [one.key for one in said()]
    sent(sun, at("county_section"), do=f"down {keys[0]}")
    assert [one.key for one in said()] == [keys[1], keys[0], keys[2]]
    sent(sun, at("county_section"), do=f"remove {keys[2]}")
    assert len(said()) == 2
    sent(sun, at("county_section"), do="ready")
    assert [one.key for one in said()] == keys and Passage.objects.count() == 3


def test_two_reviewers_do_not_overwrite_each_other(handed_in, sun):
    other = post(signed_in("周审核"), Role.REVIEWER, "130324")
    address = at("county_sentence", "three_public")
    stale = fields(sun.get(address)) | {"called": "孙的", "do": "save"}
    sent(other, address, called="周的", do="save")
    answer = sun.post(address, stale)
    assert "周审核刚刚改过这一部分，没有保存" in answer.content.decode() and "孙的" in answer.content.decode()
    assert said()[0].called == "周的"


def test_a_clerks_text_follows_at_once_and_what_is_gone_is_said(handed_in, sun, wang):
    Budget.objects.update(state=State.DRAFT)
    section = reverse("admin:budget_section", args=[handed_in.pk, 4])
    sent(wang, section, standard="1")
    text = next(one["text"] for one in load(Budget.objects.get()).entries.sections if one["number"] == 4)
    assert "经费预算 22.39 万元" in text
    sent(sun, at("county_section"), do="remove three_public")
    text = next(one["text"] for one in load(Budget.objects.get()).entries.sections if one["number"] == 4)
    assert "县里的标准句里已经没有这一句" in text


@pytest.mark.parametrize("address", ["/admin/county/sentences/", at("county_section")])
def test_a_page_takes_few_queries(handed_in, sun, address, django_assert_max_num_queries):
    sent(sun, at("county_sentence", "three_public"), called="改过的", do="save")
    with django_assert_max_num_queries(25):
        assert "孙审核" in sun.get(address).content.decode()


def test_only_a_reviewer_of_the_county_edits(handed_in, sun, wang):
    publisher = post(signed_in("钱公开"), Role.PUBLISHER, "130324")
    elsewhere = post(signed_in("外县"), Role.REVIEWER, "310107")
    assert publisher.get(at("county_section")).status_code == 200
    assert publisher.get(at("county_sentence", "three_public")).status_code == 403
    assert publisher.post(at("county_section"), {"do": "ready"}).status_code == 403
    for client in (elsewhere, wang):
        assert client.get(at("county_section")).status_code == 404
        assert client.post(at("county_section"), {"do": "ready", "seen": "0"}).status_code == 404
    assert not Passage.objects.exists()
