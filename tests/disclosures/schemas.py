"""The schemas of published content, each made ready once."""

from functools import cache

from jsonschema.validators import validator_for

from disclosures.content import schema


@cache
def _today():
    declared = schema()
    kind = validator_for(declared)
    kind.check_schema(declared)
    return kind(declared)


def follow_schema(content):
    """Raises where content does not follow the schema of today's declarations."""
    _today().validate(content)
