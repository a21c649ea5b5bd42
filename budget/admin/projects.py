"""Projects with their performance sheets."""

from django import forms
from django.contrib import admin
from django.db.models import Count

from budget.admin.drafts import DraftPartAdmin
from budget.admin.ordered import OrderedForm, OrderedFormSet
from budget.declare.fields import Rows
from budget.documents.department_budget.projects import PROJECTS
from budget.models import Goal, Indicator, PaymentStep, Project
from budget.money import show


def _declared(rows):
    """The fields of a project's own rows, in their order."""
    return ("place", *(field.key for field in PROJECTS.field(rows).fields))


class OrderedInline(admin.TabularInline):
    """Rows of a project in their order."""

    form = OrderedForm
    formset = OrderedFormSet
    extra = 0


class PaymentStepInline(OrderedInline):
    """When how much of the project is paid."""

    model = PaymentStep
    fields = _declared("payment_plan")


class GoalInline(OrderedInline):
    """What the project is to achieve."""

    model = Goal
    fields = _declared("goals")


class IndicatorInline(OrderedInline):
    """How one will see whether it did."""

    model = Indicator
    fields = _declared("indicators")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Long texts wrap: eight columns must fit an old screen."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.fields[1:]:
            field.widget = forms.Textarea(attrs={"rows": 3, "cols": 14, "class": "narrow-text"})
        return field


@admin.register(Project)
class ProjectAdmin(DraftPartAdmin):
    """Projects, listed in printed order."""

    list_display = ("name", "code", "amount_wan", "indicator_count", "budget")
    list_filter = ("budget__year", ("budget__department__region", admin.RelatedOnlyFieldListFilter))
    search_fields = ("name", "code", "purpose", "budget__department__name")
    ordering = ("-budget__year", "budget__department", "order")
    fields = ("budget", "order", *(field.key for field in PROJECTS.stored() if not isinstance(field, Rows)))
    inlines = (PaymentStepInline, GoalInline, IndicatorInline)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(indicator_number=Count("indicators"))

    @admin.display(description="预算数（万元）", ordering="amount")
    def amount_wan(self, project):
        """The project's amount as tables print it."""
        return show(project.amount)

    @admin.display(description="指标", ordering="indicator_number")
    def indicator_count(self, project):
        """How many indicators the sheet has."""
        return project.indicator_number
