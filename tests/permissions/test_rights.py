"""Every address of the back office × everybody × every state, against the table of rights; counts are printed.

A small round of the states in the suite, all of them under the marker `thorough`.
"""

import os
import re
from collections import Counter
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from budget.drafts.states import TRANSITIONS
from tests.budget.people import ready
from tests.permissions.bodies import bodies
from tests.permissions.rights import right_of, rights
from tests.permissions.routes import filled, routes
from tests.permissions.stage import CANARY, STATES, STRANGERS, stage

__all__ = ["ready"]
pytestmark = pytest.mark.django_db
NO_CHANGE = re.compile(
    r'"(django_session|django_admin_log|axes_\w+|otp_\w+|budget_loginevent|budget_accountevent|auth_user)"'
)

LOOKED = 'UPDATE "budget_budget" SET "opened_by_reviewer" = '  # a reviewer has looked at it: no recall from now


@pytest.fixture
def stands(ready, settings):
    """The stage, and what people send; mail goes nowhere."""
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "budget@example.com"
    settings.CSRF_TRUSTED_ORIGINS = ["https://budget.example"]
    made = stage(ready)
    return made, bodies(made)


def addresses():
    """(name, step, route) of each; a step of a budget is an address of its own."""
    for name, route in routes().items():
        for step in TRANSITIONS if name == "budget_step" else [""]:
            yield name, step, route


def test_each_address_has_its_row_and_each_row_an_address():
    there = {(name, step) for name, step, _ in addresses()}
    assert [one for one in there if right_of(*one) is None] == []
    assert [one for one in rights() if one not in there and not one[0].endswith("preview/")] == []


def states(small):
    """All of them, those that are not of the small round thorough."""
    return [pytest.param(one, marks=() if one in small else pytest.mark.thorough) for one in STATES]


@pytest.mark.parametrize("letter", states("A"))
def test_pages_answer_those_who_may_see_them_and_nobody_else(stands, letter, record_property):
    made, counts, wrong = stands[0], Counter(), []
    made.set(STATES[letter])
    for name, step, route in addresses():
        url, (gets, _) = address(made, name, step, route), right_of(name, step)
        for who, client in made.clients.items():
            with taken_back(client), written() as changed:
                answer = client.get(url)
            wanted = letter in gets.get(who, "")
            if is_answered(answer) != wanted or changed or (not wanted and who in STRANGERS and tells(answer)):
                note(wrong, name, step, who, answer.status_code, changed)
            counts["answered" if wanted else "refused"] += 1
    assert not wrong, "\n".join(map(str, wrong))
    record_property("permissions", {f"GET {key}": number for key, number in counts.items()})


@pytest.mark.parametrize("letter", states("R"))
def test_a_form_changes_something_only_for_those_who_may(stands, letter, record_property):
    (made, sent), counts, wrong = stands, Counter(), []
    made.set(STATES[letter])
    for name, step, route in addresses():
        url, (gets, posts) = address(made, name, step, route), right_of(name, step)
        for who, client in made.clients.items():
            with taken_back(client), written() as changed:
                answer = client.post(url, fresh(sent.get((name, step), {"why": "改"})))
            wanted = letter in posts.get(who, "")
            if bool(changed) != wanted or (who in STRANGERS and letter not in gets.get(who, "") and tells(answer)):
                note(wrong, name, step, who, answer.status_code, changed)
            counts["changed" if wanted else "refused"] += 1
    assert not wrong, "\n".join(map(str, wrong))
    record_property("permissions", {f"POST {key}": number for key, number in counts.items()})


QUERIES = {
    "county_forms": "?year=2024",
    "county_remind": "?year=2024",
    "autocomplete": "?app_label=budget&model_name=department&field_name=parent&term=",
}


def address(made, name, step, route):
    """Where a request goes, with what its page cannot do without."""
    return filled(route, made.keys, step) + QUERIES.get(name, "")


def note(wrong, *what):
    """One thing that is not as the table says; `AT_FIRST` ends the walk there."""
    wrong.append(what)
    assert "AT_FIRST" not in os.environ, what


def is_answered(answer):
    """Whether there is a page, or the way to one, other than that to log in."""
    on = answer.url if answer.status_code in (301, 302) else ""
    return answer.status_code == 200 or bool(on and "/login/" not in on)


def tells(answer):
    """Whether it holds anything of what is in the budget."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return CANARY.encode() in body


def fresh(body):
    """The same body once more: a file can be read but once."""
    return {name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value for name, value in body.items()}


@contextmanager
def taken_back(client):
    """Nothing stays of what is done here; who logged out is logged in."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


@contextmanager
def written():
    """The statements that change anything but who is logged in."""
    found = []

    def watch(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        changes = sql.startswith("INSERT") or re.match("UPDATE|DELETE", sql) and context["cursor"].rowcount
        if changes and not (NO_CHANGE.search(sql[:60]) or sql.startswith(LOOKED)):
            found.append(sql[:60])
        return done

    with connection.execute_wrapper(watch):
        yield found
