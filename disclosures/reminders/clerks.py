"""What a county's clerks have to do: the board's own reckoning, for every year and kind that is not through."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Max

from budget import deadline
from budget.documents import DEFAULT
from budget.drafts.states import NEXT
from budget.models import OPEN, Budget, Department, Region, Role, State
from disclosures.county.standing import BETWEEN, Standing, standings
from disclosures.reminders.days import BY_LAST_DAY, BY_WAITING, marks
from disclosures.reminders.waiting import Waiting, came_on, step_of, with_arrival

BEGIN = "开始填报：导入文件，或者照上年开始"
NO_DAY = "还没有填财政批复日期；从批复那一天算 20 天。"


class Row(NamedTuple):
    """A body's budget of a year. presumed: the first last day of its county, which stands in for an unknown one."""

    year: int
    document: str
    standing: Standing
    presumed: datetime.date | None
    budget: Budget | None


def rows_of(region: Region, today: datetime.date) -> dict[str, list[Row]]:
    """{unit: what its clerk has begun and not finished, or should have begun}"""
    own = Budget.objects.filter(department__region=region)
    unfinished = {one.pk: one for one in with_arrival(own.filter(state__in=BETWEEN)).defer("preamble", "written")}
    newest = _newest(own)
    kinds = {(one.year, one.document) for one in unfinished.values()} | {(newest[kind], kind) for kind in newest}
    expected, found = _expected(region), defaultdict(list)
    for year, kind in sorted(kinds):
        rows = standings(region, year, kind, None, today)
        first = min((one.due for one in rows if one.due), default=None)
        for one in rows:
            is_missing = year == newest.get(kind) and (one.unit, kind) in expected and one.waits_for_clerk
            if one.budget in unfinished or is_missing:
                found[one.unit].append(Row(year, kind, one, first, unfinished.get(one.budget)))
    return found


def _newest(budgets) -> dict[str, int]:
    """{kind: the newest year of which the county has approved any}: nobody is late before."""
    approved = budgets.filter(approved_on__isnull=False).order_by()
    return dict(approved.values_list("document").annotate(newest=Max("year")))


def _expected(region: Region) -> set[tuple[str, str]]:
    """{(unit, kind)}: the kinds that a body has had; the 部门预算 of one that has had none and stands under nobody."""
    had = set(Budget.objects.filter(department__region=region).values_list("department__unit", "document").distinct())
    known = {unit for unit, _ in had}
    free = Department.objects.filter(region=region, parent=None).values_list("unit", flat=True)
    return had | {(unit, DEFAULT) for unit in free if unit not in known}


def waiting(body: Department, rows: list[Row], today: datetime.date) -> Iterator[Waiting]:
    """A body's budgets as its clerk is told of them."""
    for row in rows:
        one = row.standing
        said = (("办理到", one.stage.label), ("下一步", _next(row)), ("期限", _until(one, today)))
        yield Waiting(
            Role.CLERK, body, row.year, row.document, one.budget,
            tuple(line for line in said if line[1]), None if one.public else one.due, _marks(row, today),
        )  # fmt: skip


def _next(row: Row) -> str:
    return NEXT[State(row.budget.state)] if row.budget else BEGIN


def _until(one: Standing, today: datetime.date) -> str:
    if one.public:
        return one.note
    return deadline.until(one.due, today) if one.due else NO_DAY


def _marks(row: Row, today: datetime.date) -> tuple[str, ...]:
    """What is to be told: that it was returned, at once; how near the last day is. Nothing while the county has it."""
    one, budget = row.standing, row.budget
    if budget and budget.state not in OPEN:
        return ()
    last = None if one.public else one.due or row.presumed
    by_day = marks("due" if one.due else "presumed", last, BY_LAST_DAY, today) if last else ()
    if budget and budget.state == State.RETURNED:
        return marks(step_of(budget), came_on(budget), BY_WAITING[:1] if last else BY_WAITING, today) + by_day
    return by_day
