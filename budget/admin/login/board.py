"""谁管哪个单位: every county with its people, and first the bodies that nobody keeps."""

from dataclasses import dataclass, field

from django.utils import timezone

from budget.admin.login.events import name_of
from budget.admin.login.posts import managed_by
from budget.models import COUNTY_ROLES, Department, Post, Region, Role


@dataclass(frozen=True)
class Body:
    """A body with its clerks."""

    department: Department
    clerks: list

    @property
    def address(self):
        """As it is written in the form."""
        return f"{self.department.region_id}/{self.department.unit}"

    def is_called(self, words):
        """Whether the body or one of its clerks is meant."""
        return words in f"{self.address} {self.department.name}" or any(_is_called(one, words) for one in self.clerks)


@dataclass
class County:
    """A county with those who have a post in it."""

    region: Region
    roles: list = field(default_factory=list)  # [(role, its people)]
    kept: list[Body] = field(default_factory=list)
    unkept: list[Body] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """All that the page shows."""

    counties: list[County]
    administrators: list
    idle: list  # people without a post
    people: list  # those who are looked for
    unkept: int


def board(actor, words=""):
    """What an administrator sees, or what of it goes by some words: a name, a body, a county."""
    held = _held(actor)
    counties = [_county(region, bodies, held, words) for region, bodies in _bodies(held)]
    shown = [county for county in counties if not words or county.kept or county.unkept or words in str(county.region)]
    shown.sort(key=lambda county: not county.unkept)
    return Board(
        counties=shown,
        administrators=held.get((Role.ADMINISTRATOR, None), []),
        idle=list(managed_by(actor).filter(posts=None).order_by("username")),
        people=_looked_for(actor, words),
        unkept=sum(len(county.unkept) for county in shown),
    )


def _held(actor):
    """{(role, key of the place): people}."""
    held = {}
    for post in Post.objects.filter(user__in=managed_by(actor)).select_related("user").order_by("user__username"):
        held.setdefault((post.role, post.department_id or post.region_id), []).append(post.user)
    return held


def _bodies(held):
    """[(county, its bodies)] of all counties."""
    found = {region.code: (region, []) for region in Region.objects.all()}
    for department in Department.objects.order_by("unit"):
        found[department.region_id][1].append(Body(department, held.get((Role.CLERK, department.pk), [])))
    return found.values()


def _county(region, bodies, held, words):
    county = County(region, [(role, held.get((role, region.code), [])) for role in COUNTY_ROLES])
    whole = words in str(region)
    for body in bodies:
        if whole or body.is_called(words):
            (county.kept if body.clerks else county.unkept).append(body)
    return county


def _looked_for(actor, words):
    if not words:
        return []
    return [user for user in managed_by(actor).order_by("username") if _is_called(user, words)]


def _is_called(user, words):
    return words in name_of(user) or words in user.get_username()


def places():
    """What the form offers while one types: bodies and counties as they are written."""
    bodies = Department.objects.order_by("region", "unit").values_list("region", "unit", "name")
    counties = Region.objects.values_list("code", "name")
    return [*(f"{code} {name}" for code, name in counties), *(f"{code}/{unit} {name}" for code, unit, name in bodies)]


def state_of(user):
    """How it stands with an account, in one sentence, and whether an invitation is what it needs."""
    if not user.is_active:
        return "已停用，不能登录。"
    invited = getattr(user, "log_in", None)
    until = invited.invited_until if invited else None
    return _usable(user) if until is None else _invited(user, until)


def _usable(user):
    return "可以登录。" if user.has_usable_password() else "还没有设密码，请重新邀请。"


def _invited(user, until):
    if until <= timezone.now():
        return f"邀请已过期，请重新邀请。{'旧密码还可以用。' if user.has_usable_password() else ''}"
    return f"邀请已发出，还没有用，{timezone.localtime(until):%Y-%m-%d %H:%M} 前有效。"
