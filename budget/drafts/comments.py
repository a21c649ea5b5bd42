"""Comments at cells: who may write, answer, mark as done and settle them. They change nothing that a budget says."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from budget.models import OPEN, Budget, Comment, Reply, Role, State

WRITTEN = (State.SUBMITTED, State.APPROVED, State.RETURNED)  # the states in which the county comments


def is_of_the_county(roles: set[str]) -> bool:
    """Whether these are roles of somebody who reviews or publishes."""
    return bool(roles & {Role.REVIEWER, Role.PUBLISHER})


def readable(budget: Budget, roles: set[str]) -> Any:
    """The comments that somebody with these roles for a budget may read, with what was answered.

    The clerk reads what was sent with a return.
    """
    found = budget.comments.prefetch_related("replies")
    return found.filter(sent_at__isnull=False) if Role.CLERK in roles and not is_of_the_county(roles) else found


@transaction.atomic
def write(budget: Budget, address: str, text: str, user: Any) -> Comment:
    """A comment of the county; it goes out with the return, at once where that has been. The caller has asked who."""
    sent = timezone.now() if budget.state == State.RETURNED else None
    name = user.get_full_name() or user.get_username()
    return Comment.objects.create(budget=budget, address=address, text=text, user=user, by=name, sent_at=sent)


def send(budget: Budget) -> int:
    """Send what was written; how many. Called when a budget goes back to its clerk."""
    return Comment.objects.filter(budget=budget, sent_at=None).update(sent_at=timezone.now())


def ways(comment: Comment, user: Any, of_county: bool, is_clerk: bool) -> list[str]:
    """What somebody may do with a comment now: keys of `WAYS`."""
    may = {"clerk": is_clerk, "county": of_county, "own": of_county and comment.user_id == user.pk}
    return [key for key, (who, holds, _) in WAYS.items() if may[who] and holds(comment)]


def _answer(comment: Comment, user: Any, text: str) -> None:
    if text:
        name = user.get_full_name() or user.get_username()
        Reply.objects.create(comment=comment, text=text, user=user, by=name)


def _done(comment: Comment, user: Any, text: str) -> None:
    _answer(comment, user, text)
    comment.done_by, comment.done_at = user.get_full_name() or user.get_username(), timezone.now()
    comment.save()


def _settle(comment: Comment, user: Any, text: str) -> None:
    _answer(comment, user, text)
    comment.settled_by, comment.settled_at = user.get_full_name() or user.get_username(), timezone.now()
    comment.save()


def _again(comment: Comment, user: Any, text: str) -> None:
    _answer(comment, user, text)
    comment.done_by = comment.settled_by = ""
    comment.done_at = comment.settled_at = None
    comment.save()


def _remove(comment: Comment, user: Any, text: str) -> None:
    comment.delete()


def _is_open(comment: Comment) -> bool:
    return comment.settled_at is None and comment.sent_at is not None


# {key: (who, when, what it does)}
WAYS: dict[str, tuple[str, Callable[[Comment], bool], Callable[[Comment, Any, str], None]]] = {
    "answer": ("clerk", _is_open, _answer),
    "done": ("clerk", lambda one: _is_open(one) and one.done_at is None and one.budget.state in OPEN, _done),
    "settle": ("county", _is_open, _settle),
    "again": ("county", lambda one: bool(one.settled_at or one.done_at), _again),
    "remove": ("own", lambda one: one.sent_at is None, _remove),
}
SAYS = ("answer", "again")  # those that need words
NAMES = {"answer": "答复", "done": "已改好", "settle": "算改好了", "again": "再提一次", "remove": "删去"}


@transaction.atomic
def take(comment: Comment, way: str, user: Any, text: str) -> None:
    """Do it. The caller has asked `ways`, and for words where it needs some."""
    WAYS[way][2](comment, user, text)
