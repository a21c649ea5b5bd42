"""All that a database says and all files beside it, so that two states are compared from outside.

A row is known by its place among the rows of its table: after a rollback PostgreSQL's sequences have gaps. Sessions are
left out, which note when their person was last seen.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models


def dump():
    """{table: rows} of the whole database, and the files."""
    tables = [one for one in apps.get_models(include_auto_created=True) if one is not Session]
    places = {one: _places(one) for one in tables if isinstance(one._meta.pk, models.AutoField)}
    return {one._meta.db_table: _rows(one, places) for one in tables} | {"files": _files()}


def _places(model):
    keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
    return {key: place for place, key in enumerate(keys, 1)}


def _rows(model, places):
    fields = model._meta.concrete_fields
    rows = model._default_manager.order_by("pk").values_list(*(field.attname for field in fields))
    return [tuple(_plain(field, value, places) for field, value in zip(fields, row, strict=True)) for row in rows]


def _plain(field, value, places):
    target = field.related_model or field.model if field.primary_key or field.is_relation else None
    if target in places and value is not None:
        return places[target].get(value, "points nowhere")
    return bytes(value) if isinstance(value, memoryview) else value


def _files():
    """{file: SHA-256} of the folder of data, the database itself aside."""
    found = (path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file() and ".sqlite3" not in path.name)
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def differing(one, other):
    """Where two dumps differ: {table: (rows of the one alone, rows of the other alone)}, shortened."""
    return {
        table: tuple(str([row for row in own if row not in theirs])[:300] for own, theirs in _both(one, other, table))
        for table in one
        if one[table] != other[table]
    }


def _both(one, other, table):
    there, here = list(one[table]), list(other[table])
    return (there, here), (here, there)
