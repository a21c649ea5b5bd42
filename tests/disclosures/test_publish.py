"""A publication: numbered, hashed, immutable, and explained where something does not agree."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from budget import store
from disclosures.models import Publication
from disclosures.publish import Unexplained, content_of, draft, publish
from tests.budget.conftest import original, read_original

pytestmark = pytest.mark.django_db
WORD = "liujiaying-2024.docx"


@pytest.fixture
def budget():
    return store.save(read_original(WORD), original(WORD), WORD).budget


def test_errors_must_be_explained(budget):
    with pytest.raises(Unexplained) as refusal:
        publish(budget, "县财政局 李股长")
    assert len(refusal.value.findings) == 10 and not Publication.objects.exists()


def test_a_publication_is_numbered_and_hashed(budget):
    publication, created = publish(budget, "县财政局 李股长", "合计漏填，已按明细补列。")
    assert created and publication.version == 1
    assert publication.sha256 == hashlib.sha256(publication.content.encode()).hexdigest()
    content = json.loads(publication.content)
    assert content["publication"]["explanation"] == "合计漏填，已按明细补列。"
    assert len(content["tables"]) == 9 and len(content["projects"]) == 18


def test_publishing_the_same_again_makes_no_new_version(budget):
    publish(budget, "李股长", "说明")
    assert publish(budget, "李股长", "说明")[1] is False
    assert Publication.objects.count() == 1


def test_a_change_in_the_draft_makes_the_next_version_and_leaves_the_first(budget):
    first, _ = publish(budget, "李股长", "说明")
    budget.lines.filter(book="three_public").update(amount=200_000)
    second, _ = publish(budget, "李股长", "更正三公经费")
    assert (first.version, second.version) == (1, 2)
    first.refresh_from_db()
    assert '"223900.00"' in first.content and '"200000.00"' in second.content
    assert Publication.objects.current().get() == second


@pytest.mark.parametrize("change", ["update", "delete", "save"])
def test_nobody_can_change_a_publication(budget, change):
    publication, _ = publish(budget, "李股长", "说明")
    actions = {
        "update": lambda: Publication.objects.update(content="{}"),
        "delete": lambda: Publication.objects.all()._raw_delete("default"),
        "save": publication.save,
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        actions[change]()
    assert Publication.objects.get().sha256 == publication.sha256


def test_the_preview_of_a_draft_is_not_saved(budget):
    preview = draft(budget)
    assert preview.pk is None and json.loads(preview.content)["publication"] is None


def test_readers_get_cleaned_text_and_the_draft_keeps_the_raw(budget):
    goals = content_of(budget)["projects"][1]["goals"]
    assert goals[0] == "1.1、提升本乡招商引资环境，做好招商引资接待考察工作。"
    assert '"\t' in budget.projects.get(order=2).goals.first().text


def test_the_command(budget, capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("publish_budget", "130324", "909", "2024")
    assert refusal.value.returncode == 1 and "说明" in str(refusal.value)
    call_command("publish_budget", "130324", "909", "2024", explain="合计漏填。")
    assert "第1版" in capsys.readouterr().out
    with pytest.raises(CommandError) as refusal:
        call_command("publish_budget", "130324", "910", "2024")
    assert refusal.value.returncode == 2
