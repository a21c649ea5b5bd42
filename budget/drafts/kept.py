"""Dossiers and readings as plain JSON: what a file printed beside its upload, a whole reading until it is confirmed."""

import datetime
from decimal import Decimal
from typing import Any

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.fields import Field, Figure, Record, mapped
from budget.declare.records import Records
from budget.documents import DOCUMENTS
from budget.figures.as_printed import from_json
from budget.figures.dossier import Entries, Head, Original
from budget.figures.line import Line
from budget.figures.printed import Printed
from budget.finding import Finding, Level
from budget.intake.figures import TableReading
from budget.intake.read import Reading

Json = dict[str, Any]
FORMAT = 2  # of a kept reading: one kept by another release is read again


def keep_original(original: Original) -> Json:
    """What only the file knows: printed figures, notes, places, its own lines, years and names."""
    return {
        "figures": [_keep_figure(printed) for printed in original.figures],
        "notes": original.notes,
        "places": {str(cell): place for cell, place in original.places.items()},
        "lines": [_keep_line(line) for line in original.lines],
        "years": original.years,
        "names": original.names,
        "headings_missing": original.headings_missing,
        "heads": {key: [[*head.years.items()], head.names] for key, head in original.heads.items()},
    }


def original_of(kept: Json, file: str = "") -> Original:
    """The inverse of `keep_original`, with its file's name; what release 0.1 kept tells no head from another."""
    return Original(
        figures=[_figure(figure) for figure in kept["figures"]],
        notes=kept["notes"],
        places={Cell.parse(cell): place for cell, place in kept["places"].items()},
        lines=[_line(line) for line in kept["lines"]],
        years={int(year): place for year, place in kept["years"].items()},
        names=kept["names"],
        headings_missing=kept["headings_missing"],
        heads={key: Head(dict(years), names) for key, (years, names) in kept.get("heads", {}).items()},
        file=file,
    )


def _keep_figure(printed: Printed) -> list[str | None]:
    amount = None if printed.amount is None else str(printed.amount)
    return [str(printed.cell), amount, printed.place, printed.unit, str(printed.step)]


def _figure(kept: list[Any]) -> Printed:
    cell, amount, place, unit, step = kept
    return Printed(Cell.parse(cell), None if amount is None else Decimal(amount), place, unit, Decimal(step))


def _keep_line(line: Line) -> list[Any]:
    return [*line.facets, str(line.amount)]


def _line(kept: list[Any]) -> Line:
    *facets, amount = kept
    return Line._make([*facets, Decimal(amount)])


def keep_reading(reading: Reading) -> Json:
    """A whole reading."""
    return {
        "format": FORMAT,
        "entries": _keep_entries(reading.entries),
        "original": keep_original(reading.original),
        "problems": [_keep_finding(finding) for finding in reading.problems],
        "findings": [_keep_finding(finding) for finding in reading.findings],
        "tables": [_keep_table(table) for table in reading.tables.values()],
        "unmatched": reading.unmatched,
        "sha256": reading.sha256,
        "refused": sorted(reading.refused),
    }


def reading_of(kept: Json) -> Reading | None:
    """The inverse of `keep_reading`; None where it was kept in another format."""
    if kept.get("format") != FORMAT:
        return None
    entries, original = _entries(kept["entries"]), original_of(kept["original"])
    figures = {printed.cell: printed for printed in original.figures}
    return Reading(
        entries,
        original,
        [_finding(finding) for finding in kept["problems"]],
        [_finding(finding) for finding in kept["findings"]],
        {table["table"]: _table(table, entries.document, figures) for table in kept["tables"]},
        kept["unmatched"],
        kept["sha256"],
        set(kept["refused"]),
    )


def _keep_entries(entries: Entries) -> Json:
    return {
        "document": entries.document.key,
        "whose": [entries.region, entries.unit, entries.name, entries.year],
        "lines": [_keep_line(line) for line in entries.lines],
        "names": [[*key, name] for key, name in entries.names.items()],
        "records": {
            records.key: [_keep_record(records, record) for record in entries.records[records.key]]
            for records in entries.document.records
        },
        "dates": {key: date and date.isoformat() for key, date in entries.dates.items()},
        "preamble": entries.preamble,
        "sections": entries.sections,
        "as_printed": [[table.as_json(), table.number, table.place] for table in entries.as_printed],
        "parts": sorted(entries.parts),
    }


def _entries(kept: Json) -> Entries:
    document, (region, unit, name, year) = DOCUMENTS[kept["document"]], kept["whose"]
    return Entries(
        document,
        region,
        unit,
        name,
        year,
        lines=[_line(line) for line in kept["lines"]],
        names={(scheme, code): name for scheme, code, name in kept["names"]},
        records={
            records.key: [_record(records, record) for record in kept["records"][records.key]]
            for records in document.records
        },
        dates={key: date and datetime.date.fromisoformat(date) for key, date in kept["dates"].items()},
        preamble=kept["preamble"],
        sections=kept["sections"],
        as_printed=[from_json(*table) for table in kept["as_printed"]],
        parts=set(kept["parts"]),
    )


def _keep_record(records: Records, record: Record) -> Record:
    return mapped(tuple(records.stored()), record, lambda _, value: str(value) if isinstance(value, Decimal) else value)


def _record(records: Records, kept: Record) -> Record:
    return mapped(tuple(records.stored()), kept, _number)


def _number(field: Field, value: Any) -> Any:
    return Decimal(value) if isinstance(field, Figure) and value is not None else value


def _keep_finding(finding: Finding) -> Json:
    return finding.as_dict() | {"proposal": finding.proposal, "cause": finding.cause}


def _finding(kept: Json) -> Finding:
    places, cells = tuple(kept["places"]), tuple(map(Cell.parse, kept["cells"]))
    texts = kept["expected"], kept["found"]
    said = kept["proposal"], kept["reader"], kept["cause"]
    return Finding(kept["rule"], Level(kept["level"]), kept["message"], places, *texts, cells, *said)


def _keep_table(reading: TableReading) -> Json:
    return {
        "table": reading.table.key,
        "sheet": reading.sheet,
        "cells": [str(cell) for cell in reading.printed],
        "names": reading.names,
        "note": reading.note,
        "problems": [_keep_finding(finding) for finding in reading.problems],
    }


def _table(kept: Json, document: Document, figures: dict[Cell, Printed]) -> TableReading:
    table = document.table(kept["table"])
    assert table is not None
    printed = {cell: figures[cell] for text in kept["cells"] if (cell := Cell.parse(text)) in figures}
    problems = [_finding(finding) for finding in kept["problems"]]
    return TableReading(table, kept["sheet"], printed, kept["names"], kept["note"], problems)
