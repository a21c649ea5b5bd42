"""批复、审查和签发: the dates and names of those who answer for a budget, on one short page."""

from typing import Any

from django import forms
from django.db import models
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from budget.admin.of_budget import budget_of, budget_page
from budget.admin.page import may_not_change
from budget.admin.save import saved
from budget.cell import Cell
from budget.drafts.door import Doing, How, person
from budget.drafts.flat import HEAD, Flat
from budget.drafts.write import HEAD_FIELDS
from budget.models import Budget

FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


def _field(column: Any, **options: Any) -> forms.Field:
    """The field of a column: a day is chosen, or typed in any usual way."""
    if not isinstance(column, models.DateField):
        return column.formfield(**options)
    widget = forms.DateInput(format=FORMATS[0], attrs={"type": "date"})
    said = {"invalid": "日期请写成 2024-02-01 这样。"}
    return column.formfield(widget=widget, input_formats=FORMATS, error_messages=said)


class HeadForm(modelform_factory(Budget, fields=HEAD_FIELDS, formfield_callback=_field)):  # type: ignore[misc]
    """Who answers for a budget, and since when; seen: the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def head(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form, or save what was typed."""
    budget = budget_of(request, pk)
    if refusal := may_not_change(request, budget):
        return refusal
    form = HeadForm(request.POST or None, instance=budget, initial={"seen": budget.version})
    if request.method == "POST" and form.is_valid():
        doing = Doing(person(request.user), How.FORM, seen=form.cleaned_data["seen"])
        then = reverse("admin:budget_budget_change", args=[pk])
        return saved(model_admin, request, budget, {HEAD: _flat(form.cleaned_data)}, doing, then)
    return budget_page(model_admin, request, budget, "admin/budget/head.html", "批复、审查和签发", "desk", form=form)


def _flat(said: dict[str, Any]) -> Flat:
    values = {name: said[name] for name in HEAD_FIELDS if said[name]}
    return {str(Cell(HEAD, "", name)): str(value) for name, value in values.items()}


def urls(wrapped: Any) -> list[Any]:
    """The page's address."""
    return [path("<int:pk>/head/", wrapped(head), name="budget_head")]
