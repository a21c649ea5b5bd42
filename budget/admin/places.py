"""Regions and departments."""

from django.contrib import admin

from budget.models import Department, Region


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    """Counties, by their code."""

    list_display = ("code", "name")
    search_fields = ("code", "name")

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):
    """The units that publish a budget."""

    list_display = ("name", "unit", "region", "parent")
    autocomplete_fields = ("parent",)
    list_filter = (("region", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("name", "unit", "region__name", "region__code")
    list_select_related = ("region", "parent")
