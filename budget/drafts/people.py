"""Who may do what: roles, and what each opens in the back office. A post taken away ends with the next request."""

from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend

from budget.models import COUNTY_ROLES, OPEN, Department, Post, Region, Role

_SEEN = ("budget", "printedtable", "upload", "region", "department", "code")
_READING = {f"budget.view_{model}" for model in _SEEN} | {"disclosures.view_publication"}
_COUNTY = _READING | {"budget.watch_county"}  # who is where, of all bodies
_WRITING = {"budget.add_budget", "budget.change_budget", "budget.delete_printedtable"}
_ADMINISTERED = ("region", "department", "code", "post")

# What Django's own checks are told. Which budgets: `Budget.objects.visible_to`; when: `drafts.states`.
GRANTS: dict[str, set[str]] = {
    Role.CLERK: _READING | _WRITING,
    Role.REVIEWER: _COUNTY,
    Role.PUBLISHER: _COUNTY,
    Role.AUDITOR: _COUNTY,
    Role.ADMINISTRATOR: {f"budget.{verb}_{model}" for model in _ADMINISTERED for verb in ("view", "add", "change")},
}


def roles_of(user: Any) -> set[str]:
    """The roles that somebody has, wherever."""
    return {role for role, *_ in _held(user)} if user.is_authenticated else set()


def bodies_of(user: Any) -> Any:
    """The bodies whose clerk somebody is; a superuser's are all."""
    everything = Department.objects.select_related("region")
    return everything if user.is_superuser else everything.filter(posts__user=user, posts__role=Role.CLERK)


def is_clerk_of(user: Any, region: str, unit: str) -> bool:
    """Whether somebody keeps the budget of a body; a superuser may, wherever there is none yet, too."""
    return user.is_superuser or bodies_of(user).filter(region=region, unit=unit).exists()


def has_role_for(user: Any, role: str, budget: Any) -> bool:
    """Whether somebody has a role for a budget: for its body, or for its county."""
    return role in roles_for(user, budget)


def roles_for(user: Any, budget: Any) -> set[str]:
    """The roles that somebody has for a budget: for its body, or for its county."""
    body, county = budget.department_id, budget.department.region_id
    held = _held(user) if user.is_active else ()
    return {role for role, *where in held if where == ([None, county] if role in COUNTY_ROLES else [body, None])}


def counties_of(user: Any) -> list[Region]:
    """The counties whose pages somebody may see, in the order of their codes; a superuser's are all with bodies."""
    found = Region.objects.order_by("code")
    if user.is_superuser:
        return list(found.filter(departments__isnull=False).distinct())
    return list(found.filter(posts__user=user, posts__role__in=COUNTY_ROLES).distinct())


def has_post(user: Any, region: Region, *roles: str) -> bool:
    """Whether somebody has one of some roles in a county."""
    return any(role in roles and county == region.pk for role, _, county in _held(user))


def may_change(user: Any, budget: Any) -> bool:
    """Whether somebody may change a budget now: an open one of a body whose clerk they are."""
    return budget.state in OPEN and (user.is_superuser or has_role_for(user, Role.CLERK, budget))


def _held(user: Any) -> list[tuple[str, int | None, str | None]]:
    """[(role, body, county)] of somebody's posts, asked for once a request: a request has its own user."""
    if not hasattr(user, "_posts_held"):
        user._posts_held = list(Post.objects.filter(user=user).values_list("role", "department", "region"))
    return user._posts_held


def remember(user: Any, posts: list[tuple[str, int | None, str | None]]) -> None:
    """[(role, body, county)] of somebody's posts, where the request has asked for them already."""
    user._posts_held = posts


class PasswordBackend(ModelBackend):
    """Knows passwords, and no rights: what Django stores of permissions and groups opens nothing, posts do."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None."""
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None."""
        return set()


class PostBackend(BaseBackend):
    """Tells Django what a person's posts permit; nothing is stored twice."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """{permission} of all posts together."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_granted_by_posts"):
            user_obj._granted_by_posts = set().union(*(GRANTS[role] for role in roles_of(user_obj)))
        return user_obj._granted_by_posts

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether a post of theirs permits it."""
        return perm in self.get_user_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Whether a post of theirs permits anything in an app."""
        return any(perm.startswith(f"{app_label}.") for perm in self.get_user_permissions(user_obj))


def place_of(role: str, region: str, unit: str) -> dict[str, Any]:
    """{field of a post: whom it is for}. Raises Region.DoesNotExist and Department.DoesNotExist."""
    if role == Role.CLERK:
        return {"department": Department.objects.get(region=region, unit=unit)}
    return {"region": Region.objects.get(code=region)} if role in COUNTY_ROLES else {}
