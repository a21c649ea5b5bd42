"""The keys that are ours: of tables, rows, columns, fields and facets. No reader sees one where a word should stand."""

import re
from functools import lru_cache

from budget.checks.ledger import Outcome
from budget.declare.fields import Rows
from budget.documents import DOCUMENTS
from budget.figures.facets import Book, Facets, Fund, Item, Kind
from budget.finding import Level

_WORD = re.compile(r"[a-z][a-z0-9_]*")


@lru_cache(maxsize=1)
def all_keys():
    """Every key of every document that is no code."""
    found = {"amount", *Facets._fields, "sections"}
    for values in (Book, Fund, Kind, Item, Level, Outcome):
        found |= {value.value for value in values}
    for document in DOCUMENTS.values():
        for table in document.tables:
            found |= {table.key, "total", *(column.key for column in table.columns())}
            found |= {row.key for side in table.sides for row in (*side.fixed_rows, *side.also_rows)}
        for records in document.records:
            found |= {records.key, *getattr(records, "kinds", ())}
            for field in records.fields:
                found |= {field.key, *(inner.key for inner in (field.fields if isinstance(field, Rows) else ()))}
    return {key for key in found if not key.isdigit()}


def raw_keys(text):
    """The keys that stand in a text as words."""
    return sorted(all_keys() & set(_WORD.findall(text)))
