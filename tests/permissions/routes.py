"""Every address of the back office, with the keys of what stands on the stage."""

import re

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

# What fills a parameter: by its name within a route that begins so; the first that fits.
_FILLS = (
    ("admin/budget/upload/", "pk|object_id", "upload"),
    ("admin/budget/printedtable/", "object_id", "printedtable"),
    ("admin/budget/code/", "object_id", "code"),
    ("admin/budget/region/", "object_id", "region"),
    ("admin/budget/department/", "object_id", "department"),
    ("admin/disclosures/publication/<", "object_id", "publication"),
    ("admin/budget/budget/import/batch/", "pk", "batch"),
    ("admin/budget/budget/import/", "pk", "staged"),
    ("admin/county/publish/", "pk", "round"),
    ("admin/people/", "pk", "person"),
    ("admin/county/sentences/", "region", "region"),
    ("admin/", "pk|object_id|budget", "budget"),
    ("admin/", "act", "act"),
    ("admin/", "row", "project"),
    ("admin/", "fingerprint", "fingerprint"),
)
_PLAIN = {
    "table": "t5", "part": "t9", "address": "t9-total-total", "number": "1", "how": "undo", "secret": "x",
    "content_type_id": "1", "app_label": "budget", "url": "none", "document": "department_budget",
    "sentence": "duties",
}  # fmt: skip
_KEYS = {"lists": "procurement", "from-last-year": "procurement"}  # `key` of lists; that of a step is its row's


def routes(resolver=None, before=""):
    """{name: route} of all below /admin/; one without a name is known by its route."""
    found = {}
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found |= {name: at for name, at in routes(one, route).items() if name not in found}
        elif route.startswith("admin/") and (one.name or route) not in found:
            found[one.name or route] = route
    return found


def keys_of(budget):
    """The keys for a budget that stands alone: its own things, and nobody's for all the rest."""
    own = {"upload": budget.uploads, "printedtable": budget.as_printed, "act": budget.acts}
    found = {name: rows.values_list("pk", flat=True).first() or 0 for name, rows in own.items()}
    others = dict.fromkeys(("publication", "round", "person", "department", "code"), budget.pk)
    nobodys = dict.fromkeys(("batch", "staged"), "00000000-0000-0000-0000-000000000000")
    project = budget.projects.values_list("code", flat=True).first()
    own_place = {"region": budget.department.region_id, "fingerprint": "x", "project": project}
    return found | others | nobodys | own_place | {"budget": budget.pk}


def filled(route, keys, step=""):
    """The address, with the keys of what is there; a parameter that nobody knows fails."""
    plain = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<x:\1>", re.sub(r"\^|\$|\\Z", "", route)).replace("(.*)", "")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(_value(route, found[1], keys, step)), plain)


def _value(route, parameter, keys, step):
    if parameter == "key":
        return next((key for part, key in _KEYS.items() if f"/{part}/" in route), step)
    for begins, names, key in _FILLS:
        if route.startswith(begins) and parameter in names.split("|"):
            return keys[key]
    return _PLAIN[parameter]
