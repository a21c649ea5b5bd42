"""The sections of the narrative, as the back office lists them."""

from django import forms
from django.contrib import admin

from budget.admin.drafts import DraftPartAdmin
from budget.models import Section


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
