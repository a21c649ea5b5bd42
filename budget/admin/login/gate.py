"""The gate of the back office: nothing behind it before the session is good and the second factor is given."""

from urllib.parse import urlencode

from django.contrib.auth import get_user_model, logout
from django.shortcuts import redirect
from django.urls import reverse

from budget.admin.login import forged, second_factor, sessions
from budget.drafts.people import remember

OPEN = ("login/", "logout/", "invitation/", "second-factor/")  # below the back office; each looks after itself


class Gate:
    """Middleware; what lies outside the back office passes, and so does who has not logged in: Django asks them."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.office = reverse("admin:index")

    def __call__(self, request):
        if not request.path_info.startswith(self.office):
            return self.get_response(request)
        response = (request.user.is_authenticated and self._led_away(request)) or self.get_response(request)
        forged.note(request)
        if request.user.is_authenticated:
            sessions.keep(request.session, known_of(request)["number"])
        return response

    def _led_away(self, request):
        """Whoever cannot pass: to log in again, or to the second factor."""
        if sessions.has_ended(request.session, known_of(request)["number"]):
            logout(request)
            return _to(request, "login", ended="yes")
        if request.path_info.startswith(tuple(self.office + path for path in OPEN)) or is_let_in(request):
            return None
        return _to(request, "second_factor")


def is_let_in(request):
    """Whether the person has given the second factor, or needs none."""
    known = known_of(request)
    if not second_factor.is_needed(request.user, known["roles"], known["device"]):
        return True
    return known["device"] is not None and request.session.get(second_factor.KEY) == known["device"]


def known_of(request):
    """What the gate knows of the person: number of sessions, enrolled device, roles. Asked once a request."""
    known = getattr(request, "_known_at_the_gate", None)
    if known is None or known["user"] != request.user.pk:
        known = request._known_at_the_gate = _ask(request.user.pk)
        remember(request.user, known["posts"])
    return known


def roles_and_device_of(pk):
    """(roles, key of the enrolled device or None) of a person."""
    known = _ask(pk)
    return known["roles"], known["device"]


def _ask(pk):
    post = ("posts__role", "posts__department", "posts__region")
    asked = get_user_model().objects.filter(pk=pk).values_list("log_in__sessions", "totpdevice", *post)
    rows = list(asked.distinct())
    number, device, *_ = rows[0]
    posts = [tuple(held) for _, _, *held in rows if held[0]]
    return {"user": pk, "number": number or 0, "device": device, "posts": posts, "roles": {role for role, *_ in posts}}


def _to(request, name, **more):
    back = request.get_full_path() if request.method == "GET" else request.path
    return redirect(f"{reverse(name)}?{urlencode({'next': back} | more)}")
