"""Explaining a finding instead of mending it, or accepting the correction that it proposes: never silently."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from budget.admin.drafts import change_url
from budget.admin.of_budget import budget_of, budget_page, seen_of
from budget.admin.page import may_not_change
from budget.checks.ledger import check, findings_of
from budget.drafts.door import Doing, How, change, explained, now, person, said_of
from budget.drafts.flat import EXPLANATIONS
from budget.drafts.load import load, names_of

MEANWHILE = "别人刚刚也说明了这里，这次没有保存；请看看写的是什么，再决定要不要改。"


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
    budget = budget_of(request, pk)
    if refusal := may_not_change(request, budget):
        return refusal
    found = findings_of(check(load(budget), names_of(budget)))
    finding = next((f for f in found if f.fingerprint == fingerprint), None)
    if finding is None:
        raise Http404
    old = budget.explanations.filter(fingerprint=fingerprint).first()
    form = ReasonForm(request.POST or None, initial={"text": old.text if old else ""})
    if request.method == "POST" and (said := _decided(request, form, finding)):
        _keep(request, budget, [finding], **said)
        return redirect(change_url(budget))
    own = {"finding": finding, "old": old, "form": form}
    return budget_page(model_admin, request, budget, "admin/budget/explain.html", "说明原因", "desk", **own)


def explain_several(model_admin, request, pk):
    """Say one reason for each of the findings that the person ticked."""
    budget = budget_of(request, pk)
    if refusal := may_not_change(request, budget):
        return refusal
    if request.method != "POST":
        return redirect(change_url(budget))
    ticked, form = set(request.POST.getlist("finding")), ReasonForm(request.POST)
    chosen = [f for f in findings_of(check(load(budget), names_of(budget))) if f.fingerprint in ticked]
    if not chosen or not form.is_valid():
        messages.error(request, "请先给要说明的打勾。" if not chosen else "请写明原因，不超过 2000 字。")
        return redirect(change_url(budget))
    _keep(request, budget, chosen, form.cleaned_data["text"], accepted=False)
    return redirect(change_url(budget))


def _decided(request, form, finding):
    """What the person decided: {text, accepted}, an empty text to take it back; None when the form is wrong."""
    if "withdraw" in request.POST:
        return {"text": "", "accepted": False}
    if "accept" in request.POST and finding.proposal:
        return {"text": _corrected(finding), "accepted": True}
    return {"text": form.cleaned_data["text"], "accepted": False} if form.is_valid() else None


def _corrected(finding):
    return f"文件里是{finding.found or '空白'}，按明细补正为 {finding.proposal}。"


def _keep(request, budget, findings, text, accepted):
    who = person(request.user)
    alone = [one for finding in findings for one in finding.alone]
    texts = {
        one.fingerprint: said_of(one, _text_of(one, text, accepted), who.name, accepted)
        for one in (alone if text else ())
    }
    done = "已按明细补正" if accepted else "说明已保存" if text else "说明已撤回"
    why = f"{done}：{findings[0].message}" + (f"等 {len(findings)} 处" if len(findings) > 1 else "")
    wanted = {EXPLANATIONS: explained(now(budget), texts, [one.fingerprint for one in alone])}
    outcome = change(budget, wanted, Doing(who, How.EXPLAIN, why, seen_of(request, budget)))
    if outcome.closed or outcome.conflicts:
        messages.error(request, outcome.closed or MEANWHILE)
    else:
        messages.success(request, f"{done}，会和预算一起公开。" if text else f"{done}。")


def _text_of(finding, text, accepted):
    return _corrected(finding) if accepted and finding.proposal else text


def urls(wrapped):
    """Where findings are explained, one or several."""
    return [
        path("<int:pk>/explain/", wrapped(explain_several), name="budget_explain_several"),
        path("<int:pk>/explain/<str:fingerprint>/", wrapped(explain), name="budget_explain"),
    ]
