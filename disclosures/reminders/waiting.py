"""One budget that waits for one person."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from budget.documents import DOCUMENTS
from budget.drafts.flat import STATE
from budget.models import Budget, Change, Department, Role


@dataclass(frozen=True)
class Waiting:
    """role: as what they are told. budget: its key, None where it is not begun. lines: [(what, words)] of the mail.

    due: the last day, None where none is known. marks: what there is to be told of it today, none where it merely
    stands in the list.
    """

    role: Role
    body: Department
    year: int
    document: str
    budget: int | None
    lines: tuple[tuple[str, str], ...]
    due: datetime.date | None = None
    marks: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int, int, str]:
        """(role, body, year, document)"""
        return self.role.value, self.body.pk, self.year, self.document

    @property
    def name(self) -> str:
        """卢龙县刘家营乡人民政府2024年部门预算, in one line whatever the database holds."""
        return f"{' '.join(self.body.name.split())}{self.year}年{DOCUMENTS[self.document].name}"

    def marked(self, mark: str) -> "Waiting":
        """The same with one thing more to be told."""
        return replace(self, marks=(*self.marks, mark))


def with_arrival(budgets: QuerySet[Budget]) -> QuerySet[Budget]:
    """Budgets with the act that brought each to its state, and when; None where the journal has none."""
    newest = Change.objects.filter(part=STATE, budget=OuterRef("pk"), new=OuterRef("state")).order_by("-id")
    return budgets.annotate(came_by=Subquery(newest.values("act")[:1]), came_at=Subquery(newest.values("act__at")[:1]))


def came_on(budget: Budget) -> datetime.date:
    """The day on which a budget came to its state."""
    return timezone.localdate(budget.came_at or budget.changed_at)


def step_of(budget: Budget) -> str:
    """The step that brought it there: a second return is another thing than the first."""
    return f"{budget.state} {budget.came_by or 0}"
