"""The content itself as JSON; its schema is `disclosures/disclosure.schema.json`."""

import json

from budget.figures.sheet import Json
from disclosures.outputs.output import Output


def write(content: Json) -> bytes:
    """UTF-8 JSON, keys in their documented order, one space of indent: the bytes of which the SHA-256 is printed."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


JSON = Output("json", "JSON", ".json", "application/json; charset=utf-8", write)
