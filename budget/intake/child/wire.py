"""An `Opened` as bytes and back. What comes back is held to the types of its fields: the sender is not trusted.

JSON, since reading it builds nothing but plain values: a pickle runs what it names, marshal may crash on a bad byte.
The types are those that the values declare in `grid.py`; a field that is added there travels by itself.
"""

import datetime
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from budget.intake.grid import At, Opened

MOMENTS = {kind.__name__: kind for kind in (datetime.datetime, datetime.date, datetime.time)}
SCALARS = (str, int, float, bool, type(None))

Convert = Callable[[Any], Any]


class Garbage(Exception):
    """The bytes are no `Opened`."""


def sent(opened: Opened) -> bytes:
    """The bytes of what a reader found."""
    return json.dumps(_plainer(Opened)(opened), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def received(data: bytes) -> Opened:
    """The `Opened` in the bytes. Raises Garbage for anything else."""
    try:
        opened = _builder(Opened)(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise Garbage(str(error)[:200]) from error
    assert isinstance(opened, Opened)
    return opened


@cache
def _plainer(kind: Any) -> Convert:
    """How a value of a declared type becomes plain: fields, pairs and items in lists, in their order."""
    if is_dataclass(kind):
        return _plain_fields(kind)
    if get_origin(kind) is dict:
        key, item = map(_plainer, get_args(kind))
        return lambda value: [[key(k), item(v)] for k, v in value.items()]
    if kind == At:
        return list
    if parts := _each(kind):
        plainers = [_plainer(part) for part in parts]
        return lambda value: [plain(one) for plain, one in zip(plainers, value, strict=True)]
    if get_origin(kind) in (list, tuple):
        item = _plainer(get_args(kind)[0])
        return lambda value: [item(one) for one in value]
    return _plain_cell


def _plain_fields(kind: Any) -> Convert:
    """Looked up with each value, since a grid may hold pieces that are grids."""
    names = _fields(kind)
    return lambda value: [_plainer(hint)(getattr(value, name)) for name, hint in names.items()]


def _plain_cell(value: Any) -> Any:
    if isinstance(value, SCALARS):
        return value
    if type(value).__name__ in MOMENTS:
        return [type(value).__name__, value.isoformat()]
    return str(value)  # a length of time is no amount and no text: what it says is what its reader refuses


@cache
def _builder(kind: Any) -> Convert:
    """How plain data becomes a value of a declared type, if it is one."""
    if is_dataclass(kind):
        return _built_fields(kind)
    if get_origin(kind) is dict:
        key, item = map(_builder, get_args(kind))
        return lambda value: {key(k): item(v) for k, v in _checked(value, list)}
    if kind == At:
        return _at
    if parts := _each(kind):
        builders = [_builder(part) for part in parts]
        return lambda value: tuple(build(one) for build, one in zip(builders, _checked(value, list), strict=True))
    if get_origin(kind) in (list, tuple):
        whole, item = get_origin(kind), _builder(get_args(kind)[0])
        return lambda value: whole(item(one) for one in _checked(value, list))
    return _cell if kind is Any else lambda value: _checked(value, kind)


def _built_fields(kind: Any) -> Convert:
    hints = _fields(kind)

    def build(value: Any) -> Any:
        parts = zip(hints.items(), _checked(value, list), strict=True)
        return kind(**{name: _builder(hint)(one) for (name, hint), one in parts})

    return build


def _each(kind: Any) -> tuple[Any, ...]:
    """The types of a tuple whose items have each their own; () for any other type."""
    parts = get_args(kind)
    return parts if get_origin(kind) is tuple and parts[-1] is not ... else ()


def _fields(kind: Any) -> dict[str, Any]:
    """{field: declared type} of what is handed in, not of what the value works out for itself."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init}


def _at(value: Any) -> At:
    row, column = value
    return _checked(row, int), _checked(column, int)


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{type(value).__name__} for {kind.__name__}")
    return value


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        kind, text = value
        return MOMENTS[kind].fromisoformat(text)
    if isinstance(value, SCALARS):
        return value
    raise ValueError(f"{type(value).__name__} in a cell")
