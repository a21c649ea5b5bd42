"""The schema of published content, made ready once."""

from functools import cache

import jsonschema_rs

from disclosures.content import schema


@cache
def _today():
    declared = schema()
    jsonschema_rs.meta.validate(declared)
    return jsonschema_rs.validator_for(declared)


def follow_schema(content):
    """Raises where content does not follow the schema of today's declarations."""
    _today().validate(content)
