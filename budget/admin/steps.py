"""The steps of a budget towards the public: one page asks, one POST takes it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from budget.admin.drafts import change_url
from budget.admin.page import page
from budget.drafts.door import held, person
from budget.drafts.people import has_role_for
from budget.drafts.states import SUBMIT, TRANSITIONS, content_hash, lacks_of, take
from budget.models import Budget


class WhyForm(forms.Form):
    """Why a step is taken."""

    why = forms.CharField(label="事由", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))


def link(one, budget):
    """{name, url} of a step's button; the public side has its own pages. at_once: it asks nothing."""
    own = f"admin:disclosures_{one.key}"
    url = reverse(own, args=[budget.pk]) if one.is_public else reverse("admin:budget_step", args=[budget.pk, one.key])
    return {"name": one.name, "url": url, "at_once": one is SUBMIT}


def step(model_admin, request, pk, key):
    """Ask what a step is about, or take it. Whose budget it is not, for them it does not exist."""
    budget = get_object_or_404(Budget.objects.visible_to(request.user).select_related("department__region"), pk=pk)
    found = TRANSITIONS.get(key)
    if found is None or found.is_public:  # the public side has its own page
        raise Http404
    if not has_role_for(request.user, found.role, budget):
        raise PermissionDenied
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = _taken(found, budget, request, form.cleaned_data["why"])
        if not refusal:
            messages.success(request, f"已{found.name}。")
            return redirect(change_url(budget))
        budget.refresh_from_db(fields=["state"])  # others may have taken a step since it was looked up
        if budget.state not in found.sources:
            return HttpResponse(refusal, status=409, content_type="text/plain; charset=utf-8")
        form.add_error("why", refusal)
    form.fields["why"].label = found.asks or "留言（可以不写）"
    missing = lacks_of(budget) if found is SUBMIT else []
    return page(
        model_admin, request, "admin/budget/step.html", found.name, budget=budget, step=found, form=form, lacks=missing
    )


@transaction.atomic
def _taken(found, budget, request, why):
    """Take the step; '' when it was. Who says which content they saw, decides of that content alone."""
    seen = request.POST.get("hash")
    if seen and seen != content_hash(held(budget)):
        return "您看过以后，内容又变了，没有办理；请回到审核页再看一遍。"
    return take(found, budget, request.user, person(request.user), why)
