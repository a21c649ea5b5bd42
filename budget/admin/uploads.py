"""The files that townships handed in: to be looked at and downloaded, never edited or deleted."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html

from budget.admin.annotated import annotated, attachment
from budget.admin.drafts import DraftPartAdmin
from budget.drafts.load import load
from budget.drafts.merge import merge
from budget.intake.guard import Refused
from budget.intake.identity import Given
from budget.intake.read import read
from budget.models import Upload


@admin.register(Upload)
class UploadAdmin(DraftPartAdmin):
    """Read-only: the original bytes are evidence."""

    list_display = ("name", "budget", "uploaded_at", "uploaded_by")
    list_filter = ("uploaded_at",)
    search_fields = ("name", "budget__department__name", "sha256")
    list_select_related = ("budget__department", "uploaded_by")
    fields = ("budget", "name", "original", "sha256", "uploaded_at", "uploaded_by")
    readonly_fields = ("original",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content", "printed")

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="原始文件")
    def original(self, upload):
        """The link to the file as it was handed in."""
        links = (reverse(f"admin:budget_upload_{kind}", args=[upload.pk]) for kind in ("original", "annotated"))
        return format_html('<a href="{}">原文件</a>　<a href="{}">标注了不符之处的文件</a>', *links)

    def get_urls(self):
        original, annotated = self.admin_site.admin_view(self.download), self.admin_site.admin_view(self.annotated)
        return [
            path("<int:pk>/original/", original, name="budget_upload_original"),
            path("<int:pk>/annotated/", annotated, name="budget_upload_annotated"),
            *super().get_urls(),
        ]

    def annotated(self, request, pk):
        """The file with what does not agree marked in it."""
        upload = get_object_or_404(self.get_queryset(request).select_related("budget__department"), pk=pk)
        department, data = upload.budget.department, bytes(upload.content)
        given = Given(
            department.region_id, department.unit, upload.budget.year, upload.budget.document, department.name
        )
        try:
            reading = read(data, given)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:budget_upload_change", upload.pk)
        return annotated(data, upload.name, merge(load(upload.budget), reading))

    def download(self, request, pk):
        """The original bytes, as an attachment that no browser may interpret."""
        upload = get_object_or_404(self.get_queryset(request), pk=pk)
        return attachment(upload.content, upload.name)
