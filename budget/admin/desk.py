"""A budget's own page: what is to be done now, and from there everything else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from budget.admin.drafts import is_changeable, list_url
from budget.admin.next_step import desk_of
from budget.admin.of_budget import budget_of, budget_page
from budget.admin.review import pages as review
from budget.drafts.journal import since_published
from budget.drafts.states import SUBMIT, Transition, opened, steps_for
from budget.models import Act, Budget, Change, PrintedTable, State, Upload

FROM_FILES = (Upload, PrintedTable)  # nobody types them


def desk(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The page; that a reviewer looks at what was handed in is noted."""
    budget = budget_of(request, pk)
    opened(budget, request.user)
    steps = steps_for(request.user, budget)
    version, changed = since_published(budget)
    found = desk_of(budget, steps)
    own = {
        "desk": found,
        "steps": [_step(one, budget) for one in steps if one is not SUBMIT or not found.lacking],
        "may_change": is_changeable(request, budget),
        "returned": _returned(budget),
        "waiting": review.waiting(budget, request.user),
        "version": version,
        "changed": len(changed),
        "files": [part for model in FROM_FILES if (part := _part(budget, model))["count"]],
    }
    return budget_page(model_admin, request, budget, "admin/budget/desk.html", "要办的事", "desk", **own)


def _step(one: Transition, budget: Budget) -> dict[str, str]:
    """Its button; the public side has its own pages."""
    own = f"admin:disclosures_{one.key}"
    url = reverse(own, args=[budget.pk]) if one.is_public else reverse("admin:budget_step", args=[budget.pk, one.key])
    return {"name": one.name, "url": url}


def _returned(budget: Budget) -> Act | None:
    """The act that gave it back, while the clerk mends what was asked for."""
    if budget.state != State.RETURNED:
        return None
    given_back = Change.objects.filter(budget=budget, part="state", new=State.RETURNED).order_by("-id")
    found = given_back.select_related("act").first()
    return found.act if found else None


def _part(budget: Budget, model: Any) -> dict[str, Any]:
    count = model.objects.filter(budget=budget).count()
    return {"name": model._meta.verbose_name, "url": list_url(model._meta.model_name, budget), "count": count}
