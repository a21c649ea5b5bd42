"""Tables that are kept as printed: to be looked at, or taken out of the draft. What they say comes from the file."""

from django.contrib import admin
from django.template.loader import render_to_string

from budget.admin.drafts import DraftPartAdmin
from budget.drafts.load import as_printed
from budget.figures.drawn_as_printed import draw_as_printed
from budget.models import PrintedTable


@admin.register(PrintedTable)
class PrintedTableAdmin(DraftPartAdmin):
    """Read-only: a table of the township's own is corrected in its file and imported again."""

    list_display = ("number", "title", "size", "place", "budget")
    list_display_links = ("title",)
    list_filter = ("budget__year", ("budget__department__region", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "budget__department__name")
    ordering = ("-budget__year", "budget__department", "number")
    fields = ("budget", "number", "title", "place", "table")
    readonly_fields = ("table",)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="大小")
    def size(self, printed):
        """How many rows and columns it has."""
        table = as_printed(printed)
        return f"{len(table.rows)} 行 {table.columns} 列"

    @admin.display(description="公开时的样子")
    def table(self, printed):
        """The table as readers will see it."""
        return render_to_string("as_printed.html", {"p": draw_as_printed(as_printed(printed))})
