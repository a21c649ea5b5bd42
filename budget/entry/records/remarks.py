"""What does not agree inside a record, said at its field while one types. It keeps nothing from being saved."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budget.declare.fields import Field, Money, Percent, Record, Rows, Text
from budget.declare.records import add_up
from budget.money import plain

Remarks = dict[str, str]  # {key of a field: a sentence}


def remarks(fields: tuple[Field, ...], record: Record, unit: str) -> Remarks:
    """A sentence at each field that does not agree with others."""
    return {one.key: said for one in fields if (said := _remark(one, fields, record, unit))}


def _remark(declared: Field, fields: tuple[Field, ...], record: Record, unit: str) -> str:
    if isinstance(declared, Money) and declared.equals:
        return _sum(declared, fields, record, unit)
    if isinstance(declared, Rows):
        return next((said for inner in declared.fields if (said := _rising(inner, record[declared.key]))), "")
    return ""


def _sum(declared: Money, fields: tuple[Field, ...], record: Record, unit: str) -> str:
    total, parts = record[declared.key], add_up(record, declared.equals)
    if parts is None or total == parts:
        return ""
    names = "、".join(one.label for one in fields if one.key in declared.equals)
    said = f"{names}加起来是 {plain(parts, unit)} {unit}，"
    return said + (f"与这里相差 {plain(abs(total - parts), unit)} {unit}。" if total is not None else "这里还空着。")


def _rising(declared: Field, rows: list[Record]) -> str:
    """Whether shares climb to the whole."""
    end = declared.rising_to if isinstance(declared, Percent) else None
    shares = [row[declared.key] for row in rows if row[declared.key] is not None] if end else []
    if not shares:
        return ""
    if shares != sorted(shares):
        return f"{declared.label}逐期累计，不应下降，请核对。"
    return "" if shares[-1] == end else f"最后一期应为 {end}%，现在是 {plain(shares[-1], '')}%。"


def unfinished(fields: tuple[Field, ...], record: Record) -> list[str]:
    """What a record still lacks, in words: 预算数, 第 2、3 行绩效指标的指标值."""
    return [said for one in fields for said in _lacking(one, record.get(one.key))]


def _lacking(declared: Field, value: Any) -> Iterator[str]:
    if is_blank(value):
        if declared.wanted or (isinstance(declared, Text) and declared.required):
            yield declared.label
    elif isinstance(declared, Rows):
        yield from _lacking_in_rows(declared, value)


def _lacking_in_rows(rows: Rows, found: list[Record]) -> Iterator[str]:
    for inner in rows.fields:
        numbers = [n for n, row in enumerate(found, 1) if inner.wanted and is_blank(row[inner.key])]
        if numbers:
            more = "等" if len(numbers) > _NAMED else ""
            yield f"第 {'、'.join(map(str, numbers[:_NAMED]))} {more}行{rows.label}的{inner.label}"


_NAMED = 4  # rows that are named by number


def is_blank(value: Any) -> bool:
    """Whether a record says nothing of a field."""
    return value is None or (
        not isinstance(value, Decimal) and not (value.strip() if isinstance(value, str) else value)
    )
