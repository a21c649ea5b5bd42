"""A budget begun by hand: whose it is, of which year and kind; everything else is filled in afterwards."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from budget.admin.drafts import change_url
from budget.admin.page import page
from budget.documents import DEFAULT
from budget.drafts.door import Doing, How, open_budget, person
from budget.drafts.people import bodies_of
from budget.models import Budget
from budget.models.budget import document_choices

_ONE = "这个单位这一年已经有一份这样的预算，请打开那一份修改。"
_YEAR = "预算年度应在 2000 到 2099 之间。"


class BeginForm(forms.Form):
    """Of which body, year and kind."""

    department = forms.ModelChoiceField(None, label="单位", empty_label=None)
    year = forms.IntegerField(
        label="预算年度", min_value=2000, max_value=2099, error_messages={"min_value": _YEAR, "max_value": _YEAR}
    )
    document = forms.ChoiceField(label="种类", choices=document_choices)

    def __init__(self, user: Any, *args: Any, **kwargs: Any):
        next_year = timezone.localdate().year + (timezone.localdate().month > 6)
        super().__init__(*args, initial={"year": next_year, "document": DEFAULT}, **kwargs)
        self.fields["department"].queryset = bodies_of(user).order_by("region", "unit")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One budget of a kind a year."""
        said = super().clean() or {}
        whose = {name: said.get(name) for name in ("department", "year", "document")}
        if all(whose.values()) and Budget.objects.filter(**whose).exists():
            raise forms.ValidationError(_ONE)
        return said


def begin(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask whose budget, then open it."""
    if not request.user.has_perm("budget.add_budget"):
        raise PermissionDenied
    form = BeginForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        doing = Doing(person(request.user), How.OPENED)
        budget, _ = open_budget(said["department"], said["year"], said["document"], doing)
        return redirect(change_url(budget))
    return page(model_admin, request, "admin/budget/begin.html", "新建一份预算", form=form)
