"""The budget's own page: what to do next, what was checked, what it holds, and its nine tables."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from budget.admin import grid, head, history, imports, next_year, save
from budget.admin.drafts import HidingAdmin, is_changeable, list_url, touch
from budget.admin.explain import explain
from budget.admin.mend import url as mend_url
from budget.admin.next_step import state
from budget.admin.noted import about, notes_of, numbered
from budget.admin.page import may_import
from budget.admin.parts import Part
from budget.admin.sheets import links
from budget.admin.sheets import urls as sheets
from budget.admin.steps import step
from budget.checks.ledger import check_view, findings_of
from budget.checks.view import View
from budget.documents import DOCUMENTS
from budget.drafts.load import load, names_of
from budget.drafts.people import bodies_of
from budget.drafts.states import opened, steps_for
from budget.figures.drawn import draw
from budget.figures.sheet import sheet
from budget.models import Budget, Line, PrintedName, PrintedTable, Section, Upload

PARTS = (
    (Line, "九张表由这些明细相加得出"),
    (Section, "各部分的文字"),
    (PrintedName, "本单位的叫法与县里目录不同的科目"),
    (PrintedTable, "文件里不是标准表的表，按原样公开"),
    (Upload, "交来的原始文件，只能看和下载"),
)

FROM_FILES = (PrintedTable, Upload)  # nobody types them


@admin.register(Budget)
class BudgetAdmin(HidingAdmin):
    """Drafts, newest year first."""

    list_display = ("department_name", "unit", "year", "document", "region", "state", "changed_at")
    list_filter = ("state", "year", "document", ("department__region", admin.RelatedOnlyFieldListFilter))
    search_fields = ("department__name", "department__unit", "department__region__name", "=year")
    search_help_text = "按单位名称、单位编码、县名或年度查找"
    list_per_page = 50
    change_form_template = "admin/budget/budget_form.html"
    change_list_template = "admin/budget/budget_list.html"
    save_on_top = True

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).select_related("department__region")

    def get_fieldsets(self, request, obj=None):
        whose = ("department", "year", "document")
        if obj is None:
            return [(None, {"fields": whose, "description": "先填单位和年度；保存后再填内容，或直接导入文件。"})]
        return [
            ("单位和年度", {"fields": whose}),
            ("情况说明开头", {"fields": ("preamble",)}),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Whose budget it is, is fixed once a file says so."""
        return ("department", "year", "document") if obj and obj.source_id else ()

    def has_change_permission(self, request, obj=None):
        """Whether it may be changed now."""
        return super().has_change_permission(request, obj) and is_changeable(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Nobody takes a budget away: its journal stays."""
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A clerk opens budgets of their own bodies."""
        if db_field.name == "department":
            kwargs["queryset"] = bodies_of(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        view, explained = wrap(self.tables_view), wrap(partial(explain, self))
        own = [
            path("<int:pk>/tables/", view, name="budget_tables"),
            path("<int:pk>/explain/<str:fingerprint>/", explained, name="budget_explain"),
            path("<int:pk>/step/<slug:key>/", wrap(partial(step, self)), name="budget_step"),
        ]
        rooms = (grid, head, history, next_year, save, sheets)
        pages = [url for room in rooms for url in room.urls(lambda view: wrap(partial(view, self)))]
        return [*imports.urls(self), *own, *pages, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The form, under what to do next and what was checked."""
        budget = self.get_object(request, object_id)
        about = _about(budget, request.user) if budget and self.has_view_permission(request, budget) else {}
        if about:
            opened(budget, request.user)
        return super().change_view(request, object_id, form_url, about | (extra_context or {}))

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
        if not self.has_view_permission(request, budget):
            raise PermissionDenied
        own = {"opts": self.opts, "budget": budget, "title": f"{budget}：各表", "parts": _tables(budget)}
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

    def save_model(self, request, obj, form, change):
        touch(obj.pk)
        super().save_model(request, obj, form, change)


def _about(budget, user):
    visible = [(model, note) for model, note in PARTS if user.has_perm(_permission("view", model))]
    return {
        "state": state(budget, reverse("admin:budget_import")),
        "steps": [_step(one, budget) for one in steps_for(user, budget)],
        "parts": [*_records(budget), *(_part(budget, user, model, note) for model, note in visible)],
        "tables": DOCUMENTS[budget.document].tables,
    }


def _step(one, budget):
    """Its button; the public side has its own pages."""
    own = f"admin:disclosures_{one.key}"
    url = reverse(own, args=[budget.pk]) if one.is_public else reverse("admin:budget_step", args=[budget.pk, one.key])
    return {"name": one.name, "url": url}


def _permission(action, model):
    return f"budget.{action}_{model._meta.model_name}"


def _records(budget):
    """The lists and forms of the budget's document, each on its own page."""
    return [
        {"name": records.title, "url": links.url_of(budget, records), "count": getattr(budget, records.key).count()}
        for records in DOCUMENTS[budget.document].records
    ]


def _part(budget, user, model, note):
    name = model._meta.model_name
    may_add = model not in FROM_FILES and user.has_perm(_permission("add", model))
    return {
        "name": model._meta.verbose_name,
        "note": note,
        "url": list_url(name, budget),
        "count": model.objects.filter(budget=budget).count(),
        "add_url": reverse(f"admin:budget_{name}_add", query={"budget": budget.pk}) if may_add else "",
    }


def _tables(budget):
    """The tables with the findings at their cells: filled once, checked once."""
    dossier, names = load(budget), names_of(budget)
    view = View(dossier, names | dossier.entries.names, names)
    noted = numbered(findings_of(check_view(view)), lambda finding: mend_url(budget, finding))
    notes = notes_of(noted)
    return [Part(draw(sheet(filled), notes), about(key, noted)) for key, filled in view.filled.items()]
