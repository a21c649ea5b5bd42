"""Explaining every error of a budget, as a clerk does one by one, suffices."""

import pytest

from budget.drafts.load import load
from tests.budget.people import errors, explain_all, township

__all__ = ["township"]


@pytest.mark.django_db
def test_each_error_is_explained_by_itself(township):
    explain_all(township)
    recorded = load(township).recorded
    assert errors(township) and all(recorded.explanation_of(one.fingerprints) for one in errors(township))
