"""The budget of the year before, seen from this year: its lines under this year's codes, and which codes have ended.

A code without an amount is not kept anywhere: a line of nothing would be zero, and blank is not zero. The rows that a
grid or a template shows to be filled are those of the year before, and stay there until an amount is typed.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from budget.codes import ECONOMIC, FUNCTION, Key, Names
from budget.drafts.load import load_lines
from budget.figures.line import Line
from budget.models import Budget, Role


class Moved(NamedTuple):
    """A code of last year that no longer holds. successors: what took its place, none where nothing did."""

    scheme: str
    code: str
    name: str
    successors: tuple[str, ...]


def before(budget: Budget) -> Budget | None:
    """The same body's budget of the same kind of the year before, or None."""
    found = Budget.objects.filter(department=budget.department_id, document=budget.document, year=budget.year - 1)
    return found.select_related("department__region", "source").first()


def to_begin(user: Any) -> list[Budget]:
    """The newest budget of each kind of somebody's bodies: those that a next year can be begun from."""
    own = Budget.objects.visible_to(user).filter(department__posts__user=user, department__posts__role=Role.CLERK)
    later = Budget.objects.filter(department=OuterRef("department"), document=OuterRef("document"))
    newest = own.filter(~Exists(later.filter(year__gt=OuterRef("year"))))
    return list(newest.select_related("department").order_by("department__unit", "document"))


def followed(key: Key, names: Names) -> tuple[str, ...]:
    """A code as this year's lists have it: itself while it holds, else what took its place, however often it changed.

    One that ended without a successor stays: only a person knows where its money belongs now.
    """
    scheme, found, waiting, seen = key[0], dict[str, None](), [key[1]], set[str]()
    while waiting:
        code = waiting.pop(0)
        if code in seen:
            continue
        seen.add(code)
        ended = names.ended.get((scheme, code))
        if ended and ended.successors:
            waiting += ended.successors
        else:
            found[code] = None
    return tuple(found) or (key[1],)


def moved(lines: Iterable[Line], names: Names) -> list[Moved]:
    """The codes in use last year that this year's lists have ended."""
    used = sorted({(facet, code) for line in lines for facet in _CODED if (code := getattr(line, facet))})
    return [Moved(*key, names.get(key, ""), _successors(key, names)) for key in used if key in names.ended]


def _successors(key: Key, names: Names) -> tuple[str, ...]:
    return tuple(code for code in followed(key, names) if code != key[1])


def rows_to_fill(lines: Iterable[Line], names: Names) -> list[Line]:
    """Last year's lines where this year's amounts belong: under the codes that hold now.

    A line whose code was divided stands under each of the new ones, blank (zero) but under the first, which bears the
    amount: a sum of last year counts no money twice.
    """
    return [line for one in lines for line in _followed(one, names)]


def _followed(line: Line, names: Names) -> Iterable[Line]:
    facet = next((facet for facet in _CODED if getattr(line, facet)), "")
    codes = followed((facet, getattr(line, facet)), names) if facet else ()
    if not codes:
        return [line]
    divided = [(code, line.amount if code == codes[0] else Decimal(0)) for code in codes]
    if facet == FUNCTION:
        return [line._replace(function=code, amount=amount) for code, amount in divided]
    return [line._replace(economic=code, amount=amount) for code, amount in divided]


def lines_before(budget: Budget, names: Names) -> list[Line]:
    """Last year's lines of a budget under this year's codes; none where there was no budget."""
    last = before(budget)
    return rows_to_fill(load_lines(last), names) if last else []


_CODED = (FUNCTION, ECONOMIC)
