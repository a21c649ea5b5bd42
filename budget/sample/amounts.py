"""The lines of an invented budget: pay by heads, running costs, projects; what is spent is what is received.

Amounts are counted in hundreds of yuan, the last place that tables in 万元 print, so that nothing is off by rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budget.figures.facets import Book, Fund, Item, Kind
from budget.figures.line import Line, sort_key
from budget.sample.bodies import Body
from budget.sample.projects import Planned, planned

FIRST = 2024  # the year in which a raise of pay is counted from
_RAISE = Decimal("1.03")
GENERAL = Fund.GENERAL
# {economic code: (hundreds of yuan a head and year)}
_PAY = {"30101": 380, "30102": 190, "30103": 95, "30107": 60, "30108": 118, "30110": 52, "30113": 88}
_RUNNING = {"30201": 42, "30202": 6, "30206": 14, "30207": 8, "30211": 9, "30228": 11, "30239": 30}
_OF_FUNCTION = {"30107": "2010350", "30108": "2080505", "30110": "2101101", "30113": "2210201"}
OFFICE = "2010301"


@dataclass(frozen=True)
class Sums:
    """What the text says, in yuan."""

    total: Decimal
    basic: Decimal
    staff: Decimal
    running: Decimal
    project: Decimal
    carried: Decimal
    vehicles: Decimal
    reception: Decimal

    @property
    def three_public(self) -> Decimal:
        """因公出国, vehicles and reception together."""
        return self.vehicles + self.reception


def economic(body: Body, year: int) -> dict[str, Decimal]:
    """{economic code: amount} of basic spending."""
    raised = _RAISE ** (year - FIRST)
    pay = {code: _hundreds(each * body.staff * raised) for code, each in _PAY.items()}
    running = {code: _hundreds(each * body.staff) for code, each in _RUNNING.items()}
    saved = body.dice(f"reception {year}").randint(0, 4)
    return pay | running | {"30217": _hundreds(200 - 10 * (year - FIRST) - saved), "30231": _hundreds(600)}


def _hundreds(amount: Decimal | int) -> Decimal:
    return Decimal(round(amount)) * 100


def lines(body: Body, year: int) -> list[Line]:
    """Every line of a budget."""
    return sorted([*_spent_and_received(body, year), *_by_economic(body, year)], key=sort_key)


def _by_economic(body: Body, year: int) -> Iterator[Line]:
    amounts = economic(body, year)
    for code, amount in amounts.items():
        kind = Kind.STAFF if code.startswith("301") else Kind.RUNNING
        yield Line(Book.ECONOMIC, GENERAL, kind, economic=code, amount=amount)
    yield Line(Book.THREE_PUBLIC, GENERAL, item=Item.VEHICLE_RUNNING, amount=amounts["30231"])
    yield Line(Book.THREE_PUBLIC, GENERAL, item=Item.RECEPTION, amount=amounts["30217"])


def _spent_and_received(body: Body, year: int) -> Iterator[Line]:
    for (code, kind), amount in _spent(body, year).items():
        yield Line(Book.SPENDING, GENERAL, kind, code, amount=amount)
    for (code, carried), amount in _received(body, year).items():
        yield Line(Book.INCOME, GENERAL, function=code, carried_over=carried, amount=amount)


def _spent(body: Body, year: int) -> dict[tuple[str, Kind], Decimal]:
    found: dict[tuple[str, Kind], Decimal] = {}
    for code, amount in economic(body, year).items():
        key = _OF_FUNCTION.get(code, OFFICE), Kind.BASIC
        found[key] = found.get(key, Decimal(0)) + amount
    for one in planned(body, year):
        key = one.function, Kind.PROJECT
        found[key] = found.get(key, Decimal(0)) + one.amount
    return found


def _received(body: Body, year: int) -> dict[tuple[str, bool], Decimal]:
    carried = {one.function: one.amount for one in planned(body, year) if one.is_carried(year)}
    found: dict[tuple[str, bool], Decimal] = {(code, True): amount for code, amount in carried.items()}
    for (code, kind), amount in _spent(body, year).items():
        now = amount - (carried.get(code, Decimal(0)) if kind == Kind.PROJECT else 0)
        if now:
            found[code, False] = found.get((code, False), Decimal(0)) + now
    return found


def sums(body: Body, year: int) -> Sums:
    """What the text says of a budget."""
    amounts, projects = economic(body, year), planned(body, year)
    staff = sum((a for code, a in amounts.items() if code.startswith("301")), Decimal(0))
    running = sum((a for code, a in amounts.items() if code.startswith("302")), Decimal(0))
    project, carried = _sum(projects), _sum([one for one in projects if one.is_carried(year)])
    return Sums(staff + running + project, staff + running, staff, running, project, carried,
                amounts["30231"], amounts["30217"])  # fmt: skip


def _sum(projects: list[Planned]) -> Decimal:
    return sum((one.amount for one in projects), Decimal(0))
