"""办理记录: what was done to a budget, by whom and why, with every old and new value; and taking it back."""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from budget.admin.drafts import is_changeable
from budget.admin.of_budget import budget_of, budget_page
from budget.admin.page import may_not_change
from budget.admin.save import saved
from budget.admin.told import called, naming_of, saying
from budget.cell import Cell
from budget.documents import DOCUMENTS
from budget.drafts.door import person, restoring, undoing
from budget.drafts.journal import history, since_published
from budget.models import Change

SHOWN = 200  # changes of one act; an import has a thousand
ACTS = 20  # on one page
HERE = "journal"  # the tab


class WhyForm(forms.Form):
    """Why something is taken back."""

    why = forms.CharField(label="原因（可以不写）", max_length=500, required=False)


def journal(model_admin, request, pk):
    """Every act, the newest first, each with what it changed."""
    budget = budget_of(request, pk)
    naming, may = naming_of(budget), is_changeable(request, budget)
    first = Prefetch("changes", Change.objects.all()[:SHOWN], "shown")
    numbered = budget.acts.annotate(number=Count("changes")).prefetch_related(first).order_by("-id")
    shown = Paginator(numbered, ACTS).get_page(request.GET.get("page"))
    acts = [_act(one, naming, may) for one in shown]
    template = "admin/budget/journal.html"
    return budget_page(model_admin, request, budget, template, "办理记录", HERE, acts=acts, shown=shown)


def _act(act, naming, may):
    return {
        "act": act,
        "changes": [_change(one, naming) for one in act.shown],
        "more": max(0, act.number - SHOWN),
        "may_undo": may and act.number and act.how != act.How.STATE,
    }


def _change(change, naming):
    return {
        "label": called(change.address, naming),
        "address": change.address,
        "old": saying(change.address, change.old),
        "new": saying(change.address, change.new),
    }


def take_back(model_admin, request, pk, act, how):
    """Ask, then take back one act (undo), or all that was done since (restore)."""
    budget = budget_of(request, pk)
    act = get_object_or_404(budget.acts, pk=act)
    if refusal := may_not_change(request, budget):
        return refusal
    if how not in _WAYS:
        raise Http404
    title, wanted = _WAYS[how]
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        parts, doing = wanted(budget, act, person(request.user), form.cleaned_data["why"])
        return saved(model_admin, request, budget, parts, doing, reverse("admin:budget_journal", args=[pk]))
    naming = naming_of(budget)
    told = [_change(one, naming) for one in act.changes.all()[:SHOWN]] if how == "undo" else []
    own = {"act": act, "form": form, "changes": told, "how": how}
    return budget_page(model_admin, request, budget, "admin/budget/take_back.html", title, HERE, **own)


_WAYS = {"undo": ("撤销这次改动", undoing), "restore": ("恢复到这时的样子", restoring)}


def of_figure(model_admin, request, pk, address):
    """The history of one value: of a figure of a table, of the lines that it adds up."""
    budget = budget_of(request, pk)
    document, naming = DOCUMENTS[budget.document], naming_of(budget)
    found = history(budget, Cell.parse(address), document)
    rows = [_change(one, naming) | {"act": one.act} for one in found[:SHOWN]]
    own = {"rows": rows, "called": called(address, naming)}
    return budget_page(model_admin, request, budget, "admin/budget/figure.html", "一个数的来历", HERE, **own)


def since(model_admin, request, pk):
    """What is different from the version that the public sees."""
    budget = budget_of(request, pk)
    version, found = since_published(budget)
    naming = naming_of(budget)
    rows = [
        {"label": called(a, naming), "address": a, "old": saying(a, old), "new": saying(a, new)}
        for a, (old, new) in list(found.items())[:SHOWN]
    ]
    own = {"rows": rows, "version": version, "number": len(found), "more": max(0, len(found) - SHOWN)}
    title = f"第 {version} 版公开以来的改动" if version else "还没有公开过"
    return budget_page(model_admin, request, budget, "admin/budget/since.html", title, HERE, **own)


def urls(wrapped):
    """The addresses of the journal."""
    return [
        path("<int:pk>/journal/", wrapped(journal), name="budget_journal"),
        path("<int:pk>/journal/since/", wrapped(since), name="budget_since"),
        path("<int:pk>/journal/of/<str:address>/", wrapped(of_figure), name="budget_figure"),
        path("<int:pk>/journal/<int:act>/<slug:how>/", wrapped(take_back), name="budget_take_back"),
    ]
