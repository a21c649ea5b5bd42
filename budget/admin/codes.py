"""The county's code lists."""

from django.contrib import admin

from budget.models import Code


@admin.register(Code)
class CodeAdmin(admin.ModelAdmin):
    """Codes of the classifications, by edition."""

    list_display = ("code", "name", "scheme", "edition", "confirmed")
    list_filter = ("scheme", "edition", "confirmed")
    search_fields = ("code", "name")
    list_per_page = 100
