"""Reading the journal: what a budget said at any time, what was changed since, the history of one value."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.tables import passing
from budget.drafts.flat import STATE, Flat, Parts, line_at
from budget.figures.facets import Book
from budget.models import Act, Budget, Change, State

VERSION = Coalesce(Subquery(Act.objects.filter(budget=OuterRef("pk")).order_by("-id").values("id")[:1]), 0)


def newest(budget: Budget | int) -> int:
    """The number of the last act: the version of a budget (or of the one with this key); 0 while nothing was done."""
    return Act.objects.filter(budget=budget).order_by("-id").values_list("id", flat=True).first() or 0


def changes_since(budget: Budget, act: int) -> QuerySet[Change]:
    """What was changed after an act, the oldest first."""
    return Change.objects.filter(budget=budget, act__gt=act).order_by("id")


def as_of(now: Parts, budget: Budget, act: int) -> Parts:
    """What a budget said when an act was done: `now` with everything after it taken back."""
    then = {part: dict(flat) for part, flat in now.items()}
    for change in changes_since(budget, act).filter(part__in=now).order_by("-id"):
        put(then[change.part], change.address, change.old)
    return then


def put(flat: Flat, address: str, value: str | None) -> None:
    """Set a value, or take it away."""
    if value is None:
        flat.pop(address, None)
    else:
        flat[address] = value


def difference(old: Flat, new: Flat) -> dict[str, tuple[str | None, str | None]]:
    """{address: (old, new)} of what two versions of a part say differently; None where one has nothing."""
    both = dict.fromkeys([*old, *new])
    return {a: (old.get(a), new.get(a)) for a in both if old.get(a) != new.get(a)}


def moves_to(state: State) -> QuerySet[Change]:
    """Every step of any budget that led to a state, the newest first."""
    return Change.objects.filter(part=STATE, new=state).order_by("-id")


def last_return(budget: Budget) -> Act | None:
    """The act that gave a budget back to its clerk, the newest; None where none did."""
    found = moves_to(State.RETURNED).filter(budget=budget).select_related("act").first()
    return found.act if found else None


def since_published(budget: Budget) -> tuple[int, dict[str, tuple[str | None, str | None]]]:
    """(how many times a budget was published, {address: (then, now)} of what it says differently since the last)."""
    acts = list(moves_to(State.PUBLISHED).filter(budget=budget).values_list("act", flat=True))
    found: dict[str, list[str | None]] = {}
    for change in changes_since(budget, acts[0]).exclude(part=STATE) if acts else ():
        found.setdefault(change.address, [change.old, None])[1] = change.new
    return len(acts), {address: (old, new) for address, (old, new) in found.items() if old != new}


def history(budget: Budget, cell: Cell, document: Document) -> list[Change]:
    """Every change of one value, the newest first: of a figure of a table, of the lines that it adds up."""
    found = Change.objects.filter(budget=budget).select_related("act").order_by("-id")
    table = document.table(cell.table)
    if table is None:
        return list(found.filter(address=str(cell)))
    filter_: dict[str, Any] = table.filter_of(cell) or {}
    return [one for one in found.filter(part__in=Book.values) if passing([line_at(one.address, "0")], filter_)]
