"""What the pages of the import share: who may see them, by which methods, and how they are drawn."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import render


def may_import(user):
    """Whether a person may import files: who may add and change budgets."""
    return user.has_perms(["budget.add_budget", "budget.change_budget"])


def for_importers(*methods):
    """A view for those who may import, by these HTTP methods only."""

    def guarded(view):
        @wraps(view)
        def inner(model_admin, request, **kwargs):
            if not may_import(request.user):
                raise PermissionDenied
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(model_admin, request, **kwargs)

        return inner

    return guarded


def page(model_admin, request, template, title, **context):
    """A page of the back office."""
    common = model_admin.admin_site.each_context(request)
    return render(request, template, common | {"opts": model_admin.opts, "title": title} | context)
