"""更正和撤下: what was wrong is said with its old and new figures, what must not stand gives way to a dated notice."""

import json
import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from budget.drafts.door import Doing, How, change, flatten, now, person
from budget.drafts.states import lacks_of
from budget.drafts.year_before import year_before
from budget.models import Budget, Role, State
from disclosures.models import Publication, Withdrawal
from disclosures.page_views import PAGES
from disclosures.pages.disclosure import Disclosure
from disclosures.publish import NotPublished, publish
from tests.budget.people import approved, explain_all, post, qian, ready, signed_in, township, wang
from tests.disclosures.schemas import follow_schema

__all__ = ["qian", "ready", "township", "wang"]
pytestmark = pytest.mark.django_db
ROOT = "/130324/909/2024/"
LINE = "three_public-vehicle_running-general_public_budget"
SECRET = "金丝雀"


@pytest.fixture
def published(ready):
    """刘家营乡's budget, published once in the way that it should be."""
    approved(ready)
    publish(ready)
    Budget.objects.update(was_submitted=True)
    return again(ready)


def again(budget):
    return Budget.objects.get(pk=budget.pk)


def correct(client, budget, reason="公务用车运行维护费多写了 2 万元"):
    """The publisher begins a correction."""
    answer = client.post(reverse("admin:budget_step", args=[budget.pk, "correct"]), {"why": reason})
    assert answer.status_code == 302


def say(budget, address, value, client):
    """A clerk's change of one value."""
    part = address.split("-")[0]
    flat = flatten(now(budget))[part] | {address: value}
    assert change(again(budget), {part: flat}, Doing(person(client.user), How.FORM)).parts


def corrected(budget, clerk, value="203900"):
    """The clerk's correction, approved."""
    say(budget, LINE, value, clerk)
    explain_all(again(budget))
    assert lacks_of(again(budget)) == []
    approved(budget)


def withdraw(client, budget, reason="误附了不该公开的内容", office="卢龙县财政局"):
    where = reverse("admin:disclosures_withdraw", args=[budget.pk])
    return client.post(where, {"office": office, "reason": reason})


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# Corrections.


def test_a_correction_is_published_with_its_reason_and_both_figures(published, wang, qian, client):
    correct(qian, published)
    corrected(published, wang)
    page = qian.get(reverse("admin:disclosures_publish", args=[published.pk])).content.decode()
    assert "这是更正：公开成第 2 版" in page and "公务用车运行维护费多写了 2 万元" in page
    asked = {"by": "卢龙县财政局", "reason": "公车运维费多写了 2 万元。"}
    assert qian.post(reverse("admin:disclosures_publish", args=[published.pk]), asked).url == ROOT
    content = json.loads(Publication.objects.get(version=2).content)
    follow_schema(content)
    notice = content["correction"]
    assert (notice["version"], notice["reason"], notice["withdrawn"]) == (1, "公车运维费多写了 2 万元。", None)
    found = {one["cell"]: (one["old"], one["new"]) for one in notice["changes"]}
    assert found["t9-vehicle_running-total"] == ("223900.00", "203900.00")
    assert all(old != new for old, new in found.values())
    shown = text(client.get(ROOT))
    assert "代替第 1 版。原因：公车运维费多写了 2 万元。" in shown and "原来 22.39 万元，现在 20.39 万元" in shown
    assert (
        "更正" not in text(client.get(f"{ROOT}v1/")).split("公开后内容不再改动")[0].replace("目录", "").split("来源")[0]
    )


def test_the_changes_between_versions_have_a_page_of_their_own(published, wang, qian, client):
    correct(qian, published)
    corrected(published, wang)
    publish(again(published))
    for address in (f"{ROOT}v2/changes/", f"{ROOT}changes/"):
        shown = text(client.get(address))
        assert (
            "第 1 版 比，改了" in shown and "22.39 20.39 −2.00" in shown and "公务用车运行维护费多写了 2 万元" in shown
        )
    assert "这是第一版" in text(client.get(f"{ROOT}v1/changes/"))
    assert client.get(f"{ROOT}v3/changes/").status_code == 404


def test_the_draft_of_a_correction_shows_what_it_will_change(published, wang, qian):
    correct(qian, published)
    say(published, LINE, "203900", wang)
    preview = reverse("admin:disclosures_preview", args=[published.pk])
    assert "22.39 20.39 −2.00" in text(wang.get(f"{preview}changes/"))


def test_without_a_reason_nothing_is_corrected(published, wang):
    Budget.objects.update(state=State.APPROVED, approved_hash="0" * 64)
    again(published).lines.filter(book="three_public").update(amount=1)
    explain_all(again(published))
    approved(published)
    with pytest.raises(NotPublished, match="请写明更正的原因"):
        publish(again(published))
    assert Publication.objects.count() == 1


def test_each_correction_has_its_own_reason(published, wang, qian):
    for value, reason in (("203900", "第一次"), ("193900", "第二次")):
        correct(qian, published, reason)
        corrected(published, wang, value)
        publish(again(published))
    found = [json.loads(one.content).get("correction") for one in Publication.objects.order_by("version")]
    assert [one and (one["version"], one["reason"]) for one in found] == [None, (1, "第一次"), (2, "第二次")]


def test_a_correction_of_nothing_says_so(published, wang, qian, client):
    correct(qian, published)
    approved(published)
    publish(again(published))
    assert Publication.objects.count() == 1 and client.get(ROOT).status_code == 200


# Withdrawals.


def every_address(publication):
    """Its pages and files, at the current address and at its own."""
    disclosure = Disclosure(publication)
    below = [page.at(where) for page in PAGES for where in page.each(disclosure)]
    return [
        root + one
        for root in (ROOT, publication.pinned_address)
        for one in (*below, "disclosure.json", "disclosure.xlsx", "disclosure.csv")
    ]


def test_what_is_withdrawn_gives_way_to_a_dated_notice_everywhere(published, wang, qian, client):
    say_nothing_of = published.projects.first().name
    addresses = every_address(Publication.objects.get())
    assert say_nothing_of in text(client.get(f"{ROOT}projects/"))
    assert withdraw(qian, published).status_code == 302
    assert again(published).state == State.WITHDRAWN and Publication.objects.count() == 1
    assert len(addresses) > 60
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 410, address
        shown = text(answer)
        assert "卢龙县财政局撤下了这份预算" in shown and "误附了不该公开的内容" in shown and say_nothing_of not in shown
    assert client.get(f"{ROOT}v2/").status_code == 404 and client.get("/130324/909/2023/").status_code == 404


def test_the_lists_tell_that_it_was_withdrawn(published, qian, client):
    assert "已撤下" not in text(client.get("/"))
    withdraw(qian, published)
    assert "2024 年（已撤下）" in text(client.get("/"))
    assert "卢龙县财政局撤下；原因：误附了不该公开的内容" in text(client.get("/130324/909/"))


def test_after_a_withdrawal_it_is_corrected_and_published_again(published, wang, qian, client):
    correct(qian, published, "公开了不该公开的")
    corrected(published, wang)
    publish(again(published))
    withdraw(qian, published)
    correct(qian, published, "改好了")
    corrected(published, wang, "193900")
    publish(again(published))
    shown = text(client.get(ROOT))
    assert "第 2 版已由卢龙县财政局撤下，原来的数不再公开" in shown and "原因：改好了" in shown
    assert json.loads(Publication.objects.get(version=3).content)["correction"]["changes"] == []
    for version in (1, 2):
        answer = client.get(f"{ROOT}v{version}/")
        assert answer.status_code == 410 and "看现在公开的第 3 版" in text(answer)
    changes = text(client.get(f"{ROOT}v3/changes/"))
    assert "撤下，原来的数不再公开" in changes and "20.39" not in changes
    assert "（已撤下）" not in text(client.get("/")) and "第 1 至第 2 版" in text(client.get(f"{ROOT}v1/"))


def test_the_same_may_be_published_again_after_a_withdrawal(published, qian, client):
    withdraw(qian, published)
    correct(qian, published, "核实以后没有问题")
    approved(published)
    publication, created = publish(again(published))
    assert created and publication.version == 2 and client.get(ROOT).status_code == 200


def test_next_years_budget_repeats_no_withdrawn_figure(published, qian):
    following = Budget(department=published.department, year=2025, document=published.document)
    assert year_before(following).figures and year_before(following).records
    withdraw(qian, published)
    assert year_before(following) == ({}, {})


def test_a_withdrawal_names_an_office_and_a_reason(published, qian, client):
    assert "请写明撤下的原因" in withdraw(qian, published, reason=" ").content.decode()
    assert "像是系统账号" in withdraw(qian, published, office="root").content.decode()
    assert not Withdrawal.objects.exists() and client.get(ROOT).status_code == 200


def test_only_its_publisher_withdraws(published, wang, client):
    sun = post(signed_in("孙审核"), Role.REVIEWER, "130324")
    foreign = post(signed_in("外县"), Role.PUBLISHER, "310107")
    found = [withdraw(one, published).status_code for one in (client, wang, sun, foreign)]
    assert found == [302, 403, 403, 404] and again(published).state == State.PUBLISHED


@pytest.mark.parametrize("how", ["update", "delete", "replace"])
def test_nobody_alters_a_withdrawal(published, qian, how):
    withdraw(qian, published)
    notice = Withdrawal.objects.get()
    actions = {
        "update": lambda: Withdrawal.objects.update(reason="x"),
        "delete": lambda: Withdrawal.objects.all()._raw_delete("default"),
        "replace": lambda: Withdrawal.objects.bulk_create(
            [Withdrawal(publication=notice.publication, reason="x", by="x", at=notice.at)]
        ),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        actions[how]()
    assert Withdrawal.objects.get().reason == notice.reason
