"""All sections on one page, and what their standard sentences ask: one save for all of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from budget.admin.drafts import is_changeable
from budget.admin.of_budget import budget_of, budget_page
from budget.admin.page import may_not_change
from budget.admin.save import saved
from budget.admin.text.beside import REASON
from budget.admin.text.sections import HERE, OPENING, row_of, titles
from budget.admin.text.sent import as_seen, form_of
from budget.admin.text.wanted import reasons_in
from budget.drafts import sequences
from budget.drafts.door import Doing, How, person
from budget.drafts.flat import Parts
from budget.drafts.load import load, names_of
from budget.drafts.standing import in_sentences, unwritten
from budget.figures.dossier import REASONS, Entries
from budget.sentences.compose import Composed, Composing


def text(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """All sections, in order, and what the standard sentences of all of them ask; posted: saved for all at once."""
    budget = budget_of(request, pk)
    refusal = may_not_change(request, budget) if request.method == "POST" else None
    if refusal:
        return refusal
    dossier = load(budget)
    form = form_of(dossier, OPENING, request, {"seen": budget.version})
    if request.method == "POST" and form.is_valid():
        doing = Doing(person(request.user), How.FORM, "情况说明", seen=form.cleaned_data["seen"])
        before = as_seen(budget, dossier, doing.seen).entries
        then = reverse("admin:budget_text", args=[pk])
        return saved(model_admin, request, budget, _of_all(before, request.POST), doing, then)
    composed, called = Composing(dossier, names_of(budget)).all(), titles(dossier)
    own = {
        "rows": [row_of(budget, dossier, number, title, composed.get(number)) for number, title in called],
        "may_change": is_changeable(request, budget),
        "form": form,
        "unwritten": len(unwritten(dossier.entries)),
        "asked": _asked_of_all(dossier.entries, dict(called), composed, request.POST),
        "gaps": sum(len(one.gaps) for one in composed.values()),
    }
    return budget_page(model_admin, request, budget, "admin/budget/text.html", "情况说明", HERE, **own)


def _of_all(entries: Entries, sent: Any) -> Parts:
    """What the text is to say: sections that say nothing in their sentences, or what people wrote in all of them."""
    if "standard" in sent:
        return in_sentences(entries, unwritten(entries))
    return {REASONS: sequences.reasons_flat({**entries.reasons, **reasons_in(sent)})}


def _asked_of_all(
    entries: Entries, called: dict[int, str], composed: dict[int, Composed], sent: Any
) -> list[tuple[str, list[dict[str, Any]]]]:
    """[(title of a section, what its sentences ask)]; what several ask stands at the first."""
    seen: set[str] = set()
    found = []
    for number, one in composed.items():
        reasons = [reason for reason in asked(entries, one, sent) if reason["reason"].key not in seen]
        seen |= {reason["reason"].key for reason in reasons}
        found += [(called[number], reasons)] if reasons else []
    return found


def asked(entries: Entries, composed: Composed, sent: Any) -> list[dict[str, Any]]:
    """What a person is asked for in the sentences of a section, with what is there already."""
    found, kept = {reason.key: reason for one in composed.items for reason in one.asked}, entries.reasons
    return [{"reason": r, "text": sent.get(REASON + key, kept.get(key, ""))} for key, r in found.items()]
