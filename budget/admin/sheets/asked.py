"""What a page of lists and forms is asked: of which budget, in which unit, having seen which version."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from budget.admin.of_budget import seen_of
from budget.admin.page import may_not_change
from budget.declare.records import Form, Listing, Records
from budget.documents import DOCUMENTS
from budget.drafts.door import Doing, How, person
from budget.drafts.people import may_change
from budget.models import Budget
from budget.money import WAN, YUAN_PER


@dataclass
class Asked:
    """unit: in which amounts are typed. seen: the version that the person saw. may: whether they may change it."""

    request: Any
    budget: Budget
    records: Any
    unit: str
    seen: int
    may: bool

    @property
    def do(self):
        """What is to be done, on POST."""
        return self.request.POST.get("do", "")

    def doing(self, how=How.GRID, why=""):
        """What the door is told."""
        return Doing(person(self.request.user), how, why, self.seen)


def asked(request, budget, records):
    """What is asked of a list or form."""
    given = request.POST or request.GET
    unit = given.get("unit", WAN)
    may, in_yuan_or_wan = may_change(request.user, budget), unit if unit in YUAN_PER else WAN
    return Asked(request, budget, records, in_yuan_or_wan, seen_of(request, budget), may)


def refusal(request, budget):
    """Why a POST is not taken, as an answer; None where it is."""
    return may_not_change(request, budget) if request.method == "POST" else None


def form_of(budget, key) -> Form:
    """The form of a budget's document. Raises Http404."""
    return _of(DOCUMENTS[budget.document].forms, key)


def listing_of(budget, key) -> Listing:
    """The list of a budget's document. Raises Http404."""
    return _of(DOCUMENTS[budget.document].listings, key)


def records_of(budget, key) -> Records:
    """The list or form of a budget's document. Raises Http404."""
    return _of(DOCUMENTS[budget.document].records, key)


def _of(declared, key):
    found = next((one for one in declared if one.key == key), None)
    if found is None:
        raise Http404
    return found
