"""Publishing many: one after another, each in its own transaction; what became of each stands in the database.

A request publishes what fits into five seconds and the page asks for more; a request that is killed loses nothing but
the budget that it was at, which the next one begins anew.
"""

import time

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from budget.drafts.people import has_role_for
from budget.models import Budget, Post, Role
from disclosures.models import PublishingItem, PublishingRound
from disclosures.publish import NotPublished, publish

SECONDS = 5  # of one request
MOST = 1000  # budgets of one round


@require_POST
def start(request):
    """Begin with the budgets that were ticked; one that the person may not see does not exist."""
    if not Post.objects.filter(user=request.user, role=Role.PUBLISHER).exists():
        raise PermissionDenied
    keys = {int(one) for one in request.POST.getlist("budget")[:MOST] if one.isascii() and one.isdecimal()}
    found = list(Budget.objects.visible_to(request.user).filter(pk__in=keys).select_related("department"))
    if len(found) != len(keys):
        raise Http404
    if not found:
        messages.warning(request, "没有选任何单位；在“审核通过”的单位前面打勾再公开。")
        return redirect("county_board")
    if not all(has_role_for(request.user, Role.PUBLISHER, one) for one in found):
        raise PermissionDenied
    return redirect("county_progress", _begun(request.user, found).pk)


@transaction.atomic
def _begun(user, budgets):
    begun = PublishingRound.objects.create(user=user)
    ordered = sorted(budgets, key=lambda one: one.department.unit)
    PublishingItem.objects.bulk_create(PublishingItem(round=begun, budget=one) for one in ordered)
    return begun


@require_safe
def progress(request, pk):
    """How far it is: each body with what became of it; the page goes on by itself while any waits."""
    own = get_object_or_404(PublishingRound, pk=pk, user=request.user)
    items = own.items.select_related("budget__department", "publication").defer("publication__content")
    done = [one for one in items if one.outcome]
    context = {
        "title": "批量公开",
        "round": own,
        "items": items,
        "done": len(done),
        "refused": sum(one.outcome == PublishingItem.Outcome.REFUSED for one in done),
        "left": len(items) - len(done),
    }
    return render(request, "admin/county/progress.html", admin.site.each_context(request) | context)


@require_POST
def more(request, pk):
    """Publish some of those that wait."""
    own = get_object_or_404(PublishingRound, pk=pk, user=request.user)
    end = time.monotonic() + SECONDS
    for key in list(own.items.filter(outcome="").values_list("pk", flat=True)):
        publish_one(key, request.user)
        if time.monotonic() > end:
            break
    return redirect("county_progress", own.pk)


@transaction.atomic
def publish_one(key, user):
    """Publish one of a round, or note why not: both together, or nothing. Another request may be at it."""
    item = PublishingItem.objects.select_for_update().get(pk=key)
    if item.outcome:
        return
    item.outcome, item.publication, item.sentence = _published(item.budget, user)
    item.save()


def _published(budget, user):
    """(outcome, publication, why not)"""
    if not has_role_for(user, Role.PUBLISHER, budget):
        return PublishingItem.Outcome.REFUSED, None, "您现在不是这个县的公开人。"
    try:
        with transaction.atomic():
            publication, _ = publish(budget, user=user)
    except NotPublished as refusal:
        return PublishingItem.Outcome.REFUSED, None, str(refusal)[:2000]
    return PublishingItem.Outcome.PUBLISHED, publication, ""
