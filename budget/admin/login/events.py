"""The record of what was done to accounts."""

from budget.models import AccountEvent

What = AccountEvent.What
SERVER = "服务器"


def name_of(user):
    """What a person is called."""
    return user.get_full_name() or user.get_username()


def note(what, whom, by=None, detail=""):
    """Note what was done to somebody's account; by nobody is by a command on the server."""
    said = name_of(by)[:150] if by else SERVER
    return AccountEvent.objects.create(what=what, whom=whom, user=by, by=said, detail=detail[:200])
