"""An error is explained or mended, never silently: by whom, when; the explanation stands beside the figure."""

import pytest
from django.urls import reverse

from budget import store
from budget.checks.ledger import check, findings_of
from budget.models import Explanation
from disclosures.publish import Unexplained, content_of, publish
from tests.budget.people import li, saved, stranger, wang
from tests.disclosures.test_pages import page, words

__all__ = ["li", "stranger", "wang"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    return saved("liujiaying-2024.docx")


def errors(budget):
    """The errors of a draft."""
    return [f for f in findings_of(check(store.load(budget), store.names_for(2024))) if f.level == "error"]


def address(budget, finding):
    return reverse("admin:budget_explain", args=[budget.pk, finding.fingerprint])


def explained(wang, budget, finding, **said):
    response = wang.post(address(budget, finding), said or {"text": "本年没有公务接待，乡里正在核对。"}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_an_explanation_is_kept_with_its_author_and_shown_on_the_budget(wang, budget):
    finding = errors(budget)[0]
    said = explained(wang, budget, finding)
    assert "说明已保存，会和预算一起公开。" in said and "已说明：本年没有公务接待" in said
    (kept,) = Explanation.objects.all()
    assert (kept.rule, kept.by, kept.accepted) == (finding.rule, "王会计", False)
    assert "还有 9 处不符" in said


def test_a_proposed_correction_is_accepted_by_a_person(wang, budget):
    finding = errors(budget)[0]
    assert finding.proposal == "22.39"
    assert "同意按明细补正为 22.39" in wang.get(address(budget, finding)).content.decode()
    assert "已按明细补正：文件里是空白，按明细补正为 22.39。（王会计，" in explained(wang, budget, finding, accept="1")


def test_nothing_is_accepted_that_was_not_proposed(wang, budget):
    assets = next(f for f in errors(budget) if f.rule == "I41")
    assert assets.proposal == ""
    assert "请写明原因。" in wang.post(address(budget, assets), {"accept": "1"}).content.decode()
    assert not Explanation.objects.exists()


def test_what_was_said_can_be_taken_back(wang, budget):
    finding = errors(budget)[0]
    explained(wang, budget, finding)
    assert "说明已撤回。" in explained(wang, budget, finding, withdraw="1")
    assert not Explanation.objects.exists()


def test_all_errors_explained_publish_without_a_word_for_the_whole(wang, budget):
    for finding in errors(budget)[1:]:
        explained(wang, budget, finding)
    with pytest.raises(Unexplained) as refusal:
        publish(budget, "李股长")
    assert len(refusal.value.findings) == 1
    explained(wang, budget, errors(budget)[0])
    assert publish(budget, "李股长")[0].version == 1


def test_the_explanation_stands_beside_the_figure(wang, budget, client):
    for finding in errors(budget):
        explained(wang, budget, finding)
    publish(budget, "李股长")
    for path in ("tables/9/", "fixed-assets/", "checks/"):
        said = words(page(client, path))
        assert "单位说明 本年没有公务接待，乡里正在核对。（王会计，" in said, path
    finding = content_of(budget)["findings"][0]
    assert finding["explanation"]["by"] == "王会计" and finding["explanation"]["accepted"] is False


def test_an_explanation_ends_when_the_figures_change(wang, budget):
    assets = next(f for f in errors(budget) if f.rule == "I41")
    explained(wang, budget, assets)
    budget.fixed_assets.filter(kind="total").update(value=20_000_000)
    (again,) = (f for f in errors(budget) if f.rule == "I41")
    assert again.fingerprint not in store.load(budget).explanations


def test_only_who_may_change_the_budget_explains(li, stranger, budget):
    finding = errors(budget)[0]
    assert li.post(address(budget, finding), {"text": "x"}).status_code == 403
    assert stranger.post(address(budget, finding), {"text": "x"}).status_code == 302
    assert not Explanation.objects.exists()


def test_a_finding_that_is_not_there_cannot_be_explained(wang, budget):
    assert wang.get(reverse("admin:budget_explain", args=[budget.pk, "0" * 16])).status_code == 404
