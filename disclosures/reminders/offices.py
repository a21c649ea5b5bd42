"""What waits for a county's reviewers and publishers, and for how long."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from budget import deadline
from budget.models import Budget, Role, State
from disclosures.models import Publication
from disclosures.reminders.days import BY_WAITING, marks
from disclosures.reminders.waiting import Waiting, came_on, step_of, with_arrival

WAITS = {Role.REVIEWER: State.SUBMITTED, Role.PUBLISHER: State.APPROVED}

# A correction has no last day.
_PUBLISHED = Exists(
    Publication.objects.filter(**{part: OuterRef(part) for part in ("department", "year", "document")}).order_by()
)


def waiting(user, role: Role, regions: set[str], today: datetime.date) -> Iterator[Waiting]:
    """What waits for somebody with a role in some counties, the longest first; only what they may see."""
    visible = Budget.objects.visible_to(user).filter(state=WAITS[role], department__region__in=regions)
    found = with_arrival(visible).annotate(was_public=_PUBLISHED).select_related("department__region")
    for one in sorted(found.defer("preamble", "written"), key=lambda one: (came_on(one), one.department.unit)):
        yield _waiting(one, role, today)


def _waiting(one: Budget, role: Role, today: datetime.date) -> Waiting:
    day = came_on(one)
    said = [("等了多久", f"{deadline.in_words(day, today)}{one.get_state_display()}，{_for(day, today)}")]
    if one.approved_on and not one.was_public:
        said.append(("期限", deadline.until(deadline.due(one.approved_on), today)))
    return Waiting(
        role, one.department, one.year, one.document, one.pk,
        tuple(said), marks=marks(step_of(one), day, BY_WAITING, today),
    )  # fmt: skip


def _for(day: datetime.date, today: datetime.date) -> str:
    passed = (today - day).days
    return f"已经等了 {passed} 天" if passed > 0 else "今天刚到"
