"""What two versions of a budget say differently: every figure, field and text with its old and its new value.

Figures are those of the tables, as the lines add up. A record that only one version has is one change; rows that are
known by their number alone are held together one by one while there are as many, else by what they say.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from budget.cell import Cell
from budget.checks.naming import Naming
from budget.declare.fields import Choice, Field, Money, Percent
from budget.declare.records import Form, Listing, Records
from budget.figures.dossier import SECTIONS, Entries
from budget.figures.fill import Names, fill
from budget.money import plain, shortest
from budget.text import clean

AMOUNT, TEXT = "amount", "text"  # kinds of values
_CONTEXT, _LONGEST = 12, 60


class Value(NamedTuple):
    """A value as it is compared and kept: an amount in yuan with two places, anything else as its words."""

    kind: str
    text: str


class Changed(NamedTuple):
    """One thing that two versions say differently; None where a version has nothing."""

    cell: Cell
    kind: str
    label: str
    old: str | None
    new: str | None

    @property
    def size(self) -> Decimal:
        """By how much an amount changed, in yuan; 0 for words."""
        return abs(Decimal(self.new or 0) - Decimal(self.old or 0)) if self.kind == AMOUNT else Decimal(0)


Stated = dict[Cell, Value]


def changes(old: Entries, new: Entries, names: Names) -> list[Changed]:
    """Everything that is different, in the order in which the newer version prints it."""
    naming, before = _naming(new, names), _naming(old, names)
    were, are = _stated(old, new), _stated(new, old)
    return [
        Changed(cell, (are.get(cell) or were[cell]).kind, (naming if cell in are else before).words(cell), *both)
        for cell in dict.fromkeys([*are, *were])
        if (both := _both(were.get(cell), are.get(cell)))
    ]


def _both(old: Value | None, new: Value | None) -> tuple[str | None, str | None] | None:
    """Old and new where they differ, long texts cut to where they begin to."""
    if old == new:
        return None
    texts = (old.text if old else None, new.text if new else None)
    return texts if AMOUNT in {one.kind for one in (old, new) if one} else _cut_both(*texts)


def _cut_both(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    before, after = around(old or "", new or "")
    return before if old is not None else None, after if new is not None else None


def around(old: str, new: str) -> tuple[str, str]:
    """Long texts cut to the place where they begin to differ."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _CONTEXT)
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    inner = text[start : start + _LONGEST]
    return f"{'…' if start and inner else ''}{inner}{'…' if start + _LONGEST < len(text) else ''}"


def _naming(entries: Entries, names: Names) -> Naming:
    known = names | entries.names | entries.called()
    return Naming(entries.document, known, entries.records, entries.sections, entries.as_printed)


def _stated(entries: Entries, other: Entries) -> Stated:
    """What a version says, as it is held against the other."""
    found = {
        cell: Value(AMOUNT, f"{amount:.2f}")
        for table in entries.document.tables
        for cell, (amount, _) in fill(table, entries.lines).figures().items()
        if amount is not None
    }
    for records in entries.document.records:
        found |= {cell: value for cell, value in _of_records(records, entries, other) if value.text}
    return found | _of_text(entries)


def _of_text(entries: Entries) -> Stated:
    texts = {Cell(SECTIONS, "0"): entries.preamble}
    texts |= {Cell(SECTIONS, str(one["number"])): f"{one['title']}\n{one['text']}" for one in entries.sections}
    texts |= {Cell(one.key): " ".join(text for row in one.rows for text in row) for one in entries.as_printed}
    return {cell: Value(TEXT, said) for cell, text in texts.items() if (said := clean(text))}


def _of_records(records: Records, entries: Entries, other: Entries) -> Iterator[tuple[Cell, Value]]:
    own, others = entries.records[records.key], other.records[records.key]
    if records.identity:
        there = {record[records.identity] for record in others}
        for record in own:
            if record[records.identity] in there:
                yield from _fields(records, [record])
            else:
                yield Cell(records.key, record[records.identity]), _whole(records, record)
    elif len(own) == len(others) or (isinstance(records, Listing) and records.kinds):
        yield from _fields(records, own)
    else:
        yield from _alone(records, own, others)


def _fields(records: Records, found: list[dict[str, Any]]) -> Iterator[tuple[Cell, Value]]:
    return ((cell, _value(field, value)) for cell, field, value in records.cells(found))


def _alone(records: Records, own: list[Any], others: list[Any]) -> Iterator[tuple[Cell, Value]]:
    """Rows that the other version does not have, whatever their number."""
    there = Counter(_in_words(records, record) for record in others)
    for number, record in enumerate(own, 1):
        said = _in_words(records, record)
        if there[said]:
            there[said] -= 1
        else:
            yield Cell(records.key, str(number)), Value(TEXT, said)


def _in_words(records: Records, record: dict[str, Any]) -> str:
    texts = (_shown(_value(field, record[field.key])) for field in records.stored() if field.key in record)
    return " / ".join(filter(None, texts))


def _shown(value: Value) -> str:
    return plain(Decimal(value.text), "元") + "元" if value.kind == AMOUNT and value.text else value.text


def _whole(records: Records, record: dict[str, Any]) -> Value:
    """A record that is new or gone: by its amount, where it has one."""
    amounts = [field for field in records.fields if isinstance(field, Money)] if isinstance(records, Form) else []
    found = next((_value(field, record[field.key]) for field in amounts if record.get(field.key) is not None), None)
    return found or Value(TEXT, str(record[records.naming]).strip() or "（没有名称）")


def _value(field: Field, value: Any) -> Value:
    if isinstance(field, Money):
        return Value(AMOUNT, "" if value is None else f"{value:.2f}")
    if isinstance(field, Choice):
        return Value(TEXT, (field.choices or {}).get(value, value or "").strip())
    text = f"{shortest(value):f}" if isinstance(value, Decimal) else clean(str(value or ""))
    return Value(TEXT, f"{text}%" if isinstance(field, Percent) and text else text)
