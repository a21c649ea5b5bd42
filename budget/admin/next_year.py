"""A year begun from the year before, by its clerk; and looking through what came along.

There is no such page for a county: nobody but its clerk adds a budget for a body. Whoever runs the server may open a
year for all of them (`open_year`).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from budget.admin.drafts import change_url
from budget.admin.of_budget import budget_of, budget_page, seen_of
from budget.admin.page import may_not_change
from budget.admin.save import saved
from budget.drafts.door import Doing, How, person
from budget.drafts.last_year import to_begin
from budget.drafts.looked_at import settled, unseen
from budget.drafts.next_year import begin_next, survey
from budget.drafts.people import is_clerk_of
from budget.figures.dossier import SECTIONS
from budget.models import Budget


def years_to_begin(user):
    """[{what, year, url}] of the years that somebody may begin with one click."""
    found = ((last, last.year + 1) for last in to_begin(user))
    return [
        {"what": last.department.name, "year": year, "last": last, "url": _url("next_year", last)}
        for last, year in found
        if year <= _LAST
    ]


def next_year(model_admin, request, pk):
    """Say what the next year takes along; a POST begins it."""
    last = budget_of(request, pk)
    if not is_clerk_of(request.user, last.department.region_id, last.department.unit):
        raise PermissionDenied
    if last.year >= _LAST:
        raise Http404
    if request.method == "POST":
        return _begin(request, last)
    there = Budget.objects.filter(department=last.department, document=last.document, year=last.year + 1).first()
    own = {"last": last, "year": last.year + 1, "there": there, "taken": survey(last)}
    title = f"开始 {last.year + 1} 年"
    return budget_page(model_admin, request, last, "admin/budget/next_year.html", title, "", **own)


def _begin(request, last):
    begun = begin_next(last, person(request.user))
    if begun.closed:
        return HttpResponse(begun.closed, status=409, content_type="text/plain; charset=utf-8")
    messages.success(request, _told(last, begun))
    return redirect(_url("carried", begun.budget) if begun.changed else change_url(begun.budget))


def _told(last, begun):
    if begun.created:
        return f"已照 {last.year} 年开始 {begun.budget.year} 年，带来{begun.taken.in_words()}。金额请填今年的。"
    if begun.changed:
        return f"{begun.budget.year} 年的预算本来就有，空着的部分已照 {last.year} 年补上。"
    return f"{begun.budget.year} 年的预算已经有内容，没有改动。"


def looked_at(model_admin, request, pk):
    """What came from the year before and was not looked at yet; a POST keeps what is ticked, or takes it out."""
    budget = budget_of(request, pk)
    if refused := may_not_change(request, budget):
        return refused
    found = unseen(budget)
    if request.method == "POST":
        return _settle(model_admin, request, budget, found)
    rows = [{"one": one, "url": _where(budget, one)} for one in found]
    own = {"rows": rows, "seen": budget.version, "last": budget.year - 1}
    return budget_page(model_admin, request, budget, "admin/budget/looked_at.html", "核对从上年带来的", "", **own)


def _settle(model_admin, request, budget, found):
    said = {one.key: request.POST.get(one.key) for one in found}
    kept = {key for key, what in said.items() if what == "keep"}
    gone = {one.key for one in found if one.ends and said[one.key] == "end"}
    doing = Doing(person(request.user), How.FORM, "核对从上年带来的", seen_of(request, budget))
    return saved(model_admin, request, budget, settled(budget, kept, gone), doing, _url("carried", budget))


def _url(name, budget):
    return reverse(f"admin:budget_{name}", args=[budget.pk])


def _where(budget, one):
    """Where a text can be changed."""
    if one.part != SECTIONS:
        return reverse(f"admin:budget_{one.part}_sheet", args=[budget.pk, one.row])
    return reverse("admin:budget_section", args=[budget.pk, int(one.row)])


def urls(wrapped):
    """Where a year is begun, and what came along is looked through."""
    return [
        path("<int:pk>/next-year/", wrapped(next_year), name="budget_next_year"),
        path("<int:pk>/carried/", wrapped(looked_at), name="budget_carried"),
    ]


_LAST = 2099  # the last year that a budget may be of
