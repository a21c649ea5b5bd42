"""Text from sentences as it is published: the same words, each figure a link to its cell, nothing typed beyond it."""

import json
import re

import pytest

from budget.checks.ledger import check
from budget.declare.sentence import Item
from budget.drafts.load import load, names_of
from budget.drafts.passages import keep
from budget.models import Budget
from budget.sentences.compose import composed_of
from disclosures.content import thaw
from disclosures.publish import content_of, draft, publish
from tests.budget.people import township
from tests.budget.test_text_drafts import sequence, text_of, write, year_before_is_here

__all__ = ["township"]
pytestmark = pytest.mark.django_db
OWN = {4: (Item("three_public"), Item(own="各村用车由乡里统一安排。", joins=True))}


@pytest.fixture
def publication(township):
    """刘家营乡's budget, two sections of which are written in sentences."""
    year_before_is_here(township)
    write(township, {2: sequence(2)} | OWN, {"basic_change": "人员增加", "unused": "不公开的话"})
    return publish(township, break_glass="试一试")[0]


def test_the_published_text_is_the_drafts_and_can_be_made_again(publication):
    township = Budget.objects.get(year=2024)
    content, dossier = json.loads(publication.content), load(township)
    said = {s["number"]: s["text"] for s in dossier.entries.sections}
    again = thaw(content)
    assert {s["number"]: s["text"] for s in again.entries.sections} == said
    made = composed_of(again, names_of(township))
    assert {number: one.text for number, one in made.items()} == {number: said[number] for number in (2, 4)}
    assert again.entries.composed == dossier.entries.composed and "不公开的话" not in publication.content


def test_the_same_rules_find_the_same_in_it(publication):
    township = Budget.objects.get(year=2024)
    dossier, names = load(township), names_of(township)
    dossier.recorded.published_on = thaw(json.loads(publication.content)).recorded.published_on
    found = {e.rule.id: [f.message for f in e.findings] for e in check(thaw(json.loads(publication.content)), names)}
    assert {e.rule.id: [f.message for f in e.findings] for e in check(dossier, names)} == found


def test_each_figure_in_a_sentence_leads_to_its_cell(publication, client):
    page = client.get(f"{publication.address}narrative/2/").content.decode()
    links = re.findall(r'<a href="([^"#]+)#([^"]+)">([\d,.]+ 万元|减少[^<]+)</a>', page)
    assert len(links) > 12 and "反映" not in page
    for href, anchor, shown in links:
        there = client.get(href).content.decode()
        assert f'id="{anchor}"' in there, anchor
        if shown[0].isdigit() and anchor.startswith("t"):
            assert re.search(rf'id="{anchor}"[^>]*>[^<]*(<[^>]*>)*[^<]*{re.escape(shown.split()[0])}', there), anchor


def test_a_draft_and_its_publication_are_compared_with_the_same_year(publication):
    township = Budget.objects.get(year=2024)
    text = json.loads(draft(township).content)["narrative"]
    assert text == json.loads(publication.content)["narrative"]


def test_what_was_published_counts_whatever_the_draft_has_become(publication):
    last = Budget.objects.get(year=2023)
    publish(last, break_glass="试一试")
    this = Budget.objects.get(year=2024)
    before = text_of(this, 2)
    last.lines.filter(book="spending").update(amount=1)
    assert text_of(this, 2) == before and "减少" in before


def test_a_publication_does_not_change_with_the_countys_sentences(publication, client):
    township = Budget.objects.get(year=2024)
    address = f"{publication.address}narrative/4/"
    before = client.get(address).content
    keep(township.department.region, "department_budget", 4, (), "孙审核")
    assert client.get(address).content == before
    assert "没有这一句" in json.dumps(content_of(township), ensure_ascii=False)
