"""The pages of the second factor: enrol a telephone, give its digits, take another telephone or other codes."""

from base64 import b32encode
from urllib.parse import quote, urlencode

import segno
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django_otp.util import random_hex

from budget.admin.login import second_factor
from budget.admin.login.gate import is_let_in, known_of
from budget.models import RecoveryCode

_ENROLLING = "enrolling"
_ISSUER = "部门预算公开"
_WRONG = "这 6 位数字不对，或已经用过：请看手机上现在显示的数字，等它换了再输一次；手机的时间要准。"


@never_cache
@login_required(login_url="login")
def page(request):
    """What somebody needs now: to enrol, to give the digits, or to change what they have."""
    if known_of(request)["device"] is None:
        return _enrol(request)
    return _own(request) if is_let_in(request) else _give(request)


def _enrol(request):
    key = request.session.setdefault(_ENROLLING, random_hex(20))
    enrolled = request.method == "POST" and second_factor.enrol(request.user, key, request.POST.get("digits", ""))
    if not enrolled:
        return _shown(request, "enrol", wrong=request.method == "POST" and _WRONG, **_secret(request.user, key))
    del request.session[_ENROLLING]
    device, codes = enrolled
    _prove(request, device.pk)
    return _shown(request, "codes", codes=codes)


def _give(request):
    if request.method != "POST":
        return _shown(request, "give", wrong=_wait(request.user))
    if second_factor.is_proven(request.user, request.POST.get("digits", "")):
        _prove(request, known_of(request)["device"])
        return redirect(_next(request))
    return _shown(request, "give", status=429 if _wait(request.user) else 200, wrong=f"{_WRONG}{_wait(request.user)}")


def _own(request):
    asked = admin.site.each_context(request) | {"left": RecoveryCode.objects.filter(user=request.user).count()}
    if request.method != "POST":
        return _shown(request, "own", **asked)
    if not second_factor.is_proven(request.user, request.POST.get("digits", "")):
        return _shown(request, "own", wrong=f"{_WRONG}{_wait(request.user)}", **asked)
    if request.POST.get("do") == "codes":
        return _shown(request, "codes", codes=second_factor.new_codes(request.user))
    second_factor.forget(request.user, request.user)
    return redirect("second_factor")


def _prove(request, device):
    request.session.cycle_key()
    request.session[second_factor.KEY] = device


def _wait(user):
    until = second_factor.locked_until(user)
    return f"输错了几次，请在 {until:%H:%M:%S} 以后再试。" if until else ""


def _secret(user, key):
    """What the telephone is to take in: as a picture drawn on the page itself, and as letters to be typed."""
    secret = b32encode(bytes.fromhex(key)).decode()
    asked = urlencode({"secret": secret, "issuer": _ISSUER, "digits": 6, "period": 30}, quote_via=quote)
    picture = segno.make(f"otpauth://totp/{quote(f'{_ISSUER}:{user.get_username()}')}?{asked}", error="m")
    svg = picture.svg_inline(scale=5, border=4, title="两步验证的二维码", omitsize=True, light="#fff", svgclass="qr")
    return {
        "picture": mark_safe(svg),  # made of squares by segno; the title is ours
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }


def _next(request):
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("admin:index")


def _shown(request, name, status=200, **context):
    said = context | {"title": "两步验证", "next": _next(request)}
    return render(request, f"admin/login/second_factor_{name}.html", said, status=status)
