"""Invitations: a link that is good once and for some days, with which a person sets a password of their own."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from budget.admin.login.events import What, name_of, note
from budget.admin.login.lock_out import unlock
from budget.models import LogIn

_OLD_PASSWORD_STAYS = "budget.drafts.people.PasswordBackend"


@transaction.atomic
def invite(user, by=None):
    """A new link for somebody, as a path; earlier ones are void, and the old password stays good until it is used."""
    secret = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    LogIn.objects.update_or_create(user=user, defaults={"invitation": _digest(secret), "invited_until": until})
    note(What.INVITED, user, by, f"{timezone.localtime(until):%Y-%m-%d %H:%M} 前有效")
    return reverse("invitation", args=[secret])


@never_cache
def accept(request, secret):
    """The page behind the link: a password, twice; then one is logged in."""
    user = _invited(secret)
    if user is None:
        return render(request, "admin/login/no_invitation.html", {"title": "链接打不开了"}, status=404)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _accepted(request, secret, form)
    context = {"title": "设一个密码", "form": form, "person": name_of(user), "user_name": user.get_username()}
    return render(request, "admin/login/invitation.html", context)


def _accepted(request, secret, form):
    with transaction.atomic():
        used = _good(secret).update(invitation="", invited_until=None)
        if not used:
            return redirect(request.path)
        user = form.save()
        note(What.PASSWORD, user, user, "用邀请链接")
    unlock(user)
    login(request, user, _OLD_PASSWORD_STAYS)
    return redirect("admin:index")


def _invited(secret):
    return get_user_model().objects.filter(is_active=True, log_in__in=_good(secret)).first()


def _good(secret):
    return LogIn.objects.filter(invitation=_digest(secret), invited_until__gt=timezone.now(), user__is_active=True)


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
