"""A budget's own page: what is to be done now, and from there everything else."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from budget.admin.drafts import is_changeable, list_url
from budget.admin.next_step import desk_of
from budget.admin.of_budget import budget_of, budget_page
from budget.admin.review import pages as review
from budget.admin.steps import link
from budget.drafts.journal import last_return, since_published
from budget.drafts.states import SUBMIT, opened, steps_for
from budget.models import Act, Budget, PrintedTable, State, Upload

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
        "steps": [link(one, budget) for one in steps if one is not SUBMIT or not found.lacking],
        "may_change": is_changeable(request, budget),
        "returned": _returned(budget),
        "waiting": review.waiting(budget, request.user),
        "version": version,
        "changed": len(changed),
        "files": [part for model in FROM_FILES if (part := _part(budget, model))["count"]],
    }
    return budget_page(model_admin, request, budget, "admin/budget/desk.html", "要办的事", "desk", **own)


def _returned(budget: Budget) -> Act | None:
    """The act that gave it back, while the clerk mends what was asked for."""
    if budget.state != State.RETURNED:
        return None
    return last_return(budget)


def _part(budget: Budget, model: Any) -> dict[str, Any]:
    count = model.objects.filter(budget=budget).count()
    return {"name": model._meta.verbose_name, "url": list_url(model._meta.model_name, budget), "count": count}
