"""Records with a sheet of their own (projects) as their pages draw them: the list, and one sheet.

What a sheet shows follows from the fields that the content names; how each is put to readers (as a question, beside
others) from its declaration, where there still is one.
"""

import re
from decimal import Decimal
from itertools import groupby

from budget.cell import Cell
from budget.declare.fields import Money, Percent, Rows, Text
from disclosures.pages.bars import percent
from disclosures.pages.disclosure import has_money, wan

# Anchors that the first release gave to parts of a sheet; they keep leading there.
_FIRST_ANCHORS = ((r"payment_plan", "plan"), (r"goals-(\d+)-text", r"goal-\1"),
                  (r"indicators-(\d+)-target", r"indicator-\1-target"))  # fmt: skip


def rows(disclosure, key):
    """The rows of the list of records: [{ordinal, name, amount, value, count, href}]."""
    declared, form = disclosure.document.list_of(key), disclosure.form(key)
    amount = next((f["key"] for f in form["fields"] if f["kind"] == Money.kind), "")
    counted = next((f["key"] for f in reversed(form["fields"]) if f["kind"] == Rows.kind), "")
    return [
        {
            "ordinal": n,
            "name": record[declared.naming],
            "amount": wan(record.get(amount)),
            "value": Decimal(record.get(amount) or 0),
            "count": len(record.get(counted, ())),
            "href": disclosure.record_url(declared.path, record[declared.identity]),
        }
        for n, record in enumerate(form["records"], 1)
    ]


def sheet(disclosure, key, row):
    """What `form.html` draws of the record with this identity, or None."""
    declared, form = disclosure.document.list_of(key), disclosure.form(key)
    records = form["records"] if form else []
    at = next((i for i, record in enumerate(records) if record[declared.identity] == row), None)
    return _Sheet(disclosure, declared, form["fields"], records[at]).drawn(records, at) if at is not None else None


class _Sheet:
    """One record, its fields as published and as declared."""

    def __init__(self, disclosure, declared, fields, record):
        self.disclosure, self.declared, self.fields, self.record = disclosure, declared, fields, record
        self.by_key = {field.key: field for field in declared.fields}

    def drawn(self, records, at):
        """Everything that the template draws."""
        fields = [field for field in self.fields if field["key"] != self.declared.naming]
        long = [field for field in fields if field["kind"] == Text.kind and self._is_long(field)]
        short = [f for f in fields if f["kind"] in ("text", "code", "number", "percent") and f not in long]
        return {
            "name": self.record[self.declared.naming],
            "name_id": self._id(self.declared.naming),
            "called": self.declared.called,
            "number": at + 1,
            "amounts": self._amounts([field for field in fields if field["kind"] == Money.kind]),
            "texts": [self._text(field) for field in long],
            "blocks": [self._rows(field) for field in fields if field["kind"] == Rows.kind],
            "facts": [self._fact(field) for field in short],
            "before": self._neighbour(records, at - 1) if at else None,
            "after": self._neighbour(records, at + 1) if at + 1 < len(records) else None,
        }

    def _id(self, column):
        return str(Cell(self.declared.key, self.record[self.declared.identity], column))

    def _is_long(self, field):
        declared = self.by_key.get(field["key"])
        return isinstance(declared, Text) and declared.long

    def _title(self, field):
        """What a citizen would ask, or the heading as printed."""
        declared = self.by_key.get(field["key"])
        return (declared and declared.question) or _label(field)

    def _about(self, field):
        key = field["key"]
        anchor = _first_anchor(key) or key
        return {"key": key, "id": self._id(key), "anchor": anchor, "title": self._title(field), "label": _label(field)}

    def _amounts(self, fields):
        """The amount of the whole, and of its parts those that have money; joint: what stands before such a part."""
        found = [self._amount(field) for field in fields]
        joint = "，其中"
        for part in found[1:]:
            part["joint"] = joint if part["money"] else ""
            joint = "，" if part["money"] else joint
        return found

    def _amount(self, field):
        amount = self.record.get(field["key"])
        return self._about(field) | {"text": wan(amount), "money": has_money(amount)}

    def _text(self, field):
        return self._about(field) | {"text": self.record.get(field["key"]) or ""}

    def _fact(self, field):
        value = self.record.get(field["key"])
        return self._about(field) | {"text": f"{value or ''}{'%' if value and field['kind'] == Percent.kind else ''}"}

    def _rows(self, field):
        """Rows of the record's own: steps with bars, plain texts, or a table."""
        found, inner = self.record.get(field["key"], []), field["fields"]
        about = self._about(field) | {"count": len(found)}
        share = next((f["key"] for f in inner if f["kind"] == Percent.kind), None)
        if share:
            return about | {"shape": "plan", "steps": [self._step(field, n, r, share) for n, r in enumerate(found, 1)]}
        if len(inner) <= 2:
            return about | {"shape": "lines", "lines": [self._line(field, n, r) for n, r in enumerate(found, 1)]}
        heads = [_label(f) for f in self._in_reading_order(field)]
        return about | {"shape": "table", "heads": heads, "rows": self._table(field, found)}

    def _step(self, field, number, row, share):
        step = f"{field['key']}-{number}"
        others = [f["key"] for f in field["fields"] if f["key"] != share]
        return {
            "id": self._id(step),
            "texts": [{"id": self._id(f"{step}-{key}"), "text": row[key] or ""} for key in others],
            "share": self._id(f"{step}-{share}"),
            "percent": row[share],
            "width": percent(row[share], 100),
        }

    def _line(self, field, number, row):
        inner = field["fields"][0]["key"]
        whole = f"{field['key']}-{number}"
        column = f"{whole}-{inner}"
        anchor = _first_anchor(column)
        return {"id": self._id(whole), "inner": self._id(column), "anchor": anchor, "text": row[inner]}

    def _table(self, field, found):
        """Rows of cells; what several rows share is told once, over all of them."""
        fields = self._in_reading_order(field)
        spans = [f["key"] for f in fields if self._spans(field, f)]
        drawn = [
            {
                "id": self._id(f"{field['key']}-{n}"),
                "cells": {f["key"]: self._cell(field, n, f, row) for f in fields},
            }
            for n, row in enumerate(found, 1)
        ]
        for depth in range(len(spans)):
            _span(drawn, spans[: depth + 1])
        return [_told_once(row) for row in drawn]

    def _declared_rows(self, rows):
        """How the rows are declared today; an empty declaration where they are not any more."""
        declared = self.by_key.get(rows["key"])
        return declared if isinstance(declared, Rows) else Rows(rows["key"], ())

    def _in_reading_order(self, rows):
        order = self._declared_rows(rows).reading
        first = [f for key in order for f in rows["fields"] if f["key"] == key]
        return [*first, *(f for f in rows["fields"] if f not in first)]

    def _spans(self, rows, field):
        inner = {f.key: f for f in self._declared_rows(rows).fields}
        declared = inner.get(field["key"])
        return isinstance(declared, Text) and declared.spans

    def _cell(self, rows, number, field, row):
        key, column = field["key"], f"{rows['key']}-{number}-{field['key']}"
        return {
            "text": row.get(key) or "",
            "id": self._id(column),
            "anchor": _first_anchor(column),
            "is_name": key == self._declared_rows(rows).naming,
            "kind": f"words {key}",
            "rows": 1,
        }

    def _neighbour(self, records, at):
        record, path = records[at], self.declared.path
        url = self.disclosure.record_url(path, record[self.declared.identity])
        return {"name": record[self.declared.naming], "href": url}


def _first_anchor(column):
    """What the first release called this part of a sheet, '' where it had no name for it."""
    found = (re.sub(old, new, column) for old, new in _FIRST_ANCHORS if re.fullmatch(old, column))
    return next(found, "")


def _label(field):
    return "".join(field["heading"][-1].split()).removeprefix("其中：")


def _told_once(row):
    """A row's own cells; told: the anchors of those that a row above tells with its own."""
    cells = row["cells"].values()
    told = [cell["id"] for cell in cells if not cell["rows"]]
    return row | {"cells": [cell for cell in cells if cell["rows"]], "told": told}


def _span(drawn, keys):
    """Give the cell of the last key the number of rows over which all keys are the same; 0 to those below it."""
    for _, group in groupby(drawn, lambda row: [row["cells"][key]["text"] for key in keys]):
        same = list(group)
        for number, row in enumerate(same):
            row["cells"][keys[-1]]["rows"] = 0 if number else len(same)
