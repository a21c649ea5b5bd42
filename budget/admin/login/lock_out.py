"""The lock after wrong passwords: five for one account from one address, fifty for one account from anywhere.

An address alone is never locked, or a town hall behind one gateway would be. How fast one address may ask, the web
server says (deploy/nginx.conf.template).
"""

import ipaddress

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

HERE, ANYWHERE = 5, 50


class LockOut(AxesDatabaseHandler):
    """Counts in fifths: what was tried from anywhere weighs a tenth."""

    def get_failures(self, request, credentials=None):
        """How many wrong passwords count against this person at this address."""
        here, anywhere = (_failures(attempts) for attempts in self.get_user_attempts(request, credentials))
        return max(here, anywhere * HERE // ANYWHERE)


def free_at(request, credentials):
    """When the lock ends: once so many of the attempts are old enough that too few are left."""
    AxesProxyHandler.update_request(request)
    attempts = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    ends = [_end(some, limit) for some, limit in zip(attempts, (HERE, ANYWHERE), strict=True)]
    return timezone.localtime(max((end for end in ends if end), default=timezone.now()) + settings.AXES_COOLOFF_TIME)


def unlock(user):
    """Forget the wrong passwords for an account."""
    AxesProxyHandler.reset_attempts(username=user.get_username())


def address_of(request):
    """The address of the person's own side: what the outermost of our proxies has seen; of IPv6 the network."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    count = settings.PROXY_COUNT
    named = forwarded[-count] if 0 < count <= len(forwarded) else ""
    return _address(named) or _address(request.META.get("REMOTE_ADDR", ""))


def _address(text):
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False).network_address)


def _failures(attempts):
    return attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def _end(attempts, limit):
    """The last attempt that has to grow old, or None where there are too few for a lock."""
    left = _failures(attempts)
    for attempt in attempts.order_by("attempt_time") if left >= limit else ():
        left -= attempt.failures_since_start
        if left < limit:
            return attempt.attempt_time
    return None
