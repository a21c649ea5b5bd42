"""How alike two sentences are: the amounts that both state, the words in common, whether both compare two years.

By rules, on text alone, so that it says the same of a county's sentences as of ours.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

from budget.money import WAN, YUAN, show
from budget.text import is_short, narrow

Pairs = frozenset[str]
_Any = TypeVar("_Any")

_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(万元|亿元|元)")
_PER_WAN = {WAN: Decimal(1), "亿元": Decimal(10_000), YUAN: Decimal("0.0001")}
_CLAUSE = re.compile(r"[,;:。、]|\((?!境)|(?<!境)\)")  # the bracket of 因公出国（境）费 opens no clause
_FILLER = re.compile(r"[增减]少?加?长?了?|为|是|共计?|合计|总额|金额|数|预算|安排|其中|包括|主要|本?年度?|[和及]|\d")
_GAP = re.compile(r"〔[^〕]*〕")
_CHINESE = re.compile(r"[一-鿿]+")
_COMPARED = re.compile(r"[与比较同](?:\d{4}年|上年|去年).{0,6}(?:相比|增|减|持平)|(?:增加|减少)\d")
_CHANGE = re.compile(r"(?:(增加|增长)|(?:减少|下降|降低))了?$")
_NAMED_ALIKE = 0.6


class Amount(NamedTuple):
    """An amount as a sentence states it. named: the words before it. step: its last place; both in 万元."""

    named: str
    amount: Decimal
    step: Decimal

    @property
    def is_change(self) -> bool:
        """Whether it says by how much something has changed."""
        return bool(_CHANGE.search(self.named))

    @property
    def changed(self) -> str:
        """A change in words: 减少 121.77."""
        match = _CHANGE.search(self.named)
        return f"{'增加' if match and match[1] else '减少'} {self.shown}"

    @property
    def shown(self) -> str:
        """As tables print it."""
        return show(self.amount * 10_000)

    def agrees(self, other: "Amount") -> bool:
        """Whether one figure may be meant: 40 万元 is said of all that rounds to it."""
        return abs(self.amount - other.amount) <= max(self.step, other.step) / 2


class Difference(NamedTuple):
    """An amount that a person's sentence states otherwise than the tables: what it is of, both as printed."""

    named: str
    here: str
    there: str


class Said:
    """A sentence as it is compared; what is taken from it is taken once."""

    def __init__(self, text: str):
        self.text = narrow(_GAP.sub("", text))

    @cached_property
    def amounts(self) -> list[Amount]:
        """Its amounts in order, each with the words before it."""
        return list(_amounts(self.text))

    @cached_property
    def stated(self) -> frozenset[Decimal]:
        """The amounts that tell a sentence from others: every one but nil."""
        return frozenset(one.amount for one in self.amounts if one.amount)

    @cached_property
    def pairs(self) -> Pairs:
        """Its words, as pairs of neighbouring characters."""
        return pairs_of(self.text)

    @cached_property
    def is_heading(self) -> bool:
        """Whether it is too short for a sentence and states nothing."""
        return is_short(self.text)

    @cached_property
    def compares(self) -> bool:
        """Whether it compares with the year before."""
        return bool(_COMPARED.search(self.text))


def _amounts(text: str) -> Iterator[Amount]:
    end = 0
    for match in _AMOUNT.finditer(text):
        digits, unit = match[1].replace(",", ""), _PER_WAN[match[2]]
        places = len(digits.partition(".")[2])
        named = _CLAUSE.split(text[end : match.start()])[-1]
        yield Amount(named, Decimal(digits) * unit, unit / 10**places)
        end = match.end()


def pairs_of(text: str) -> Pairs:
    """The pairs of neighbouring characters in the Chinese words of a text."""
    return frozenset(run[at : at + 2] for run in _CHINESE.findall(text) for at in range(len(run) - 1))


def share(one: frozenset[_Any], other: frozenset[_Any]) -> float:
    """How much of two sets is common to both, from 0 to 1.

    >>> share(frozenset("ab"), frozenset("bc"))
    0.5
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def likeness(one: Said, other: Said) -> float:
    """How alike two sentences are: 0 for nothing in common, above 1 for the same amounts in the same words.

    A heading is like a heading alone.
    """
    if one.is_heading != other.is_heading:
        return 0.0
    words = share(one.pairs, other.pairs)
    common = one.stated & other.stated
    figures = len(common) / min(len(one.stated), len(other.stated)) if common else 0.0
    compared = 0.2 if one.compares == other.compares else -0.2
    return words + figures / 2 + (compared if one.compares or other.compares else 0.0) + _about_one_thing(one, other)


def _about_one_thing(one: Said, other: Said) -> float:
    """What the first amount is of is what a sentence is about, however much it tells besides."""
    return (
        0.2 if one.amounts and other.amounts and _named_alike(one.amounts[0], other.amounts[0]) >= _NAMED_ALIKE else 0.0
    )


def differences(own: Said, standard: Said) -> list[Difference]:
    """The amounts that a person's sentence states otherwise than the standard one, in its order.

    Amounts that agree are of one thing; of the others those are whose names are alike. Changes on last year are left
    out: what they are changes of stands too far away.
    """
    rest = [one for one in standard.amounts if not one.is_change]
    doubtful = [one for one in own.amounts if not one.is_change and not _taken(one, rest)]
    found = []
    for amount in doubtful:
        if there := _of_the_same(amount, rest):
            rest.remove(there)
            found.append(Difference(there.named, amount.shown, there.shown))
    return found + _changed_otherwise(own, standard)


def _changed_otherwise(own: Said, standard: Said) -> list[Difference]:
    here, there = ([one for one in said.amounts if one.is_change] for said in (own, standard))
    if not here or len(there) != 1 or (here[0].agrees(there[0]) and here[0].changed[:2] == there[0].changed[:2]):
        return []
    return [Difference("比上年", here[0].changed, there[0].changed)]


def _taken(amount: Amount, rest: list[Amount]) -> bool:
    """Whether one of the amounts agrees with it; the one named most alike is taken away."""
    agreeing = [one for one in rest if amount.agrees(one)]
    if agreeing:
        rest.remove(max(agreeing, key=lambda one: _named_alike(amount, one)))
    return bool(agreeing)


def _of_the_same(amount: Amount, rest: list[Amount]) -> Amount | None:
    """The amount that is named most alike, None where none is."""
    best = max(rest, key=lambda one: _named_alike(amount, one), default=None)
    return best if best and _named_alike(amount, best) >= _NAMED_ALIKE else None


def _named_alike(one: Amount, other: Amount) -> float:
    return share(*(pairs_of(_FILLER.sub("", amount.named)) for amount in (one, other)))
