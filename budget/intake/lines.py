"""From printed figures back to lines: the inverse of `fill`.

Only leaf cells of feeding tables become lines. Table 2 does not say which treasury fund an amount belongs
to, and prints money carried over in one column; tables 5, 7, 8 (spending by fund) and 4 (carried over by
fund) decide that.
"""

from collections import defaultdict
from decimal import Decimal

from budget.checks.finding import Finding, Level
from budget.facets import FISCAL, FISCAL_KINDS, Book, Fund
from budget.facts import Amount
from budget.money import plain
from budget.tables.declare import FEEDS, REMAINDER

ZERO = Decimal(0)


def unfill(readings):
    """(lines, findings) from {table key: TableReading}; lines have distinct facets, in no special order."""
    sums, findings = defaultdict(Decimal), []
    for reading in readings.values():
        for line in _plain_lines(reading):
            sums[line[:-1]] += line.amount
    for line in list(_remainder(readings, sums, findings)):
        sums[line[:-1]] += line.amount
    for line in [*_income(readings, sums), *_kept(readings)]:
        sums[line[:-1]] += line.amount
    return [Amount(*facets, amount) for facets, amount in sums.items()], findings


def leaves(reading, side):
    """{(row key, column): Printed} of the filled leaf cells of one side of a table."""
    keys = {row for row, _ in reading.printed if row != "total"} if side.is_tree else {r.key for r in side.leaf_rows()}
    if side.is_tree:
        keys = {key for key in keys if not any(other != key and other.startswith(key) for other in keys)}
    columns = {column.key: column for column in [*side.leaf_columns(), *side.also_columns]}
    return {
        (row, columns[column]): printed
        for (row, column), printed in reading.printed.items()
        if row in keys and column in columns and printed.amount is not None
    }


def _plain_lines(reading):
    """Lines of the feeding cells that say all their facets themselves: tables 5 to 9."""
    table = reading.layout.table
    if table.role != FEEDS:
        return
    for side in table.sides:
        rows = {} if side.is_tree else {row.key: row for row in side.rows if row}
        for (key, column), printed in leaves(reading, side).items():
            facets = {**table.where, **side.where, **column.where}
            facets |= {side.rows.facet: (key,)} if side.is_tree else rows[key].where
            if all(len(values) == 1 for values in facets.values()) and facets["book"] != (Book.INCOME,):
                yield Amount(**{facet: values[0] for facet, values in facets.items()}, amount=printed.amount)


def _by_role(readings, role, book):
    for reading in readings.values():
        if reading.layout.table.role == role and reading.layout.table.where.get("book") == (book,):
            yield reading


def _remainder(readings, sums, findings):
    """Spending that table 3 prints beyond tables 5, 7 and 8: money that is not the treasury's."""
    for reading in _by_role(readings, REMAINDER, Book.SPENDING):
        (side,) = reading.layout.table.sides
        for (code, column), printed in leaves(reading, side).items():
            (kind,) = column.where["kind"]
            covered = _spent(sums, code, kind)
            if printed.amount - covered > 0 and not _split_above(sums, code, kind):
                yield Amount(Book.SPENDING, Fund.NON_FISCAL, kind, code, amount=printed.amount - covered)
            elif printed.amount < covered or _split_above(sums, code, kind):
                findings.append(_uncovered(printed, code, covered))
            elif not covered and kind not in FISCAL_KINDS:
                yield Amount(Book.SPENDING, Fund.NON_FISCAL, kind, code, amount=printed.amount)


def _spent(sums, code, kind):
    return sum(
        (
            amount
            for (book, _, k, function, *_), amount in sums.items()
            if book == Book.SPENDING and k == kind and function.startswith(code)
        ),
        ZERO,
    )


def _split_above(sums, code, kind):
    """Whether a fund's table prints this spending at a code above, so that it cannot be told apart here."""
    return any(
        book == Book.SPENDING and k == kind and function != code and code.startswith(function)
        for (book, _, k, function, *_) in sums
    )


def _uncovered(printed, code, covered):
    expected, found = plain(covered, printed.unit), plain(printed.amount, printed.unit)
    message = (
        f"{printed.place} 的 {code} 是 {found}，而各资金支出表合计 {expected}{printed.unit}；"
        "支出总表不能少于财政拨款支出，请核对两处。"
    )
    cell = (printed.table, printed.row, printed.column)
    return Finding("T3", Level.ERROR, message, (printed.place,), expected, found, cell)


def _kept(readings):
    """Money kept for next year: by fund from table 4, the rest of what table 1 prints is not the treasury's."""
    by_fund, whole = {}, None
    for reading in readings.values():
        for side in reading.layout.table.sides:
            for row in () if side.is_tree else [row for row in side.rows if row and row.feeds]:
                cells = {c.key: reading.printed.get((row.key, c.key)) for c in side.leaf_columns()}
                amounts = {key: cell.amount for key, cell in cells.items() if cell and cell.amount is not None}
                if set(cells) & set(FISCAL):
                    by_fund |= amounts
                elif amounts:
                    whole = sum(amounts.values())
    yield from (Amount(Book.KEPT, fund, amount=amount) for fund, amount in by_fund.items())
    rest = (whole or ZERO) - sum(by_fund.values(), ZERO)
    if rest > 0 or (whole is not None and not by_fund and not rest):
        yield Amount(Book.KEPT, Fund.NON_FISCAL, amount=rest)


def _income(readings, sums):
    """Income lines from table 2, with the treasury's money and what was carried over told apart by fund."""
    for reading in _by_role(readings, FEEDS, Book.INCOME):
        (side,) = reading.layout.table.sides
        cells = leaves(reading, side)
        split = {
            code
            for code, column in cells
            if len(column.where.get("fund", ())) == 1 and column.where["fund"][0] in FISCAL
        }
        fiscal, carried, other = {}, {}, defaultdict(Decimal)
        for (code, column), printed in cells.items():
            funds = column.where.get("fund")
            if funds is None:
                carried[code] = printed.amount
            elif len(funds) == 1:
                other[code] += printed.amount if funds[0] not in FISCAL else ZERO
                yield Amount(Book.INCOME, funds[0], function=code, amount=printed.amount)
            elif code not in split:
                fiscal[code] = printed.amount
        yield from _Allocation(readings, sums, fiscal, carried, other).lines()


class _Allocation:
    """Divides the treasury's income and the money carried over among the funds, code by code.

    fiscal, carried: {code: amount} to be divided; other: {code: this year's income that is not the treasury's}.
    """

    def __init__(self, readings, sums, fiscal, carried, other):
        self.fiscal, self.carried, self.other = fiscal, carried, other
        self.readings = readings
        self.spent = self._spending_by_fund(sums)
        self.income_left = self._printed_by_fund("")
        self.carried_left = self._printed_by_fund("_carried_over")

    def _spending_by_fund(self, sums):
        spent = defaultdict(lambda: defaultdict(Decimal))
        codes = {*self.fiscal, *self.carried}
        for (book, fund, _, function, *_), amount in sums.items():
            if book == Book.SPENDING:
                for code in codes:
                    if function.startswith(code) or code.startswith(function):
                        spent[code][fund] += amount
        return spent

    def _printed_by_fund(self, suffix):
        """What tables 4 and 1 print for each fund: this year's income, or what was carried over."""
        printed = {}
        for key in ("fiscal_appropriation_summary", "revenue_expenditure_summary"):
            for fund in FISCAL:
                cell = self.readings[key].printed.get((fund + suffix, "income")) if key in self.readings else None
                if cell and cell.amount is not None and fund not in printed:
                    printed[fund] = cell.amount
        return printed

    def lines(self):
        """The income lines; codes with one fund first, so that the others share what is left."""
        codes = sorted({*self.fiscal, *self.carried}, key=lambda code: (len(self._candidates(code)), code))
        needed = {}
        for code in codes:
            funds = self._candidates(code)
            income = self._share(self.fiscal.get(code), funds, self.income_left, self.spent[code])
            yield from (Amount(Book.INCOME, fund, function=code, amount=amount) for fund, amount in income.items())
            if code in self.carried:
                needed[code] = self._needed(code, funds, income)
        for code, shares in needed.items():
            for fund, amount in self._with_the_rest(code, shares).items():
                yield Amount(Book.INCOME, fund, function=code, carried_over=True, amount=amount)

    def _candidates(self, code):
        """Funds that spend under this code; without any, the funds that print income; else the general one."""
        spending = [fund for fund in FISCAL if self.spent[code].get(fund)]
        return spending or [fund for fund in FISCAL if self.income_left.get(fund)] or [Fund.GENERAL]

    def _share(self, amount, funds, left, wanted):
        """An amount among funds: a single fund takes all; several take what they spend, as far as it is left."""
        if amount is None:
            return {}
        shares = {}
        rest = amount
        for fund in funds[:-1]:
            share = max(ZERO, min(rest, wanted.get(fund, rest), left.get(fund, rest)))
            if share:
                shares[fund] = share
                rest -= share
        if rest or not shares:
            shares[funds[-1]] = rest
        for fund, share in shares.items():
            if fund in left:
                left[fund] -= share
        return shares

    def _needed(self, code, funds, income):
        """What was carried over, as far as treasury spending beyond this year's income needs it."""
        shares, rest = {}, self.carried[code]
        for fund in funds:
            beyond = max(ZERO, self.spent[code].get(fund, ZERO) - income.get(fund, ZERO))
            if share := min(rest, beyond):
                shares[fund], rest = share, rest - share
                self.carried_left[fund] = self.carried_left.get(fund, ZERO) - share
        return shares

    def _with_the_rest(self, code, shares):
        """What no treasury spending needs: other money as far as it is spent here, then what table 4 has left."""
        rest = self.carried[code] - sum(shares.values())
        other = max(ZERO, self.spent[code].get(Fund.NON_FISCAL, ZERO) - self.other[code])
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
