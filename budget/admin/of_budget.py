"""What the pages of one budget share: whose it is, its tabs, and that it does not exist for strangers."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from budget.admin.page import page
from budget.drafts.journal import VERSION
from budget.models import Budget


class Tab(NamedTuple):
    """A group of pages of a budget. view: the name of its first page's address."""

    key: str
    name: str
    view: str


TABS = (
    Tab("desk", "要办的事", "budget_budget_change"),
    Tab("tables", "表格", "budget_grids"),
    Tab("projects", "项目", "budget_projects"),
    Tab("text", "文字", "budget_text"),
    Tab("lists", "清单", "budget_lists"),
    Tab("review", "审核和意见", "budget_review"),
    Tab("journal", "办理记录", "budget_journal"),
)


def budget_of(request: HttpRequest, pk: int) -> Budget:
    """The budget with this key where the person may see it, with its version at that moment. Raises Http404.

    Whatever a page then shows is that version or a later one; a version asked for afterwards would pass off as seen
    what others saved while the page was made.
    """
    visible = Budget.objects.visible_to(request.user).select_related("department__region", "source")
    budget = get_object_or_404(visible.defer("source__content").annotate(version=VERSION), pk=pk)
    request.budget_version = budget.version  # what `one_moment` holds the rest of the page against
    return budget


def seen_of(request: HttpRequest, budget: Budget) -> int:
    """The version that the person saw, as their form says; the present one where it says none that there is."""
    seen = (request.POST or request.GET).get("seen", "")
    is_known = seen.isascii() and seen.isdecimal() and len(seen) < 19 and int(seen) <= budget.version
    return int(seen) if is_known else budget.version


def budget_page(
    model_admin: Any, request: HttpRequest, budget: Budget, template: str, title: str, here: str, **context: Any
) -> HttpResponse:
    """A page of a budget under its tabs; here: the key of its own. The template fills the block `of_budget`."""
    tabs = [
        {"name": one.name, "url": reverse(f"admin:{one.view}", args=[budget.pk]), "is_here": one.key == here}
        for one in TABS
    ]
    return page(model_admin, request, template, title, budget=budget, tabs=tabs, **context)
