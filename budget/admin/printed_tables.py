"""Tables that are kept as printed: to be looked at, or taken out of the draft. What they say comes from the file."""

from django.contrib import admin
from django.db import transaction
from django.template.loader import render_to_string

from budget.admin.drafts import DraftPartAdmin
from budget.cell import Cell
from budget.drafts.door import Doing, How, change, held, now, person
from budget.drafts.flat import flatten
from budget.drafts.load import as_printed
from budget.drafts.people import may_change
from budget.figures.as_printed import AS_PRINTED
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

    def delete_model(self, request, obj):
        """Take one out of its draft."""
        _take_out(request, obj.budget, [obj])

    def delete_queryset(self, request, queryset):
        """Of what was chosen, what may be taken out now."""
        chosen = queryset.select_related("budget__department")
        found = [one for one in chosen if may_change(request.user, one.budget)]
        for budget in {one.budget for one in found}:
            _take_out(request, budget, [one for one in found if one.budget_id == budget.pk])

    @admin.display(description="大小")
    def size(self, printed):
        """How many rows and columns it has."""
        table = as_printed(printed)
        return f"{len(table.rows)} 行 {table.columns} 列"

    @admin.display(description="公开时的样子")
    def table(self, printed):
        """The table as readers will see it."""
        return render_to_string("as_printed.html", {"p": draw_as_printed(as_printed(printed))})


@transaction.atomic
def _take_out(request, budget, tables):
    """Through the door, like every change."""
    budget = held(budget)
    gone = {str(Cell(AS_PRINTED, str(one.number), "table")) for one in tables}
    kept = {a: text for a, text in flatten(now(budget))[AS_PRINTED].items() if a not in gone}
    change(budget, {AS_PRINTED: kept}, Doing(person(request.user), How.FORM))
