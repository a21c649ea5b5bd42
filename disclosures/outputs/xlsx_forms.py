"""A form's record (a project's performance sheet) as a worksheet, laid out as townships print it.

Fields stand in lines, a label before each value, as their declaration puts them beside each other; a field that is
declared anew takes a line of its own. A block of lines has its label before it; rows of the record's own follow.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from budget.declare.fields import Field, Money, Percent, Record, Rows, Text, is_table
from budget.declare.records import Form
from budget.figures.sheet import Json
from disclosures.outputs.xlsx_style import fit_height, merge, prepare_print, put, put_amount, set_widths

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in a sheet's name, which has at most so many characters
_LONGEST_NAME = 31
_WIDTHS = (18, 18, 26, 26, 16, 24, 12)
_WIDTH = len(_WIDTHS)
_WIDE = sum(_WIDTHS[1:])

Pair = tuple[Json, Field | None]  # a field as it was published, and its declaration unless that is gone since
Line = list[Pair]


class Block(NamedTuple):
    """Lines under one label; without a label a single line of its own."""

    label: str
    lines: list[Line]


def add_record(book: Any, number: int, record: Record, fields: list[Json], declared: Form) -> None:
    """Add the worksheet of one record; sheets are numbered so that equal names stay apart."""
    name = record[declared.naming]
    sheet = book.create_sheet(f"{declared.sheet}{number:02d} {_FORBIDDEN.sub(' ', name)}"[:_LONGEST_NAME].strip())
    put(sheet, 1, 1, f"{name}{declared.title.removeprefix(declared.called)}", "标题")
    merge(sheet, 1, 1, 1, _WIDTH)
    put(sheet, 2, 1, "单位：万元", "表头说明")
    _fill(sheet, record, _paired(fields, declared))
    set_widths(sheet, _WIDTHS)
    prepare_print(sheet, 2)


def _paired(fields: list[Json], declared: Form) -> list[Pair]:
    by_key = {field.key: field for field in declared.fields}
    return [(field, by_key.get(field["key"])) for field in fields]


def _fill(sheet: Any, record: Record, pairs: list[Pair]) -> None:
    """The fields in lines, then the rows of the record's own."""
    row = 3
    for block in _in_blocks(_in_lines([pair for pair in pairs if pair[0]["kind"] != Rows.kind])):
        row = _block(sheet, row, block, record)
    for field, declared in pairs:
        if field["kind"] == Rows.kind:
            row = _rows(sheet, row, field, declared, record.get(field["key"], []))


def _in_blocks(lines: list[Line]) -> list[Block]:
    """A line that opens a block, and the bare ones under it, stand together; all others by themselves."""
    blocks: list[Block] = []
    for line in lines:
        label = _opening(line)
        if not label and _is_bare(line) and blocks and blocks[-1].label:
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block(label, [line]))
    return blocks


def _opening(line: Line) -> str:
    """The label of the block that a line begins, or ''."""
    return next((declared.under for _, declared in line if declared and declared.under), "")


def _block(sheet: Any, top: int, block: Block, record: Record) -> int:
    """The lines of a block behind its label; returns the next row."""
    first = 2 if block.label else 1
    for row, line in enumerate(block.lines, top):
        _line(sheet, row, {1: block.label if row == top else ""})
        _fields(sheet, row, first, line, record)
    if block.label:
        merge(sheet, top, 1, len(block.lines), 1)
    return top + len(block.lines)


def _in_lines(pairs: list[Pair]) -> list[Line]:
    """Fields that stand beside one another, together."""
    lines: list[Line] = []
    for field, declared in pairs:
        if declared and declared.beside and lines:
            lines[-1].append((field, declared))
        else:
            lines.append([(field, declared)])
    return lines


def _is_bare(line: Line) -> bool:
    declared = line[0][1]
    return isinstance(declared, Text) and declared.bare


def _line(sheet: Any, row: int, texts: Mapping[int, Any]) -> None:
    """A row of {column: text}. Every cell of it gets the border, or the printed sheet would have holes."""
    for column in range(1, _WIDTH + 1):
        put(sheet, row, column, None, "文字")
    for column, text in texts.items():
        put(sheet, row, column, text, "文字")


def _fields(sheet: Any, row: int, first: int, line: Line, record: Record) -> None:
    """The fields of a line, each a label and its value, over what columns there are."""
    column = first
    for (field, _), columns in zip(line, _shares(_WIDTH - first + 1, len(line)), strict=True):
        value = record.get(field["key"])
        if _is_bare(line):
            put(sheet, row, column, value, "文字")
            merge(sheet, row, column, 1, columns)
            fit_height(sheet, row, [value], [_WIDE])
        else:
            put(sheet, row, column, field["heading"][-1], "文字")
            _value(sheet, row, column + 1, field, value)
            merge(sheet, row, column + 1, 1, columns - 1)
        column += columns


def _value(sheet: Any, row: int, column: int, field: Json, value: Any) -> None:
    if field["kind"] == Money.kind:
        put_amount(sheet, row, column, value)
    else:
        put(sheet, row, column, value, "文字")


def _shares(columns: int, fields: int) -> list[int]:
    """How so many columns divide among fields: 7 among 2 → 3, 4."""
    size, rest = divmod(columns, fields)
    return [size + (index >= fields - rest) for index in range(fields)]


def _rows(sheet: Any, top: int, field: Json, declared: Field | None, records: list[Record]) -> int:
    """Rows of the record's own; returns the next row."""
    if isinstance(declared, Rows) and declared.across:
        return _across(sheet, top, field, records)
    return _table(sheet, top, field, records) if is_table(field["fields"]) else _texts(sheet, top, field, records)


def _across(sheet: Any, top: int, field: Json, steps: list[Record]) -> int:
    """A payment plan: its steps beside the label, what is paid under them."""
    if not steps:
        return top
    above, below = field["fields"]
    columns = list(enumerate(steps, 2))
    _line(sheet, top, {1: field["heading"][-1]} | {column: step[above["key"]] for column, step in columns})
    _line(sheet, top + 1, {column: _share(below, step[below["key"]]) for column, step in columns})
    merge(sheet, top, 1, 2, 1)
    return top + 2


def _share(field: Json, value: Any) -> Any:
    return f"{value}%" if value and field["kind"] == Percent.kind else value or ""


def _texts(sheet: Any, top: int, field: Json, records: list[Record]) -> int:
    """Texts one a row, under one label."""
    key = field["fields"][0]["key"]
    for row, record in enumerate(records, top):
        _line(sheet, row, {1: field["heading"][-1] if row == top else "", 2: record[key]})
        merge(sheet, row, 2, 1, _WIDTH - 1)
        fit_height(sheet, row, [record[key]], [_WIDE])
    if records:
        merge(sheet, top, 1, len(records), 1)
    return top + len(records)


def _table(sheet: Any, top: int, field: Json, records: list[Record]) -> int:
    """Records under headings of their own, those that begin alike under one name."""
    keys = [inner["key"] for inner in field["fields"]]
    _cells(sheet, top, [inner["heading"][-1] for inner in field["fields"]], "栏目")
    for row, record in enumerate(records, top + 1):
        texts = [record.get(key) for key in keys]
        _cells(sheet, row, texts, "文字")
        fit_height(sheet, row, texts, _WIDTHS)
    _merge_first(sheet, [record[keys[0]] for record in records], top + 1)
    return top + 1 + len(records)


def _cells(sheet: Any, row: int, texts: Iterable[Any], style: str) -> None:
    for column, text in enumerate(texts, 1):
        put(sheet, row, column, text, style)


def _merge_first(sheet: Any, texts: Sequence[str], top: int) -> None:
    """Merge the first column over each run of equal texts."""
    start = 0
    for index in range(1, len(texts) + 1):
        if index == len(texts) or texts[index] != texts[start]:
            for row in range(start + 1, index):
                sheet.cell(top + row, 1).value = None
            merge(sheet, top + start, 1, index - start, 1)
            start = index
