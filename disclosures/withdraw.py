"""Taking down what is published: a dated notice stands in its place. Publications stay as they are."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from budget.drafts.door import held, person
from budget.drafts.states import WITHDRAW, take
from budget.models import Budget
from budget.text import quoted
from disclosures.content import is_signature
from disclosures.models import Withdrawal
from disclosures.publish import newest_version


@transaction.atomic
def withdraw(budget: Budget, user: Any, office: str, reason: str) -> str:
    """Take down all versions of a budget: '' when it was done, else why not, in one sentence.

    office: who takes it down, as the public reads it. The caller has asked `may_take`.
    """
    budget = held(budget)
    newest = newest_version(budget)
    if not is_signature(office.strip()):
        return f"撤下的机关{quoted(office)}像是系统账号；请写机关的名称。"
    if newest is None:
        return "这份预算没有公开的版本，不用撤下。"
    if refused := take(WITHDRAW, budget, user, person(user), reason):
        return refused
    Withdrawal.objects.create(publication=newest, reason=reason.strip(), by=office.strip(), at=timezone.now())
    return ""
