"""Public addresses, stable for ever; `disclosures/README.md` lists them."""

from django.urls import include, path, re_path

from disclosures import views

_DEPARTMENT = r"^(?P<region>\d{6})/(?P<unit>\d{3,12})/"
_YEAR = _DEPARTMENT + r"(?P<year>20\d\d)/"
_VERSION = _YEAR + r"v(?P<version>[1-9]\d{0,3})/"

disclosure = [*views.page_patterns(views.published), path("disclosure.<str:format>", views.download)]

urlpatterns = [
    path("", views.home),
    path("glossary/", views.glossary),
    path("healthz", views.healthz),
    path("disclosure.schema.json", views.schema),
    re_path(_VERSION, include(disclosure)),
    re_path(_YEAR, include(disclosure)),
    re_path(_DEPARTMENT + "$", views.department),
]
