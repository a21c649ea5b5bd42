"""Public addresses, stable for ever; `disclosures/README.md` lists them."""

from django.urls import include, path, re_path

from budget.documents import taken
from disclosures import page_views, views

_DEPARTMENT = r"^(?P<region>[0-9]{6})/(?P<unit>[0-9]{3,12})/"
_YEAR = _DEPARTMENT + r"(?P<year>20[0-9]{2})/"
_VERSION = r"v(?P<version>[1-9][0-9]{0,3})/"


def _of(document):
    """The addresses of one kind of document below its year: each version's, and the current one's."""
    which = {"document": document.key}
    pages = page_views.page_patterns(views.published, **which)
    found = [*pages, path("disclosure.<str:format>", views.download, which)]
    root = _YEAR + document.address
    return [re_path(root + _VERSION, include(found)), re_path(root, include(found))]


urlpatterns = [
    path("", views.home),
    path("glossary/", views.glossary),
    path("healthz", views.healthz),
    path("disclosure.schema.json", views.schema),
    path("disclosure.<int:format>.schema.json", views.schema),
    *(pattern for document in taken() for pattern in _of(document)),
    re_path(_DEPARTMENT + "$", views.department),
]
