"""When a session ends: after a day's work, after a while without any, and wherever somebody says so.

A changed password ends the others (Django's session hash), a disabled account all, with the next request.
"""

import time

from django.conf import settings
from django.db.models import F

from budget.models import LogIn

KEY = "log_in"
EVERY = 60  # seconds: how often it is noted that somebody is still there


def sign_out_everywhere(user):
    """End all sessions of somebody, on whatever device."""
    LogIn.objects.get_or_create(user=user)
    LogIn.objects.filter(user=user).update(sessions=F("sessions") + 1)


def keep(session, number):
    """Note when a session began, under which number, and that it is in use."""
    now, known = int(time.time()), session.get(KEY)
    if known is None:
        session[KEY] = {"number": number, "began": now, "seen": now}
    elif now - known["seen"] >= EVERY:
        session[KEY] = known | {"seen": now}


def has_ended(session, number):
    """Whether a session is over; one that is just beginning is not."""
    known, now = session.get(KEY), time.time()
    if known is None:
        return False
    idle, whole = settings.SESSION_IDLE_MINUTES * 60, settings.SESSION_COOKIE_AGE
    return known["number"] != number or now - known["seen"] > idle or now - known["began"] > whole
