"""The shapes of which the schema of content is made: JSON Schema 2020-12 in a few short words."""

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
AMOUNT: Json = {"$ref": "#/$defs/amount"}
NUMBER: Json = {"$ref": "#/$defs/number"}
CELL: Json = {"$ref": "#/$defs/cell"}
HEADING: Json = {"$ref": "#/$defs/heading"}
COUNT: Json = {"type": "integer", "minimum": 0}
DAY: Json = {"type": ["string", "null"], "format": "date"}
FLAG: Json = {"type": "boolean"}


def object_with(described: str = "", optional: tuple[str, ...] = (), **properties: Json) -> Json:
    """An object with these properties and no others; all are required but the optional ones."""
    return object_of(properties, described, optional)


def object_of(properties: Json, described: str = "", optional: tuple[str, ...] = ()) -> Json:
    """The same of properties whose names are not known here."""
    required = [name for name in properties if name not in optional]
    found: Json = {"type": "object", "additionalProperties": False, "required": required, "properties": properties}
    return found | ({"description": described} if described else {})


def list_of(items: Json, described: str = "") -> Json:
    """A list of these."""
    return {"type": "array", "items": items} | ({"description": described} if described else {})


def said(schema: Json, described: str) -> Json:
    """A shape with what it means."""
    return {**schema, "description": described}
