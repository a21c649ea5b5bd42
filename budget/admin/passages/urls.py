"""The addresses of the county's standard sentences, below /admin/."""

from django.contrib import admin
from django.urls import path

from budget.admin.passages import pages

_own = admin.site.admin_view  # what else somebody must be, the view asks
_SECTION = "county/sentences/<str:region>/<slug:document>/<int:number>/"
urlpatterns = [
    path("county/sentences/", _own(pages.sections), name="county_sentences"),
    path(_SECTION, _own(pages.section), name="county_section"),
    path(f"{_SECTION}<slug:sentence>/", _own(pages.sentence), name="county_sentence"),
]
