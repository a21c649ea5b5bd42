"""A publication: numbered, hashed, immutable, and explained where something does not agree."""

import datetime
import hashlib
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from budget.checks.ledger import check
from budget.drafts.load import load, names_for
from budget.drafts.save import save
from disclosures.content import thaw
from disclosures.models import Publication
from disclosures.publish import NotPublished, content_of, draft, publish
from tests.budget.conftest import original, read_original
from tests.budget.people import approved, complete

pytestmark = pytest.mark.django_db
WORD = "liujiaying-2024.docx"


@pytest.fixture
def budget():
    return save(read_original(WORD), original(WORD), WORD).budget


def test_only_what_is_approved_is_published(budget):
    with pytest.raises(NotPublished, match="“填报中”，没有审核通过"):
        publish(budget, "县财政局 李股长")
    assert not Publication.objects.exists()


def test_errors_must_be_explained(budget):
    complete(budget)
    approved(budget)
    with pytest.raises(NotPublished, match="还缺 4 项：表9“合计”的“合计”是空白"):
        publish(budget, "县财政局 李股长")
    assert not Publication.objects.exists()


def test_a_publication_is_numbered_and_hashed(budget):
    publication, created = publish(budget, "县财政局 李股长", "合计漏填，已按明细补列。")
    assert created and publication.version == 1
    assert publication.sha256 == hashlib.sha256(publication.content.encode()).hexdigest()
    content = json.loads(publication.content)
    assert content["publication"]["explanation"] == "没有经过审核和签批就公开，原因：合计漏填，已按明细补列。"
    assert len(content["tables"]) == 9 and len(content["forms"][0]["records"]) == 18


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
    goals = content_of(budget)["forms"][0]["records"][1]["goals"]
    assert goals[0]["text"] == "1.1、提升本乡招商引资环境，做好招商引资接待考察工作。"
    assert '"\t' in budget.projects.get(order=2).goals.first().text


def test_the_command(budget, capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("publish_budget", "130324", "909", "2024")
    assert refusal.value.returncode == 1 and "没有审核通过" in str(refusal.value)
    call_command("publish_budget", "130324", "909", "2024", break_glass="合计漏填。")
    assert "第1版" in capsys.readouterr().out
    with pytest.raises(CommandError) as refusal:
        call_command("publish_budget", "130324", "910", "2024")
    assert refusal.value.returncode == 2


def outcomes(dossier):
    """{rule: (outcome, messages)} of a dossier without a file."""
    ledger = check(replace(dossier, original=None), names_for(dossier.entries.year))
    return {e.rule.id: (e.outcome, [f.message for f in e.findings]) for e in ledger}


def test_the_same_rules_run_on_what_is_published(budget):
    """Typed in, imported or published: without a file the figures follow from the lines, and so do the findings."""
    publication, _ = publish(budget, "李股长", "说明")
    published, typed = outcomes(thaw(json.loads(publication.content))), outcomes(load(budget))
    changed = {rule for rule in typed if published[rule] != typed[rule]}
    assert changed <= {"C10"}  # what is published has its day
    assert published["I24"][0] == "passed" and published["I41"][0] == "failed" and published["I12"][0] == "passed"


def test_the_command_checks_what_is_published(budget, capsys):
    publish(budget, "李股长", "说明")
    with pytest.raises(CommandError) as refusal:
        call_command("check_published", "130324", "909", "2024")
    assert refusal.value.returncode == 1 and "固定资产“资产总额”的“价值”是 2337.09万元" in capsys.readouterr().out
    with pytest.raises(CommandError) as refusal:
        call_command("check_published", "130324", "909", "2023")
    assert refusal.value.returncode == 2


def test_the_command_finds_what_was_found_when_it_was_published(budget, capsys):
    """Of a draft that was changed since its file was read, too."""
    budget.lines.filter(book="three_public").update(amount=200_000)
    publication, _ = publish(budget, "李股长", "说明")
    with pytest.raises(CommandError):
        call_command("check_published", "130324", "909", "2024")
    said, found = capsys.readouterr().out, json.loads(publication.content)["findings"]
    assert found and [f["message"] for f in found if f["message"] not in said] == []
    assert sum(line.startswith(("错误　", "警告　", "提示　")) for line in said.splitlines()) == len(found)


def test_time_and_sign_off_are_in_the_ledger(budget):
    def entry(rule):
        content = json.loads(Publication.objects.order_by("-version").first().content)
        return next(e for e in content["ledger"] if e["rule"] == rule)

    publish(budget, "李股长", "说明")
    assert (entry("C10")["outcome"], entry("C11")["outcome"]) == ("unknown", "unknown")
    today = timezone.localdate()
    budget.approved_on = today - datetime.timedelta(days=3)
    budget.secrecy_reviewed_by, budget.secrecy_reviewed_on = "王会计", today
    budget.signed_by, budget.signed_on = "张乡长", today
    budget.save()
    publish(budget, "李股长", "说明")
    assert entry("C10")["remarks"] == ["批复后第 3 天公开"] and entry("C11")["outcome"] == "passed"


def test_last_years_figure_is_what_was_published_last_year(budget):
    """The text says 121.77 less than last year; this site holds last year's publication."""
    last = replace(read_original(WORD), entries=replace(load(budget).entries, year=2023))
    earlier = save(last, b"last year", "2023.docx").budget
    publish(earlier, "李股长", "说明")
    content = content_of(budget)
    (found,) = (f for f in content["findings"] if f["rule"] == "I47")
    assert (found["expected"], found["found"]) == ("1337.87", "1459.64")
