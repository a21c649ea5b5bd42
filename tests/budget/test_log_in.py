"""Logging in: the lock, invitations, sessions. Every sentence that a person meets."""

import re
import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.admin.login import sessions
from budget.admin.login.invitation import invite
from budget.admin.login.lock_out import address_of
from budget.admin.login.passwords import NotEasy
from budget.models import AccountEvent, LogIn, Role
from tests.budget.people import post, signed_in, stranger, wang

__all__ = ["stranger", "wang"]
pytestmark = pytest.mark.django_db
GOOD = "清明 雨 三亩地 七"
OFFICE, LOGIN = "/admin/", "/admin/login/"


@pytest.fixture
def zhao(db):
    """赵会计, a clerk who has set a password, and is not logged in."""
    return User.objects.create_user("赵会计", password=GOOD, is_staff=True)


def tried(name, password="猜一个", address="10.0.0.1", client=None, **more):
    """The answer to somebody who types a name and a password, at an address."""
    return (client or Client(REMOTE_ADDR=address)).post(LOGIN, {"username": name, "password": password, **more})


def words(answer):
    """What a page says, without its tags."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", answer.content.decode()))


def test_a_clerk_logs_in_and_out(zhao):
    client = Client()
    page = client.get(LOGIN)
    assert "经办人入口" in words(page) and "Django" not in page.content.decode()
    assert tried("赵会计", GOOD, client=client).url == OFFICE
    assert client.get(OFFICE).status_code == 200 and client.get(LOGIN).url == OFFICE
    left = client.post("/admin/logout/")
    assert "已经退出。" in words(client.get(left.url)) and client.get(OFFICE).status_code == 302


def test_a_wrong_password_is_told_in_one_sentence_whether_the_account_exists_or_not(zhao):
    User.objects.create_user("停用的", password=GOOD, is_staff=True, is_active=False)
    told = {words(tried(*who)) for who in [("赵会计", "错"), ("没有这人", "错"), ("停用的", "错"), ("停用的", GOOD)]}
    assert len(told) == 1 and "用户名或密码不对，请再输一次" in told.pop()


def test_an_account_that_does_not_exist_costs_the_same_time(zhao, monkeypatch):
    """One hash each: of who is there, is not there, is disabled, or was only invited."""
    User.objects.create_user("停用的", password=GOOD, is_staff=True, is_active=False)
    User.objects.create_user("只邀请了的", is_staff=True)
    encode, hashed = MD5PasswordHasher.encode, []
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *how: hashed.append(1) or encode(*how))
    costs = []
    for name in ("赵会计", "没有这人", "停用的", "只邀请了的"):
        hashed.clear()
        tried(name)
        costs.append(len(hashed))
    assert costs == [1, 1, 1, 1]


@pytest.mark.parametrize("name", ["赵会计", "没有这人"])
def test_five_wrong_passwords_lock_the_account_at_this_address_alone(zhao, name):
    for _ in range(4):
        assert tried(name).status_code == 200
    at_the_fifth = tried(name)
    assert at_the_fifth.status_code == 429
    said = re.search(r"请在(\d\d:\d\d:\d\d)以后再试", words(at_the_fifth))[1]
    assert tried(name, GOOD).status_code == 429 and said in words(tried(name, GOOD))
    assert tried("赵会计", GOOD, "10.0.0.2").status_code == 302
    other = User.objects.create_user("钱会计", password=GOOD, is_staff=True)
    assert tried(other.username, GOOD, "10.0.0.1").status_code == 302


def test_the_lock_ends_when_it_said(zhao):
    for _ in range(5):
        tried("赵会计")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14, seconds=50))
    assert tried("赵会计", GOOD).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert tried("赵会计", GOOD).status_code == 302


def test_trying_while_locked_does_not_make_it_longer(zhao):
    for _ in range(5):
        tried("赵会计")
    before = AccessAttempt.objects.get()
    tried("赵会计")
    after = AccessAttempt.objects.get()
    assert (after.attempt_time, after.failures_since_start) == (before.attempt_time, 5)


def test_fifty_wrong_passwords_from_anywhere_lock_the_account(zhao):
    for n in range(49):
        assert tried("赵会计", address=f"10.0.1.{n}").status_code == 200
    assert tried("赵会计", address="10.0.2.1").status_code == 429
    assert tried("赵会计", GOOD, "10.0.3.1").status_code == 429


def test_no_one_is_locked_out_by_a_neighbour_behind_the_same_gateway(zhao):
    for n in range(120):
        tried(f"别人{n}")
    assert tried("赵会计", GOOD).status_code == 302


def test_logging_in_forgets_the_mistakes_before(zhao):
    for _ in range(4):
        tried("赵会计")
    assert tried("赵会计", GOOD).status_code == 302 and not AccessAttempt.objects.exists()


def test_no_password_is_kept_of_what_was_tried(zhao):
    tried("赵会计", "我的旧密码")
    kept = AccessAttempt.objects.values_list("post_data", "get_data", "path_info")
    assert "我的旧密码" not in str(list(kept))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "10.0.0.9"),  # nobody is believed
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # what the person wrote stands before what our server saw
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.7", "1.2.3.4"),
        (2, "10.0.0.7", "10.0.0.9"),
        (1, "unknown", "10.0.0.9"),
        (1, "1.2.3.4:999\0'", "10.0.0.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # who has one address of a network has them all
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
    ],
)
def test_the_address_is_what_our_outermost_server_saw(settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == expected


@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_by_logging_in(zhao, following):
    assert tried("赵会计", GOOD, next=following).url == OFFICE


# ---- invitations


def test_an_invitation_sets_a_password_once(zhao, stranger):
    link = invite(zhao)
    page = stranger.get(link)
    assert page.status_code == 200 and "赵会计，您好" in words(page)
    assert stranger.post(link, {"new_password1": GOOD + "八", "new_password2": GOOD + "八"}).url == OFFICE
    assert stranger.get(OFFICE).status_code == 200
    again = Client().get(link)
    assert again.status_code == 404 and "用过了、过期了" in words(again)
    assert tried("赵会计", GOOD + "八").status_code == 302
    assert AccountEvent.objects.filter(whom=zhao, what="password", detail="用邀请链接").exists()


def test_the_old_password_is_good_until_the_link_is_used(zhao, stranger):
    link = invite(zhao)
    stranger.get(link)
    assert tried("赵会计", GOOD).status_code == 302


def test_a_later_invitation_voids_the_earlier(zhao, stranger):
    first, second = invite(zhao), invite(zhao)
    assert stranger.get(first).status_code == 404 and stranger.get(second).status_code == 200


@pytest.mark.parametrize("change", ["expired", "disabled"])
def test_an_invitation_ends(zhao, stranger, change):
    link = invite(zhao)
    if change == "expired":
        LogIn.objects.update(invited_until=timezone.now() - timedelta(seconds=1))
    else:
        User.objects.filter(pk=zhao.pk).update(is_active=False)
    assert stranger.get(link).status_code == 404
    assert stranger.post(link, {"new_password1": GOOD + "八", "new_password2": GOOD + "八"}).status_code == 404
    zhao.refresh_from_db()
    assert zhao.check_password(GOOD)


def test_the_database_does_not_hold_what_the_link_holds(zhao):
    secret = invite(zhao).rstrip("/").rsplit("/", 1)[1]
    assert secret not in str(list(LogIn.objects.values())) and len(secret) > 40


EASY = [
    "短", "1234567890", "password123", "赵会计赵会计赵会计赵", "aaaaaaaaaaaa", "abababababab", "qwertyuiop2024",
    "Admin@123456", "12345678Abc", "woaini1314520", "2024202520262027", "zxcvbnm,.123456", "P@ssw0rd1234567",
]  # fmt: skip


@pytest.mark.parametrize("easy", EASY)
def test_an_easy_password_is_refused_in_chinese(zhao, stranger, easy):
    link = invite(zhao)
    page = stranger.post(link, {"new_password1": easy, "new_password2": easy})
    assert page.status_code == 200 and re.search(r"密码.{2,}", words(page))
    assert not re.search(r"[a-z]{4,} [a-z]{3,} [a-z]{3,}", re.sub(r"<[^>]*>", "", page.content.decode()))
    assert stranger.get(link).status_code == 200  # the link is still good


@given(st.text(st.characters(codec="utf-8", categories=["Lo"]), min_size=12, max_size=30))
@settings(deadline=None)
def test_a_password_of_many_different_characters_passes(password):
    if len(set(password)) >= 10:
        NotEasy().validate(password)


@given(st.sampled_from("0123456789abcxyz!"), st.integers(10, 40))
@settings(deadline=None)
def test_a_password_of_one_character_never_passes(character, length):
    with pytest.raises(ValidationError):
        NotEasy().validate(character * length)


# ---- sessions


def stamped(client, **changes):
    """Change when a session began or was last used, by seconds back."""
    session = client.session
    session[sessions.KEY] = session[sessions.KEY] | {key: int(time.time()) - back for key, back in changes.items()}
    session.save()


ENDS = [
    ({"seen": 119 * 60}, False),
    ({"seen": 121 * 60}, True),
    ({"began": 9 * 3600}, False),
    ({"began": 10 * 3600 + 60}, True),
]


@pytest.mark.parametrize(("changes", "ends"), ENDS)
def test_a_session_ends_after_a_day_and_after_two_idle_hours(wang, changes, ends):
    wang.get(OFFICE)
    stamped(wang, **changes)
    answer = wang.get("/admin/budget/budget/?q=1")
    assert (answer.status_code == 302) == ends
    if ends:
        page = wang.get(answer.url)
        assert "太久没有操作" in words(page) and "/admin/budget/budget/?q=1" in page.content.decode()


def test_using_it_keeps_a_session(wang):
    wang.get(OFFICE)
    stamped(wang, seen=100 * 60)
    wang.get(OFFICE)
    assert time.time() - wang.session[sessions.KEY]["seen"] < 60


def test_signing_out_everywhere_ends_every_session_with_the_next_request(wang):
    other = Client()
    other.force_login(wang.user)
    assert [client.get(OFFICE).status_code for client in (wang, other)] == [200, 200]
    sessions.sign_out_everywhere(wang.user)
    assert [client.get(OFFICE).status_code for client in (wang, other)] == [302, 302]


def test_a_session_that_only_logged_in_ends_too(zhao):
    client = Client()
    tried("赵会计", GOOD, client=client)
    sessions.sign_out_everywhere(zhao)
    assert client.get(OFFICE).status_code == 302


def test_a_changed_password_ends_the_other_sessions(zhao):
    here, there = Client(), Client()
    for client in (here, there):
        tried("赵会计", GOOD, client=client)
    new = {"old_password": GOOD, "new_password1": GOOD + "八", "new_password2": GOOD + "八"}
    assert "现在的密码" in words(here.get("/admin/password_change/"))
    assert here.post("/admin/password_change/", new).status_code == 302
    assert here.get(OFFICE).status_code == 200 and there.get(OFFICE).status_code == 302
    assert AccountEvent.objects.get(whom=zhao).detail == "自己改的"


def test_an_invitation_that_is_used_ends_the_sessions_before(zhao, stranger):
    before = Client()
    tried("赵会计", GOOD, client=before)
    stranger.post(invite(zhao), {"new_password1": GOOD + "八", "new_password2": GOOD + "八"})
    assert before.get(OFFICE).status_code == 302


def test_a_disabled_account_is_out_with_the_next_request(wang):
    assert wang.get(OFFICE).status_code == 200
    User.objects.filter(pk=wang.user.pk).update(is_active=False)
    assert wang.get(OFFICE).status_code == 302


def test_a_role_with_less_to_do_needs_no_second_factor():
    auditor = post(signed_in("周审计"), Role.AUDITOR, "130324")
    assert auditor.get("/admin/password_change/").status_code == 200


# ---- what was done to accounts is altered by nobody


@pytest.mark.parametrize("how", ["detail = 'x'", None])
def test_the_record_of_accounts_is_immutable(zhao, how):
    invite(zhao)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"UPDATE budget_accountevent SET {how}" if how else "DELETE FROM budget_accountevent")


def test_every_address_of_logging_in_has_its_name():
    assert reverse("login") == reverse("admin:login") == LOGIN
    assert reverse("logout") == reverse("admin:logout")
