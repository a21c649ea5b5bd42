"""The back office's view of publications: what is public, and how a draft would look if it were."""

from functools import partial

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from budget.models import Budget
from disclosures import page_views, publish
from disclosures.models import Publication
from disclosures.pages.disclosure import Disclosure
from disclosures.steps import publish_view, withdraw_view
from disclosures.to_fill import downloads as to_fill


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin):
    """Publications to be read, never changed: a correction is the next version."""

    list_display = ("name", "kind", "year", "version", "published_at", "published_by", "page")
    list_filter = ("year", "document")
    search_fields = ("name", "unit")
    fields = (
        "name",
        "region",
        "unit",
        "kind",
        "year",
        "version",
        "published_at",
        "published_by",
        "explanation",
        "sha256",
        "page",
    )
    readonly_fields = fields

    def has_add_permission(self, request):
        """Only `publish` writes publications."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody changes what is published."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nobody takes back what is published."""
        return False

    def get_queryset(self, request):
        """Without the content, which only pages need."""
        return super().get_queryset(request).defer("content")

    def get_urls(self):
        """The preview of a draft: every page of a disclosure, below the draft's own address."""
        pages = page_views.page_patterns(lambda page: self.admin_site.admin_view(preview(page)))
        pages[0].name = "disclosures_preview"
        wrap = self.admin_site.admin_view
        own = [
            path("form/<int:pk>/", wrap(partial(to_fill.of_budget, self)), name="disclosures_form"),
            path("publish/<int:pk>/", wrap(partial(publish_view, self)), name="disclosures_publish"),
            path("withdraw/<int:pk>/", wrap(partial(withdraw_view, self)), name="disclosures_withdraw"),
        ]
        return [*own, path("preview/<int:budget>/", include(pages)), *super().get_urls()]

    @admin.display(description="公开的网页")
    def page(self, publication):
        """A link to the version's own address."""
        return format_html('<a href="{0}">{0}</a>', publication.pinned_address)

    @admin.display(description="种类", ordering="document")
    def kind(self, publication):
        """部门预算 or 单位预算"""
        return publication.kind


def preview(page):
    """The view of one page of a draft, for those who may see the draft; the renderer is the public one."""

    @require_safe
    def view(request, budget, **where):
        mine = Budget.objects.visible_to(request.user).select_related("department__region")
        found = get_object_or_404(mine, pk=budget)
        root = reverse("admin:disclosures_preview", args=[budget])
        response = page(request, Disclosure(publish.draft(found), root=root), **where)
        response["Cache-Control"] = "no-store"
        return response

    return view
