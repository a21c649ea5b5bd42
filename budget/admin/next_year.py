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
from budget.documents import DOCUMENTS
from budget.drafts.door import Doing, How, now, person
from budget.drafts.last_year import to_begin
from budget.drafts.looked_at import settled, unseen
from budget.drafts.next_year import begin_next, survey
from budget.drafts.people import is_clerk_of
from budget.drafts.standing import in_sentences, standing
from budget.figures.dossier import SECTIONS
from budget.models import Budget

KEEP, STANDARD, END = "keep", "standard", "end"
WAYS = {KEEP: "照用", STANDARD: "换成标准句", END: "今年不做，删去"}
BY_FIGURES = "figures"  # said of many texts: standard sentences where there are figures to fill in, else as it is


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
    own = {"count": len(found), "groups": _groups(budget, found), "seen": budget.version, "last": budget.year - 1}
    return budget_page(model_admin, request, budget, "admin/budget/looked_at.html", "核对从上年带来的", "", **own)


def _groups(budget, found):
    """Texts and records apart: what each may become, and what may be said of all that nothing is said of."""
    parts = dict.fromkeys(one.part for one in found)
    return [_group(budget, part, [one for one in found if one.part == part]) for part in parts]


def _group(budget, part, found):
    rows = [{"one": one, "ways": _ways(budget, one), "url": _where(budget, one)} for one in found]
    offered = {way for row in rows for way in row["ways"]}
    name = "文字" if part == SECTIONS else DOCUMENTS[budget.document].list_of(part).called
    ways = {way: f"都{WAYS[way]}" for way in WAYS if way in offered and way != STANDARD}
    if STANDARD in offered:
        ways[BY_FIGURES] = "有数要填的换成标准句，别的照用"
    return {"key": part, "name": name, "rows": rows, "ways": ways}


def _ways(budget, one):
    """What may become of something that came along: {what is sent: its words}."""
    may = {KEEP: True, STANDARD: _may_be_standard(budget, one), END: one.ends}
    return {way: WAYS[way] for way, is_so in may.items() if is_so}


def _may_be_standard(budget, one):
    return one.part == SECTIONS and bool(standing(DOCUMENTS[budget.document], int(one.row)))


def _rest(request, budget, one):
    """What was said of all that nothing was said of by itself."""
    way = request.POST.get(f"rest-{one.part}", "")
    if way != BY_FIGURES:
        return way
    return STANDARD if one.to_fill and _may_be_standard(budget, one) else KEEP


def _settle(model_admin, request, budget, found):
    said = [(one, request.POST.get(one.key) or _rest(request, budget, one)) for one in found]
    chosen = [(one, way) for one, way in said if way in _ways(budget, one)]
    kept, gone = ({one.key for one, way in chosen if way == wanted} for wanted in (KEEP, END))
    parts = settled(budget, kept, gone)
    if numbers := [int(one.row) for one, way in chosen if way == STANDARD]:
        parts |= in_sentences(now(budget).entries, numbers, parts.get(SECTIONS))
    doing = Doing(person(request.user), How.FORM, "核对从上年带来的", seen_of(request, budget))
    return saved(model_admin, request, budget, parts, doing, _url("carried", budget))


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
