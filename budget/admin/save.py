"""Saving what a person typed: through the door, and where others were there first, both values side by side."""

from dataclasses import astuple
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from budget.admin.of_budget import budget_of, budget_page
from budget.admin.page import may_not_change
from budget.admin.told import called, naming_of, saying
from budget.documents import DOCUMENTS
from budget.drafts.door import Both, Doing, How, change, person, settled
from budget.drafts.flat import Parts, gone_records, unit_of
from budget.models import Act, Budget

HOURS = 12  # how long a question about two values may wait for its answer


def saved(
    model_admin: Any, request: HttpRequest, budget: Budget, wanted: Parts, doing: Doing, then: str
) -> HttpResponse:
    """The answer to a form: saved, and on to `then`; 409 where the budget is closed, or where the person must choose.

    doing.seen must be the version that the form was made from.
    """
    outcome = change(budget, wanted, doing)
    if outcome.closed:
        return HttpResponse(outcome.closed, status=409, content_type="text/plain; charset=utf-8")
    if outcome.conflicts:
        kept = _kept(request, budget, wanted, doing, then) | {"shown": outcome.shown}
        return _ask(model_admin, request, budget, kept | {"conflicts": [astuple(both) for both in outcome.conflicts]})
    messages.success(request, "已保存。" if outcome.act else "没有改动，和原来一样。")
    return redirect(then)


def _kept(request: HttpRequest, budget: Budget, wanted: Parts, doing: Doing, then: str) -> dict[str, Any]:
    """All that is needed to go on once the person has chosen; it travels with the page, signed."""
    undoes = doing.undoes.pk if doing.undoes else None
    return {"budget": budget.pk, "user": request.user.pk, "wanted": wanted, "seen": doing.seen,
            "how": doing.how, "why": doing.why, "undoes": undoes, "then": then}  # fmt: skip


def _ask(model_admin: Any, request: HttpRequest, budget: Budget, kept: dict[str, Any], missing: int = 0) -> Any:
    """Show both values of everything that two people changed, for the person to choose."""
    others = budget.acts.filter(pk__gt=kept["seen"]).exclude(user=request.user)
    own = {
        "units": _by_unit(request, budget, [Both(*values) for values in kept["conflicts"]]),
        "others": list(dict.fromkeys(act.by for act in others)),
        "kept": signing.dumps(kept, salt=_SALT, compress=True),
        "missing": missing,
    }
    answer = budget_page(model_admin, request, budget, "admin/budget/conflict.html", "别人也改了这里", "", **own)
    answer.status_code = 409
    return answer


def _by_unit(request: HttpRequest, budget: Budget, conflicts: list[Both]) -> list[dict[str, Any]]:
    """What can only be chosen together, together."""
    naming = naming_of(budget)
    units: dict[str, list[dict[str, str]]] = {}
    for both, unit in zip(conflicts, _units(conflicts, naming.document), strict=True):
        units.setdefault(unit, []).append(_told(both, naming))
    return [{"key": key, "rows": rows, "chosen": request.POST.get(f"choose-{key}")} for key, rows in units.items()]


def _units(conflicts: list[Both], document: Any) -> list[str]:
    """The unit of each; a record that one of both took away is one."""
    sides = [(one.address, one.before, side) for one in conflicts for side in (one.theirs, one.mine)]
    gone = gone_records(sides, document)
    return [unit_of(one.address, document, gone) for one in conflicts]


_SALT = "budget.conflict"


def _told(both: Both, naming: Any) -> dict[str, str]:
    values = {name: saying(both.address, getattr(both, name)) for name in ("before", "theirs", "mine")}
    return {"label": called(both.address, naming), **values}


def conflict(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What the person chose of both values."""
    budget = budget_of(request, pk)
    if refusal := may_not_change(request, budget):
        return refusal
    kept = _answered(request, budget)
    units = set(_units([Both(*values) for values in kept["conflicts"]], DOCUMENTS[budget.document]))
    chosen = {unit: request.POST.get(f"choose-{unit}") for unit in units}
    mine, theirs = ({unit for unit in units if chosen[unit] == side} for side in ("mine", "theirs"))
    if missing := len(units - mine - theirs):
        return _ask(model_admin, request, budget, kept, missing)
    wanted = settled(budget, kept["wanted"], kept["seen"], kept["shown"], mine, theirs)
    undoes = Act.objects.filter(budget=budget, pk=kept["undoes"]).first() if kept["undoes"] else None
    doing = Doing(person(request.user), How(kept["how"]), kept["why"], kept["shown"], undoes)
    return saved(model_admin, request, budget, wanted, doing, kept["then"])


def _answered(request: HttpRequest, budget: Budget) -> dict[str, Any]:
    """What the page of both values carried; only for this person and this budget."""
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=_SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        raise Http404 from None
    if (kept["budget"], kept["user"]) != (budget.pk, request.user.pk):
        raise Http404
    return kept


def urls(wrapped: Any) -> list[Any]:
    """Where the choice between both values is sent."""
    return [path("<int:pk>/conflict/", wrapped(conflict), name="budget_conflict")]
