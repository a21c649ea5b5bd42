"""What the table of rights does not say: posts that end, forged fields, and that nobody learns what there is."""

import logging
import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from budget.models import Budget, Post, State
from tests.budget.people import administrator, owner, post, ready, signed_in, township, wang
from tests.permissions.bodies import fields
from tests.permissions.routes import filled, keys_of, routes

__all__ = ["administrator", "owner", "ready", "township", "wang"]
pytestmark = pytest.mark.django_db
NO_KEY = 9_999_999


def test_a_post_that_is_taken_away_ends_with_the_next_request(township, wang):
    address = reverse("admin:budget_budget_change", args=[township.pk])
    assert wang.get(address).status_code == 200
    Post.objects.all().delete()
    assert wang.get(address).status_code == 404


def test_an_administrator_sees_accounts_and_no_budget(township, owner, administrator):
    accounts = administrator.get(reverse("people"))
    assert accounts.status_code == 200 and "陈管理" in accounts.content.decode()
    assert "服务器的主人" not in accounts.content.decode()
    assert administrator.get(reverse("person", args=[owner.user.pk])).status_code == 404
    assert administrator.get(reverse("admin:budget_budget_changelist")).status_code == 403


def test_what_no_page_asks_for_is_ignored_and_written_down(township, wang, caplog):
    """State, approval and who is whose are never taken from a form, whatever somebody sends with it."""
    address = reverse("admin:budget_head", args=[township.pk])
    forged = {"state": State.PUBLISHED, "approved_hash": "0" * 64, "department": "1", "published_at": "2024-01-01"}
    with caplog.at_level(logging.WARNING, logger="budget.forged"):
        wang.post(address, fields(wang.get(address)) | {"signed_by": "张乡长"} | forged)
    budget = Budget.objects.get()
    assert (budget.signed_by, budget.state, budget.approved_hash) == ("张乡长", State.DRAFT, "")
    assert budget.department_id == township.department_id
    assert re.search(r"王会计 sent approved_hash, published_at, state to .*/head/", caplog.text)


def test_nobody_is_made_more_than_their_post(administrator, caplog):
    forged = {"name": "张三", "role": "administrator", "of": "", "is_superuser": "on", "is_staff": "on"}
    administrator.post(reverse("add_person"), forged)
    assert not User.objects.get(username="张三").is_superuser and "is_staff, is_superuser" in caplog.text


def test_a_stranger_cannot_tell_what_there_is(ready):
    """What stands at somebody else's address and what stands nowhere are answered with the same words."""
    other = post(signed_in("外县经办"), "clerk", "310107")
    keys = keys_of(ready)
    nobodys = keys | {"budget": NO_KEY, "upload": NO_KEY, "printedtable": NO_KEY, "act": NO_KEY}
    for route in routes().values():
        there, nowhere = (filled(route, known, "submit") for known in (keys, nobodys))
        if there != nowhere:
            for send in (other.get, other.post):
                answers = [send(url) for url in (there, nowhere)]
                assert len({one.status_code for one in answers}) == 1, route
                assert len({_words(one, url) for one, url in zip(answers, (there, nowhere), strict=True)}) == 1, route


@pytest.mark.parametrize("model", ["printedtable", "upload"])
def test_a_list_narrowed_to_somebody_elses_budget_does_not_name_it(ready, model):
    other = post(signed_in("外县经办"), "clerk", "310107")
    address = reverse(f"admin:budget_{model}_changelist", query={"budget__id__exact": ready.pk})
    assert "刘家营" not in other.get(address, follow=True).content.decode()


def _words(answer, url):
    """Its text without what is its address, and without what differs each time."""
    text = answer.content.decode().replace(url, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", text)
