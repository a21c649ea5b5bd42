"""The budget's own page: what to do next, what was checked, what it holds, and its nine tables."""

from functools import partial

from django.contrib import admin
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path

from budget.admin import explain, grid, head, history, imports, next_year, save, text
from budget.admin.begin import begin
from budget.admin.desk import desk
from budget.admin.drafts import HidingAdmin, is_changeable
from budget.admin.mend import url as mend_url
from budget.admin.noted import about, notes_of, numbered
from budget.admin.one_moment import of_one_moment
from budget.admin.page import may_import
from budget.admin.parts import Part
from budget.admin.review import pages as review
from budget.admin.sheets import urls as sheets
from budget.admin.steps import step
from budget.checks.ledger import check_view, findings_of
from budget.checks.view import View
from budget.drafts import comments
from budget.drafts.load import load, names_of
from budget.drafts.people import roles_for
from budget.figures.drawn import draw
from budget.figures.sheet import sheet
from budget.models import Budget


@admin.register(Budget)
class BudgetAdmin(HidingAdmin):
    """Drafts, newest year first."""

    list_display = ("department_name", "unit", "year", "document", "region", "state", "changed_at")
    list_filter = ("state", "year", "document", ("department__region", admin.RelatedOnlyFieldListFilter))
    search_fields = ("department__name", "department__unit", "department__region__name", "=year")
    search_help_text = "按单位名称、单位编码、县名或年度查找"
    list_per_page = 50
    change_list_template = "admin/budget/budget_list.html"

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).select_related("department__region")

    def has_change_permission(self, request, obj=None):
        """Whether it may be changed now."""
        return super().has_change_permission(request, obj) and is_changeable(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Nobody takes a budget away: its journal stays."""
        return False

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/tables/", wrap(self.tables_view), name="budget_tables"),
            path("<int:pk>/step/<slug:key>/", wrap(partial(step, self)), name="budget_step"),
        ]
        rooms = (explain, grid, head, history, next_year, review, save, sheets, text)
        pages = [url for room in rooms for url in room.urls(lambda view: wrap(partial(of_one_moment(view), self)))]
        return [*imports.urls(self), *own, *pages, *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """Whose budget, of which year."""
        return begin(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The budget's own page; what it says is changed on pages of their own."""
        if not object_id.isdecimal():
            raise Http404
        return of_one_moment(desk)(self, request, int(object_id))

    def history_view(self, request, object_id, extra_context=None):
        """Django's own history of a form; ours is the journal."""
        raise Http404

    def changelist_view(self, request, extra_context=None):
        """The list, with the way to the import and to the next year for those who may."""
        narrowed = bool(request.GET)
        own = {
            "may_import": may_import(request.user),
            "to_begin": [] if narrowed else next_year.years_to_begin(request.user),
        }
        context = {**own, **(extra_context or {})}
        return super().changelist_view(request, context)

    def tables_view(self, request, pk):
        """The nine tables as they would be published, with the findings at their cells."""
        budget = get_object_or_404(self.get_queryset(request), pk=pk)
        own = {"opts": self.opts, "budget": budget, "title": f"{budget}：各表", "parts": _tables(budget, request.user)}
        return render(request, "admin/budget/tables.html", self.admin_site.each_context(request) | own)

    @admin.display(description="单位名称", ordering="department__name")
    def department_name(self, budget):
        """The department's name."""
        return budget.department.name

    @admin.display(description="单位编码", ordering="department__unit")
    def unit(self, budget):
        """The department's unit code."""
        return budget.department.unit

    @admin.display(description="县", ordering="department__region")
    def region(self, budget):
        """The county."""
        return budget.department.region


def _tables(budget, user):
    """The tables with the findings at their cells: filled once, checked once."""
    dossier, names = load(budget), names_of(budget)
    view = View(dossier, names | dossier.entries.names, names)
    noted = numbered(findings_of(check_view(view)), lambda finding: mend_url(budget, finding))
    notes = notes_of(noted)
    for cell, said in review.notes(budget, comments.readable(budget, roles_for(user, budget))).items():
        notes.setdefault(cell, []).extend(said)
    return [Part(draw(sheet(filled), notes), about(key, noted)) for key, filled in view.filled.items()]
