"""A draft whose sections are written in sentences: its door and journal, what changes them, when they are complete."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.cell import Cell
from budget.declare.sentence import Item, Sentence, Shown, Words
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.documents.department_budget.narrative import TITLES
from budget.drafts import sequences
from budget.drafts.door import ON_THE_SERVER, Doing, How, change, now, undo
from budget.drafts.flat import Said, flatten, unflatten, unit_of
from budget.drafts.load import load
from budget.drafts.passages import keep
from budget.drafts.states import content_hash, lacks_of
from budget.drafts.year_before import year_before
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES, Entries
from budget.models import Budget, Passage
from tests.budget.people import owner, township

__all__ = ["owner", "township"]
STANDARD = DEPARTMENT_BUDGET.narrative.sentences
FORM = Doing(ON_THE_SERVER, How.FORM)


def sequence(number):
    return tuple(Item(one.key) for one in STANDARD[number] if not one.spare)


def write(budget, composed, reasons=None):
    """Write these sections in sentences, through the door."""
    said = now(budget)
    entries = replace(said.entries, composed=composed, reasons=reasons or {})
    parts = flatten(Said(entries))
    outcome = change(budget, {part: parts[part] for part in (SECTIONS, SENTENCES, REASONS)}, FORM)
    budget.refresh_from_db()
    return outcome


def text_of(budget, number):
    return next(one["text"] for one in load(budget).entries.sections if one["number"] == number)


# Flat and back.


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)
ITEMS = st.builds(
    Item, standard=st.sampled_from(["", "income", "spending"]), own=WORDS, prompt=WORDS, joins=st.booleans()
)
COMPOSED = st.dictionaries(st.integers(1, 11), st.lists(ITEMS, max_size=5).map(sequences.real).filter(bool))


@settings(deadline=None)
@given(COMPOSED, st.dictionaries(st.sampled_from(["why", "a_1"]), WORDS.filter(bool)))
def test_sequences_and_reasons_flat_and_back_are_the_same(composed, reasons):
    composed = dict(sorted(composed.items()))
    sections = [{"number": n, "title": TITLES[n - 1], "text": ""} for n in composed]
    entries = Entries(DEPARTMENT_BUDGET, sections=sections, composed=composed, reasons=reasons)
    parts = flatten(Said(entries))
    back = unflatten(parts, DEPARTMENT_BUDGET).entries
    assert (back.composed, back.reasons, back.sections) == (composed, reasons, sections)
    assert flatten(Said(back)) == parts
    assert sequences.from_json(sequences.as_json(composed, reasons)) == (composed, reasons)
    for part in (SENTENCES, REASONS):
        assert {Cell.parse(unit_of(address, DEPARTMENT_BUDGET)).table for address in parts[part]} <= {part}


# Through the door.


@pytest.mark.django_db
def test_a_section_written_in_sentences_follows_its_figures(township):
    write(township, {2: sequence(2)})
    before = text_of(township, 2)
    assert "基本支出 708.99 万元" in before and township.sections.get(number=2).text == ""
    flat = flatten(now(township))["spending"]
    basic = next(address for address in flat if address.endswith("basic"))
    change(township, {"spending": flat | {basic: str(Decimal(flat[basic]) + 10_000)}}, FORM)
    assert "基本支出 709.99 万元" in text_of(township, 2)


@pytest.mark.django_db
def test_what_is_written_is_taken_back_whole(township):
    before = flatten(now(township))
    act = write(township, {4: sequence(4)}, {"three_public_change": "车辆老旧"}).act
    assert {one.part for one in act.changes.all()} == {SECTIONS, SENTENCES, REASONS}
    assert flatten(now(township)) != before
    undo(township, act, ON_THE_SERVER)
    township.refresh_from_db()
    assert flatten(now(township)) == before and "22.39万元" in text_of(township, 4)


@pytest.mark.django_db
def test_a_text_has_no_address_where_sentences_make_it(township):
    """Even where somebody sends both: what the database says is what the journal says."""
    parts = {SENTENCES: sequences.flat_of({4: sequence(4)}), SECTIONS: flatten(now(township))[SECTIONS]}
    change(township, parts, FORM)
    township.refresh_from_db()
    assert "sections-4-text" not in flatten(now(township))[SECTIONS]
    assert township.acts.latest("id").changes.get(address="sections-4-text").new is None


@pytest.mark.django_db
def test_two_who_write_different_sections_both_win(township):
    from budget.drafts.journal import newest

    seen = newest(township)
    write(township, {2: sequence(2)})
    parts = {SENTENCES: sequences.flat_of({4: sequence(4)})}
    assert change(township, parts, replace(FORM, seen=seen)).conflicts == []
    township.refresh_from_db()
    assert set(load(township).entries.composed) == {2, 4}
    mine = {SENTENCES: sequences.flat_of({2: (Item(own="自己写的。"),)})}
    assert change(township, mine, replace(FORM, seen=seen)).conflicts


# Complete, approved.


@pytest.mark.django_db
def test_a_section_is_there_when_its_reasons_are(township):
    figures = year_before_is_here(township)
    write(township, {2: sequence(2)})
    lack = next(one for one in lacks_of(township) if one.key == "section 2")
    assert "还差 2 处" in lack.sentence and figures
    write(township, {2: sequence(2)}, {"basic_change": "人员增加", "project_change": "项目减少"})
    assert "section 2" not in {one.key for one in lacks_of(township)}


def year_before_is_here(budget):
    """Last year's draft of the same body: the same lines, each a bit more."""
    last = Budget.objects.create(department=budget.department, year=budget.year - 1, document=budget.document)
    for line in budget.lines.all():
        line.pk, line.budget, line.amount = None, last, line.amount + 100_000
        line.save(force_insert=True)
    return year_before(budget).figures


@pytest.mark.django_db
def test_a_draft_is_compared_with_the_draft_of_the_year_before(township):
    assert year_before(township).figures == {} and "没有2023年的预算数" in _composed(township)
    year_before_is_here(township)
    assert "与2023年预算相比减少" in _composed(township)


def _composed(budget):
    write(budget, {2: sequence(2)})
    return text_of(budget, 2)


@pytest.mark.django_db
def test_an_approval_ends_when_the_text_changes_by_itself(township):
    write(township, {2: sequence(2)})
    before = content_hash(township)
    year_before_is_here(township)
    assert content_hash(township) != before


# Imports.


@pytest.mark.django_db
def test_a_file_takes_the_place_of_sentences_unless_it_says_the_same(township):
    from budget.drafts.save import save
    from tests.budget.conftest import original
    from tests.budget.people import reading

    name = "liujiaying-2024.docx"
    write(township, {2: sequence(2), 10: (Item(own=text_of(township, 10)),)})
    save(reading(name), original(name), name)
    township.refresh_from_db()
    assert set(load(township).entries.composed) == {10} and "反映本部门当年全部收入" in text_of(township, 2)


# A county's own sentences.


@pytest.mark.django_db
def test_a_county_puts_its_own_sentences_in_the_place_of_ours(township):
    write(township, {4: (Item("three_public"),)})
    own = Sentence("three_public", "总数", (Words("共 "), Shown(Cell("t9", "total", "total")), Words("。")))
    keep(township.department.region, "department_budget", 4, (own,), "孙审核")
    assert text_of(township, 4) == "共 22.39 万元。"
    keep(township.department.region, "department_budget", 4, None, "孙审核")
    assert "财政拨款“三公”经费预算 22.39 万元" in text_of(township, 4)
    assert [one.by for one in Passage.objects.all()] == ["孙审核"] * 2


@pytest.mark.django_db
def test_the_next_year_goes_on_with_the_sequences_and_without_last_years_reasons(township):
    from budget.drafts.next_year import begin_next

    write(township, {4: sequence(4), 5: sequence(5)}, {"three_public_change": "车辆老旧", "goals": "今年修路 5 万元。"})
    begun = begin_next(township, ON_THE_SERVER).budget
    entries = load(begun).entries
    assert entries.composed == {4: sequence(4), 5: sequence(5)} and set(entries.reasons) == {"goals"}
    assert "照上年" in entries.reasons["goals"] and "5 万元" not in entries.reasons["goals"]
    assert "22.39" not in text_of(begun, 4)
