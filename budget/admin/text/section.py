"""One section: written freely beside the standard sentences that say the same, or as a sequence of sentences."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse

from budget.admin.of_budget import budget_of, budget_page
from budget.admin.page import may_not_change
from budget.admin.save import saved
from budget.admin.text.beside import PUT, Beside
from budget.admin.text.overview import asked, text
from budget.admin.text.sections import HERE, titles, written
from budget.admin.text.sent import as_seen, form_of
from budget.admin.text.wanted import moved, wanted
from budget.drafts.door import Doing, How, person
from budget.drafts.load import load, names_of
from budget.drafts.standing import standing
from budget.figures.dossier import Dossier
from budget.models import Budget
from budget.sentences.compose import Composing


def section(model_admin: Any, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One section: shown, and saved as it is sent."""
    budget = budget_of(request, pk)
    if refusal := may_not_change(request, budget):
        return refusal
    dossier = load(budget)
    title = dict(titles(dossier)).get(number)
    if title is None:
        raise Http404
    form = form_of(dossier, number, request, {"text": written(dossier, number), "seen": budget.version})
    if request.method == "POST" and form.is_valid():
        return _save(model_admin, request, budget, dossier, number, title, form.cleaned_data)
    own = {"form": form, "section": title, "standing": standing(dossier.document, number)}
    own |= _shown(budget, dossier, number, request.POST)
    return budget_page(model_admin, request, budget, "admin/budget/section.html", title, HERE, **own)


def _save(
    model_admin: Any, request: HttpRequest, budget: Budget, dossier: Dossier, number: int, title: str, kept: Any
) -> HttpResponse:
    doing = Doing(person(request.user), How.FORM, title, seen=kept["seen"])
    before = as_seen(budget, dossier, doing.seen)
    parts = wanted(before, names_of(budget), number, title, request.POST, kept["text"])
    many = len(before.entries.composed.get(number, ()))
    return saved(model_admin, request, budget, parts, doing, _then(budget, number, request.POST, many))


def _then(budget: Budget, number: int, sent: Any, many: int) -> str:
    """Where to go on: here, where one is at work on the sentences, at the one that has moved; else all sections."""
    here = reverse("admin:budget_section", args=[budget.pk, number])
    if move := moved(sent, many):
        return f"{here}#sentence-{move[1]}"
    stays = {"go_on", "standard"} & set(sent) or any(key.startswith(PUT) and sent[key] for key in sent)
    return here if stays else reverse("admin:budget_text", args=[budget.pk])


def _shown(budget: Budget, dossier: Dossier, number: int, sent: Any) -> dict[str, Any]:
    """A section as a sequence, or freely written beside the standard sentences.

    sent: what somebody typed that could not be saved; it stays where it was typed.
    """
    if number not in dossier.entries.composed:
        beside = Beside(dossier, names_of(budget), number, written(dossier, number))
        return {"pairs": beside.pairs(sent)}
    return _shown_sequence(budget, dossier, number, sent)


def _shown_sequence(budget: Budget, dossier: Dossier, number: int, sent: Any) -> dict[str, Any]:
    """A sequence, what it asks for, and the sentences that it may take besides."""
    items = tuple(
        one if one.standard else one._replace(own=sent.get(f"own-{n}", one.own))
        for n, one in enumerate(dossier.entries.composed[number])
    )
    composed = Composing(dossier, names_of(budget)).section(items)
    used = {item.standard for item in items}
    spare = [one for one in dossier.document.narrative.sentences.get(number, ()) if one.key not in used]
    reasons = asked(dossier.entries, composed, sent)
    between = [sent.get(f"after-{at}", "") for at in range(len(items))]
    rows = list(zip(composed.items, between, strict=True))
    return {"rows": rows, "reasons": reasons, "spare": spare, "typed": sent.get("own-new", "")}


def urls(wrapped: Any) -> list[Any]:
    """The pages of the text."""
    return [
        path("<int:pk>/text/", wrapped(text), name="budget_text"),
        path("<int:pk>/text/<int:number>/", wrapped(section), name="budget_section"),
    ]
