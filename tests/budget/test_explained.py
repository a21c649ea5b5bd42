"""Explaining every error of a budget, as a clerk does one by one: what other tests begin with, and that it suffices."""

import pytest

from budget.checks.ledger import check, findings_of
from budget.drafts.door import Doing, How, Who, change, explained, now, said_of
from budget.drafts.flat import EXPLANATIONS
from budget.drafts.load import load, names_of
from budget.finding import Level
from tests.budget.people import township

__all__ = ["township"]


def errors(budget):
    found = findings_of(check(load(budget), names_of(budget)))
    return [one for finding in found if finding.level == Level.ERROR for one in finding.alone]


def explain_all(budget):
    """Say of each error why it may stand."""
    texts = {one.fingerprint: said_of(one, "漏填。", "王会计") for one in errors(budget)}
    change(budget, {EXPLANATIONS: explained(now(budget), texts)}, Doing(Who("王会计"), How.EXPLAIN))


@pytest.mark.django_db
def test_each_error_is_explained_by_itself(township):
    explain_all(township)
    recorded = load(township).recorded
    assert errors(township) and all(recorded.explanation_of(one.fingerprints) for one in errors(township))
