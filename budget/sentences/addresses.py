"""What a declared sentence may speak of: addresses that every budget has, in words; others are refused."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.naming import Naming
from budget.declare.document import Document
from budget.declare.fields import Figure, Money
from budget.declare.records import Listing, Records
from budget.declare.sentence import (
    CONDITIONS,
    FACTS,
    OF_LISTS,
    Changed,
    Count,
    Each,
    Fact,
    Malformed,
    Part,
    Reason,
    Sentence,
    Series,
    Shown,
    Words,
    conditions_of,
    walk,
)  # fmt: skip
from budget.declare.tables import Table
from budget.figures.totals import TOTAL
from budget.text import has_forbidden, quoted

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_PARTS, LONGEST_WORDS, LONGEST_PROMPT = 60, 2000, 100
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?\s*(?:万|亿)?元(?!以上|以下)")


class Choice(NamedTuple):
    """An address that a sentence may name, in words."""

    cell: Cell
    words: str


def figures_of(document: Document) -> Iterator[tuple[str, list[Choice]]]:
    """(a table or list, the figures of it that every budget has), for a choice."""
    naming = Naming(document, {}, {})
    for table in document.tables:
        yield f"表{table.number} {table.title}", [_choice(naming, cell) for cell in _of_table(table)]
    for listing in document.listings:
        if found := [_choice(naming, cell) for cell in _of_listing(listing)]:
            yield listing.title, found


def _choice(naming: Naming, cell: Cell) -> Choice:
    return Choice(cell, naming.words(cell))


def _of_table(table: Table) -> Iterator[Cell]:
    for side in table.sides:
        rows = [TOTAL] if side.is_tree else [row.key for row in side.fixed_rows]
        yield from (table.cell(row, column.key) for row in rows for column in side.columns)


def _of_listing(listing: Listing) -> Iterator[Cell]:
    if listing.kinds:
        numbers = [field for field in listing.fields if isinstance(field, Figure)]
        yield from (Cell(listing.key, row, field.key) for row in listing.kinds for field in numbers)
    else:
        rows = (TOTAL, *listing.picked)
        yield from (Cell(listing.key, row, field.key) for row in rows for field in listing.totalled())


def lists_of(document: Document) -> list[Records]:
    """The lists and forms whose records a sentence may count or go through."""
    return [records for records in document.records if not getattr(records, "kinds", None)]


def refusal(document: Document, sentence: Sentence) -> str:
    """Why a sentence cannot be a standard one of a document, in one sentence with the place; '' where it can."""
    try:
        _check(document, sentence)
    except Malformed as reason:
        return str(reason)
    return ""


def _check(document: Document, sentence: Sentence) -> None:
    where, parts = quoted(sentence.called or sentence.key), list(walk(sentence.parts))
    _must(0 < len(sentence.called) <= LONGEST_PROMPT, f"{where}：请写明这一句说的是什么（最多 {LONGEST_PROMPT} 字）。")
    _must(bool(KEY.fullmatch(sentence.key)), f"{where}的代号只能用小写字母、数字和下划线，以字母开头。")
    _must(bool(parts), f"{where}还没有内容，请至少填一行。")
    _must(len(parts) <= MOST_PARTS, f"{where}太长，请分成几句。")
    for part in parts:
        _must(not (why := _wrong(document, part)), f"{where}：{why}")
    for when in conditions_of(sentence):
        _must(when.what in CONDITIONS, f"{where}有一个条件不认识，请重新选择。")
        of = _is_list(document, when.of.table) if when.what in OF_LISTS else is_figure(document, when.of)
        _must(of, f"{where}的条件说的数 {when.of} 在{document.name}里找不到，请从列表里重新选择。")


def _must(holds: bool, sentence: str) -> None:
    if not holds:
        raise Malformed(sentence)


def _wrong(document: Document, part: Part) -> str:
    """What is wrong with a part, '' where nothing is."""
    if isinstance(part, Words):
        return _wrong_words(part.text)
    if isinstance(part, Series):
        return _wrong_words(f"{part.before}{part.joined}{part.after}")
    if isinstance(part, Shown | Changed):
        return _wrong_figure(document, part)
    if isinstance(part, Reason):
        return _wrong_reason(part)
    if isinstance(part, Count | Each):
        return _wrong_list(document, part)
    return "有一项单位信息不认识，请重新选择。" if isinstance(part, Fact) and part.name not in FACTS else ""


def _wrong_words(text: str) -> str:
    if len(text) > LONGEST_WORDS or has_forbidden(text):
        return f"文字太长（最多 {LONGEST_WORDS} 字）或有看不见的控制字符，请改短、重新输入。"
    if found := _AMOUNT.search(text):
        return f"文字里写了 {found[0]}；金额要从表里取，请改成“表里的数”。"
    return ""


def _wrong_figure(document: Document, part: Shown | Changed) -> str:
    if not is_figure(document, part.cell):
        return f"数 {part.cell} 在{document.name}里找不到，请从列表里重新选择。"
    if isinstance(part, Changed) and not document.table(part.cell.table):
        return f"{part.cell} 不是九张表里的数，没有上年数可比，请换一个。"
    return ""


def _wrong_reason(part: Reason) -> str:
    if not KEY.fullmatch(part.key):
        return "原因的代号只能用小写字母、数字和下划线，以字母开头。"
    fits = part.prompt.strip() and len(part.prompt) <= LONGEST_PROMPT
    return "" if fits else f"请写明原因处要填什么（最多 {LONGEST_PROMPT} 字）。"


def _wrong_list(document: Document, part: Count | Each) -> str:
    if not _is_list(document, part.records) and not (isinstance(part, Each) and document.table(part.records)):
        return f"清单 {part.records} 在{document.name}里找不到，请从列表里重新选择。"
    if isinstance(part, Each) and not _is_column(document, part):
        return f"清单 {part.records} 里没有金额 {part.column}，请重新选择。"
    return ""


def _is_list(document: Document, key: str) -> bool:
    return document.list_of(key) is not None


def _is_column(document: Document, part: Each) -> bool:
    if table := document.table(part.records):
        return table.column(part.column) is not None and not part.changed
    records = document.list_of(part.records)
    assert records is not None
    if part.changed or not part.column:
        return not part.changed or part.column == getattr(records, "counted", "")
    return any(field.key == part.column and isinstance(field, Money) for field in records.fields)


def is_figure(document: Document, cell: Cell) -> bool:
    """Whether every budget of a document has a figure at this address: blank perhaps, but there."""
    if table := document.table(cell.table):
        return _is_cell(table, cell)
    listing = document.list_of(cell.table)
    return isinstance(listing, Listing) and cell in set(_of_listing(listing))


def _is_cell(table: Table, cell: Cell) -> bool:
    for side in table.sides:
        row = cell.row == TOTAL or cell.row.isdigit() if side.is_tree else side.row(cell.row)
        if row and side.column(cell.column) in side.columns:
            return True
    return False
