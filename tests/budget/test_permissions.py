"""Every address of the back office, for everybody: another body's things do not exist, in whatever state they are.

A canary word stands in every text of 刘家营乡's budget; no answer to somebody who must not see it may hold it.
"""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from budget.drafts.door import flatten, now
from budget.models import Budget, Comment, Post, Role, Section, StagedUpload, State
from tests.budget.people import owner, post, signed_in, township, wang, with_second_factor

__all__ = ["owner", "township", "wang"]
pytestmark = pytest.mark.django_db
CANARY = "金丝雀"

# Whose things an address shows: a budget's (by the model of its key), those of the person alone, or nobody's.
OF_A_BUDGET = re.compile(r"budget/(budget|section|printedtable|upload)/|preview/|publish/|withdraw/|form/")
OWN = re.compile(r"import/")


def addresses(resolver=None, before=""):
    """Every route below /admin/, with its parameters."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, route)
        elif route.startswith("admin/") and "logout" not in route:
            yield route


def filled(route, budget):
    """The route with the keys of a budget's own things."""
    route = re.sub(r"\^|\$|\\Z", "", route)
    model = re.match(r"admin/budget/(\w+)/", route)
    keys = {"section": budget.sections,
            "printedtable": budget.as_printed,
            "upload": budget.uploads}  # fmt: skip
    rows = keys.get(model[1] if model else "")
    key = rows.first().pk if rows is not None and rows.exists() else budget.pk
    found = re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000000", route)
    found = found.replace("<str:address>", "t9-total-total").replace("<slug:part>", "t9")
    found = found.replace("<str:row>", budget.projects.first().code).replace("<str:key>", "procurement")
    found = found.replace("<slug:table>", "t5")
    found = re.sub(
        r"<(?:path:object_id|int:\w+|slug:key|str:\w+)>", lambda m: "submit" if "slug" in m[0] else str(key), found
    )
    return "/" + re.sub(r"<[^>]+>|\(\?P<\w+>[^)]*\)", "1", found)


@pytest.fixture
def marked(township):
    """刘家营乡's budget with the canary in its texts, and in its name."""
    Section.objects.filter(budget=township).update(text=CANARY)
    township.lines.filter(book="three_public").update(amount=1)
    township.projects.update(name=CANARY, purpose=CANARY)
    sun = User.objects.create_user("孙审核")
    Comment.objects.create(budget=township, address="t9-total-total", text=CANARY, user=sun, by="孙审核")
    return township


PEOPLE = {
    "clerk of another body": [(Role.CLERK, "310107")],
    "reviewer of another county": [(Role.REVIEWER, "310107")],
    "publisher of another county": [(Role.PUBLISHER, "310107")],
    "auditor of another county": [(Role.AUDITOR, "310107")],
    "nobody's clerk": [],
    "administrator": "administrator",
}


def somebody(name):
    client = signed_in(name)
    if PEOPLE[name] == "administrator":
        Post.objects.create(user=client.user, role=Role.ADMINISTRATOR)
        return with_second_factor(client)
    for role, region in PEOPLE[name]:
        post(client, role, region)
    return client


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED])
def test_another_bodys_things_do_not_exist(marked, name, state):
    Budget.objects.update(state=state, was_submitted=state != State.DRAFT, approved_hash="0" * 64)
    client, before, walked = somebody(name), flatten(now(Budget.objects.get())), 0
    for route in addresses():
        url = filled(route, marked)
        for answer in (
            client.get(url),
            client.post(url, {"text": "x", "why": "x", "by": "某局", "office": "某局", "reason": "x", "_save": "1"}),
        ):
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert CANARY.encode() not in body, url
            if OF_A_BUDGET.search(route) and "<" in route and not OWN.search(route):
                led_on = answer.status_code == 302 and answer.url == f"{url}change/"  # whether it is there or not
                assert led_on or answer.status_code in (403, 404, 405), (url, answer.status_code)
            walked += 1
    assert walked > 100 and flatten(now(Budget.objects.get())) == before and Budget.objects.get().state == state


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.CLERK, set(State.values)),
        (Role.REVIEWER, set(State.values) - {State.DRAFT}),
        (Role.PUBLISHER, set(State.values) - {State.DRAFT}),
        (Role.AUDITOR, {State.APPROVED, State.PUBLISHED, State.WITHDRAWN}),
    ],
)
def test_who_sees_a_budget_in_which_state(marked, role, seen):
    client = post(signed_in(role.label), role, "130324")
    found = set()
    for state in State.values:
        Budget.objects.update(state=state, was_submitted=state != State.DRAFT, approved_hash="0" * 64)
        answer = client.get(reverse("admin:budget_budget_change", args=[marked.pk]))
        assert answer.status_code in (200, 404)
        found |= {state} if answer.status_code == 200 else set()
    assert found == seen


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.PUBLISHER, Role.AUDITOR])
def test_the_county_changes_nothing(marked, role):
    client = post(signed_in(role.label), role, "130324")
    Budget.objects.update(state=State.APPROVED, was_submitted=True, approved_hash="0" * 64)
    before = flatten(now(Budget.objects.get()))
    for route in addresses():
        url = filled(route, marked)
        if not re.search(r"step/|publish/|withdraw/|password|logout", url):
            client.post(url, {"text": "x", "_save": "1", "post": "yes"})
    assert flatten(now(Budget.objects.get())) == before


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.PUBLISHED, State.WITHDRAWN])
def test_a_clerk_changes_nothing_that_is_closed(marked, wang, state):
    Budget.objects.update(state=state, was_submitted=True, approved_hash="0" * 64)
    before = flatten(now(Budget.objects.get(pk=marked.pk)))
    for route in addresses():
        url = filled(route, marked)
        if not re.search(r"step/|publish/|withdraw/|password|logout", url):
            wang.post(url, {"text": "x", "_save": "1", "post": "yes"})
    assert flatten(now(Budget.objects.get(pk=marked.pk))) == before and not StagedUpload.objects.exists()


def test_a_post_that_is_taken_away_ends_with_the_next_request(marked, wang):
    address = reverse("admin:budget_budget_change", args=[marked.pk])
    assert wang.get(address).status_code == 200
    Post.objects.all().delete()
    assert wang.get(address).status_code in (302, 403, 404)


def test_an_administrator_sees_accounts_and_no_budget(marked, owner):
    client = somebody("administrator")
    accounts = client.get(reverse("people"))
    assert accounts.status_code == 200 and "administrator" in accounts.content.decode()
    assert "服务器的主人" not in accounts.content.decode()
    assert client.get(reverse("person", args=[owner.user.pk])).status_code == 404
    assert client.get(reverse("admin:budget_budget_changelist")).status_code == 403
    forged = {"name": "张三", "role": "auditor", "of": "130324", "is_superuser": "on", "is_staff": "on"}
    client.post(reverse("add_person"), forged)
    assert not User.objects.get(username="张三").is_superuser
