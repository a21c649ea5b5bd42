"""What a budget says, flat: one entry for each figure and text, so that two versions can be held side by side.

`flatten` gives {part: {address: [label, value]}} of plain JSON values; a blank has no entry. `differences` names
what one version has and the other has not, `fingerprint` is the version of a draft.
"""

import hashlib
import json
from typing import NamedTuple

from budget.admin import as_printed
from budget.cell import Cell
from budget.checks.changed import around
from budget.checks.naming import Naming, section_in_words
from budget.codes import prefixes
from budget.declare.fields import Choice, Money, Percent, Rows
from budget.declare.narrative import OWN
from budget.figures.as_printed import AS_PRINTED
from budget.figures.dossier import SECTIONS
from budget.figures.facets import Book, Fund, Item, Kind
from budget.money import WAN, plain
from budget.text import clean

NAMES = "names"


def part_names(document):
    """{part: its Chinese name}"""
    books = {book.value: book.label for book in Book}
    others = {SECTIONS: "情况说明", AS_PRINTED: "原样保存的表", NAMES: "科目名称"}
    return books | {records.key: records.title for records in document.records} | others


class Difference(NamedTuple):
    """One thing that two versions say differently; old is '' where it is new, new is '' where it is gone."""

    label: str
    old: str
    new: str


def flatten(entries, names):
    """Everything that the entries say; `names` is {(scheme, code): name}."""
    naming = Naming(entries.document, names, entries.records)
    flat = {book: _lines(entries, book, names) for book in Book.values}
    flat |= {records.key: _records(records, entries, naming) for records in entries.document.records}
    kept = as_printed.flatten(entries.as_printed)
    return flat | {SECTIONS: _sections(entries), AS_PRINTED: kept, NAMES: _names(entries)}


def fingerprint(flat):
    """The version of a draft: equal drafts have equal fingerprints."""
    return hashlib.sha256(json.dumps(flat, sort_keys=True).encode()).hexdigest()


def differences(old, new, document, parts=None):
    """{part name: [Difference]} of the parts (all, or these) that two flat versions say differently."""
    found = {}
    for part, name in part_names(document).items():
        both = old.get(part, {}), new.get(part, {})
        both = as_printed.without_rows_of_one_side(*both) if part == AS_PRINTED else both
        rows = list(_of_part(*both)) if parts is None or part in parts else []
        if rows:
            found[name] = rows
    return found


def _of_part(old, new):
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key, ["", ""]), new.get(key, ["", ""])
        if clean(before[1]) != clean(after[1]):
            yield Difference(after[0] or before[0], *around(before[1], after[1]))


def _filled(entries):
    return {key: [label, value] for key, label, value in entries if value != ""}


def _lines(entries, book, names):
    lines = (line for line in entries.lines if line.book == book)
    return _filled(("|".join(map(str, line.facets)), _line_label(line, names), _amount(line.amount)) for line in lines)


def _line_label(line, names):
    scheme = "function" if line.function else "economic"
    code = line.function or line.economic
    words = [
        code,
        names.get((scheme, code), ""),
        line.item and Item(line.item).label,
        Fund(line.fund).label,
        line.kind and Kind(line.kind).label,
        line.project and f"项目 {line.project}",
        "上年结转" if line.carried_over else "",
    ]
    return " ".join(word for word in words if word)


def _amount(value):
    return "" if value is None else f"{plain(value, WAN)}万元"


def _records(records, entries, naming):
    found = _filled(
        (str(cell), naming.words(cell), value)
        for number, record in enumerate(entries.records[records.key], 1)
        for cell, value in _record(records, record, number)
    )
    as_of = entries.dates.get(records.key)
    return found | ({"as_of": ["截止日期", as_of.isoformat()]} if as_of else {})


def _record(records, record, number):
    """(address, value in words) of every field; a row of the record's own is one value."""
    key = records.row(record, number)
    for field in records.stored():
        if isinstance(field, Rows):
            for n, row in enumerate(record[field.key], 1):
                words = " / ".join(_words(inner, row[inner.key]) for inner in field.fields)
                yield Cell(records.key, key, f"{field.key}-{n}"), words
        else:
            yield Cell(records.key, key, field.key), _words(field, record[field.key])


def _words(field, value):
    if isinstance(field, Money):
        return _amount(value)
    if isinstance(field, Choice):
        return (field.choices or {}).get(value, value).strip()
    if value is None:
        return ""
    text = f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
    return f"{text}%" if isinstance(field, Percent) else text


def _sections(entries):
    texts = [("0", section_in_words(0), entries.preamble)]
    for section in entries.sections:
        number = section["number"]
        whose = f"第{number}部分标题" if number <= OWN else f"“{section['title']}”的标题"
        texts.append((str(Cell(SECTIONS, str(number), "title")), whose, section["title"]))
        texts.append((str(Cell(SECTIONS, str(number), "text")), section["title"], section["text"]))
    return _filled(texts)


def _names(entries):
    own = {code for line in entries.lines for code in (line.function, line.economic) if code}
    used = {above for code in own for above in prefixes(code)}
    return _filled((f"{s}|{c}", f"{c} 的名称", name) for (s, c), name in sorted(entries.names.items()) if c in used)
