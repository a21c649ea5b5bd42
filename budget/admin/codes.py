"""The county's code lists."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path

from budget.intake.code_list import WrongList, read_code_list
from budget.intake.guard import Refused
from budget.models import Code
from budget.official import load_official


class OfficialListForm(forms.Form):
    """An official list; read right here, so that a wrong one is refused at its field."""

    file = forms.FileField(
        label="目录文件", help_text="Excel（.xlsx）或 CSV，有“编码”“名称”两栏；也可以有“停用日期”“改用编码”"
    )
    scheme = forms.ChoiceField(label="分类", choices=Code.NAMES)
    since = forms.DateField(label="起用日期", help_text="例如 2024-01-01；一年当中改的，填改动起用的那天")
    codes = None

    def clean(self):
        """Read the list."""
        cleaned = super().clean()
        if "file" in cleaned and "scheme" in cleaned:
            try:
                self.codes = read_code_list(cleaned["file"].read(), cleaned["scheme"])
            except (Refused, WrongList) as wrong:
                self.add_error("file", str(wrong))
        return cleaned


@admin.register(Code)
class CodeAdmin(admin.ModelAdmin):
    """Codes of the classifications, each from the day on which it holds."""

    list_display = ("code", "name", "scheme", "since", "until", "successors", "confirmed")
    list_filter = ("scheme", "since", "confirmed")
    search_fields = ("code", "name")
    list_per_page = 100
    change_list_template = "admin/budget/code_list.html"

    def get_urls(self):
        """The page that loads an official list."""
        own = path("official/", self.admin_site.admin_view(self.official), name="budget_official_list")
        return [own, *super().get_urls()]

    def official(self, request):
        """Load an official list: its codes count as confirmed."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = OfficialListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
        if form.is_valid():
            done = load_official(form.cleaned_data["scheme"], form.cleaned_data["since"], form.codes)
            said = f"新增 {done.new} 条，改名 {done.renamed} 条，核实 {done.confirmed} 条。"
            messages.success(request, said)
            return redirect("admin:budget_code_changelist")
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": "载入正式目录", "form": form}
        return render(request, "admin/budget/official.html", context)
