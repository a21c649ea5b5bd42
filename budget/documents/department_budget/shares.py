"""Table 2 typed by hand: whose the treasury's money is, and what was carried over, as far as tables 5, 7, 8 say it.

A file prints tables 1 and 4 beside, and `division` follows them. Whoever types has only the spending: where one fund
alone spends under a code, the money is its own; where several do, or none, or less than was received, nobody knows but
the person, who is asked.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from budget.declare.dividing import Dividing, Shares
from budget.declare.tables import where
from budget.figures.facets import FISCAL, Book, Facets
from budget.figures.line import Line

Sums = defaultdict[str, Decimal]


def _by_fund(lines: Iterable[Line], book: Book, code: str) -> Sums:
    """{fund: what its lines at, under or above a code add up to}; of income this year's alone."""
    sums: Sums = defaultdict(Decimal)
    for line in lines:
        if line.book == book and not line.carried_over and (line.function.startswith(code) or _is_above(line, code)):
            sums[line.fund] += line.amount
    return sums


def _is_above(line: Line, code: str) -> bool:
    return bool(line.function) and code.startswith(line.function)


def _spenders(choices: tuple[Facets, ...], spent: Sums) -> list[Facets]:
    return [choice for choice in choices if spent.get(choice.fund)]


def of_this_year(choices: tuple[Facets, ...], amount: Decimal, lines: Iterable[Line]) -> Shares | None:
    """All of it to the one fund that spends under this code."""
    spenders = _spenders(choices, _by_fund(lines, Book.SPENDING, choices[0].function))
    return {spenders[0]: amount} if len(spenders) == 1 else None


def of_last_year(choices: tuple[Facets, ...], amount: Decimal, lines: Iterable[Line]) -> Shares | None:
    """All of it to the one fund that spends under this code, where it spends that much more than it receives."""
    lines, code = list(lines), choices[0].function
    spent, received = _by_fund(lines, Book.SPENDING, code), _by_fund(lines, Book.INCOME, code)
    spenders = _spenders(choices, spent)
    if len(spenders) != 1:
        return None
    fund = spenders[0].fund
    return {spenders[0]: amount} if spent[fund] - received[fund] >= amount else None


def nobody_spends(choices: tuple[Facets, ...], lines: Iterable[Line]) -> bool:
    """Whether no fund spends under this code yet: income may be typed before spending."""
    return not _spenders(choices, _by_fund(lines, Book.SPENDING, choices[0].function))


DIVIDING = (
    Dividing(
        where(book=Book.INCOME, carried_over=True),
        "是哪种资金结转下来的？表2 只印一栏“上年结转”，不分资金；表1、表4 要分开印。",
        of_last_year,
    ),
    Dividing(
        where(book=Book.INCOME, fund=FISCAL, carried_over=False),
        "是哪种财政拨款？表2 只印一栏“财政拨款”，不分资金；表1、表4 要分开印。",
        of_this_year,
        assumed=nobody_spends,
    ),
)
