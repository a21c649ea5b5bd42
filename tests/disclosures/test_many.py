"""Publishing many: one after another, each whole; what cannot be published is named, and a stop loses nothing."""

import pytest
from django.urls import reverse

from budget.models import Budget, Post, Role, State
from disclosures.county import many
from disclosures.models import Publication, PublishingItem, PublishingRound
from tests.budget.people import approved, post, qian, ready, signed_in, township
from tests.disclosures import county

__all__ = ["qian", "ready", "township"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(ready):
    """刘家营乡's budget, approved."""
    approved(ready)
    Budget.objects.update(was_submitted=True)
    return Budget.objects.get()


@pytest.fixture
def hollow(qian):
    """Two budgets that somebody marked as approved although nothing is in them."""
    found = [county.budget(body, State.APPROVED, approved=3) for body in county.bodies(2)]
    return Budget.objects.bulk_create(found)


def begin(client, *budgets):
    return client.post(reverse("county_publish"), {"budget": [one.pk for one in budgets]})


def more(client):
    return client.post(reverse("county_publish_more", args=[PublishingRound.objects.get().pk]))


def test_each_is_published_or_named_with_its_reason(whole, hollow, qian, client):
    board = qian.get("/admin/county/?year=2024").content.decode()
    assert board.count('type="checkbox"') == 3
    page = begin(qian, whole, *hollow).url
    assert "还有 3 份" in qian.get(page).content.decode() and not Publication.objects.exists()  # asking changes nothing
    assert more(qian).url == page
    shown = qian.get(page).content.decode()
    assert "3 份都办完了" in shown and "2 份没有公开" in shown and "审核以后内容又变了" in shown
    assert "第1乡人民政府2024年部门预算" in shown and client.get("/130324/909/2024/").status_code == 200
    assert [one.state for one in Budget.objects.order_by("pk")].count(State.PUBLISHED) == 1
    more(qian)
    assert Publication.objects.count() == 1


def test_what_a_killed_request_left_the_next_one_goes_on_with(whole, hollow, qian, monkeypatch):
    begin(qian, *hollow, whole)
    calls = []

    def killed(budget, **given):
        calls.append(budget)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return publish(budget, **given)

    publish = many.publish
    monkeypatch.setattr(many, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        more(qian)
    assert [bool(one.outcome) for one in PublishingItem.objects.all()] == [True, False, False]
    more(qian)
    assert all(one.outcome for one in PublishingItem.objects.all()) and Publication.objects.count() == 1


def test_a_request_ends_after_its_seconds(hollow, qian, monkeypatch):
    monkeypatch.setattr(many, "SECONDS", -1)
    begin(qian, *hollow)
    more(qian)
    assert [bool(one.outcome) for one in PublishingItem.objects.all()] == [True, False]


def test_four_eyes_hold_for_each(whole, qian):
    Budget.objects.update(approved_by=qian.user)
    begin(qian, whole)
    more(qian)
    assert "是您审核的，不能自己公开" in PublishingItem.objects.get().sentence and not Publication.objects.exists()


def test_who_may(whole, qian, client):
    sun = post(signed_in("孙审核"), Role.REVIEWER, "130324")
    foreign = post(signed_in("外县"), Role.PUBLISHER, "310107")
    assert [begin(one, whole).status_code for one in (client, sun, foreign)] == [302, 403, 404]
    assert begin(qian).url == reverse("county_board")
    begin(qian, whole)
    page = reverse("county_progress", args=[PublishingRound.objects.get().pk])
    assert [one.get(page).status_code for one in (sun, foreign, qian)] == [404, 404, 200]
    assert sun.post(f"{page}more/").status_code == 404 and not Publication.objects.exists()
    Post.objects.filter(user=qian.user).delete()
    more(qian)
    assert "您现在不是这个县的公开人" in PublishingItem.objects.get().sentence and not Publication.objects.exists()
