"""The invented county: every budget in it is whole and agrees, but where a fault was planted; every state is there."""

import datetime
import re
from collections import Counter
from functools import partial
from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from budget.checks.ledger import check, findings_of
from budget.drafts.complete import lacks
from budget.drafts.states import lacks_of
from budget.figures.dossier import Dossier, Recorded
from budget.finding import Level
from budget.models import Act, Budget, Post, Role, State
from budget.sample.bodies import REGION, body
from budget.sample.budgets import entries
from disclosures import sample_county
from disclosures.models import Publication
from disclosures.sample_county import THIS_YEAR, Walk, county

TODAY = datetime.date(2026, 3, 12)


@pytest.mark.parametrize("seed", [1, 2, 7])
@pytest.mark.parametrize("year", [2023, 2025, 2026, 2031])
def test_an_invented_budget_lacks_nothing_and_agrees(seed, year):
    signed = ("周主任", datetime.date(year, 2, 3))
    recorded = Recorded(approved_on=datetime.date(year, 2, 1), secrecy_review=signed, sign_off=signed)
    for number in (0, 3, 8, 13, 400):
        dossier = Dossier(entries(body(number, seed), year), None, recorded)
        findings = findings_of(check(dossier))
        assert lacks(dossier, findings) == []
        assert [one.message for one in findings if one.level != Level.NOTICE] == []


def test_the_same_seed_makes_the_same_county():
    assert entries(body(5, 3), 2026) == entries(body(5, 3), 2026)
    assert entries(body(5, 3), 2026) != entries(body(5, 4), 2026)
    assert len({body(number).name for number in range(600)}) == 600


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "state"),
    [(0, None), (3, State.DRAFT), (4, State.DRAFT), (5, State.SUBMITTED), (7, State.RETURNED), (9, State.APPROVED),
     (10, State.PUBLISHED), (12, State.PUBLISHED), (13, State.WITHDRAWN)],
)  # fmt: skip
def test_a_body_is_as_far_as_it_should_be(number, state):
    of = body(number)
    THIS_YEAR[number](Walk(1, TODAY), of)
    found = Budget.objects.filter(department__unit=of.unit).first()
    assert (found and found.state) == state
    if number == 12:
        assert [one.version for one in Publication.objects.order_by("version")] == [1, 2]
    if number == 3:
        rules = {lack.key.split()[0] for lack in lacks_of(found)}
        assert {"error", "projects"} <= rules
    if state == State.RETURNED:
        assert Act.objects.filter(budget=found, how=Act.How.STATE).first().why


@pytest.mark.django_db
def test_older_years_are_public_and_a_year_begins_from_them():
    county(lambda name: None, today=TODAY, bodies=(2, 5))
    states = Counter(Budget.objects.values_list("year", "state"))
    older = {(2024, State.PUBLISHED): 2, (2025, State.PUBLISHED): 2}
    assert states == older | {(2026, State.DRAFT): 1, (2026, State.SUBMITTED): 1}
    begun = Budget.objects.get(year=2026, state=State.DRAFT)
    last = Budget.objects.get(year=2025, department=begun.department)
    assert begun.projects.count() == last.projects.count() > 0


@pytest.mark.django_db
def test_the_command_prints_a_log_in_for_each_role_anew_at_every_start():
    before, now = demo(), demo()
    assert set(before) == set(now) == set(Role.values)
    for name, password in now.items():
        user = User.objects.get(username=name)
        assert user.check_password(password) and not user.check_password(before[name])
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    assert Budget.objects.filter(department__region=REGION).count() == 3  # made once


def demo():
    """{user name: password} that the command prints, for a county of one body."""
    out, one = StringIO(), partial(county, today=TODAY, bodies=(4,))
    with patch.object(sample_county, "county", one), patch("disclosures.management.commands.demo.call_command"):
        call_command("demo", "--county", stdout=out)
    return dict(re.findall(r"用户名 (\w+)　本次密码 (\S+)", out.getvalue()))
