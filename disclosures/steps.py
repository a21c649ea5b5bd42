"""The steps that change what the public sees: publishing, and taking down. One page asks, one POST takes it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from budget.drafts.people import has_role_for
from budget.drafts.states import PUBLISH, WITHDRAW, correction_reason
from budget.models import Budget
from disclosures import publish
from disclosures.withdraw import withdraw

REASON = {"max_length": 2000, "widget": forms.Textarea(attrs={"rows": 4})}


class SignatureForm(forms.Form):
    """Under whose name it is published; of a correction, why."""

    by = forms.CharField(label="公开人", max_length=150, help_text="机关或个人的名称，随预算一同公开")
    reason = forms.CharField(
        label="更正的原因",
        error_messages={"required": "请写明更正的原因。"},
        help_text="写给老百姓看，和改动的数一同公开",
        **REASON,
    )


class WithdrawalForm(forms.Form):
    """Who takes it down, and why."""

    office = forms.CharField(label="撤下的机关", max_length=150, help_text="写在公告里")
    reason = forms.CharField(
        label="撤下的原因",
        error_messages={"required": "请写明撤下的原因。"},
        help_text="写在公告里，给老百姓看；不要写出不该公开的内容",
        **REASON,
    )


def _theirs(request, pk, step):
    """The budget, for those whose step it is; what they may not see does not exist."""
    visible = Budget.objects.visible_to(request.user).select_related("department__region")
    budget = get_object_or_404(visible, pk=pk)
    if not has_role_for(request.user, step.role, budget):
        raise PermissionDenied
    return budget


def _asked(model_admin, request, budget, step, form, **context):
    """The page that asks: 409 where the budget is not where the step begins; others may have taken it meanwhile."""
    budget.refresh_from_db(fields=["state"])
    status = 200 if budget.state in step.sources else 409
    common = model_admin.admin_site.each_context(request)
    own = {"opts": model_admin.opts, "title": step.name, "form": form, "budget": budget} | context
    return render(request, f"admin/budget/{step.key}.html", common | own, status=status)


def publish_view(model_admin, request, pk):
    """Ask under whose name, then publish what is approved."""
    budget = _theirs(request, pk, PUBLISH)
    before = publish.newest_version(budget)
    initial = {"by": budget.department.name, "reason": correction_reason(budget)}
    form = SignatureForm(request.POST or None, initial=initial)
    if before is None:
        del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        try:
            publication, _ = publish.publish(budget, user=request.user, **form.cleaned_data)
            messages.success(request, f"已公开：{publication}。")
            return redirect(publication.address)
        except publish.NotPublished as refusal:
            form.add_error("by", str(refusal))
    return _asked(model_admin, request, budget, PUBLISH, form, before=before)


def withdraw_view(model_admin, request, pk):
    """Ask who takes it down and why, then put the notice in its place."""
    budget = _theirs(request, pk, WITHDRAW)
    form = WithdrawalForm(request.POST or None, initial={"office": f"{budget.department.region.name}财政局"})
    if request.method == "POST" and form.is_valid():
        refused = withdraw(budget, request.user, **form.cleaned_data)
        if not refused:
            messages.success(request, "已撤下，公开的网址上现在是撤下的公告。")
            return redirect(reverse("admin:budget_budget_change", args=[budget.pk]))
        form.add_error("reason", refused)
    return _asked(model_admin, request, budget, WITHDRAW, form, published=publish.newest_version(budget))
