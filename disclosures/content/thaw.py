"""From content back to a dossier, so that the same rules run on what is published and find the same."""

from datetime import date
from decimal import Decimal
from typing import Any

from budget.cell import Cell
from budget.checks.naming import Naming
from budget.codes import SCHEMES
from budget.declare.document import Document
from budget.declare.fields import Record
from budget.declare.records import Records
from budget.documents import DOCUMENTS
from budget.figures.as_printed import AsPrinted, from_json
from budget.figures.dossier import SECTIONS, Dossier, Entries, Original, Recorded, called
from budget.figures.drawn import figures_of
from budget.figures.fill import fill, part_of_tree
from budget.figures.line import Line
from budget.figures.printed import Printed
from disclosures.content.text import sentences_of, sequences_of

Json = dict[str, Any]
_RECORDED = ("已记录", True)  # a signature whose name and day stay in the back office


def document_of(content: Json) -> Document:
    """Which kind of document a content is."""
    return DOCUMENTS[content["document"]["key"]]


def amounts_of(content: Json) -> dict[Cell, Decimal]:
    """{cell: amount} of every filled figure of a content's tables, in yuan."""
    return {cell: Decimal(amount) for table in content["tables"] for _, cell, amount in figures_of(table)}


def names_of(content: Json) -> dict[tuple[str, str], str]:
    """{(facet, code): name} as the tables of a content print them."""
    document = document_of(content)
    trees = {table.key: table.sides[0].tree for table in document.tables if table.sides[0].is_tree}
    found = {}
    for table in content["tables"]:
        halves = (half for row in table["rows"] for half in row["sides"] if half["key"] != "total")
        for half in halves if table["key"] in trees else ():
            facet, code, _ = part_of_tree(trees[table["key"]], half["key"])
            found[facet, code] = half["labels"][1]
    return found


def naming_of(content: Json) -> Naming:
    """Names for the addresses of a content, as it was published."""
    document, records = document_of(content), _frozen_records(content)
    sections = content["narrative"]["sections"]
    names = names_of(content) | called(document, records)
    return Naming(document, names, records, sections, as_printed_of(content))


def _frozen_records(content: Json) -> dict[str, list[Json]]:
    """{key of a list or form: its records, as they are frozen}"""
    return {one["key"]: one["records"] for one in (*content["listings"], *content["forms"])}


def thaw(content: Json) -> Dossier:
    """The dossier that a content of the present format says."""
    document = document_of(content)
    raw = {Cell.parse(cell): text for cell, text in content["as_written"].items()}
    composed, reasons = sequences_of(content)
    entries = Entries(
        document,
        region=content["region"]["code"],
        unit=content["department"]["unit"],
        name=content["department"]["name"],
        year=content["year"],
        lines=_lines(content["lines"]),
        names=_names(content),
        records=_records(content, document, raw),
        dates={one["key"]: _day(one["as_of"]) for one in content["listings"]},
        preamble=_text("\n".join(content["narrative"]["preamble"]), raw, "0", "text"),
        sections=[_section(section, raw) for section in content["narrative"]["sections"]],
        composed=composed,
        reasons=reasons,
        as_printed=as_printed_of(content),
    )
    recorded = _recorded(content["recorded"])
    recorded.sentences = sentences_of(content)
    return Dossier(entries, _original(content, entries), recorded)


def as_printed_of(content: Json) -> list[AsPrinted]:
    """The tables that a content keeps as printed."""
    return [from_json(one, one["number"]) for one in content["as_printed"]]


def _lines(frozen: list[Json]) -> list[Line]:
    return [Line(**line | {"amount": Decimal(line["amount"])}) for line in frozen]


def _names(content: Json) -> dict[tuple[str, str], str]:
    """{(scheme, code): name} as it was published, and as the file names codes without a figure."""
    unused = {(one["scheme"], one["code"]): one["name"] for one in (content["file"] or {"codes": []})["codes"]}
    return unused | {(scheme, code): name for (scheme, code), name in names_of(content).items() if scheme in SCHEMES}


def _text(shown: str, raw: dict[Cell, str], row: str, column: str) -> str:
    return raw.get(Cell(SECTIONS, row, column), shown)


def _section(section: Json, raw: dict[Cell, str]) -> Record:
    number = str(section["number"])
    return {
        "number": section["number"],
        "title": _text(section["title"], raw, number, "title"),
        "text": _text("\n".join(section["paragraphs"]), raw, number, "text"),
    }


def _records(content: Json, document: Document, raw: dict[Cell, str]) -> dict[str, list[Record]]:
    frozen = _frozen_records(content)
    return {records.key: _thawed(records, frozen.get(records.key, []), raw) for records in document.records}


def _thawed(records: Records, frozen: list[Json], raw: dict[Cell, str]) -> list[Record]:
    """Records as they were published; what has been declared since is blank in them."""
    empty = records.blank()
    found = [
        {field.key: field.thaw(record.get(field.key, empty[field.key])) for field in records.stored()}
        for record in frozen
    ]
    for cell, _, _ in list(records.cells(found)):
        if cell in raw:
            _write(records, found, cell, raw[cell])
    return found


def _write(records: Records, found: list[Record], cell: Cell, text: str) -> None:
    """Put a text as it was written in its place."""
    record = next(record for number, record in enumerate(found, 1) if records.row(record, number) == cell.row)
    key, _, path = cell.column.partition("-")
    if path:
        number, _, inner = path.partition("-")
        record[key][int(number) - 1][inner] = text
    else:
        record[key] = text


def _original(content: Json, entries: Entries) -> Original | None:
    """The figures that the township's file printed: ours, but for what it printed otherwise, beyond ours or not."""
    file = content["file"]
    if file is None:
        return None
    lines = entries.lines if file["lines"] is None else _lines(file["lines"])
    units = {one["table"]: (one["unit"], Decimal(one["step"])) for one in file["tables"]}
    gone = {one["table"]: one for one in file["unprinted"]}
    figures: dict[Cell, Printed] = {}
    for table in (table for table in entries.document.tables if table.key in units):
        out = gone.get(table.key, {"rows": [], "columns": []})
        for cell, (amount, _) in fill(table, lines).figures().items():
            if cell.row not in out["rows"] and cell.column not in out["columns"]:
                figures[cell] = Printed(cell, amount, table.sheet, *units[table.key])
    for one in (*content["printed"], *file["beyond"]):
        printed = _printed(one, entries.document)
        figures[printed.cell] = printed
    return Original(
        list(figures.values()),
        file["notes"],
        lines=lines,
        years={int(year): place for year, place in file["years"].items()},
        names=file["names"],
        headings_missing=file["headings_missing"],
    )


def _printed(one: Json, document: Document) -> Printed:
    cell = Cell.parse(one["cell"])
    where = document.table(cell.table) or document.list_of(cell.table)
    amount = None if one["amount"] is None else Decimal(one["amount"])
    return Printed(cell, amount, where.sheet if where else cell.table, one["unit"], Decimal(one["step"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _recorded(kept: Json) -> Recorded:
    return Recorded(
        approved_on=_day(kept["approved_on"]),
        published_on=_day(kept["published_on"]),
        secrecy_review=_RECORDED if kept["secrecy_review"] else ("", None),
        sign_off=_RECORDED if kept["sign_off"] else ("", None),
        last_year={Cell.parse(cell): Decimal(amount) for cell, amount in kept["last_year"].items()},
        last_year_records={
            key: {name: Decimal(amount) for name, amount in found.items()}
            for key, found in kept["last_year_records"].items()
        },
    )
