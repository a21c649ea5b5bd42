"""Who gets which mail: one for each person, with everything that waits for them in whatever role."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from budget import deadline
from budget.models import Role
from budget.website import origin
from disclosures.county.standing import seen_by
from disclosures.reminders import clerks, offices
from disclosures.reminders.waiting import Waiting

TITLES = {Role.CLERK: "您填报的", Role.REVIEWER: "等您审核的", Role.PUBLISHER: "等您公开的"}
Counties = dict[str, dict[str, list[clerks.Row]]]  # {county: {unit: its budgets}}
FAR = datetime.date.max
FOOT = "这封信是系统自动发的，请不要回复。邮箱不对，或者已经不是您经办的，请告诉县里的管理员。"


@dataclass(frozen=True)
class Letter:
    """What one person is told. asked_by: who pressed the button, '' where it is due by itself."""

    user: Any
    waits: list[Waiting]
    today: datetime.date
    asked_by: str = ""

    @property
    def name(self) -> str:
        """What the person is called, in one line."""
        return " ".join((self.user.get_full_name() or self.user.get_username()).split())

    @property
    def subject(self) -> str:
        """The most urgent of a clerk's budgets, and how many wait for an office."""
        said = [_urgent(self._of(Role.CLERK), self.today)]
        said += [f"{len(self._of(role))} 份{TITLES[role].rstrip('的')}" for role in offices.WAITS if self._of(role)]
        return f"预算公开提醒：{'；'.join(filter(None, said))}"

    @property
    def text(self) -> str:
        """The whole mail."""
        asked = f"{' '.join(self.asked_by.split())}请您尽快办理。\n" if self.asked_by else ""
        parts = [_part(TITLES[role], self._of(role)) for role in TITLES if self._of(role)]
        return "\n".join([f"{self.name}，您好！\n{asked}下面的预算还没有公开。\n", *parts, FOOT, ""])

    def _of(self, role: Role) -> list[Waiting]:
        return [one for one in self.waits if one.role == role]


def _urgent(waits: list[Waiting], today: datetime.date) -> str:
    if not waits:
        return ""
    first = min(waits, key=lambda one: (not one.marks, one.due or FAR))
    left = f"，{deadline.told(first.due, today)}" if first.due else ""
    return f"{first.name}{left}{f'（共 {len(waits)} 份）' if len(waits) > 1 else ''}"


def _part(title: str, waits: list[Waiting]) -> str:
    return "\n".join([f"{title}：{len(waits)} 份\n", *(_item(number, one) for number, one in enumerate(waits, 1))])


def _item(number: int, one: Waiting) -> str:
    path = reverse("admin:budget_budget_change", args=[one.budget]) if one.budget else reverse("admin:index")
    lines = [*one.lines, ("打开", f"{origin()}{path}")]
    return "\n".join([f"{number}. {one.name}", *(f"   {what}：{words}" for what, words in lines), ""])


def letters(today: datetime.date) -> Iterator[Letter]:
    """A letter for everybody who may work and for whom anything waits; whether any of it is due is not asked here."""
    counties: Counties = {}
    for user in people(posts__role__in=list(TITLES)):
        if waits := waits_for(user, today, counties):
            yield Letter(user, waits, today)


def people(**posts):
    """Those who may log in and hold such posts, in the order of their names."""
    found = get_user_model().objects.filter(is_active=True, **posts).distinct()
    return found.prefetch_related("posts__department__region").order_by("username")


def waits_for(user, today: datetime.date, counties: Counties) -> list[Waiting]:
    """Everything that waits for somebody, in whatever role. counties: what was read of them in this run."""
    posts = [post for post in user.posts.all() if post.role in TITLES]
    own = sorted((post.department for post in posts if post.role == Role.CLERK), key=lambda body: body.unit)
    found = [one for body in own for one in clerks.waiting(body, _rows(body, today, counties), today)]
    seen = seen_by(user, [one.budget for one in found if one.budget])
    found = [one for one in found if one.budget is None or one.budget in seen]
    found.sort(key=lambda one: one.due or FAR)
    for role in offices.WAITS:
        if regions := {post.region_id for post in posts if post.role == role}:
            found += offices.waiting(user, role, regions, today)
    return found


def _rows(body, today: datetime.date, counties: Counties) -> list[clerks.Row]:
    """A body's rows; a county is read once a run."""
    if body.region_id not in counties:
        counties[body.region_id] = clerks.rows_of(body.region, today)
    return counties[body.region_id].get(body.unit, [])
