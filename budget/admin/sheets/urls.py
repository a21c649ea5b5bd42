"""The addresses of lists and forms: a declared form has its own, a list is found by its key."""

from django.urls import path

from budget.admin.sheets.forms import forms
from budget.admin.sheets.lists import lists, one_list
from budget.admin.sheets.sheet import sheet
from budget.admin.sheets.take import from_last_year
from budget.documents import taken


def urls(wrapped):
    """Every page of lists and forms; wrapped: a view with its admin and its guard."""
    declared = {form.key: form for document in taken() for form in document.forms}
    own = [
        path("<int:pk>/lists/", wrapped(lists), name="budget_lists"),
        path("<int:pk>/lists/<str:key>/", wrapped(one_list), name="budget_list"),
        path("<int:pk>/from-last-year/<str:key>/", wrapped(from_last_year), name="budget_take"),
    ]
    for form in declared.values():
        of = {"key": form.key}
        own.append(path(f"<int:pk>/{form.path}/", wrapped(forms), of, name=f"budget_{form.key}"))
        own.append(path(f"<int:pk>/{form.path}/<str:row>/", wrapped(sheet), of, name=f"budget_{form.key}_sheet"))
    return own
