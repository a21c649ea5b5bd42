"""Reminders by mail: who gets what and when, that nobody gets it twice, and that nothing is lost without a word."""

import datetime
import re
import smtplib
from email.header import decode_header, make_header

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from budget.drafts.door import Doing, How, Who
from budget.drafts.states import RETURN, SUBMIT, move
from budget.models import Budget, Department, Post, Role, State
from disclosures.management.commands import remind as command
from disclosures.models import Reminder
from disclosures.reminders.sending import Outcome, tell
from tests.budget.people import qian, signed_in, sun, wang
from tests.disclosures import county

__all__ = ["qian", "sun", "wang"]
pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 3, 1)


@pytest.fixture(autouse=True)
def mail_server(settings):
    """The settings without which nothing goes out."""
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.cn", "budget@example.cn"
    settings.CSRF_TRUSTED_ORIGINS = ["https://budget.example.cn"]


def remind(day=DAY, **options):
    """What one run sends: {address: subject}"""
    before = len(mail.outbox)
    call_command("remind", today=day.isoformat(), **options)
    return {one.to[0]: one.subject for one in mail.outbox[before:]}


def days_later(days, day=None):
    return (day or timezone.localdate()) + datetime.timedelta(days=days)


def with_address(client, address):
    User.objects.filter(pk=client.user.pk).update(email=address)
    return client


def clerk(name, *bodies, address=None):
    """A clerk of some bodies."""
    client = signed_in(name)
    Post.objects.bulk_create(Post(user=client.user, role=Role.CLERK, department=body) for body in bodies)
    return with_address(client, f"{name}@example.cn" if address is None else address)


def budget(body, left, state=State.DRAFT, year=2024):
    """A budget whose last day is so many days after 1 March 2024."""
    one = county.budget(body, state, year=year)
    one.approved_on = DAY + datetime.timedelta(days=left - 20)
    one.save()
    return one


# Who gets what.


def test_a_clerk_gets_one_mail_with_all_that_is_not_public():
    near, far, given, public = county.bodies(4)
    clerk("zhao", near, far, given, public)
    first = budget(near, left=2)
    budget(far, left=15)
    budget(given, left=4, state=State.SUBMITTED)
    budget(public, left=-3, state=State.PUBLISHED)
    assert remind() == {"zhao@example.cn": "预算公开提醒：第1乡人民政府2024年部门预算，还有 2 天（共 3 份）"}
    text = mail.outbox[0].body
    assert "zhao，您好！" in text and "第4乡" not in text
    assert "办理到：填报中\n   下一步：打开看看还缺什么\n   期限：3月3日以前要公开，还有 2 天。" in text
    assert f"打开：https://budget.example.cn/admin/budget/budget/{first.pk}/change/" in text
    assert "下一步：等县里审核" in text  # of what the county has the clerk sees that it is not forgotten


@pytest.mark.parametrize(
    ("left", "told"),
    [(11, False), (10, True), (6, True), (2, True), (0, True), (-1, True), (-30, True)],
)
def test_from_ten_days_before_the_last_one(left, told):
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left)
    assert bool(remind()) == told


def test_ever_more_seldom_once_it_is_late_and_never_each_day_for_months():
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=12)
    days = [day for day in range(120) if remind(days_later(day, DAY))]
    assert [day - 12 for day in days] == [-10, -5, -2, -1, 0, 1, 3, 7, 14, 28, 56, 84]


def test_a_day_on_which_nothing_ran_is_made_up_for_the_next_time():
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=11)
    friday, monday, tuesday = (days_later(days, DAY) for days in (0, 3, 4))
    assert not remind(friday) and remind(monday) and not remind(tuesday)


def test_who_has_not_begun_is_told_when_the_county_has_been_approved():
    late, other = county.bodies(2)
    clerk("zhao", late)
    assert remind() == {}  # nobody of the county has an approval: there is no year to be late in
    budget(other, left=5)
    assert remind() == {"zhao@example.cn": "预算公开提醒：第1乡人民政府2024年部门预算"}
    text = mail.outbox[0].body
    assert "下一步：开始填报" in text and "打开：https://budget.example.cn/admin/\n" in text
    assert "3月6日" not in text and "第2乡" not in text  # another body's approval is not theirs to know


def test_a_unit_below_a_department_is_not_asked_for_what_it_never_had():
    head, below, other = county.bodies(3)
    Department.objects.filter(pk=below.pk).update(parent=head)
    clerk("zhao", below)
    budget(other, left=5)
    assert remind() == {}


def test_a_returned_budget_is_told_with_the_next_run_and_each_return_anew(sun):
    (body,) = county.bodies(1)
    clerk("zhao", body)
    one = budget(body, left=15, state=State.SUBMITTED)
    assert remind(timezone.localdate()) == {}
    move(one, RETURN, Doing(Who("孙审核"), How.STATE, "第3表少 8.88 万元"))
    Budget.objects.update(approved_on=timezone.localdate())
    assert remind(timezone.localdate()) and remind(timezone.localdate()) == {}
    text = mail.outbox[0].body
    assert "办理到：已退回\n   下一步：按退回的意见修改，再送审" in text
    assert "8.88" not in text  # a mail goes through foreign hands: nothing of what a draft says is in it
    move(Budget.objects.get(), SUBMIT, Doing(Who("zhao"), How.STATE))
    move(Budget.objects.get(), RETURN, Doing(Who("孙审核"), How.STATE, "还少"))
    assert len(remind(timezone.localdate())) == 1


def test_a_correction_has_no_last_day_and_is_not_forgotten():
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=-100, state=State.RETURNED)
    county.publication(body, days_ago=0).save()
    days = [day for day in range(40) if remind(days_later(day))]
    assert days == [0, 3, 7, 14, 28] and "期限：更正中，原来的还在公开" in mail.outbox[0].body


def test_reviewers_and_publishers_are_told_what_waits_and_for_how_long(sun, qian):
    with_address(sun, "sun@example.cn")
    with_address(qian, "qian@example.cn")
    one, other, third = county.bodies(3)
    for body, state in ((one, State.SUBMITTED), (other, State.APPROVED), (third, State.DRAFT)):
        budget(body, left=100, state=state)
    Budget.objects.update(changed_at=timezone.now() - datetime.timedelta(days=4))
    assert remind(timezone.localdate()) == {
        "sun@example.cn": "预算公开提醒：1 份等您审核",
        "qian@example.cn": "预算公开提醒：1 份等您公开",
    }
    to_sun, to_qian = sorted((one.body for one in mail.outbox), key=lambda text: "等您公开" in text)
    assert "1. 第1乡人民政府2024年部门预算" in to_sun and "已送审，已经等了 4 天" in to_sun
    assert "1. 第2乡人民政府2024年部门预算" in to_qian and "审核通过，已经等了 4 天" in to_qian
    assert "第3乡" not in to_sun + to_qian and "第2乡" not in to_sun
    days = range(40)
    assert [4 + day for day in days if remind(days_later(day))] == [7, 14, 28]


def test_an_office_sees_the_last_day_of_what_waits_and_none_of_a_correction(sun):
    with_address(sun, "sun@example.cn")
    first, again = county.bodies(2)
    for body in (first, again):
        budget(body, left=2, state=State.SUBMITTED)
    Budget.objects.update(changed_at=timezone.make_aware(datetime.datetime(2024, 3, 1, 12)))
    county.publication(again, days_ago=9).save()
    remind()
    one, other = mail.outbox[0].body.split("2. 第2乡")
    assert "3月1日已送审，今天刚到\n   期限：3月3日以前要公开，还有 2 天。" in one and "期限" not in other


def test_who_is_clerk_here_and_reviewer_there_gets_one_mail(sun):
    own, waits = county.bodies(2)
    Post.objects.create(user=sun.user, role=Role.CLERK, department=own)
    with_address(sun, "sun@example.cn")
    budget(own, left=1)
    budget(waits, left=100, state=State.SUBMITTED)
    assert remind()["sun@example.cn"] == "预算公开提醒：第1乡人民政府2024年部门预算，还有 1 天；1 份等您审核"
    assert mail.outbox[0].body.index("您填报的：1 份") < mail.outbox[0].body.index("等您审核的：1 份")


def test_nobody_is_told_of_what_they_may_not_see(qian, wang):
    with_address(qian, "qian@example.cn")
    with_address(wang, "wang@example.cn")
    county.region("310107", "普陀区")
    (body,) = county.bodies(1, "310107")
    for state in (State.SUBMITTED, State.APPROVED, State.DRAFT):
        Budget.objects.all().delete()
        budget(body, left=1, state=state)
        remind()
    assert not [one for one in mail.outbox if "第1乡" in one.body]


def test_whoever_has_gone_gets_nothing():
    (body,) = county.bodies(1)
    gone, without = clerk("gone", body), clerk("without", body)
    User.objects.filter(pk=gone.user.pk).update(is_active=False)
    Post.objects.filter(user=without.user).delete()
    budget(body, left=1)
    assert remind() == {}


def test_people_without_an_address_are_listed(capsys):
    one, other = county.bodies(2)
    clerk("王会计", one, address="")
    clerk("zhao", other)
    budget(one, left=1)
    budget(other, left=1)
    assert list(remind()) == ["zhao@example.cn"]
    assert "没有填电子邮箱，收不到提醒：王会计。" in capsys.readouterr().out


# Once.


def test_the_same_run_again_sends_nothing():
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=1)
    assert len(remind()) == 1 and remind() == {} and Reminder.objects.get().about == "due 2024-03-02 -1"
    assert len(remind(days_later(1, DAY))) == 1


def test_another_last_day_is_another_thing():
    (body,) = county.bodies(1)
    clerk("zhao", body)
    one = budget(body, left=1)
    remind()
    Budget.objects.filter(pk=one.pk).update(approved_on=one.approved_on + datetime.timedelta(days=1))
    assert len(remind()) == 1


def test_a_mail_that_somebody_killed_is_sent_by_a_later_run(monkeypatch, capsys):
    """At least once: nobody knows whether it went; a second mail is a nuisance, a missed deadline is worse."""
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=1)

    def killed(message, **given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            remind()
    with pytest.raises(CommandError) as busy:  # it may be on its way still, in the other run
        remind()
    assert busy.value.returncode == 1 and "zhao：另一次运行正在发" in capsys.readouterr().err
    Reminder.objects.update(begun_at=timezone.now() - datetime.timedelta(minutes=11))
    assert len(remind()) == 1 and remind() == {}


def test_what_another_run_has_sent_meanwhile_is_no_failure(monkeypatch, capsys):
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=1)

    def overtaken(letter):
        assert tell(letter).outcome == Outcome.SENT
        return tell(letter)

    monkeypatch.setattr(command, "tell", overtaken)
    remind()
    assert "zhao：已经提醒过" in capsys.readouterr().out and len(mail.outbox) == 1


# What goes wrong.


def refusing(monkeypatch, error, *refused):
    """A mail server that ends mails to some addresses with an error."""
    send = EmailMessage.send

    def tried(message, **given):
        if not refused or message.to[0] in refused:
            raise error
        return send(message, **given)

    monkeypatch.setattr(EmailMessage, "send", tried)


def test_one_who_is_refused_does_not_stop_the_others(monkeypatch, capsys):
    found = county.bodies(3)
    for name, body in zip(("an", "bai", "cao"), found, strict=True):
        clerk(name, body)
        budget(body, left=1)
    refusing(monkeypatch, smtplib.SMTPRecipientsRefused({"an@example.cn": (550, b"no\r\nsuch user")}), "an@example.cn")
    with pytest.raises(CommandError, match="1 封没有发出") as failed:
        remind()
    assert failed.value.returncode == 1 and [one.to for one in mail.outbox] == [["bai@example.cn"], ["cao@example.cn"]]
    assert capsys.readouterr().err == "an：邮件服务器没有收（550 no such user）。\n"
    assert not Reminder.objects.filter(user__username="an").exists()


def test_a_refused_mail_is_due_again_with_the_next_run(monkeypatch):
    (body,) = county.bodies(1)
    clerk("an", body)
    budget(body, left=1)
    with monkeypatch.context() as patch:
        refusing(patch, smtplib.SMTPDataError(451, b"later"))
        with pytest.raises(CommandError):
            remind()
    assert len(remind()) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConnectionRefusedError(), "连不上邮件服务器，请核对 EMAIL_HOST、EMAIL_PORT"),
        (TimeoutError(), "连不上邮件服务器，请核对 EMAIL_HOST、EMAIL_PORT"),
        (smtplib.SMTPServerDisconnected(), "连不上邮件服务器，请核对 EMAIL_HOST、EMAIL_PORT"),
        (smtplib.SMTPNotSupportedError(), "没有这种加密或登录，请核对 EMAIL_USE_TLS"),
        (smtplib.SMTPAuthenticationError(535, b"hunter2"), "不认 EMAIL_HOST_USER 或 EMAIL_HOST_PASSWORD"),
    ],
)
def test_without_the_mail_server_it_soon_gives_up(monkeypatch, settings, capsys, error, said):
    settings.EMAIL_HOST_PASSWORD = "hunter2"
    for number, body in enumerate(county.bodies(5)):
        clerk(f"c{number}", body)
        budget(body, left=1)
    refusing(monkeypatch, error)
    with pytest.raises(CommandError, match=f"{said}.*还有 2 封没有发") as failed:
        remind()
    printed = "".join(capsys.readouterr()) + str(failed.value)
    assert failed.value.returncode == 2 and printed.count(said) == 4 and "hunter2" not in printed
    assert not Reminder.objects.exists()


def test_an_address_that_is_none_is_told(capsys):
    (body,) = county.bodies(1)
    clerk("zhao", body, address="zhao@example.cn\nBcc: all@example.cn")
    budget(body, left=1)
    with pytest.raises(CommandError):
        remind()
    assert "zhao：填的电子邮箱不对。" in capsys.readouterr().err and mail.outbox == []


@pytest.mark.parametrize("name", ["EMAIL_HOST", "DEFAULT_FROM_EMAIL", "CSRF_TRUSTED_ORIGINS"])
def test_what_is_not_set_is_named(settings, name):
    setattr(settings, name, [] if name.startswith("CSRF") else "")
    with pytest.raises(CommandError, match=f"没有设置 {name}") as refused:
        remind()
    assert refused.value.returncode == 2


def test_a_day_that_is_none_is_told():
    with pytest.raises(CommandError, match="“三月一日”不是日期") as refused:
        call_command("remind", today="三月一日")
    assert refused.value.returncode == 2


# The mail itself.


def test_a_trial_shows_the_mails_and_sends_none(settings, capsys):
    settings.EMAIL_HOST = ""
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=1)
    assert remind(dry_run=True) == {} and not Reminder.objects.exists()
    said = capsys.readouterr().out
    assert "zhao <zhao@example.cn>　预算公开提醒：第1乡人民政府" in said and "办理到：填报中" in said
    assert "要发 1 封，没有发。没有设置 EMAIL_HOST" in said


def test_the_day_is_that_of_the_county_not_of_the_server(monkeypatch):
    """At 17:00 of Greenwich the next day has begun in China."""
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=0)
    evening = datetime.datetime(2024, 2, 29, 17, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: evening)
    call_command("remind")
    assert "今天是最后一天" in mail.outbox[0].subject


def test_a_name_with_a_line_break_makes_no_header():
    (body,) = county.bodies(1)
    Department.objects.filter(pk=body.pk).update(name="第1乡\nBcc: all@example.cn\r\n\r\n人民政府")
    clerk("zhao", body)
    budget(body, left=1)
    remind()
    (sent,) = mail.outbox
    assert sent.recipients() == ["zhao@example.cn"] and sent.message()["Bcc"] is None
    assert sent.subject == "预算公开提醒：第1乡 Bcc: all@example.cn 人民政府2024年部门预算，还有 1 天"
    assert not re.search(r"^Bcc", sent.body, re.M)


def test_chinese_goes_out_encoded_and_no_note_of_absence_comes_back():
    (body,) = county.bodies(1)
    clerk("zhao", body)
    budget(body, left=1)
    remind()
    message = mail.outbox[0].message()
    assert message["Subject"].encode().isascii() and "=?utf-8?" in message["Subject"]
    assert "第1乡人民政府" in str(make_header(decode_header(message["Subject"])))
    assert message.get_payload(decode=True).decode() == mail.outbox[0].body
    assert message["Auto-Submitted"] == "auto-generated"


def test_six_hundred_clerks_are_read_county_by_county(django_assert_max_num_queries):
    found = county.bodies(600)
    users = User.objects.bulk_create(User(username=f"c{n}", email=f"c{n}@example.cn") for n in range(600))
    Post.objects.bulk_create(
        Post(user=user, role=Role.CLERK, department=body) for user, body in zip(users, found, strict=True)
    )
    Budget.objects.bulk_create(county.budget(body, approved=25) for body in found)
    with django_assert_max_num_queries(600 * 2 + 25):
        call_command("remind", dry_run=True)
