"""Lines: every figure of the nine tables is a sum of these; and the names that a township prints for codes."""

from datetime import date
from decimal import Decimal

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q

from budget.admin.drafts import OF_BUDGET, DraftPartAdmin
from budget.admin.line_form import LineForm, guide
from budget.codes import ECONOMIC, FUNCTION
from budget.drafts.load import names_for, names_of, names_once
from budget.figures.facets import Book, Item
from budget.models import Budget, Code, Line, PrintedName
from budget.money import show


class LineList(ChangeList):
    """The list of lines with the names of their codes, and with sums when it shows one budget."""

    def get_results(self, request):
        """Add the names in one query a date instead of one a line."""
        super().get_results(request)
        lines = list(self.result_list)
        names = names_once()
        own = _printed_names({line.budget_id for line in lines})
        for line in lines:
            line.code_name = _name(line, own.get(line.budget_id, {}), names(line.budget))
        self.result_list = lines
        self.sums = self._sums() if OF_BUDGET in self.params else []

    def _sums(self):
        sums = {}
        for book, amount in self.queryset.order_by().values_list("book", "amount"):
            sums[book] = sums.get(book, Decimal(0)) + amount
        return [(Book(book).label, show(amount)) for book, amount in sorted(sums.items())]


def _printed_names(budgets):
    found = {}
    for row in PrintedName.objects.filter(budget__in=budgets):
        found.setdefault(row.budget_id, {})[row.scheme, row.code] = row.name
    return found


def _name(line, *lists):
    key = (FUNCTION, line.function) if line.function else (ECONOMIC, line.economic)
    return next((names[key] for names in lists if key in names), line.get_item_display())


@admin.register(Line)
class LineAdmin(DraftPartAdmin):
    """Lines, found by budget, book, fund, kind, code and name of code."""

    form = LineForm
    list_display = ("code", "name", "book", "fund", "kind_name", "amount_wan", "budget")
    list_filter = ("book", "fund", "kind", "budget__year")
    sortable_by = ("code", "amount_wan")
    search_fields = ("function", "economic")
    search_help_text = "按科目编码的前几位、科目名称或单位名称查找"
    change_list_template = "admin/budget/line_list.html"
    fieldsets = (
        (None, {"fields": ("budget", "book"), "description": guide()}),
        ("钱是什么钱", {"fields": ("fund", "kind", "carried_over")}),
        ("用在哪里", {"fields": ("function", "economic", "item", "project")}),
        ("多少", {"fields": ("amount",)}),
    )

    def get_changelist(self, request, **kwargs):
        return LineList

    def get_search_results(self, request, queryset, search_term):
        """Every word must be the beginning of a code, or part of a name."""
        for word in search_term.split():
            queryset = queryset.filter(_matches(word))
        return queryset, False

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form proposes codes with the names of the budget's year."""
        form = super().get_form(request, obj, change=change, **kwargs)
        names = names_of(obj.budget) if obj else _names_of(request)
        for scheme in (FUNCTION, ECONOMIC):
            if scheme in form.base_fields:
                form.base_fields[scheme].widget.names = {c: n for (s, c), n in names.items() if s == scheme}
        return form

    @admin.display(description="科目编码", ordering="function")
    def code(self, line):
        """The function or economic code; three public lines have none."""
        return line.function or line.economic or "（无编码）"

    @admin.display(description="科目名称")
    def name(self, line):
        """The name of the code, or the item."""
        return line.code_name

    @admin.display(description="类型")
    def kind_name(self, line):
        """Basic, project … or carried over."""
        return " ".join([line.get_kind_display()] * bool(line.kind) + ["上年结转"] * line.carried_over)

    @admin.display(description="金额（万元）", ordering="amount")
    def amount_wan(self, line):
        """The amount as tables print it."""
        return show(line.amount)


def _matches(word):
    named = [
        code
        for model in (Code, PrintedName)
        for code in model.objects.filter(name__icontains=word).values_list("code", flat=True)
    ]
    items = [value for value, label in Item.choices if word in label]
    return (
        Q(function__startswith=word)
        | Q(economic__startswith=word)
        | Q(budget__department__name__icontains=word)
        | Q(function__in=named)
        | Q(economic__in=named)
        | Q(item__in=items)
    )


def _names_of(request):
    """The names for a new line: of the budget that the address names, else of today."""
    pk = request.GET.get("budget", "")
    budget = Budget.objects.filter(pk=pk).first() if pk.isdecimal() else None
    return names_of(budget) if budget else names_for(date.today().year, date.today())


@admin.register(PrintedName)
class PrintedNameAdmin(DraftPartAdmin):
    """Names that differ from the county's lists."""

    list_display = ("code", "name", "scheme", "budget")
    list_filter = ("scheme", "budget__year")
    search_fields = ("code", "name", "budget__department__name")
    fields = ("budget", "scheme", "code", "name")
