"""Which fund the treasury's income belongs to, and the money carried over: what table 2 prints without saying it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from budget.cell import Cell
from budget.documents.department_budget.tables.t1 import T1
from budget.documents.department_budget.tables.t4 import T4
from budget.figures.facets import FISCAL, Book, Facets, Fund
from budget.figures.line import Line
from budget.figures.printed import Printed

ZERO = Decimal(0)
Figures = dict[str, dict[Cell, Printed]]  # {table key: what the file prints of it}
Sums = defaultdict[Facets, Decimal]
ByFund = dict[str, Decimal]
ByCode = dict[str, Decimal]


class Income(NamedTuple):
    """What table 2 prints, by what its columns say of the fund: one, the treasury's three, or nothing.

    by_fund: {(code, fund): amount} of this year. fiscal: {code: amount} of the treasury's three. carried: {code:
    amount} of what was carried over, whatever its fund.
    """

    by_fund: dict[tuple[str, Fund], Decimal]
    fiscal: ByCode
    carried: ByCode

    def undivided(self) -> ByCode:
        """The treasury's money whose funds are not said; a layout may print it by fund and its sum beside."""
        divided = {code for code, fund in self.by_fund if fund in FISCAL}
        return {code: amount for code, amount in self.fiscal.items() if code not in divided}

    def other(self, code: str) -> Decimal:
        """This year's income under a code that is not the treasury's."""
        others = (amount for (at, fund), amount in self.by_fund.items() if at == code and fund not in FISCAL)
        return sum(others, ZERO)


class Division:
    """Divides the treasury's income and the money carried over among the funds, code by code.

    Nothing printed says this division, so it follows three certainties in turn. A code whose money only one fund
    spends belongs to that fund whole. What tables 1 and 4 print for a fund is not exceeded. And money carried over is
    needed where a fund spends more under a code than it received this year. Only a code that several funds spend and
    that is partly paid from last year's money can be divided in more than one way; there the funds' declared order
    decides, and every printed total still comes out.
    """

    def __init__(self, figures: Figures, sums: Sums, income: Income):
        self.fiscal, self.carried, self.other = income.undivided(), income.carried, income.other
        self.spent = self._spending_by_fund(sums)
        self.income_left = _printed_by_fund(figures, lambda fund: fund)
        self.carried_left = _printed_by_fund(figures, lambda fund: f"{fund}_carried_over")

    def _spending_by_fund(self, sums: Sums) -> dict[str, ByFund]:
        """{code: {fund: what it spends at, under or above the code}}: tables may stop at different levels."""
        spent: dict[str, ByFund] = defaultdict(lambda: defaultdict(Decimal))
        for facets, amount in sums.items():
            if facets.book == Book.SPENDING:
                for code in {*self.fiscal, *self.carried}:
                    if facets.function.startswith(code) or code.startswith(facets.function):
                        spent[code][facets.fund] += amount
        return spent

    def lines(self) -> Iterator[Line]:
        """The income lines; codes with one fund first, so that the others share what is left.

        This year's income of all codes is divided before any money carried over: only then is it known how much
        spending this year's income leaves unpaid.
        """
        codes = sorted({*self.fiscal, *self.carried}, key=lambda code: (len(self._candidates(code)), code))
        income, needed = dict[str, ByFund](), dict[str, ByFund]()
        for code in codes:
            funds = self._candidates(code)
            income[code] = self._share(code, funds)
            needed[code] = self._needed(code, funds, income[code])
        carried = {code: self._with_the_rest(code, needed[code]) for code in codes if code in self.carried}
        return chain(_income_lines(income, carried_over=False), _income_lines(carried, carried_over=True))

    def _candidates(self, code: str) -> list[Fund]:
        """Funds that spend under this code; without any, the funds that print income; else the general one."""
        for known in (self.spent[code], self.income_left):
            if funds := [fund for fund in FISCAL if known.get(fund)]:
                return funds
        return [Fund.GENERAL]

    def _share(self, code: str, funds: list[Fund]) -> ByFund:
        """This year's income among funds: a single fund takes all; several take what they spend, as far as tables 1
        and 4 leave it to them. The last takes the rest, so that the code's own total is never changed.
        """
        if code not in self.fiscal:
            return ByFund()
        shares, rest, wanted, left = ByFund(), self.fiscal[code], self.spent[code], self.income_left
        for fund in funds[:-1]:
            if share := max(ZERO, min(rest, wanted.get(fund, rest), left.get(fund, rest))):
                shares[fund], rest = share, rest - share
        if rest or not shares:
            shares[funds[-1]] = rest
        _take(shares, left)
        return shares

    def _needed(self, code: str, funds: list[Fund], income: ByFund) -> ByFund:
        """What was carried over, as far as treasury spending beyond this year's income needs it."""
        shares, rest = ByFund(), self.carried.get(code, ZERO)
        for fund in funds:
            beyond = max(ZERO, self.spent[code].get(fund, ZERO) - income.get(fund, ZERO))
            if share := min(rest, beyond):
                shares[fund], rest = share, rest - share
                self.carried_left[fund] = self.carried_left.get(fund, ZERO) - share
        return shares

    def _with_the_rest(self, code: str, shares: ByFund) -> ByFund:
        """What no treasury spending needs: other money as far as it is spent here, then what table 4 has left.

        Table 4 prints what each fund carried over, so a fund's own spending is served first; what then remains of the
        code's carried money is not the treasury's.
        """
        rest = self.carried[code] - sum(shares.values(), ZERO)
        other = max(ZERO, self.spent[code].get(Fund.NON_FISCAL, ZERO) - self.other(code))
        if share := min(rest, other):
            shares[Fund.NON_FISCAL], rest = share, rest - share
        for fund in self._candidates(code):
            if share := min(rest, max(ZERO, self.carried_left.get(fund, ZERO))):
                shares[fund] = shares.get(fund, ZERO) + share
                self.carried_left[fund] -= share
                rest -= share
        if rest or not shares:
            shares[Fund.NON_FISCAL] = shares.get(Fund.NON_FISCAL, ZERO) + rest
        return shares


def _take(shares: ByFund, left: ByFund) -> None:
    """Take shares from what is left, of the funds that print how much there is."""
    for fund in shares.keys() & left.keys():
        left[fund] -= shares[fund]


def _income_lines(shares: dict[str, ByFund], carried_over: bool) -> Iterator[Line]:
    for code, by_fund in shares.items():
        for fund, amount in by_fund.items():
            yield Line(Book.INCOME, fund, function=code, carried_over=carried_over, amount=amount)


def _printed_by_fund(figures: Figures, row: Callable[[Fund], str]) -> ByFund:
    """What tables 4 and 1 print for each fund: this year's income, or what was carried over; table 4 knows better."""
    printed = ByFund()
    for table in (T1, T4):
        for fund in FISCAL:
            cell = figures.get(table.key, {}).get(table.cell(row(fund), "income"))
            if cell and cell.amount is not None:
                printed[fund] = cell.amount
    return printed
