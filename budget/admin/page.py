"""What the pages of the import share: who may see them, by which methods, and how they are drawn."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from budget.admin.drafts import is_changeable
from budget.drafts.people import is_clerk_of


def may_import(user):
    """Whether a person may import files: who may add and change budgets."""
    return user.has_perms(["budget.add_budget", "budget.change_budget"])


def by(*methods):
    """A view by these HTTP methods only."""

    def guarded(view):
        @wraps(view)
        def inner(model_admin, request, **kwargs):
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(model_admin, request, **kwargs)

        return inner

    return guarded


def for_importers(*methods):
    """A view for those who may import, by these HTTP methods only."""

    def guarded(view):
        allowed = by(*methods)(view)

        @wraps(view)
        def inner(model_admin, request, **kwargs):
            if not may_import(request.user):
                raise PermissionDenied
            return allowed(model_admin, request, **kwargs)

        return inner

    return guarded


def may_not_change(request, budget):
    """Why a person who sees a budget may not change it: 403 where it is not theirs, 409 while it is closed; or None."""
    if is_changeable(request, budget):
        return None
    if budget.closed and is_clerk_of(request.user, budget.department.region_id, budget.department.unit):
        return HttpResponse(budget.closed, status=409, content_type="text/plain; charset=utf-8")
    raise PermissionDenied


def page(model_admin, request, template, title, **context):
    """A page of the back office."""
    common = model_admin.admin_site.each_context(request)
    return render(request, template, common | {"opts": model_admin.opts, "title": title} | context)
