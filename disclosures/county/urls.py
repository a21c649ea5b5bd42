"""Addresses of the county's pages, below /admin/: each only for those who are logged in."""

from django.contrib import admin
from django.urls import path

from disclosures.county import board, many
from disclosures.to_fill import downloads as to_fill

_own = admin.site.admin_view  # what else somebody must be, the view asks
urlpatterns = [
    path("county/", _own(board.board), name="county_board"),
    path("county/forms.zip", _own(to_fill.of_county), name="county_forms"),
    path("county/board.xlsx", _own(board.download), name="county_workbook"),
    path("county/publish/", _own(many.start), name="county_publish"),
    path("county/publish/<int:pk>/", _own(many.progress), name="county_progress"),
    path("county/publish/<int:pk>/more/", _own(many.more), name="county_publish_more"),
]
