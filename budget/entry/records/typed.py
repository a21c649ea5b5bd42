"""What stands in the fields of a list or form: texts as typed, by key; rows of a record's own as lists of them.

`shown` is a record as its fields show it, `posted` what a browser sends back of the same fields. Names of fields are
columns of addresses (`indicators-3-target`); what is asked besides has a tilde, which no declared key can bear.
"""

import json
from collections.abc import Mapping
from typing import Any

from budget.declare.fields import Field, Money, Record, Rows, stored
from budget.money import in_unit

Typed = dict[str, Any]  # {key: text, or of rows: [{key: text}]}

ROWS = "~rows"  # how many rows were sent
CHOSEN = "~chosen"  # what the fields say that are chosen together
OTHER = "~other"  # the choice of none that is listed
OWN = "~own"  # of a row: its own words stand in fields to type in
LIST = "rows"  # the name of a list's own rows
MOST_ROWS = 600


def shown(fields: tuple[Field, ...], record: Record, unit: str) -> Typed:
    """A record as its fields show it; amounts in `unit`."""
    return {one.key: _shown(one, record[one.key], unit) for one in stored(fields)}


def _shown(declared: Field, value: Any, unit: str) -> Any:
    if isinstance(declared, Rows):
        return [shown(declared.fields, row, unit) for row in value]
    return text_of(declared, value, unit)


def text_of(declared: Field, value: Any, unit: str) -> str:
    """One value as its field shows it: exact, so that it is read as the same."""
    if value is None:
        return ""
    if isinstance(declared, Money):
        return f"{in_unit(value, unit):,f}"
    return f"{value.normalize():f}" if hasattr(value, "normalize") else tidy(str(value))


def tidy(text: str) -> str:
    """A text with the line ends that every browser sends back in one way.

    >>> tidy("一\\r\\n二\\r三")
    '一\\n二\\n三'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def posted(fields: tuple[Field, ...], data: Mapping[str, str], was: Typed) -> Typed:
    """What was sent of the declared fields; of those of which nothing came, what stood there."""
    return {one.key: _posted(one, data, was.get(one.key, "")) for one in stored(fields)}


def _posted(declared: Field, data: Mapping[str, str], was: Any) -> Any:
    if not isinstance(declared, Rows):
        return tidy(data.get(declared.key, was))
    number = data.get(f"{declared.key}-{ROWS}", "")
    if not (number.isascii() and number.isdecimal()):
        return was or []
    count = min(int(number[:6]), MOST_ROWS)
    return [_posted_row(declared, data, f"{declared.key}-{n}-") for n in range(1, count + 1)]


def _posted_row(rows: Rows, data: Mapping[str, str], before: str) -> Typed:
    row = {one.key: tidy(data.get(before + one.key, "")) for one in stored(rows.fields)}
    chosen = data.get(before + CHOSEN)
    if chosen == OTHER:
        return row | {OWN: "1"}
    return row | (_chosen(rows, chosen) if chosen is not None else {OWN: "1"} if data.get(before + OWN) else {})


def choice_of(texts: tuple[str, ...]) -> str:
    """What several texts chosen together are sent as."""
    return json.dumps(texts, ensure_ascii=False)


def _chosen(rows: Rows, sent: str) -> Typed:
    """The texts that were chosen together; nothing where what was sent is none of ours."""
    texts = _listed(sent)
    if len(texts) != len(rows.choosing):
        texts = [""] * len(rows.choosing)
    return {one.key: text for one, text in zip(rows.choosing, texts, strict=True)}


def _listed(sent: str) -> list[str]:
    try:
        found = json.loads(sent) if len(sent) < 2000 else []
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) and all(isinstance(text, str) for text in found) else []


def texts_of(fields: tuple[Field, ...], row: Typed) -> tuple[str, ...]:
    """A row's texts in the order of its fields."""
    return tuple(row.get(one.key, "") for one in stored(fields))


def is_begun(rows: Rows, row: Typed) -> bool:
    """Whether a row says no more than the rows with which a new record begins."""
    first, *_ = rows.begins or ((),)
    texts = texts_of(rows.fields, row)
    return bool(first) and texts[: len(first)] in rows.begins and not any(texts[len(first) :])


def is_empty(rows: Rows, row: Typed) -> bool:
    """Whether nothing was typed in a row."""
    return OWN not in row and (not any(texts_of(rows.fields, row)) or is_begun(rows, row))


def begun(rows: Rows) -> list[Typed]:
    """The rows with which a new record begins; at least an empty one."""
    keys = [one.key for one in rows.fields]
    return [dict(zip(keys, (*texts, *[""] * len(keys)), strict=False)) for texts in rows.begins or ((),)]


def offered(fields: tuple[Field, ...], typed: Typed) -> Typed:
    """The same with rows to fill in: those with which one begins where there are none."""
    return {
        one.key: typed[one.key] or begun(one) if isinstance(one, Rows) else typed[one.key] for one in stored(fields)
    }
