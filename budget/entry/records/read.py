"""Typed texts read as values, with one sentence at each field that cannot be.

What stands as it stood is taken as it is: a file's own line ends, or a row without what we ask for, are no change.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from budget.declare.fields import Choice, Code, Field, Money, Number, Percent, Record, Rows, Text, stored
from budget.entry.records.typed import Typed, is_empty, shown, text_of, texts_of
from budget.money import Unreadable, read_count, read_percent
from budget.money import read as read_amount
from budget.text import has_forbidden, narrow

Wrong = dict[str, str]  # {column of the address, of a row by its place on the page: what to do}


@dataclass
class Answer:
    """A record as it was typed; wrong: what keeps it from being saved."""

    record: Record
    wrong: Wrong = field(default_factory=dict)


def read(fields: tuple[Field, ...], typed: Typed, unit: str, base: Record) -> Answer:
    """The record that was typed; base: what stood there, amounts are in `unit`."""
    answer, was = Answer({}), shown(fields, base, unit)
    for one in stored(fields):
        if isinstance(one, Rows):
            answer.record[one.key] = read_rows(one, typed[one.key], unit, base[one.key], answer.wrong)
        elif typed[one.key] == was[one.key] != "":
            answer.record[one.key] = base[one.key]
        else:
            answer.record[one.key] = _read(one, typed[one.key], unit, one.key, answer.wrong)
    return answer


def read_rows(rows: Rows, typed: list[Typed], unit: str, base: list[Record], wrong: Wrong) -> list[Record]:
    """The rows that were typed, without the empty ones; what is wrong is noted by a row's place on the page."""
    left: dict[tuple[str, ...], list[Record]] = {}
    for record in base:
        left.setdefault(texts_of(rows.fields, shown(rows.fields, record, unit)), []).append(record)
    found = []
    for number, row in enumerate(typed, 1):
        if kept := left.get(texts_of(rows.fields, row)):
            found.append(kept.pop(0))
        elif not is_empty(rows, row):
            found.append(_read_row(rows, row, unit, f"{rows.key}-{number}-", wrong))
    return found


def _read_row(rows: Rows, row: Typed, unit: str, before: str, wrong: Wrong) -> Record:
    return {one.key: _read(one, row[one.key], unit, before + one.key, wrong) for one in stored(rows.fields)}


def _read(declared: Field, text: str, unit: str, column: str, wrong: Wrong) -> Any:
    try:
        return value_of(declared, text, unit)
    except Unreadable as error:
        wrong[column] = f"{declared.label}：{error}。"
    except _Unfit as error:
        wrong[column] = str(error)
    return declared.blank


def in_unit(fields: tuple[Field, ...], typed: Typed, before: str, after: str) -> Typed:
    """The same with its amounts in another unit; what is none stays as it was typed."""
    return {one.key: _in_unit(one, typed[one.key], before, after) for one in stored(fields)} | {
        key: text for key, text in typed.items() if key.startswith("~")
    }


def _in_unit(declared: Field, typed: Any, before: str, after: str) -> Any:
    if isinstance(declared, Rows):
        return [in_unit(declared.fields, row, before, after) for row in typed]
    if not isinstance(declared, Money):
        return typed
    try:
        return text_of(declared, read_amount(typed, before), after)
    except Unreadable:
        return typed


class _Unfit(ValueError):
    """A text that a field does not take; says what to do, in Chinese."""


def value_of(declared: Field, text: str, unit: str) -> Any:
    """The value that a text says. Raises ValueError with a sentence."""
    return next(read for kind, read in _READERS if isinstance(declared, kind))(declared, text, unit)


def _amount(declared: Any, text: str, unit: str) -> Any:
    return read_amount(text, unit)


def _percent(declared: Any, text: str, unit: str) -> Any:
    return read_percent(text, declared.places, declared.limit) if text else None


def _count(declared: Any, text: str, unit: str) -> Any:
    return read_count(text, declared.places, declared.limit)


def _choice(declared: Any, text: str, unit: str) -> str:
    if text and text not in (declared.choices or {}):
        raise _Unfit(f"请从列出的{declared.label}里选一个。")
    return _text(declared, text, unit)


def _code(declared: Any, text: str, unit: str) -> str:
    return _text(declared, narrow(text), unit)


def _text(declared: Any, text: str, unit: str) -> str:
    if declared.required and not text.strip():
        raise _Unfit(f"请填写{declared.label}。")
    if len(text) > declared.length:
        raise _Unfit(f"{declared.label}最多 {declared.length} 个字，现在有 {len(text)} 个，请删短。")
    if has_forbidden(text):
        raise _Unfit(f"{declared.label}里有不能显示的字符，请删去后重写。")
    return text


_READERS: tuple[tuple[type[Field], Callable[[Any, str, str], Any]], ...] = (
    (Money, _amount),
    (Percent, _percent),
    (Number, _count),
    (Choice, _choice),
    (Code, _code),
    (Text, _text),
)
