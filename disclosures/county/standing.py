"""Where each body of a county is with its budget of a year: state and dates, nothing of what a budget says."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Max, Min, Q, TextChoices
from django.utils import timezone

from budget import deadline
from budget.models import OPEN, Budget, Department, Region, Role, State
from disclosures.models import Publication, Reminder


class Stage(TextChoices):
    """How far a body is: the states of a budget, and none at all."""

    NOT_BEGUN = "none", "没有开始"
    DRAFT = State.DRAFT.value, State.DRAFT.label
    SUBMITTED = State.SUBMITTED.value, State.SUBMITTED.label
    RETURNED = State.RETURNED.value, State.RETURNED.label
    APPROVED = State.APPROVED.value, State.APPROVED.label
    PUBLISHED = State.PUBLISHED.value, State.PUBLISHED.label
    WITHDRAWN = State.WITHDRAWN.value, State.WITHDRAWN.label


class Public(NamedTuple):
    """What of a budget was published: the day of the first version, the number of the last, whether that is shown."""

    first: datetime.date
    version: int
    is_shown: bool = True


@dataclass(frozen=True)
class Standing:
    """One body. budget: its key, None where there is none; visible: whether the person may open it.

    since: when it came to its stage, or was last changed. due: the last day of the twenty, None without an approval.
    reminded: when its clerk was last sent a mail of it.
    """

    unit: str
    name: str
    stage: Stage
    today: datetime.date
    budget: int | None = None
    visible: bool = False
    since: datetime.date | None = None
    due: datetime.date | None = None
    public: Public | None = None
    reminded: datetime.date | None = None

    @property
    def left(self) -> int | None:
        """Days until the last one, negative when it is over; None where nothing is awaited or nothing known."""
        return None if self.due is None or self.public else (self.due - self.today).days

    @property
    def is_overdue(self) -> bool:
        """Whether it should be public and never was."""
        return self.left is not None and self.left < 0

    @property
    def is_corrected(self) -> bool:
        """Whether more than one version was published."""
        return bool(self.public and self.public.version > 1)

    @property
    def in_time(self) -> bool | None:
        """Whether it was published within the twenty days; None while that is open or cannot be known."""
        if self.due is None or (self.public is None and not self.is_overdue):
            return None
        return self.public is not None and self.public.first <= self.due

    @property
    def awaited(self) -> str:
        """Until when it must be public, in words."""
        if self.left is None or self.due is None:
            return ""
        return f"{deadline.told(self.due, self.today)}，最晚{deadline.in_words(self.due, self.today)}"

    @property
    def published(self) -> str:
        """When it was published, which version stands, and how late it was, in words."""
        if self.public is None:
            return ""
        first, version, _ = self.public
        late = f"，迟 {(first - self.due).days} 天" if self.due and first > self.due else ""
        again = f"，现为第 {version} 版" if version > 1 else ""
        return f"{deadline.in_words(first, self.today)}{late}{again}"

    @property
    def note(self) -> str:
        """What its stage does not say: that a version stands meanwhile."""
        if self.public is None or self.stage not in BETWEEN:
            return ""
        return "更正中，原来的还在公开" if self.public.is_shown else "更正中，原来的已撤下"

    @property
    def waits_for_clerk(self) -> bool:
        """Whether it is its clerk who has to do something."""
        return self.stage in OPEN or (self.stage == Stage.NOT_BEGUN and self.public is None)

    @property
    def reminder(self) -> str:
        """When its clerk was last reminded, in words."""
        return f"{deadline.in_words(self.reminded, self.today)}提醒过" if self.reminded else ""

    @property
    def last(self) -> str:
        """When it came to its stage, in words."""
        return deadline.in_words(self.since, self.today) if self.since else ""


BETWEEN = (*OPEN, State.SUBMITTED, State.APPROVED)
LAST = 10**6  # days: where nothing is awaited


def years_of(region: Region) -> list[int]:
    """The years that anybody has a budget of, and this one, the newest first."""
    there = Budget.objects.filter(department__region=region).order_by().values_list("year", flat=True).distinct()
    return sorted({*there, timezone.localdate().year}, reverse=True)


def newest_year(region: Region, document: str) -> int:
    """The newest year that anybody has begun."""
    begun = Budget.objects.filter(department__region=region, document=document).aggregate(newest=Max("year"))
    return begun["newest"] or timezone.localdate().year


def standings(region: Region, year: int, document: str, user, today: datetime.date | None = None) -> list[Standing]:
    """Every body of a county: what is overdue first, then by the days left, then by code. user: None for nobody."""
    budgets = _budgets(region, year, document)
    visible = seen_by(user, [one.pk for one in budgets.values()]) if user else set()
    public, today = _public(region, year, document), today or timezone.localdate()
    bodies = Department.objects.filter(region=region).order_by("unit")
    found = [_standing(body, budgets.get(body.pk), visible, public.get(body.pk), today) for body in bodies]
    reminded = _reminded(region, year, document)
    found = [replace(one, reminded=reminded.get(one.unit)) for one in found]
    return sorted(found, key=lambda one: LAST if one.left is None else one.left)


def seen_by(user, budgets: Iterable[int]) -> set[int]:
    """Those of some budgets, by their keys, that a person may see."""
    return set(Budget.objects.visible_to(user).filter(pk__in=budgets).values_list("pk", flat=True))


def _budgets(region: Region, year: int, document: str) -> dict[int, Budget]:
    found = Budget.objects.filter(department__region=region, year=year, document=document)
    return {one.department_id: one for one in found.only("department_id", "state", "approved_on", "changed_at")}


def _public(region: Region, year: int, document: str) -> dict[int, Public]:
    """{body: what of it was published}; what was withdrawn was published, too."""
    found = Publication.objects.filter(department__region=region, year=year, document=document).order_by()
    withdrawn = Max("version", filter=Q(withdrawal__isnull=False))
    counted = found.values("department").annotate(first=Min("published_at"), newest=Max("version"), gone=withdrawn)
    return {
        one["department"]: Public(timezone.localdate(one["first"]), one["newest"], one["gone"] != one["newest"])
        for one in counted
    }


def _reminded(region: Region, year: int, document: str) -> dict[str, datetime.date]:
    """{unit: when any of its clerks was last sent a mail of it}"""
    sent = Reminder.objects.filter(department__region=region, year=year, document=document, role=Role.CLERK)
    newest = sent.filter(sent_at__isnull=False).order_by().values_list("department__unit").annotate(Max("sent_at"))
    return {unit: timezone.localdate(at) for unit, at in newest}


def _standing(
    body: Department, budget: Budget | None, visible: set[int], public: Public | None, today: datetime.date
) -> Standing:
    if budget is None:
        return Standing(body.unit, body.name, Stage.NOT_BEGUN, today, public=public)
    return Standing(
        body.unit,
        body.name,
        Stage(budget.state),
        today,
        budget.pk,
        budget.pk in visible,
        timezone.localdate(budget.changed_at),
        budget.approved_on and deadline.due(budget.approved_on),
        public,
    )


class Timeliness(NamedTuple):
    """How many of those whose twenty days are decided were published within them. unknown: without an approval day."""

    in_time: int
    decided: int
    unknown: int

    @property
    def percent(self) -> int | None:
        """The share, None where nothing is decided."""
        return round(100 * self.in_time / self.decided) if self.decided else None


def timeliness(found: Iterable[Standing]) -> Timeliness:
    """The county's figure: a body counts once it is published, or should have been."""
    rows = list(found)
    decided = [one.in_time for one in rows if one.in_time is not None]
    return Timeliness(sum(decided), len(decided), sum(one.due is None for one in rows))
