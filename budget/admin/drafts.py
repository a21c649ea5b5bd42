"""What files leave behind in a draft has in common in the back office: it belongs to a budget, and is looked at."""

from django.contrib import admin
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html

from budget.drafts.people import may_change
from budget.models import Budget

OF_BUDGET = "budget__id__exact"


def is_changeable(request, budget):
    """Whether a person may change a budget now; without one, whether there may be any."""
    return budget is None or may_change(request.user, budget)


def list_url(model, budget=None, **filters):
    """The address of a model's list, narrowed to one budget and further filters."""
    query = ({OF_BUDGET: budget.pk} if budget else {}) | filters
    return reverse(f"admin:budget_{model}_changelist", query=query)


def change_url(obj):
    """The address of an object's own page."""
    return reverse(f"admin:budget_{obj._meta.model_name}_change", args=[obj.pk])


def _linked(fields):
    return ["budget_link" if name == "budget" else name for name in fields]


class HidingAdmin(admin.ModelAdmin):
    """What a person may not see does not exist: 404, where Django leads back with a sentence."""

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404


class DraftPartAdmin(HidingAdmin):
    """A model whose objects belong to one budget and never move to another."""

    list_select_related = ("budget__department",)
    list_per_page = 100
    change_list_template = "admin/budget/part_list.html"

    def get_queryset(self, request):
        """The parts of budgets that the person may see; others do not exist."""
        return super().get_queryset(request).filter(budget__in=Budget.objects.visible_to(request.user))

    def has_add_permission(self, request):
        """Nobody types them here."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody changes them here: a part is changed on its own page, through the door."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Whether it may be taken away now."""
        return super().has_delete_permission(request, obj) and is_changeable(request, obj and obj.budget)

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), "budget_link")

    def get_fieldsets(self, request, obj=None):
        """A part shows its budget as a link."""
        fieldsets = super().get_fieldsets(request, obj)
        return [(title, options | {"fields": _linked(options["fields"])}) for title, options in fieldsets]

    @admin.display(description="部门预算")
    def budget_link(self, obj):
        """The budget that the object belongs to, as a link back."""
        return format_html('<a href="{}">{}</a>', change_url(obj.budget), obj.budget)

    def get_list_display(self, request):
        """A list of one budget's parts need not repeat its name in every row."""
        shown = super().get_list_display(request)
        return [name for name in shown if name != "budget"] if OF_BUDGET in request.GET else shown

    def get_list_filter(self, request):
        """Nor can it be narrowed by year or county."""
        filters = super().get_list_filter(request)
        return [f for f in filters if "budget__" not in str(f)] if OF_BUDGET in request.GET else filters

    def changelist_view(self, request, extra_context=None):
        """The list knows whose budget it shows, for the way back."""
        pk = request.GET.get(OF_BUDGET, "")
        visible = Budget.objects.visible_to(request.user).select_related("department")
        budget = visible.filter(pk=pk).first() if pk.isdecimal() else None
        return super().changelist_view(request, {"of_budget": budget, **(extra_context or {})})
