"""Whose the money of a cell is that leaves it open: as it was said, as the document is certain of, else asked."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from budget import money
from budget.declare.dividing import Dividing, Shares
from budget.declare.document import Document
from budget.entry.tables.doubts import plainly
from budget.entry.tables.grid import Square
from budget.figures.facets import Facets, in_words
from budget.figures.line import Line

SPLIT = "split"


class Said(NamedTuple):
    """A person's answer. whose: the number of a choice, or SPLIT. parts: {number of a choice: text} for SPLIT."""

    whose: str
    parts: dict[int, str]


class Asked(NamedTuple):
    """A question. choices: whose it may be; texts: what stands in the field of each; why: what was wrong so far."""

    amount: Decimal
    asks: str
    choices: tuple[Facets, ...]
    texts: tuple[str, ...]
    whose: str = ""
    why: str = ""

    def options(self) -> list[tuple[int, str, str]]:
        """(number, whose it may be in words, text of its part) of each choice."""
        return [(n, in_words("fund", one.fund), self.texts[n]) for n, one in enumerate(self.choices)]


class Divided(NamedTuple):
    """The shares, and what was assumed for them."""

    shares: Shares
    remark: str = ""


def divided(
    document: Document,
    square: Square,
    amount: Decimal,
    own: list[Line],
    lines: Iterable[Line],
    said: Said | None,
    unit: str,
) -> Divided | Asked:
    """The shares of a cell's money, or the question. own: the lines that stand there; said: what a person answered."""
    dividing = _dividing(document, square)
    if said:
        return _as_said(square, amount, said, unit, dividing)
    if dividing and (certain := dividing.certain(square.own, amount, lines)):
        return Divided(certain)
    if dividing and len(own) <= 1 and dividing.assumed(square.own, lines):
        choice = own[0].facets if own else square.own[0]
        return Divided({choice: amount}, f"记在{in_words('fund', choice.fund)}")
    return _question(square, amount, dividing, _present(square, own, unit))


def _dividing(document: Document, square: Square) -> Dividing | None:
    return next((one for one in document.dividing if one.is_about(square.own)), None)


def _present(square: Square, own: list[Line], unit: str) -> tuple[str, ...]:
    there = {line.facets: line.amount for line in own}
    return tuple(plainly(there[one], unit) if one in there else "" for one in square.own)


def _question(
    square: Square, amount: Decimal, dividing: Dividing | None, texts: tuple[str, ...], whose: str = "", why: str = ""
) -> Asked:
    asks = dividing.asks if dividing else "分属哪几种资金？"
    return Asked(amount, asks, square.own, texts, whose, why)


def _as_said(square: Square, amount: Decimal, said: Said, unit: str, dividing: Dividing | None) -> Divided | Asked:
    if said.whose.isdecimal() and int(said.whose) < len(square.own):
        return Divided({square.own[int(said.whose)]: amount})
    texts = tuple(said.parts.get(n, "") for n in range(len(square.own)))
    try:
        filled = _parts(square, texts, unit) if said.whose == SPLIT else {}
        why = _misses(sum(filled.values(), Decimal(0)), amount, unit) if filled else ""
    except money.Unreadable as error:
        filled, why = {}, f"{error}。"
    if filled and not why:
        return Divided(filled)
    return _question(square, amount, dividing, texts, said.whose, why)


def _parts(square: Square, texts: tuple[str, ...], unit: str) -> Shares:
    parts = zip(square.own, (money.read(text, unit) for text in texts), strict=True)
    return {one: part for one, part in parts if part is not None}


def _misses(whole: Decimal, amount: Decimal, unit: str) -> str:
    if whole == amount:
        return ""
    return f"各项加起来是 {plainly(whole, unit)} {unit}，应等于 {plainly(amount, unit)} {unit}。"
