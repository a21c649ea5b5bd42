"""The JSON schema of content, with the records of lists and forms as their documents declare them.

That of the present format follows from the declarations; those of formats that a release has frozen are files.
"""

import json
from pathlib import Path

from budget.declare.fields import Choice, Field, Money, Number, Rows
from budget.declare.records import Records
from budget.documents import taken
from budget.figures.facets import Book, Facets
from disclosures.content.corrected import notice_schema
from disclosures.content.freeze import FORMAT
from disclosures.content.shapes import (
    AMOUNT,
    CELL,
    COUNT,
    DAY,
    FLAG,
    HEADING,
    NUMBER,
    TEXT,
    Json,
    list_of,
    object_of,
    object_with,
    said,
)
from disclosures.content.text import section_schema, written_schema

FROZEN = Path(__file__).parent / "schemas"  # one file a format


def schema() -> Json:
    """The schema of content in the present format."""
    about = "Everything a reader of one disclosure sees. Amounts are strings in yuan; blank is null and is not zero."
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "部门预算公开 / a published department budget",
        **object_of(_properties(), about, optional=("correction",)),
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
        "cell": said(TEXT, "the address of a figure or text: table, row and column, as in t3-2130705-project"),
        "heading": list_of(TEXT, "labels from the top heading row down"),
        "field": object_with(
            optional=("fields",),
            key=TEXT,
            heading=HEADING,
            kind={"enum": ["text", "code", "amount", "number", "percent", "rows"]},
            fields=list_of({"$ref": "#/$defs/field"}, "of the record's own rows"),
        ),
        "unprinted": object_with(table=TEXT, rows=list_of(TEXT), columns=list_of(TEXT)),
        "printed": object_with(cell=CELL, amount=AMOUNT, unit={"enum": ["元", "万元"]}, step=TEXT),
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
    return object_of(fields, optional=tuple(key for key in fields if key != kinds[0].identity))


def _value(field: Field) -> Json:
    if isinstance(field, Rows):
        return list_of(object_of({inner.key: _value(inner) for inner in field.fields}))
    if isinstance(field, Money):
        return AMOUNT
    if isinstance(field, Choice):
        return {"enum": list(field.choices or {})}
    return NUMBER if isinstance(field, Number) else TEXT


def _properties() -> Json:
    return _whose() | _what_it_says() | _what_was_checked() | {"correction": notice_schema()}


def _one_of(schemas: dict[str, Json]) -> Json:
    return list_of({"oneOf": list(schemas.values())} if schemas else {})


def _whose() -> Json:
    documents = taken()
    return {
        "format": {"const": FORMAT, "description": "version of this document's format"},
        "document": object_with(key={"enum": [document.key for document in documents]}, name=TEXT),
        "region": object_with(code={"type": "string", "pattern": r"^\d{6}$", "description": "GB/T 2260"}, name=TEXT),
        "department": object_with(unit={"type": "string", "pattern": r"^\d{3,12}$"}, name=TEXT),
        "year": {"type": "integer", "minimum": 2000, "maximum": 2099},
        "publication": _publication(),
    }


def _what_it_says() -> Json:
    listings = {listing.key: _listing(listing) for document in taken() for listing in document.listings}
    forms = {form.key: _form(form) for document in taken() for form in document.forms}
    return {
        "tables": list_of(_table()),
        "listings": _one_of(listings),
        "forms": _one_of(forms),
        "as_printed": list_of(_as_printed(), "tables that no document declares, as the township's file prints them"),
        "narrative": object_with(preamble=list_of(TEXT), sections=list_of(section_schema())),
        "written": written_schema(),
        "lines": list_of(_line(), "the amounts of which every figure of the tables is a sum"),
    }


def _what_was_checked() -> Json:
    return {
        "ledger": list_of(_entry(), "which rules ran, and how each ended"),
        "findings": list_of(_finding()),
        "printed": list_of(
            {"$ref": "#/$defs/printed"}, "figures that the township's own file prints otherwise than they add up"
        ),
        "unprinted": list_of({"$ref": "#/$defs/unprinted"}, "rows and columns of a table in which no figure stands"),
        "file": _file(),
        "as_written": {
            "type": "object",
            "additionalProperties": TEXT,
            "description": "{cell: text} where the township's own text has stray quotes or tabs",
        },
        "recorded": object_with(
            "what people recorded, as far as the rules ask of it",
            approved_on=DAY,
            published_on=DAY,
            secrecy_review=FLAG,
            sign_off=FLAG,
            last_year={"type": "object", "additionalProperties": AMOUNT},
            last_year_records={
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": AMOUNT},
                "description": "amounts of the records of forms, by name",
            },
        ),
    }


def _publication() -> Json:
    found = object_with(
        "null for a draft",
        version={"type": "integer", "minimum": 1},
        published_at={"type": "string", "format": "date-time"},
        published_by=TEXT,
        explanation=TEXT,
    )
    return found | {"type": ["object", "null"]}


def _table() -> Json:
    label = object_with(kind={"enum": ["code", "name"]}, heading=HEADING)
    column = object_with(key=TEXT, heading=HEADING)
    half = object_with(
        key=said(TEXT, "code or declared key; empty where one side of a two-sided table has no row"),
        level={"enum": ["", "total", "subtotal", "class", "section", "item", "memo"]},
        labels=list_of(TEXT),
        amounts=list_of(AMOUNT),
    )
    return object_with(
        key=said(TEXT, "t1 … t9, the first part of its figures' addresses"),
        number={"type": "integer", "minimum": 1},
        title=TEXT,
        sheet=said(TEXT, "name of its worksheet in the workbook"),
        unit=said(TEXT, "unit in which the table is shown to readers; the amounts here are in yuan"),
        note=TEXT,
        sides=list_of(object_with(labels=list_of(label), columns=list_of(column))),
        rows=list_of(object_with(sides=list_of(half))),
    )


def _listing(listing: Records) -> Json:
    return object_with(
        key={"const": listing.key},
        title=TEXT,
        sheet=TEXT,
        note=TEXT,
        group=said(TEXT, "field by whose values the records are subtotalled"),
        as_of=DAY,
        fields=list_of({"$ref": "#/$defs/field"}),
        kinds={"type": "object", "additionalProperties": TEXT, "description": "printed labels of fixed rows"},
        records=list_of({"$ref": f"#/$defs/{listing.key}"}),
        totals={"type": "object", "description": "derived sums: of all records and of each group, or of fixed rows"},
    )


def _form(form: Records) -> Json:
    return object_with(
        key={"const": form.key},
        title=TEXT,
        fields=list_of({"$ref": "#/$defs/field"}),
        records=list_of({"$ref": f"#/$defs/{form.key}"}),
    )


def _as_printed() -> Json:
    area = {"type": "array", "prefixItems": [COUNT] * 4, "minItems": 4, "items": False}
    return object_with(
        number=said({"type": "integer", "minimum": 1}, "its address: tables/own/1/; a later version keeps it"),
        title=TEXT,
        above=list_of(TEXT, "what stands over the headings: the unit, whose it is"),
        heads=said(COUNT, "how many of the rows are headings"),
        rows=list_of(list_of(TEXT), "texts as printed, '' for a blank and for what is merged into another cell"),
        merged=list_of(area, "first row and column, from 1; how many rows and columns"),
        notes=list_of(TEXT),
    )


def _line() -> Json:
    facets: Json = dict.fromkeys(Facets._fields, TEXT)
    return object_of(facets | {"book": {"enum": Book.values}, "carried_over": FLAG, "amount": AMOUNT})


def _entry() -> Json:
    return object_with(
        rule=TEXT,
        statement=TEXT,
        source=TEXT,
        of_text=said(FLAG, "whether it needs the narrative, dates or names besides figures"),
        outcome={
            "enum": ["passed", "failed", "unknown", "not_applicable"],
            "description": "passed: nothing against it but notices, counted in findings; unknown: a figure is missing",
        },
        compared=COUNT,
        missing=said(COUNT, "comparisons that lack a figure"),
        findings=said(COUNT, "of any level, notices too"),
        remarks=list_of(TEXT),
        cells=list_of(CELL, "the figures that it looked at"),
    )


def _finding() -> Json:
    explanation = object_with(
        "why it may stand, by whom, when; accepted: that the proposed figure is published",
        text=TEXT,
        by=TEXT,
        at={"type": "string", "format": "date"},
        accepted=FLAG,
    )
    return object_with(
        rule=TEXT,
        level={"enum": ["error", "warning", "notice"]},
        message=said(TEXT, "for who made the budget: what is so, and what to do"),
        reader=said(TEXT, "for the public: what is so"),
        cause=said(TEXT, "stable; equal in findings of one cause"),
        places=list_of(TEXT),
        cells=list_of(CELL, "the figures that were held together, first the one that it is about"),
        expected=TEXT,
        found=TEXT,
        proposal=said(TEXT, "the figure that a person may accept instead; it is the published one"),
        rules=list_of(TEXT, "the rules that it tells of, its own first"),
        about=list_of(CELL, "of the cells those that are wrong or blank, as far as one can tell"),
        explanation=explanation | {"type": ["object", "null"]},
    )


def _file() -> Json:
    texts: Json = {"type": "object", "additionalProperties": TEXT}
    found = object_with(
        "what else the rules need of the township's own file; null where there is none",
        tables=list_of(object_with(table=TEXT, unit=TEXT, step=TEXT)),
        notes=texts,
        unprinted=list_of({"$ref": "#/$defs/unprinted"}, "rows and columns that the file itself leaves out"),
        beyond=list_of({"$ref": "#/$defs/printed"}, "figures that only it prints, or that were changed since"),
        codes=list_of(object_with(scheme=TEXT, code=TEXT, name=TEXT), "its names for codes that have no figure"),
        lines=list_of(_line())
        | {"type": ["array", "null"], "description": "its own amounts, null where they still stand"},
        years=texts,
        names=texts,
        headings_missing=list_of(TEXT),
    )
    return found | {"type": ["object", "null"]}
