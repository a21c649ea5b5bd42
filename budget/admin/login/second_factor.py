"""The second factor: a telephone's six digits (django-otp keeps them from being used twice), or a recovery code.

Recovery codes are 80 random bits, so their plain hash tells nothing; django-otp's own are stored as they are.
"""

import hashlib
import re
import secrets
import time
import unicodedata

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from budget.admin.login.events import What, note
from budget.models import RecoveryCode, Role

NEEDED_BY = {Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR}
KEY = "second_factor"  # in the session: the device that was proven
CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz123456789"


def is_needed(user, roles, device):
    """Whether somebody has to give one: whoever decides over others' budgets or accounts, and whoever has one."""
    return user.is_superuser or bool(NEEDED_BY & set(roles)) or device is not None


def device_of(user):
    """The telephone that somebody has enrolled, or None."""
    return TOTPDevice.objects.filter(user=user).first()


def is_right(key, typed):
    """Whether the digits are what a telephone with this key shows now; the step that they are of, or None."""
    totp = TOTP(bytes.fromhex(key), drift=0)
    totp.time = time.time()
    digits = _plain(typed)
    return totp.t() if re.fullmatch(r"[0-9]{6}", digits) and totp.verify(int(digits), tolerance=1) else None


@transaction.atomic
def enrol(user, key, typed):
    """A new telephone, when its digits are right: (device, recovery codes), or None. Nobody has two."""
    get_user_model().objects.select_for_update().get(pk=user.pk)
    step = is_right(key, typed)
    if step is None or device_of(user):
        return None
    device = TOTPDevice.objects.create(user=user, name="手机", key=key, last_t=step)
    note(What.ENROLLED, user, user)
    return device, _codes(user)


@transaction.atomic
def is_proven(user, typed):
    """Whether somebody has typed right what their telephone shows, or one of their recovery codes."""
    device = TOTPDevice.objects.select_for_update().filter(user=user).first()
    if device is None or not device.verify_is_allowed()[0]:
        return False
    plain = _plain(typed)
    return device.verify_token(plain) if len(plain) <= 6 else _recovered(user, device, plain)


def locked_until(user):
    """When somebody may try again, or None: each mistake doubles the time."""
    device = device_of(user)
    allowed, why = device.verify_is_allowed() if device else (True, None)
    return None if allowed else timezone.localtime(why["locked_until"])


@transaction.atomic
def new_codes(user):
    """Other recovery codes instead of the present ones."""
    note(What.CODES, user, user)
    return _codes(user)


@transaction.atomic
def forget(user, by):
    """Take the second factor away: whoever needs one is led to enrol anew."""
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    note(What.RESET, user, by)


def _recovered(user, device, plain):
    used, _ = RecoveryCode.objects.filter(user=user, digest=_digest(plain)).delete()
    if used:
        device.throttle_reset()
        left = RecoveryCode.objects.filter(user=user).count()
        note(What.RECOVERED, user, user, f"还剩 {left} 个")
    else:
        device.throttle_increment()
    return bool(used)


def _codes(user):
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(16)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _digest(plain):
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(typed):
    """What was meant: half-width, in small letters, without the blanks and dashes of the page."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed[:100])).lower()
