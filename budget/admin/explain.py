"""Explaining a finding instead of mending it, or accepting the correction that it proposes: never silently."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from budget.admin.drafts import change_url
from budget.admin.page import may_not_change
from budget.checks.ledger import check, findings_of
from budget.drafts.door import Doing, How, change, explained, now, person, said_of
from budget.drafts.flat import EXPLANATIONS
from budget.drafts.load import load, names_of
from budget.models import Budget


class ReasonForm(forms.Form):
    """Why it may stand."""

    text = forms.CharField(
        label="原因",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text="会和预算一起公开，写给老百姓看；署您账号里的姓名，没有填姓名就署本单位。",
        error_messages={"required": "请写明原因。"},
    )


def explain(model_admin, request, pk, fingerprint):
    """Say why a finding may stand, accept its proposal, or take back what was said.

    What is said of a finding that tells others together is said of each of them, so that it ends when one changes.
    """
    mine = Budget.objects.visible_to(request.user).select_related("department__region", "source")
    budget = get_object_or_404(mine, pk=pk)
    if refusal := may_not_change(request, budget):
        return refusal
    found = findings_of(check(load(budget), names_of(budget)))
    finding = next((f for f in found if f.fingerprint == fingerprint), None)
    if finding is None:
        raise Http404
    old = budget.explanations.filter(fingerprint=fingerprint).first()
    form = ReasonForm(request.POST or None, initial={"text": old.text if old else ""})
    if request.method == "POST" and (said := _decided(request, form, finding)):
        _keep(request, budget, finding, **said)
        return redirect(change_url(budget))
    own = {
        "opts": model_admin.opts,
        "title": "说明原因",
        "budget": budget,
        "finding": finding,
        "old": old,
        "form": form,
    }
    return render(request, "admin/budget/explain.html", model_admin.admin_site.each_context(request) | own)


def _decided(request, form, finding):
    """What the person decided: {text, accepted}, an empty text to take it back; None when the form is wrong."""
    if "withdraw" in request.POST:
        return {"text": "", "accepted": False}
    if "accept" in request.POST and finding.proposal:
        return {"text": _corrected(finding), "accepted": True}
    return {"text": form.cleaned_data["text"], "accepted": False} if form.is_valid() else None


def _corrected(finding):
    return f"文件里是{finding.found or '空白'}，按明细补正为 {finding.proposal}。"


def _keep(request, budget, finding, text, accepted):
    who = person(request.user)
    said = now(budget)
    gone = [one.fingerprint for one in finding.alone]
    texts = {
        one.fingerprint: said_of(one, _text_of(one, text, accepted), who.name, accepted)
        for one in (finding.alone if text else ())
    }
    done = "已按明细补正" if accepted else "说明已保存" if text else "说明已撤回"
    change(budget, {EXPLANATIONS: explained(said, texts, gone)}, Doing(who, How.EXPLAIN, f"{done}：{finding.message}"))
    messages.success(request, f"{done}，会和预算一起公开。" if text else f"{done}。")


def _text_of(finding, text, accepted):
    return _corrected(finding) if accepted and finding.proposal else text
