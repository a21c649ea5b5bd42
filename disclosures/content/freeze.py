"""From a dossier to content. Amounts are strings in yuan with two places; blank is null. Texts are cleaned for display;
what the township wrote otherwise stands apart, so that the same rules find the same in what is published.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budget.cell import Cell
from budget.checks.ledger import Entry, check_view, findings_of
from budget.checks.view import View
from budget.codes import Names
from budget.declare.fields import Text
from budget.declare.records import Form
from budget.declare.tables import Table
from budget.figures.dossier import SECTIONS, Dossier, Entries, Explanation, Recorded
from budget.figures.line import Line
from budget.figures.printed import Printed
from budget.figures.sheet import about_field, amount_text, list_sheet, sheet
from budget.finding import Finding
from budget.text import clean
from disclosures.content.signed import signed
from disclosures.content.text import narrative, paragraphs, written

FORMAT = 5
Json = dict[str, Any]


def freeze(dossier: Dossier, names: Names, region_name: str, publication: Json | None = None) -> Json:
    """The content of a dossier; `names` is {(scheme, code): name} of the year's code lists.

    publication: {version, published_at, published_by, explanation}, None for a draft.
    """
    entries, document = dossier.entries, dossier.document
    view = View(dossier, names | entries.names, names)
    ledger = check_view(view)
    return {
        "format": FORMAT,
        "document": {"key": document.key, "name": document.name},
        "region": {"code": entries.region, "name": region_name},
        "department": {"unit": entries.unit, "name": entries.name},
        "year": entries.year,
        "publication": publication,
        "tables": [sheet(filled) for filled in view.filled.values()],
        "listings": [list_sheet(listing, entries) for listing in document.listings],
        "forms": [_form(form, entries) for form in document.forms],
        "as_printed": [{"number": table.number, **table.as_json()} for table in entries.as_printed],
        "narrative": narrative(dossier, names),
        "written": written(dossier, names),
        "lines": [_line(line) for line in entries.lines],
        "ledger": [_entry(entry) for entry in ledger],
        "findings": [_finding(finding, view, dossier.recorded) for finding in findings_of(ledger)],
        "printed": [_printed(shown) for shown in _printed_otherwise(view)],
        "unprinted": list(_unprinted(view)),
        "file": None if dossier.original is None else _file(view),
        "as_written": {str(cell): text for cell, text, shown in _texts(entries) if shown != text},
        "recorded": _recorded(dossier.recorded),
    }


def canonical(content: Json) -> str:
    """The content as the text that is stored, hashed and served: keys in their documented order, no blanks."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _line(line: Line) -> Json:
    return {**line.facets._asdict(), "amount": amount_text(line.amount)}


def _form(form: Form, entries: Entries) -> Json:
    records = [
        {field.key: field.freeze(record[field.key]) for field in form.stored()} for record in entries.records[form.key]
    ]
    return {
        "key": form.key,
        "title": form.title,
        "fields": [about_field(field, entries.year) for field in form.fields],
        "records": records,
    }


def _finding(finding: Finding, view: View, recorded: Recorded) -> Json:
    """A finding with its figures by their addresses; places of the township's own file mean nothing to readers."""
    return finding.as_dict() | {
        "places": list(dict.fromkeys(map(view.words, finding.cells))),
        "proposal": finding.proposal,
        "rules": list(finding.rules),
        "about": [str(cell) for cell in finding.about],
        "explanation": _explained(recorded.explanation_of(finding.fingerprints), view.entries.name),
    }


def _explained(said: Explanation | None, office: str) -> Json | None:
    return None if said is None else {**said, "by": signed(said["by"], office)}


def _entry(entry: Entry) -> Json:
    return {
        "rule": entry.rule.id,
        "statement": entry.rule.statement,
        "source": entry.rule.source,
        "of_text": entry.rule.of_text,
        "outcome": entry.outcome.value,
        "compared": entry.compared,
        "missing": entry.missing,
        "findings": len(entry.findings),
        "remarks": list(entry.remarks),
        "cells": [str(cell) for cell in entry.cells],
    }


def _printed(shown: Printed) -> Json:
    return {
        "cell": str(shown.cell),
        "amount": amount_text(shown.amount),
        "unit": shown.unit,
        "step": f"{shown.step:.2f}",
    }


def _stands_as_derived(shown: Printed, view: View) -> bool:
    amount, _ = view.derived[shown.cell]
    return (amount or 0) == (shown.amount or 0) and (shown.amount is None) == (amount is None)


def _printed_otherwise(view: View) -> Iterator[Printed]:
    """The figures of our tables that the township's file prints otherwise than the lines add up."""
    for shown in view.printed():
        if shown.cell in view.derived and not _stands_as_derived(shown, view):
            yield shown


def _unprinted(view: View) -> Iterator[Json]:
    """Rows and columns of our tables that no figure stands in, as the rules see it.

    One that came into the draft since the file was read stands there, although the file does not print it.
    """
    for table in _printed_tables(view):
        yield from _left_out(table, view, set(view.rows(table)), set(view.columns(table)))


def _unprinted_by_the_file(view: View) -> Iterator[Json]:
    """The same, as the file itself leaves them out."""
    for table in _printed_tables(view):
        cells = [printed.cell for printed in view.in_file(table.key)]
        yield from _left_out(table, view, {cell.row for cell in cells}, {cell.column for cell in cells})


def _printed_tables(view: View) -> list[Table]:
    return [table for table in view.document.tables if view.in_file(table.key)]


def _left_out(table: Table, view: View, rows: set[str], columns: set[str]) -> Iterator[Json]:
    """Those of our rows and columns of a table that are not among these."""
    ours = (*view.derived_of(table), *view.derived_from_file(table))
    gone = {
        "rows": list(dict.fromkeys(cell.row for cell in ours if cell.row not in rows)),
        "columns": list(dict.fromkeys(cell.column for cell in ours if cell.column not in columns)),
    }
    if any(gone.values()):
        yield {"table": table.key, **gone}


def _file(view: View) -> Json:
    """What else the rules need of the township's own file: its tables with unit, last place and note; its headings;
    its lines where the draft was changed since.
    """
    original = view.original
    usual = {printed.cell.table: (printed.unit, printed.step) for printed in reversed(original.figures)}
    return {
        "tables": [{"table": key, "unit": unit, "step": f"{step:.2f}"} for key, (unit, step) in usual.items()],
        "notes": original.notes,
        "unprinted": list(_unprinted_by_the_file(view)),
        "beyond": [_printed(printed) for printed in _beyond(view, usual)],
        "codes": list(_unused_names(view)),
        "lines": None if original.lines == view.entries.lines else [_line(line) for line in original.lines],
        "years": {str(year): place for year, place in original.years.items()},
        "names": original.names,
        "headings_missing": original.headings_missing,
    }


def _beyond(view: View, usual: dict[str, tuple[str, Decimal]]) -> Iterator[Printed]:
    """The figures that cannot be told from our tables: of another layout, of a list's totals, in another unit,
    of a draft that was changed since.
    """
    known = _by_own_lines(view) | {shown.cell: shown.amount for shown in _printed_otherwise(view)}
    for printed in view.original.figures:
        cell, amount, _, unit, step = printed
        if cell not in known or known[cell] != amount or usual[cell.table] != (unit, step):
            yield printed


def _by_own_lines(view: View) -> dict[Cell, Decimal | None]:
    """{cell: amount} of every cell of the tables, as the lines add up that the township's own file gave."""
    tables = view.document.tables
    return {cell: amount for table in tables for cell, (amount, _) in view.derived_from_file(table).items()}


def _unused_names(view: View) -> Iterator[Json]:
    """The township's names for codes that none of our tables has a row of."""
    trees = {table.key for table in view.document.tables if table.sides[0].is_tree}
    used = {cell.row.rpartition(".")[2] for cell in view.derived if cell.table in trees}
    for (scheme, code), name in view.entries.names.items():
        if code not in used:
            yield {"scheme": scheme, "code": code, "name": name}


def _texts(entries: Entries) -> Iterator[tuple[Cell, str, str]]:
    """(address, as the township wrote it, as readers see it) of every text."""
    yield Cell(SECTIONS, "0", "text"), entries.preamble, "\n".join(paragraphs(entries.preamble))
    for section in entries.sections:
        number, title, text = str(section["number"]), section["title"], section["text"]
        yield Cell(SECTIONS, number, "title"), title, clean(title)
        yield Cell(SECTIONS, number, "text"), text, "\n".join(paragraphs(text))
    for records in entries.document.records:
        for cell, field, value in records.cells(entries.records[records.key]):
            if isinstance(field, Text):
                yield cell, value, field.freeze(value)


def _recorded(recorded: Recorded) -> Json:
    """What the rules ask of it: dates, whether it was reviewed and signed, last year's figures. Names stay inside."""
    days = {"approved_on": recorded.approved_on, "published_on": recorded.published_on}
    return {
        **{key: day and day.isoformat() for key, day in days.items()},
        "secrecy_review": all(recorded.secrecy_review),
        "sign_off": all(recorded.sign_off),
        "last_year": {str(cell): amount_text(amount) for cell, amount in recorded.last_year.items()},
        "last_year_records": {
            key: {name: amount_text(amount) for name, amount in found.items()}
            for key, found in recorded.last_year_records.items()
        },
    }
