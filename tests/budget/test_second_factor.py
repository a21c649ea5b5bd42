"""The second factor: who needs it, what it keeps out, and that nothing counts twice."""

import re
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from budget.admin.login import second_factor
from budget.models import AccountEvent, Post, RecoveryCode, Role
from tests.budget.people import body, post, signed_in, township, wang
from tests.permissions.routes import filled, keys_of, routes

__all__ = ["township", "wang"]
pytestmark = pytest.mark.django_db
PAGE = "/admin/second-factor/"
INSIDE = "/admin/password_change/"  # a page behind the gate that is there for everybody
OPEN = re.compile(r"^/admin/(login|logout|invitation|second-factor)/")


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands, and is set on by hand."""
    now = [time.time() // 30 * 30 + 10]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def with_role(role):
    """Somebody who has just been given a role, and has no telephone enrolled."""
    client = signed_in(f"新来的{role}")
    if role == "superuser":
        User.objects.filter(pk=client.user.pk).update(is_superuser=True)
    else:
        place = {} if role == Role.ADMINISTRATOR else {"region": body("130324").region}
        Post.objects.create(user=client.user, role=role, **place)
    return client


def digits(key):
    """What the telephone shows now, by the clock of the test."""
    now = TOTP(bytes.fromhex(key))
    now.time = time.time()
    return f"{now.token():06d}"


def enrolled(client):
    """Enrol through the page; (key of the telephone, recovery codes)."""
    client.get(PAGE)
    key = client.session["enrolling"]
    page = client.post(PAGE, {"digits": digits(key)}).content.decode()
    return key, re.findall(r"<code>([a-z0-9-]{19})</code>", page)


NEEDED_BY = [Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR, "superuser"]


@pytest.mark.parametrize("role", NEEDED_BY)
def test_nothing_of_the_back_office_is_reachable_before(township, role):
    client, walked = with_role(role), 0
    for route in routes().values():
        url = filled(route, keys_of(township), "submit")
        if not OPEN.match(url):
            for answer in (client.get(url), client.post(url, {"text": "x"})):
                assert answer.status_code == 302 and answer.url.startswith(PAGE), url
            walked += 1
    assert walked > 50


@pytest.mark.parametrize("role", [Role.REVIEWER, "superuser"])
def test_one_enrols_and_is_in(role, clock):
    client = with_role(role)
    assert client.get("/admin/?a=1").url == f"{PAGE}?next=%2Fadmin%2F%3Fa%3D1"
    page = client.get(PAGE).content.decode()
    assert "<svg" in page and "data:" not in page and "style=" not in page and "打开两步验证" in page
    _, codes = enrolled(client)
    assert len(set(codes)) == 10 and client.get(INSIDE).status_code == 200
    assert AccountEvent.objects.get(whom=client.user).what == "enrolled"


def test_wrong_digits_enrol_nobody(clock):
    client = with_role(Role.REVIEWER)
    client.get(PAGE)
    key = client.session["enrolling"]
    for wrong in ("", "000000", "abcdef", "１" * 6, "9" * 5000, f"{(int(digits(key)) + 1) % 10**6:06d}"):
        assert "这 6 位数字不对" in client.post(PAGE, {"digits": wrong}).content.decode()
    assert client.session["enrolling"] == key and not TOTPDevice.objects.exists()


def again(client):
    """The same person, logged in anew by the password alone."""
    other = Client()
    other.force_login(client.user)
    return other


def test_the_digits_are_asked_for_at_each_log_in_and_count_once(clock):
    client = with_role(Role.REVIEWER)
    key, _ = enrolled(client)
    second = again(client)
    assert second.get("/admin/").url.startswith(PAGE)
    assert "不对" in second.post(PAGE, {"digits": digits(key)}).content.decode()  # used when enrolling
    clock[0] += 60
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert (
        second.post(PAGE, {"digits": f" {digits(key)[:3]} {digits(key)[3:]}", "next": "/admin/?b=2"}).url
        == "/admin/?b=2"
    )
    assert second.get(INSIDE).status_code == 200
    third = again(client)
    assert "不对" in third.post(PAGE, {"digits": digits(key)}).content.decode()
    assert third.get(INSIDE).status_code == 302


def test_nobody_is_led_elsewhere_by_the_digits(clock):
    client = with_role(Role.REVIEWER)
    key, _ = enrolled(client)
    clock[0] += 60
    assert again(client).post(PAGE, {"digits": digits(key), "next": "//evil.example/"}).url == "/admin/"


def test_guessing_is_slowed_down_and_said_until_when(clock):
    client = with_role(Role.REVIEWER)
    key, codes = enrolled(client)
    clock[0] += 60
    second = again(client)
    second.post(PAGE, {"digits": "000000"})
    answer = second.post(PAGE, {"digits": digits(key)})
    assert answer.status_code == 429 and re.search(r"请在 \d\d:\d\d:\d\d 以后再试", answer.content.decode())
    assert second.post(PAGE, {"digits": codes[0]}).status_code == 429  # a code does not help past it
    assert second.get(INSIDE).status_code == 302
    assert TOTPDevice.objects.get().throttling_failure_count == 1


def test_a_recovery_code_stands_for_the_telephone_once(clock):
    client = with_role(Role.PUBLISHER)
    _, codes = enrolled(client)
    second = again(client)
    assert second.post(PAGE, {"digits": codes[3].upper().replace("-", " ")}).status_code == 302
    assert second.get(INSIDE).status_code == 200 and RecoveryCode.objects.count() == 9
    assert AccountEvent.objects.first().detail == "还剩 9 个"
    assert again(client).post(PAGE, {"digits": codes[3]}).status_code != 302


def test_codes_of_somebody_else_open_nothing(clock):
    first, second = with_role(Role.PUBLISHER), with_role(Role.REVIEWER)
    _, codes = enrolled(first)
    enrolled(second)
    assert again(second).post(PAGE, {"digits": codes[0]}).status_code != 302 and RecoveryCode.objects.count() == 20


def test_recovery_codes_are_not_kept_as_they_are(clock):
    _, codes = enrolled(with_role(Role.REVIEWER))
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert all(len(one) == 64 for one in kept) and not kept & {code.replace("-", "") for code in codes}


def test_another_telephone_needs_the_present_one(clock):
    client = with_role(Role.REVIEWER)
    key, codes = enrolled(client)
    assert "还剩 10 个恢复码" in client.get(PAGE).content.decode()
    client.post(PAGE, {"digits": "000000", "do": "telephone"})
    assert TOTPDevice.objects.get().key == key
    TOTPDevice.objects.update(throttling_failure_count=0)
    client.post(PAGE, {"digits": codes[0], "do": "telephone"})
    assert not TOTPDevice.objects.exists() and client.get(INSIDE).status_code == 302
    assert enrolled(client)[0] != key and client.get(INSIDE).status_code == 200


def test_other_recovery_codes_void_the_old(clock):
    client = with_role(Role.REVIEWER)
    _, codes = enrolled(client)
    page = client.post(PAGE, {"digits": codes[0], "do": "codes"}).content.decode()
    new = re.findall(r"<code>([a-z0-9-]{19})</code>", page)
    assert len(new) == 10 and not set(new) & set(codes)
    assert not second_factor.is_proven(client.user, codes[1])


def test_a_clerk_who_wants_it_has_it_and_is_asked(wang, clock):
    assert wang.get(INSIDE).status_code == 200
    enrolled(wang)
    assert again(wang).get("/admin/").url.startswith(PAGE)


def test_a_role_that_is_given_in_the_middle_of_a_session_asks_with_the_next_request(wang):
    assert wang.get(INSIDE).status_code == 200
    Post.objects.create(user=wang.user, role=Role.REVIEWER, region=body("130324").region)
    assert wang.get("/admin/").url.startswith(PAGE)


def test_a_second_factor_given_by_one_person_is_none_of_anothers(clock):
    first, second = with_role(Role.PUBLISHER), with_role(Role.REVIEWER)
    enrolled(first)
    enrolled(second)
    stolen = again(second)
    session = stolen.session
    session[second_factor.KEY] = first.session[second_factor.KEY]
    session.save()
    assert stolen.get(INSIDE).status_code == 302


def test_an_account_without_second_factor_passes_no_page_by_a_strange_path(township):
    client = with_role(Role.REVIEWER)
    office = ("/", "./budget/budget/", "login/../budget/budget/", "%62udget/budget/", "second-factor/../budget/budget/")
    for path in (*(f"/admin/{one}" for one in office), "//admin/budget/budget/", "/ADMIN/budget/budget/"):
        assert client.get(path).status_code in (301, 302, 404), path


def test_who_needs_none_is_told_nothing_of_it():
    client = post(signed_in("周审计"), Role.AUDITOR, "130324")
    assert client.get(INSIDE).status_code == 200
    assert reverse("second_factor") == PAGE
