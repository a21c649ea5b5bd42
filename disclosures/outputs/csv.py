"""A zip of CSV files: each table and listing as printed (万元), other tables as their file
prints them, and every line in yuan.

Text that a spreadsheet would take for a formula gets a leading apostrophe.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from budget.declare.fields import Money, Percent, Rows, is_table
from budget.declare.records import Form
from budget.figures.as_printed import AsPrinted
from budget.figures.facets import IN_WORDS, in_words
from budget.figures.sheet import Json, headings
from budget.finding import Level
from budget.money import plain
from disclosures.content import as_printed_of, document_of
from disclosures.outputs.output import Output
from disclosures.outputs.package import SteadyZip

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what no file system takes in a name
_BOM = "\ufeff"  # without it Excel reads UTF-8 as GBK
_NO_KINDS: Mapping[str, str] = MappingProxyType({})

Row = list[Any]


def write(content: Json) -> bytes:
    """The archive's bytes."""
    target = io.BytesIO()
    with SteadyZip(target, "w") as archive:
        for name, rows in _files(content):
            archive.writestr(f"{name}.csv", _csv(rows))
    return target.getvalue()


def _files(content: Json) -> Iterator[tuple[str, Iterator[Row]]]:
    """(name, rows) of each file."""
    for table in content["tables"]:
        yield f"表{table['number']} {table['sheet']}", _table(table)
    for listing in content["listings"]:
        yield listing["sheet"], _listing(listing)
    forms = {form.key: form for form in document_of(content).forms}
    for form in content["forms"]:
        declared = forms[form["key"]]
        yield declared.called, _form(form)
        for rows in filter(_is_table, form["fields"]):
            yield f"{declared.called}{_heading(rows)}", _rows(form, rows, declared)
    for printed in as_printed_of(content):
        yield f"其他表{printed.number} {_NO_NAME.sub('', printed.title)}", _as_printed(printed)
    yield "预算明细（元）", _lines(content)
    yield "核对情况", _findings(content)


def _csv(rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_safe(cell) for cell in row] for row in rows)
    return (_BOM + text.getvalue()).encode()


def _safe(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_RISKY) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    """Negative amounts begin as a formula may, and have to stay numbers."""
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


def _table(table: Json) -> Iterator[Row]:
    yield ["序号", *map(_path_in_line, headings(table))]
    for ordinal, row in enumerate(table["rows"], 1):
        yield [ordinal, *(cell for side in row["sides"] for cell in side["labels"] + _wan(side["amounts"]))]


def _path_in_line(path: list[str]) -> str:
    return " ".join("".join(text.split()) for text in path)


def _wan(amounts: list[str | None]) -> list[str | None]:
    return [None if amount is None else plain(Decimal(amount)) for amount in amounts]


def _heading(field: Json) -> str:
    """A heading in one cell, with its unit."""
    text = "".join(" ".join(field["heading"]).split())
    return f"{text}（万元）" if field["kind"] == Money.kind and len(field["heading"]) == 1 else text


def _listing(listing: Json) -> Iterator[Row]:
    yield ["".join(" ".join(f["heading"]).split()) for f in listing["fields"]]
    for record in listing["records"]:
        yield _values(listing["fields"], record, listing["kinds"])


def _values(fields: list[Json], record: Json, kinds: Mapping[str, str] = _NO_KINDS) -> Row:
    return [_value(field, record.get(field["key"]), kinds) for field in fields]


def _value(field: Json, value: Any, kinds: Mapping[str, str] = _NO_KINDS) -> Any:
    if field["kind"] == Money.kind:
        return None if value is None else plain(Decimal(value))
    return kinds.get(value, value).strip() if isinstance(value, str) else value


def _is_table(field: Json) -> bool:
    """Whether rows of a record's own are a file of their own; plain lists stand in a cell."""
    return field["kind"] == Rows.kind and is_table(field["fields"])


def _form(form: Json) -> Iterator[Row]:
    fields = [field for field in form["fields"] if not _is_table(field)]
    yield [_heading(field) for field in fields]
    for record in form["records"]:
        yield [_in_one_cell(field, record.get(field["key"])) for field in fields]


def _in_one_cell(field: Json, value: Any) -> Any:
    if field["kind"] != Rows.kind:
        return _value(field, value)
    rows = ["".join(_part(inner, row[inner["key"]]) for inner in field["fields"]) for row in value or ()]
    return ("；" if len(field["fields"]) > 1 else "\n").join(rows)


def _part(field: Json, value: Any) -> str:
    return f"{value or ''}%" if field["kind"] == Percent.kind else value or ""


def _rows(form: Json, rows: Json, declared: Form) -> Iterator[Row]:
    """A table of rows, each under its record's identity and name."""
    own = [field for field in form["fields"] if field["key"] in (declared.identity, declared.naming)]
    yield [_heading(field) for field in own + rows["fields"]]
    for record in form["records"]:
        whose = _values(own, record)
        yield from (whose + _values(rows["fields"], row) for row in record.get(rows["key"], ()))


def _as_printed(table: AsPrinted) -> Iterator[Row]:
    """A table as printed, with what stands over and under it; thousands are not separated, so that it adds up."""
    yield from ([text] for text in table.above)
    for number, texts in enumerate(table.rows, 1):
        yield [text.replace(",", "") if table.is_figure(number, n) else text for n, text in enumerate(texts, 1)]
    yield from ([text] for text in table.notes)


def _lines(content: Json) -> Iterator[Row]:
    yield [*IN_WORDS.values(), "金额（元）"]
    for line in content["lines"]:
        yield [*(in_words(facet, line[facet]) for facet in IN_WORDS), line["amount"]]


def _findings(content: Json) -> Iterator[Row]:
    yield ["规则", "级别", "位置", "应为", "实为", "说明", "单位的解释", "解释人", "解释日期"]
    for f in content["findings"]:
        said = f["explanation"] or {"text": "", "by": "", "at": ""}
        explanation = [said["text"], said["by"], said["at"]]
        yield [
            "、".join(f["rules"]),
            Level(f["level"]).label,
            "；".join(f["places"]),
            f["expected"],
            f["found"],
            f["reader"],
            *explanation,
        ]


CSV = Output("csv", "CSV（压缩包）", ".zip", "application/zip", write)
