"""Sending, so that what is due is told at least once, and twice only after a stop.

What a mail tells is written down before it goes, in one transaction, and confirmed after: two runs at once send one
mail, and what a kill left unconfirmed is sent again by a later run. A second mail is a nuisance, one that never came
is a missed deadline. What the mail server refuses is taken back, and due again with the next run.
"""

import datetime
import smtplib
from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.utils import timezone

from budget.website import origin
from disclosures.models import Reminder
from disclosures.reminders.letters import Letter

STALE = datetime.timedelta(minutes=10)  # a mail takes seconds: what is unconfirmed so long was killed
UNREACHABLE = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPServerDisconnected)
LONGEST = 100  # letters of what a mail server answers


class Outcome(TextChoices):
    """What became of a mail, and how it is told."""

    SENT = "sent", "已发"
    TOLD = "told", "已经提醒过"
    NO_ADDRESS = "no_address", "没有填电子邮箱"
    BAD_ADDRESS = "bad_address", "填的电子邮箱不对"
    BUSY = "busy", "另一次运行正在发，或者中断了；十分钟以后再发"
    REFUSED = "refused", "邮件服务器没有收"
    REJECTED = "rejected", "邮件服务器不认 EMAIL_HOST_USER 或 EMAIL_HOST_PASSWORD"
    UNSUPPORTED = "unsupported", "邮件服务器没有这种加密或登录，请核对 EMAIL_USE_TLS、EMAIL_USE_SSL 和 EMAIL_HOST_USER"
    UNREACHABLE = "unreachable", "连不上邮件服务器，请核对 EMAIL_HOST、EMAIL_PORT 和加密方式"


# What will be the same for everybody.
OF_ALL = (Outcome.REJECTED, Outcome.UNSUPPORTED, Outcome.UNREACHABLE)


class Told(NamedTuple):
    """What became of a mail. reply: what the mail server answered to it, '' where it does not matter."""

    outcome: Outcome
    reply: str = ""

    @property
    def words(self) -> str:
        """邮件服务器没有收（550 no such user）"""
        return f"{self.outcome.label}{f'（{self.reply}）' if self.reply else ''}"


def not_set() -> str:
    """Why no mail can be sent, in one sentence that names the setting; '' where all are there."""
    if not settings.EMAIL_HOST:
        return "没有设置 EMAIL_HOST（发邮件的服务器），没有发提醒。"
    if not settings.DEFAULT_FROM_EMAIL:
        return "没有设置 DEFAULT_FROM_EMAIL（发件人的邮箱），没有发提醒。"
    return "" if origin() else "没有设置 CSRF_TRUSTED_ORIGINS（网站的网址，邮件里的链接要用），没有发提醒。"


def due(letter: Letter) -> Letter:
    """The letter with only those marks that its person was not told of."""
    marks = [mark for one in letter.waits for mark in one.marks]
    sent = Reminder.objects.filter(user=letter.user, sent_at__isnull=False, about__in=marks)
    told = set(sent.values_list("role", "department", "year", "document", "about"))
    waits = [replace(one, marks=tuple(m for m in one.marks if (*one.key, m) not in told)) for one in letter.waits]
    return replace(letter, waits=waits)


def is_due(letter: Letter) -> bool:
    """Whether there is anything in it to be told."""
    return any(one.marks for one in letter.waits)


def tell(letter: Letter, by=None) -> Told:
    """Send a letter whose marks are due. by: who asked for it."""
    if not letter.user.email:
        return Told(Outcome.NO_ADDRESS)
    if not _is_address(letter.user.email):
        return Told(Outcome.BAD_ADDRESS)
    begun = _begun(letter, by)
    if not begun:
        return Told(Outcome.BUSY if is_due(due(letter)) else Outcome.TOLD)
    own = Reminder.objects.filter(pk__in=[one.pk for one in begun])
    told = _sent(letter)
    if told.outcome == Outcome.SENT:
        own.update(sent_at=timezone.now())
    else:
        own.delete()
    return told


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _begun(letter: Letter, by) -> list[Reminder]:
    """What the mail tells, written down: all of it, or nothing where another run is at any of it."""
    now = timezone.now()
    rows = [_row(letter, one, mark, now, by) for one in letter.waits for mark in one.marks]
    stale = Reminder.objects.filter(user=letter.user, sent_at=None, begun_at__lt=now - STALE)
    try:
        with transaction.atomic():
            stale.delete()
            return Reminder.objects.bulk_create(sorted(rows, key=lambda row: (row.department_id, row.about)))
    except IntegrityError:
        return []


def _row(letter: Letter, one, mark: str, now: datetime.datetime, by) -> Reminder:
    role, body, year, document = one.key
    return Reminder(
        user=letter.user, role=role, department_id=body, year=year, document=document, about=mark, begun_at=now, by=by
    )


def _sent(letter: Letter) -> Told:
    automatic = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no note of absence comes back
    try:
        EmailMessage(letter.subject, letter.text, to=[letter.user.email], headers=automatic).send()
    except smtplib.SMTPException as error:
        return _failed(error)
    except OSError:
        return Told(Outcome.UNREACHABLE)
    return Told(Outcome.SENT)


def _failed(error: smtplib.SMTPException) -> Told:
    """What the mail server's refusal means; what it says of a log-in is repeated nowhere."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Told(Outcome.REJECTED)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Told(Outcome.UNSUPPORTED)
    if isinstance(error, UNREACHABLE):
        return Told(Outcome.UNREACHABLE)
    return Told(Outcome.REFUSED, _reply(error))


def _reply(error: smtplib.SMTPException) -> str:
    """550 no such user, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), ("", b""))
    else:
        code, said = getattr(error, "smtp_code", ""), getattr(error, "smtp_error", b"")
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(f"{code} {words}".split())[:LONGEST]
