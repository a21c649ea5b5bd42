"""The content itself as JSON, byte for byte as it is stored; `content/schema.py` has the schema of every format."""

from budget.figures.sheet import Json
from disclosures.content import canonical
from disclosures.outputs.output import Output


def write(content: Json) -> bytes:
    """UTF-8 JSON without a byte more: of a publication the bytes of which the SHA-256 is printed."""
    return canonical(content).encode()


JSON = Output("json", "JSON", ".json", "application/json; charset=utf-8", write, as_stored=True)
