"""What a budget lists besides the nine tables: institutions, procurement, fixed assets, the narrative."""

from django import forms
from django.contrib import admin

from budget.admin.amounts import OVERRIDES
from budget.admin.drafts import DraftPartAdmin
from budget.admin.ordered import LabelledFormSet, OrderedForm, OrderedFormSet
from budget.declare.records import add_up
from budget.documents.department_budget.institutions import INSTITUTIONS
from budget.documents.department_budget.procurement import PAID_FROM, PROCUREMENT
from budget.models import FixedAsset, Institution, ProcurementLine, Section
from budget.money import show

_FIELDS = [field.key for field in PROCUREMENT.fields if field in PROCUREMENT.stored()]
_FIRST = _FIELDS.index(PAID_FROM[0].key)
WHAT, MONEY = tuple(_FIELDS[:_FIRST]), tuple(_FIELDS[_FIRST:])


class InstitutionInline(admin.TabularInline):
    """The institutions that the budget covers."""

    model = Institution
    form = OrderedForm
    formset = OrderedFormSet
    fields = ("place", *(field.key for field in INSTITUTIONS.stored()))
    extra = 0


class FixedAssetInline(admin.TabularInline):
    """The rows of the fixed assets table, its printed total included."""

    model = FixedAsset
    formset = LabelledFormSet
    formfield_overrides = OVERRIDES
    extra = 0
    max_num = len(FixedAsset._meta.get_field("kind").choices)


@admin.register(ProcurementLine)
class ProcurementLineAdmin(DraftPartAdmin):
    """Purchases, in printed order."""

    list_display = ("item", "project", "quantity_short", "unit", "price_wan", "total_wan", "budget")
    list_filter = ("budget__year", ("budget__department__region", admin.RelatedOnlyFieldListFilter))
    search_fields = ("item", "project", "catalogue_code", "institution", "budget__department__name")
    ordering = ("-budget__year", "budget__department", "order")
    fieldsets = (
        (None, {"fields": ("budget", "order", "institution")}),
        ("采购什么", {"fields": WHAT}),
        ("钱从哪里来", {"fields": MONEY, "description": "合计由各项来源相加得出，不用填写。"}),
    )

    @admin.display(description="数量", ordering="quantity")
    def quantity_short(self, purchase):
        """The quantity without padded zeros."""
        return "" if purchase.quantity is None else f"{purchase.quantity.normalize():f}"

    @admin.display(description="单价（万元）", ordering="unit_price")
    def price_wan(self, purchase):
        """The unit price as tables print it."""
        return show(purchase.unit_price)

    @admin.display(description="合计（万元）")
    def total_wan(self, purchase):
        """The sum of the sources, which is never stored."""
        return show(add_up(vars(purchase), tuple(field.key for field in PAID_FROM)))


@admin.register(Section)
class SectionAdmin(DraftPartAdmin):
    """The sections of the narrative, in the order of the file."""

    list_display = ("number", "title", "length", "budget")
    list_display_links = ("title",)
    list_filter = ("budget__year", ("budget__department__region", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "text", "budget__department__name")
    ordering = ("-budget__year", "budget__department", "order", "number")
    fields = ("budget", "number", "order", "title", "text")

    @admin.display(description="字数")
    def length(self, section):
        """How many characters the section has."""
        return len(section.text) or "没有内容"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The text is long: the field is too."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text":
            field.widget = forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField"})
        return field
