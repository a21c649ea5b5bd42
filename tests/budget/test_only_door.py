"""Nothing but the door writes what a budget says: told from the source, and from every statement of a clerk's day."""

import ast
import re
import traceback
from pathlib import Path

import pytest
from django.db import connection

from budget.models import Budget
from tests.budget.people import township, wang
from tests.permissions.routes import filled, keys_of, routes
from tests.test_rooms import ROOT, modules

__all__ = ["township", "wang"]

OWN_PAGES = {"Upload", "Act", "Change", "Comment", "StagedUpload", "StagedBatch"}  # of a budget, and no part of it
PARTS = [
    one for one in Budget._meta.related_objects
    if one.related_model._meta.app_label == "budget" and one.related_model.__name__ not in OWN_PAGES
]  # fmt: skip
MODELS = {one.related_model.__name__ for one in PARTS} | {"Budget", "PaymentStep", "Goal", "Indicator"}
MANAGERS = {one.get_accessor_name() for one in PARTS}
TABLES = {one.related_model._meta.db_table for one in PARTS}
VERBS = {"create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create", "delete", "save"}
DOOR = {"budget/drafts/door.py", "budget/drafts/write.py"}
# What the journal holds besides: the state is changed by its transitions, and that somebody looked is no change.
ALLOWED = {"budget/drafts/states.py", "disclosures/publish.py"}


def written(source):
    """The calls that write one of the parts, as they stand in the source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in VERBS:
            whose = ast.unparse(node.func.value)
            named = re.match(r"(\w+)\.objects", whose)
            related = set(re.findall(r"\.(\w+)", whose)) & MANAGERS
            if (named and named[1] in MODELS) or related or whose == "budget":
                yield f"{whose}.{node.func.attr}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("budget.lines.filter(x=1).delete()", ["budget.lines.filter(x=1).delete"]),
        ("Line.objects.bulk_create(rows)", ["Line.objects.bulk_create"]),
        ("budget.save()", ["budget.save"]),
        ("form.save(); names.update(other); Upload.objects.create()", []),
    ],
)
def test_a_write_is_seen(source, expected):
    assert list(written(source)) == expected


def test_no_other_module_writes_a_budget():
    found = {}
    for path in modules("budget", "disclosures"):
        name = str(path.relative_to(ROOT))
        if name not in DOOR | ALLOWED and (calls := list(written(Path(path).read_text(encoding="utf-8")))):
            found[name] = calls
    assert found == {}


def _through_the_door():
    return any(frame.filename.endswith("drafts/door.py") for frame in traceback.extract_stack())


@pytest.mark.django_db
def test_every_statement_of_a_clerks_day_goes_through_it(township, wang):
    """Each address of the back office is sent what a browser might send; whatever then is written, the door writes."""
    past = []

    def watch(execute, sql, params, many, context):
        verb = re.match(r'(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', sql)
        if verb and verb[2] in TABLES and not _through_the_door():
            past.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        for route in routes().values():
            if not re.search("logout|password|step/|publish/", route):
                url = filled(route, keys_of(township), "submit")
                wang.post(url, {"text": "改", "why": "x", "_save": "1", "post": "yes", "name": "改", "signed_by": "张"})
    assert past == []
