"""The invented county on its way through three years: by the same door, steps and publishing as people take.

Older years are public. Of this year every state is there, some of it late, some of it wrong as people get it wrong.
"""

import datetime
import secrets
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.drafts.door import Doing, How, change, flatten, now, open_budget, person
from budget.drafts.flat import Flat, Said
from budget.drafts.next_year import begin_next
from budget.drafts.states import APPROVE, CORRECT, RETURN, SUBMIT, Transition, opened, take
from budget.models import Budget, Department, Post, Region, Role
from budget.sample.bodies import COUNTY, REGION, TOWNSHIPS, Body, body
from budget.sample.budgets import entries
from disclosures.publish import publish
from disclosures.withdraw import withdraw

YEARS = 3
_ROLES = {role: f"演示{role.label}" for role in Role}
_OWN = (2, 3, 7, 10)  # the bodies that the clerk with a log-in keeps: begun, wrong, returned, public
OFFICE = "青禾县财政局"
Say = Callable[[str], Any]


class Walk:
    """Who does what in the county. seed: of all figures; today: the day from which deadlines are counted."""

    def __init__(self, seed: int, today: datetime.date):
        self.seed, self.today, self.year = seed, today, today.year
        self.region, _ = Region.objects.get_or_create(code=REGION, defaults={"name": COUNTY})
        self.people = {role: _person(role, name) for role, name in _ROLES.items()}
        self.colleague = _person("colleague", "刘会计")
        for role in (Role.REVIEWER, Role.PUBLISHER, Role.AUDITOR):
            Post.objects.get_or_create(user=self.people[role], role=role, region=self.region)
        Post.objects.get_or_create(user=self.people[Role.ADMINISTRATOR], role=Role.ADMINISTRATOR)

    def department(self, of: Body) -> Department:
        """The body in the database, and whose it is."""
        found, _ = Department.objects.get_or_create(region=self.region, unit=of.unit, defaults={"name": of.name})
        for clerk in [self.colleague, *([self.people[Role.CLERK]] if of.number in _OWN else [])]:
            Post.objects.get_or_create(user=clerk, role=Role.CLERK, department=found)
        return found

    def filled(self, of: Body, year: int, approved_on: datetime.date) -> Budget:
        """A whole budget, typed in, with its dates and signatures."""
        who = person(self.colleague)
        budget, _ = open_budget(self.department(of), year, DEPARTMENT_BUDGET.key, Doing(who, How.OPENED))
        wanted = flatten(Said(entries(of, year), head=_head(approved_on, self.today)))
        outcome = change(budget, {part: flat for part, flat in wanted.items() if flat}, Doing(who, How.GRID))
        assert not outcome.conflicts and not outcome.closed
        return budget

    def step(self, budget: Budget, step: Transition, role: str, why: str = "") -> None:
        """A step that must be possible; the clerk's are taken by the colleague who keeps every body."""
        whose = self.colleague if role == Role.CLERK else self.people[role]
        user = get_user_model().objects.get(pk=whose.pk)  # as of a request: posts are asked for once for each
        refused = take(step, budget, user, person(user), why)
        assert not refused, (str(budget), refused)
        budget.refresh_from_db()

    def submitted(self, budget: Budget) -> None:
        """Hand in."""
        self.step(budget, SUBMIT, Role.CLERK)

    def approved(self, budget: Budget) -> None:
        """Hand in, and approve."""
        self.submitted(budget)
        opened(budget, self.people[Role.REVIEWER])
        self.step(budget, APPROVE, Role.REVIEWER)

    def published(self, budget: Budget) -> None:
        """All the way to the public."""
        self.approved(budget)
        publish(budget, user=self.people[Role.PUBLISHER])
        budget.refresh_from_db()

    def returned(self, budget: Budget, why: str) -> None:
        """Hand in, and have it sent back."""
        self.submitted(budget)
        opened(budget, self.people[Role.REVIEWER])
        self.step(budget, RETURN, Role.REVIEWER, why)

    def changed(self, budget: Budget, part: str, values: Flat) -> None:
        """Somebody types values into a part."""
        there = flatten(now(budget))[part]
        change(budget, {part: there | values}, Doing(person(self.colleague), How.GRID))


def _person(username: str, name: str) -> Any:
    """An account that nobody can use before it is given a password."""
    user, created = get_user_model().objects.get_or_create(
        username=username, defaults={"is_staff": True, "first_name": name}
    )
    if created:
        user.set_unusable_password()
        user.save()
    return user


def _head(approved_on: datetime.date, today: datetime.date) -> dict[str, Any]:
    reviewed = min(approved_on + datetime.timedelta(3), max(today, approved_on))
    return {"approved_on": approved_on, "secrecy_reviewed_by": "周主任", "secrecy_reviewed_on": reviewed,
            "signed_by": "陈乡长", "signed_on": reviewed}  # fmt: skip


# What becomes of this year's, body by body.


def _begun(walk: Walk, of: Body) -> None:
    last = Budget.objects.get(department=walk.department(of), year=walk.year - 1)
    begin_next(last, person(walk.people[Role.CLERK]))


def _wrong(walk: Walk, of: Body) -> None:
    """A draft in which a figure is mistyped, a project has no indicators and a text says something else."""
    budget = walk.filled(of, walk.year, _ago(walk, 25))
    said = flatten(now(budget))
    pay = "economic-30101-general_public_budget.staff"
    walk.changed(budget, "economic", {pay: f"{Decimal(said['economic'][pay]) + 90_000}"})
    text = said["sections"]["sections-3-text"]
    walk.changed(budget, "sections", {"sections-3-text": text.replace("机关运行经费", "机关运行经费1")})
    kept = {a: v for a, v in said["projects"].items() if "-indicators-" not in a or not a.startswith(_first(said))}
    change(budget, {"projects": kept}, Doing(person(walk.people[Role.CLERK]), How.FORM))


def _first(said: dict[str, Flat]) -> str:
    return next(iter(said["projects"])).rsplit("-", 1)[0]


def _corrected(walk: Walk, of: Body) -> None:
    """Published, corrected with a reason, published again."""
    budget = walk.filled(of, walk.year, _ago(walk, 12))
    walk.published(budget)
    walk.step(budget, CORRECT, Role.PUBLISHER, "绩效目标写得不完整，补充后重新公开。")
    goal = next(a for a in flatten(now(budget))["projects"] if a.endswith("-goals-1-text"))
    walk.changed(budget, "projects", {goal: "保障服务事项按期办结，办结情况每季度在村务公开栏公布。"})
    walk.published(budget)


def _withdrawn(walk: Walk, of: Body) -> None:
    budget = walk.filled(of, walk.year, _ago(walk, 9))
    walk.published(budget)
    user = walk.people[Role.PUBLISHER]
    refused = withdraw(budget, user, OFFICE, "附件里有个人信息，删去后重新公开。")
    assert not refused, refused


def _ago(walk: Walk, days: int) -> datetime.date:
    return walk.today - datetime.timedelta(days)


def _until(step: str, days: int, *args: str) -> Callable[[Walk, Body], None]:
    """A whole budget, approved by the finance department so many days ago, taken so far."""

    def walked(walk: Walk, of: Body) -> None:
        budget = walk.filled(of, walk.year, _ago(walk, days))
        if step:
            getattr(walk, step)(budget, *args)

    return walked


def _nothing(walk: Walk, of: Body) -> None:
    walk.department(of)


THIS_YEAR: tuple[Callable[[Walk, Body], None], ...] = (
    _nothing, _nothing, _begun, _wrong, _until("", 31), _until("submitted", 18), _until("submitted", 22),
    _until("returned", 15, "第二部分没有写清人员经费增加的原因，请补充后再报。"),
    _until("returned", 6, "环境卫生整治的数量指标与村数不符，请核对。"),
    _until("approved", 17), _until("published", 10), _until("published", 5), _corrected, _withdrawn,
)  # fmt: skip


def county(
    say: Say, seed: int = 1, today: datetime.date | None = None, bodies: Iterable[int] = range(TOWNSHIPS)
) -> Walk:
    """The county, from nothing; say: told of each body; bodies: the numbers of those wanted."""
    walk = Walk(seed, today or timezone.localdate())
    for of in (body(number, seed) for number in bodies):
        for year in range(walk.year - YEARS + 1, walk.year):
            walk.published(walk.filled(of, year, datetime.date(year, 2, 1 + of.number)))
        THIS_YEAR[of.number](walk, of)
        say(of.name)
    return walk


def is_there() -> bool:
    """Whether the county was made before; what people did in it since is left alone."""
    return Budget.objects.filter(department__region=REGION).exists()


def passwords() -> list[tuple[str, str, str]]:
    """(user name, what they do, a password made anew) of one person for each role."""
    return [(role, name, _password(_person(role, name))) for role, name in _ROLES.items()]


def _password(user: Any) -> str:
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save()
    return password
