"""An error is explained or mended, never silently: by whom, when; the explanation stands beside the figure."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.cell import Cell
from budget.checks.ledger import check, findings_of
from budget.drafts.load import load, names_for
from budget.drafts.save import save
from budget.finding import Level
from budget.intake.read import read
from budget.models import Budget, Explanation
from disclosures.content import amounts_of
from disclosures.publish import NotPublished, content_of, publish
from tests.budget.layouts import open_reference
from tests.budget.layouts import saved as bytes_of
from tests.budget.people import approved, complete, li, saved, stranger, wang
from tests.disclosures.test_pages import page, words

__all__ = ["li", "stranger", "wang"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    return saved("liujiaying-2024.docx")


def errors(budget):
    """The errors of a draft."""
    return [f for f in findings_of(check(load(budget), names_for(2024))) if f.level == "error"]


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
    kept = Explanation.objects.all()
    assert {(one.rule, one.by, one.accepted) for one in kept} == {("I24", "王会计", False), ("I25", "王会计", False)}
    assert "还有 4 处不符" in said


def test_of_two_who_explain_the_same_the_second_has_to_see_the_first(wang, budget):
    first, other = errors(budget)[:2]
    seen = re.search(r'name="seen" value="(\d+)"', wang.get(address(budget, first)).content.decode())[1]
    explained(wang, budget, first, text="第一个人写的", seen=seen)
    assert "别人刚刚也说明了这里" in explained(wang, budget, first, text="第二个人写的", seen=seen)
    assert "说明已保存" in explained(wang, budget, other, text="另一处", seen=seen)
    assert set(Explanation.objects.values_list("text", flat=True)) == {"第一个人写的", "另一处"}


def test_a_finding_that_tells_others_is_explained_when_each_of_them_is(wang, budget):
    """What was said of each blank before they were told together still holds; of some alone it does not yet."""
    blank = errors(budget)[0]
    assert len(blank.members) == 6 and blank.fingerprint == blank.members[0].fingerprint
    for number, member in enumerate(blank.members):
        assert load(budget).recorded.explanation_of(blank.fingerprints) is None
        said = {"rule": member.rule, "message": member.message, "text": f"第{number // 4}条。", "by": "王会计"}
        budget.explanations.create(fingerprint=member.fingerprint, **said)
    assert load(budget).recorded.explanation_of(blank.fingerprints)["text"] == "第0条。第1条。"
    assert content_of(budget)["findings"][0]["explanation"]["text"] == "第0条。第1条。"


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


# A correction is offered only where it is what gets published.


def offered(wang, budget, finding):
    """Whether the page that explains a finding offers a correction, and takes it."""
    page = wang.get(address(budget, finding)).content.decode()
    wang.post(address(budget, finding), {"accept": "1"})
    accepted = budget.explanations.filter(fingerprint=finding.fingerprint, accepted=True).exists()
    assert ("同意按明细补正为" in page) == accepted
    return accepted


def all_findings(budget):
    return findings_of(check(load(budget), names_for(2024)))


def published(budget, cell):
    """What the content of a publication says at an address of a table or list, in yuan."""
    content = content_of(budget)
    for listing in (one for one in content["listings"] if one["key"] == cell.table):
        rows = dict(enumerate(listing["records"], 1)) | listing["totals"]
        return Decimal(rows[int(cell.row) if cell.row.isdigit() else cell.row][cell.column])
    return amounts_of(content)[cell]


def test_what_is_accepted_is_what_is_published(wang, budget):
    (blank,) = (f for f in errors(budget) if f.cell.table == "t9")
    rows, columns = ("total", "subtotal", "vehicles"), ("total", "general_public_budget")
    assert sorted(map(str, blank.about)) == sorted(f"t9-{row}-{column}" for row in rows for column in columns)
    assert offered(wang, budget, blank)
    for finding in blank.members:
        assert (finding.found, finding.proposal) == ("", "22.39")
        assert published(budget, finding.cell) == Decimal("223900.00")
    corrected = [f for f in content_of(budget)["findings"] if f["explanation"]]
    assert [(f["proposal"], f["explanation"]["accepted"], f["rules"]) for f in corrected] == [
        ("22.39", True, ["I24", "I25"])
    ]


def test_a_blank_total_of_a_list_is_offered_as_it_is_published(wang):
    book = open_reference()
    book["政府采购预算"]["H5"] = None
    data = bytes_of(book)
    budget = save(read(data), data, "采购.xlsx").budget
    (finding,) = (f for f in errors(budget) if f.cell.table == "procurement")
    assert (str(finding.cell), finding.proposal) == ("procurement-total-total", "5.00")
    assert offered(wang, budget, finding) and published(budget, finding.cell) == Decimal("50000.00")


def test_a_product_that_the_published_sum_is_not_is_never_offered(wang, budget):
    """20 × 0.13 makes 2.60, paid with 2.50: within the rounding of the price, and the 2.50 get published."""
    (finding,) = (f for f in all_findings(budget) if f.cell == Cell("procurement", "2", "total"))
    assert (finding.rule, finding.level, finding.expected, finding.found) == ("I38", "notice", "2.60", "2.50")
    assert finding.proposal == "" and not offered(wang, budget, finding)
    assert published(budget, finding.cell) == Decimal("25000.00")


def test_a_budget_that_was_typed_in_has_nothing_to_correct(wang, budget):
    type_in(budget)
    budget.fixed_assets.filter(kind="total").update(value=None)
    budget.fixed_assets.filter(kind="buildings").update(value=1)
    budget.lines.filter(book="spending").first().delete()
    found = all_findings(budget)
    assert {f.level for f in found} == set(Level) and {f.proposal for f in found} == {""}
    for finding in found[:3]:
        assert not offered(wang, budget, finding)


def type_in(budget):
    """The budget as if its figures had been typed in: no file stands behind it."""
    budget.source = None
    budget.save()
    budget.uploads.all().delete()


def test_what_was_said_can_be_taken_back(wang, budget):
    finding = errors(budget)[0]
    explained(wang, budget, finding)
    assert "说明已撤回。" in explained(wang, budget, finding, withdraw="1")
    assert not Explanation.objects.exists()


def test_all_errors_explained_publish_without_a_word_for_the_whole(wang, budget):
    for finding in errors(budget)[1:]:
        explained(wang, budget, finding)
    complete(budget)
    approved(budget)
    with pytest.raises(NotPublished, match="还缺 1 项"):
        publish(budget, "李股长")
    Budget.objects.update(state="returned")
    explained(wang, budget, errors(budget)[0])
    approved(budget)
    assert publish(budget, "李股长")[0].version == 1


def test_the_explanation_stands_beside_the_figure(wang, budget, client):
    for finding in errors(budget):
        explained(wang, budget, finding)
    publish(budget, "李股长", "测试")
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
    assert again.fingerprint not in load(budget).recorded.explanations


def test_only_who_may_change_the_budget_explains(li, stranger, budget):
    finding = errors(budget)[0]
    assert li.post(address(budget, finding), {"text": "x"}).status_code == 404
    assert stranger.post(address(budget, finding), {"text": "x"}).status_code == 302
    assert not Explanation.objects.exists()


def test_a_finding_that_is_not_there_cannot_be_explained(wang, budget):
    assert wang.get(reverse("admin:budget_explain", args=[budget.pk, "0" * 16])).status_code == 404
