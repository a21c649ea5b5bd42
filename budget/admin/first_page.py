"""The first page of the back office: a clerk's own budgets, how far each is, what is next and until when."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from budget.admin.drafts import change_url
from budget.admin.next_step import desk_of, until
from budget.admin.next_year import years_to_begin
from budget.drafts.journal import moves_to
from budget.drafts.people import bodies_of, roles_of
from budget.drafts.states import NEXT, steps_for
from budget.models import COUNTY_ROLES, Budget, Role, State

YEARS = 3  # shown here; older ones are found in the list of all


@require_safe
def first_page(request: HttpRequest) -> HttpResponse:
    """Whoever keeps books sees them; a county office begins with its board, an administrator with the people."""
    roles = roles_of(request.user)
    if Role.CLERK not in roles and not request.user.is_superuser:
        if roles & set(COUNTY_ROLES):
            return redirect("county_board")
        if Role.ADMINISTRATOR in roles:
            return redirect("people")
    budgets = list(mine(request.user))
    own = {
        "title": "我的预算",
        "rows": [_row(one) for one in budgets],
        "first": _first(budgets, request.user),
        "may_begin": Role.CLERK in roles,
        "to_begin": years_to_begin(request.user),
    }
    return render(request, "admin/budget/first_page.html", admin.site.each_context(request) | own)


def mine(user: Any) -> QuerySet[Budget]:
    """The budgets of the newest years of somebody's own bodies, the newest first, with why each was given back."""
    own = Budget.objects.visible_to(user).filter(department__in=bodies_of(user)) if not user.is_superuser else None
    budgets = (Budget.objects.none() if own is None else own).select_related("department__region", "source")
    newest = budgets.order_by("-year").values_list("year", flat=True).first() or 0
    given_back = moves_to(State.RETURNED).filter(budget=OuterRef("pk"))
    recent = budgets.filter(year__gt=newest - YEARS).defer("source__content", "source__printed")
    return recent.annotate(returned=Subquery(given_back.values("act__why")[:1])).order_by("-year", "department__unit")


def _row(budget: Any) -> dict[str, Any]:
    said = NEXT[State(budget.state)]
    if budget.state == State.RETURNED and budget.returned:
        said = f"按退回的意见修改：{budget.returned}"
    return {"budget": budget, "url": change_url(budget), "next": said, "until": until(budget)}


def _first(budgets: list[Budget], user: Any) -> dict[str, Any] | None:
    """The budget that is to be worked on first, with what to do: it alone is checked here, as its own page would."""
    budget = next((one for one in budgets if not one.closed), None)
    if budget is None:
        return None
    desk = desk_of(budget, steps_for(user, budget))
    return {"budget": budget, "url": change_url(budget), "desk": desk}
