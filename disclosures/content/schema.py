"""The JSON schema of content, with the records of lists and forms as their documents declare them.

That of the present format follows from the declarations; those of formats that a release has frozen are files.
"""

import json
from pathlib import Path
from typing import Any

from budget.declare.fields import Choice, Field, Money, Number, Rows
from budget.declare.records import Records
from budget.documents import taken
from budget.figures.facets import Book, Facets
from disclosures.content.freeze import FORMAT

Json = dict[str, Any]

FROZEN = Path(__file__).parent / "schemas"  # one file a format
_TEXT: Json = {"type": "string"}
_AMOUNT: Json = {"$ref": "#/$defs/amount"}
_NUMBER: Json = {"$ref": "#/$defs/number"}
_CELL: Json = {"$ref": "#/$defs/cell"}
_HEADING: Json = {"$ref": "#/$defs/heading"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_DAY: Json = {"type": ["string", "null"], "format": "date"}
_FLAG: Json = {"type": "boolean"}


def _object(described: str = "", optional: tuple[str, ...] = (), **properties: Json) -> Json:
    """An object with these properties and no others; all are required but the optional ones."""
    return _object_of(properties, described, optional)


def _object_of(properties: Json, described: str = "", optional: tuple[str, ...] = ()) -> Json:
    required = [name for name in properties if name not in optional]
    found: Json = {"type": "object", "additionalProperties": False, "required": required, "properties": properties}
    return found | ({"description": described} if described else {})


def _list(items: Json, described: str = "") -> Json:
    return {"type": "array", "items": items} | ({"description": described} if described else {})


def _said(schema: Json, described: str) -> Json:
    return {**schema, "description": described}


def schema() -> Json:
    """The schema of content in the present format."""
    about = "Everything a reader of one disclosure sees. Amounts are strings in yuan; blank is null and is not zero."
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "部门预算公开 / a published department budget",
        **_object_of(_properties(), about),
        "$defs": _definitions(),
    }


def schema_of(format: int) -> Json | None:
    """The schema of content in one format, None where there is no such format."""
    if format == FORMAT:
        return schema()
    path = FROZEN / f"{format}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _definitions() -> Json:
    return {
        "amount": {"type": ["string", "null"], "pattern": r"^-?\d{1,12}\.\d{2}$", "description": "元 / yuan"},
        "number": {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"},
        "cell": _said(_TEXT, "the address of a figure or text: table, row and column, as in t3-2130705-project"),
        "heading": _list(_TEXT, "labels from the top heading row down"),
        "field": _object(
            optional=("fields",),
            key=_TEXT,
            heading=_HEADING,
            kind={"enum": ["text", "code", "amount", "number", "percent", "rows"]},
            fields=_list({"$ref": "#/$defs/field"}, "of the record's own rows"),
        ),
        "unprinted": _object(table=_TEXT, rows=_list(_TEXT), columns=_list(_TEXT)),
        "printed": _object(cell=_CELL, amount=_AMOUNT, unit={"enum": ["元", "万元"]}, step=_TEXT),
        **{key: _record(kinds) for key, kinds in _by_key().items()},
    }


def _by_key() -> dict[str, list[Records]]:
    """The lists and forms of all documents by key: two documents may declare more or fewer fields under the same."""
    kinds: dict[str, list[Records]] = {}
    for document in taken():
        for records in document.records:
            kinds.setdefault(records.key, []).append(records)
    return kinds


def _record(kinds: list[Records]) -> Json:
    """A record; only what identifies it is required: fields that are declared later are not in what was published."""
    declared = [field for records in kinds for field in (*records.fields, *records.stored())]
    fields = {field.key: _value(field) for field in declared}
    return _object_of(fields, optional=tuple(key for key in fields if key != kinds[0].identity))


def _value(field: Field) -> Json:
    if isinstance(field, Rows):
        return _list(_object_of({inner.key: _value(inner) for inner in field.fields}))
    if isinstance(field, Money):
        return _AMOUNT
    if isinstance(field, Choice):
        return {"enum": list(field.choices or {})}
    return _NUMBER if isinstance(field, Number) else _TEXT


def _properties() -> Json:
    return _whose() | _what_it_says() | _what_was_checked()


def _one_of(schemas: dict[str, Json]) -> Json:
    return _list({"oneOf": list(schemas.values())} if schemas else {})


def _whose() -> Json:
    documents = taken()
    return {
        "format": {"const": FORMAT, "description": "version of this document's format"},
        "document": _object(key={"enum": [document.key for document in documents]}, name=_TEXT),
        "region": _object(code={"type": "string", "pattern": r"^\d{6}$", "description": "GB/T 2260"}, name=_TEXT),
        "department": _object(unit={"type": "string", "pattern": r"^\d{3,12}$"}, name=_TEXT),
        "year": {"type": "integer", "minimum": 2000, "maximum": 2099},
        "publication": _publication(),
    }


def _what_it_says() -> Json:
    listings = {listing.key: _listing(listing) for document in taken() for listing in document.listings}
    forms = {form.key: _form(form) for document in taken() for form in document.forms}
    return {
        "tables": _list(_table()),
        "listings": _one_of(listings),
        "forms": _one_of(forms),
        "as_printed": _list(_as_printed(), "tables that no document declares, as the township's file prints them"),
        "narrative": _object(preamble=_list(_TEXT), sections=_list(_section())),
        "lines": _list(_line(), "the amounts of which every figure of the tables is a sum"),
    }


def _what_was_checked() -> Json:
    return {
        "ledger": _list(_entry(), "which rules ran, and how each ended"),
        "findings": _list(_finding()),
        "printed": _list(
            {"$ref": "#/$defs/printed"}, "figures that the township's own file prints otherwise than they add up"
        ),
        "unprinted": _list({"$ref": "#/$defs/unprinted"}, "rows and columns of a table in which no figure stands"),
        "file": _file(),
        "as_written": {
            "type": "object",
            "additionalProperties": _TEXT,
            "description": "{cell: text} where the township's own text has stray quotes or tabs",
        },
        "recorded": _object(
            "what people recorded, as far as the rules ask of it",
            approved_on=_DAY,
            published_on=_DAY,
            secrecy_review=_FLAG,
            sign_off=_FLAG,
            last_year={"type": "object", "additionalProperties": _AMOUNT},
        ),
    }


def _publication() -> Json:
    found = _object(
        "null for a draft",
        version={"type": "integer", "minimum": 1},
        published_at={"type": "string", "format": "date-time"},
        published_by=_TEXT,
        explanation=_TEXT,
    )
    return found | {"type": ["object", "null"]}


def _table() -> Json:
    label = _object(kind={"enum": ["code", "name"]}, heading=_HEADING)
    column = _object(key=_TEXT, heading=_HEADING)
    half = _object(
        key=_said(_TEXT, "code or declared key; empty where one side of a two-sided table has no row"),
        level={"enum": ["", "total", "subtotal", "class", "section", "item", "memo"]},
        labels=_list(_TEXT),
        amounts=_list(_AMOUNT),
    )
    return _object(
        key=_said(_TEXT, "t1 … t9, the first part of its figures' addresses"),
        number={"type": "integer", "minimum": 1},
        title=_TEXT,
        sheet=_said(_TEXT, "name of its worksheet in the workbook"),
        unit=_said(_TEXT, "unit in which the table is shown to readers; the amounts here are in yuan"),
        note=_TEXT,
        sides=_list(_object(labels=_list(label), columns=_list(column))),
        rows=_list(_object(sides=_list(half))),
    )


def _listing(listing: Records) -> Json:
    return _object(
        key={"const": listing.key},
        title=_TEXT,
        sheet=_TEXT,
        note=_TEXT,
        group=_said(_TEXT, "field by whose values the records are subtotalled"),
        as_of=_DAY,
        fields=_list({"$ref": "#/$defs/field"}),
        kinds={"type": "object", "additionalProperties": _TEXT, "description": "printed labels of fixed rows"},
        records=_list({"$ref": f"#/$defs/{listing.key}"}),
        totals={"type": "object", "description": "derived sums: of all records and of each group, or of fixed rows"},
    )


def _form(form: Records) -> Json:
    return _object(
        key={"const": form.key},
        title=_TEXT,
        fields=_list({"$ref": "#/$defs/field"}),
        records=_list({"$ref": f"#/$defs/{form.key}"}),
    )


def _as_printed() -> Json:
    area = {"type": "array", "prefixItems": [_COUNT] * 4, "minItems": 4, "items": False}
    return _object(
        number=_said({"type": "integer", "minimum": 1}, "its address: tables/own/1/; a later version keeps it"),
        title=_TEXT,
        above=_list(_TEXT, "what stands over the headings: the unit, whose it is"),
        heads=_said(_COUNT, "how many of the rows are headings"),
        rows=_list(_list(_TEXT), "texts as printed, '' for a blank and for what is merged into another cell"),
        merged=_list(area, "first row and column, from 1; how many rows and columns"),
        notes=_list(_TEXT),
    )


def _section() -> Json:
    return _object(number={"type": "integer", "minimum": 1}, title=_TEXT, paragraphs=_list(_TEXT))


def _line() -> Json:
    facets: Json = dict.fromkeys(Facets._fields, _TEXT)
    return _object_of(facets | {"book": {"enum": Book.values}, "carried_over": _FLAG, "amount": _AMOUNT})


def _entry() -> Json:
    return _object(
        rule=_TEXT,
        statement=_TEXT,
        source=_TEXT,
        of_text=_said(_FLAG, "whether it needs the narrative, dates or names besides figures"),
        outcome={
            "enum": ["passed", "failed", "unknown", "not_applicable"],
            "description": "passed: nothing against it but notices, counted in findings; unknown: a figure is missing",
        },
        compared=_COUNT,
        missing=_said(_COUNT, "comparisons that lack a figure"),
        findings=_said(_COUNT, "of any level, notices too"),
        remarks=_list(_TEXT),
        cells=_list(_CELL, "the figures that it looked at"),
    )


def _finding() -> Json:
    explanation = _object(
        "why it may stand, by whom, when; accepted: that the proposed figure is published",
        text=_TEXT,
        by=_TEXT,
        at={"type": "string", "format": "date"},
        accepted=_FLAG,
    )
    return _object(
        rule=_TEXT,
        level={"enum": ["error", "warning", "notice"]},
        message=_said(_TEXT, "for who made the budget: what is so, and what to do"),
        reader=_said(_TEXT, "for the public: what is so"),
        cause=_said(_TEXT, "stable; equal in findings of one cause"),
        places=_list(_TEXT),
        cells=_list(_CELL, "the figures that were held together, first the one that it is about"),
        expected=_TEXT,
        found=_TEXT,
        proposal=_said(_TEXT, "the figure that a person may accept instead; it is the published one"),
        rules=_list(_TEXT, "the rules that it tells of, its own first"),
        about=_list(_CELL, "of the cells those that are wrong or blank, as far as one can tell"),
        explanation=explanation | {"type": ["object", "null"]},
    )


def _file() -> Json:
    texts: Json = {"type": "object", "additionalProperties": _TEXT}
    found = _object(
        "what else the rules need of the township's own file; null where there is none",
        tables=_list(_object(table=_TEXT, unit=_TEXT, step=_TEXT)),
        notes=texts,
        unprinted=_list({"$ref": "#/$defs/unprinted"}, "rows and columns that the file itself leaves out"),
        beyond=_list({"$ref": "#/$defs/printed"}, "figures that only it prints, or that were changed since"),
        codes=_list(_object(scheme=_TEXT, code=_TEXT, name=_TEXT), "its names for codes that have no figure"),
        lines=_list(_line())
        | {"type": ["array", "null"], "description": "its own amounts, null where they still stand"},
        years=texts,
        names=texts,
        headings_missing=_list(_TEXT),
    )
    return found | {"type": ["object", "null"]}
