"""Sentences rendered: each figure with its address, each reason with what was typed, each gap said."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import singledispatchmethod
from typing import NamedTuple

from budget.cell import Cell
from budget.declare.sentence import (
    OF_LISTS,
    Changed,
    Clause,
    Count,
    Each,
    Fact,
    Part,
    Reason,
    Sentence,
    Series,
    Shown,
    When,
    Words,
)  # fmt: skip
from budget.money import CENT, WAN
from budget.sentences.figures import Figures, Named, NoYearBefore, Unknown, rounded
from budget.text import clean

NO_YEAR_BEFORE = Reason(
    "no_year_before", "没有上年的预算可比，是为什么（如：今年新设立的单位）；上年有预算的，请先导入"
)
_STOPS = "。；;，,、.！"


class Piece(NamedTuple):
    """A stretch of a rendered sentence. cell: whose figure it is; asks: the reason that stands there or is missing.

    gap: what is missing, in words for whoever fills it in; '' where nothing is.
    """

    text: str
    cell: Cell | None = None
    asks: Reason | None = None
    gap: str = ""


def typed(text: str) -> str:
    """What a person typed as it goes into a paragraph: cleaned, quotes made those of print.

    >>> typed(' 落实"过紧日子"要求 ')
    '落实“过紧日子”要求'
    """
    first, *rest = clean(text).split('"')
    return first + "".join(("“", "”")[at % 2] + piece for at, piece in enumerate(rest))


def missing(what: str) -> str:
    """What stands in the text where something is missing."""
    return f"〔{what}〕"


class Rendering:
    """Sentences with the figures of one budget and what people typed."""

    def __init__(self, figures: Figures, reasons: dict[str, str]):
        self.figures, self.reasons = figures, reasons

    def pieces(self, sentence: Sentence) -> list[Piece]:
        """A sentence in pieces; none where its conditions do not hold."""
        return list(self._all(sentence.parts)) if self._stands(sentence.when) else []

    def _stands(self, conditions: Iterable[When]) -> bool:
        return all(self.holds(when) for when in conditions)

    def holds(self, when: When) -> bool:
        """Whether a condition holds; of what is unknown none does."""
        if when.what in OF_LISTS:
            return bool(self.figures.records(when.of.table)) == (when.what == "any")
        try:
            return self._is_so(when.what, when.of)
        except Unknown:
            return False

    def _is_so(self, what: str, cell: Cell) -> bool:
        if what in ("changed", "level"):
            now, before = self.figures.change(cell)
            return (now == before) == (what == "level")
        amount = self.figures.amount(cell)
        if what == "there":
            return amount is not None
        filled = bool(rounded(amount) if self.figures.is_money(cell) else amount)
        return filled == (what == "filled")

    def _all(self, parts: Iterable[Part]) -> Iterator[Piece]:
        for part in parts:
            try:
                yield from self._part(part)
            except Unknown as reason:
                yield Piece(missing(str(reason)), gap=str(reason))

    @singledispatchmethod
    def _part(self, part: Part) -> list[Piece]:
        raise TypeError(part)

    @_part.register
    def _words(self, part: Words) -> list[Piece]:
        return [Piece(part.text)]

    @_part.register
    def _fact(self, part: Fact) -> list[Piece]:
        return [Piece(self.figures.facts[part.name])]

    @_part.register
    def _shown(self, part: Shown) -> list[Piece]:
        return [self._amount(part.cell, self.figures.amount(part.cell))]

    def _amount(self, cell: Cell, amount: Decimal | None) -> Piece:
        if amount is None:
            raise Unknown("表里这个数是空白")
        return Piece(self.figures.shown(cell, amount), cell)

    @_part.register
    def _changed(self, part: Changed) -> list[Piece]:
        try:
            now, before = self.figures.change(part.cell)
        except NoYearBefore as unknown:
            return [self._not_compared(str(unknown))]
        text = in_words(now, before) + (_percent(now, before) if part.percent else "")
        return [Piece(text, part.cell)]

    def _not_compared(self, unknown: str) -> Piece:
        """Why there is nothing to compare with, where somebody says so; else what is missing."""
        why = typed(self.reasons.get(NO_YEAR_BEFORE.key, "")).rstrip(_STOPS)
        if not why:
            return Piece(missing(unknown), asks=NO_YEAR_BEFORE, gap=unknown)
        return Piece(f"没有可比的数（{why}）", asks=NO_YEAR_BEFORE)

    @_part.register
    def _reason(self, part: Reason) -> list[Piece]:
        said = typed(self.reasons.get(part.key, ""))
        if not said:
            return [Piece(missing(part.prompt), asks=part, gap=part.prompt)]
        return [Piece(said if part.long else " ".join(said.split("\n")).rstrip(_STOPS), asks=part)]

    @_part.register
    def _count(self, part: Count) -> list[Piece]:
        return [Piece(str(len(self.figures.records(part.records))), Cell(part.records))]

    @_part.register
    def _each(self, part: Each) -> list[Piece]:
        """Names alone are parted by 、, names with amounts by ；."""
        found = [self._named(one, part) for one in self.figures.each(part)]
        return list(_joined(found, "；" if part.column else "、"))

    def _named(self, one: Named, part: Each) -> list[Piece]:
        name = Piece(typed(one.name))
        if part.changed:
            return [name, Piece(in_words(rounded(one.amount), rounded(one.before)), one.cell)]
        if not part.column:
            return [name._replace(cell=one.cell)]
        return [name] if one.amount is None else [name, Piece(" "), self._amount(one.cell, one.amount)]

    @_part.register
    def _clause(self, part: Clause) -> list[Piece]:
        return list(self._all(part.parts)) if self._stands(part.when) else []

    @_part.register
    def _series(self, part: Series) -> list[Piece]:
        standing = [pieces for clause in part.clauses if (pieces := self._clause(clause))]
        inner = list(_joined(standing, part.joined))
        return [Piece(part.before), *inner, Piece(part.after)] if inner else []


def _joined(found: list[list[Piece]], mark: str) -> Iterator[Piece]:
    for at, pieces in enumerate(found):
        yield from ([Piece(mark)] if at else [])
        yield from pieces


def in_words(now: Decimal, before: Decimal) -> str:
    """The change of a figure in 万元 as printed.

    >>> in_words(Decimal("708.99"), Decimal("659.58")), in_words(Decimal("1.00"), Decimal("1.00"))
    ('增加 49.41 万元', '持平')
    """
    if now == before:
        return "持平"
    return f"{'增加' if now > before else '减少'} {abs(now - before):,} {WAN}"


def _percent(now: Decimal, before: Decimal) -> str:
    """，增长 7.49%; '' where there was nothing to grow from, and where nothing changed."""
    if not before or now == before:
        return ""
    share = (abs(now - before) / abs(before) * 100).quantize(CENT, ROUND_HALF_UP)
    return f"，{'增长' if now > before else '下降'} {share}%"
