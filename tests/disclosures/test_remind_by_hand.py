"""现在提醒: the county sends at once to the clerks of the units that it chose, and is told what became of each."""

import re
import smtplib

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from budget.models import Budget, Department, Post, Role, State
from disclosures.models import Reminder
from disclosures.reminders import by_hand
from tests.budget.people import administrator, owner, post, qian, signed_in, sun
from tests.disclosures import county
from tests.disclosures.test_remind import clerk, mail_server, refusing

__all__ = ["administrator", "mail_server", "owner", "qian", "sun"]
pytestmark = pytest.mark.django_db
YEAR = f"region=130324&year={county.YEAR}"
BOARD, REMIND = f"/admin/county/?{YEAR}", f"/admin/county/remind/?{YEAR}"


def remind(client, *bodies, **given):
    """The page that follows: {unit: what became of it}"""
    answer = client.post(REMIND, {"unit": [body.unit for body in bodies], **given})
    page = answer.content.decode()
    return dict(re.findall(r'<tr><td class="code">(.*?)</td><th scope="row">.*?</th><td>(.*?)</td></tr>', page))


@pytest.fixture
def bodies(sun):
    """Three bodies, with a draft that is late, one that is not, and none; each with a clerk."""
    found = county.bodies(3)
    for name, body in zip(("an", "bai", "cao"), found, strict=True):
        clerk(name, body)
    Budget.objects.bulk_create([county.budget(found[0], approved=30), county.budget(found[1], approved=3)])
    return found


def test_the_chosen_are_reminded_and_each_is_told(sun, bodies):
    late, soon, none = bodies
    assert remind(sun, late, none) == {"0001": "已发给an。", "0003": "已发给cao。"}
    assert [one.to[0] for one in mail.outbox] == ["an@example.cn", "cao@example.cn"]
    assert "an，您好！\n孙审核请您尽快办理。" in mail.outbox[0].body and "逾期 10 天" in mail.outbox[0].subject
    assert "下一步：开始填报" in mail.outbox[1].body
    assert {one.by.username for one in Reminder.objects.all()} == {"孙审核"}


def test_all_that_are_late_by_one_button(sun, bodies):
    given = county.budget(Department.objects.create(region=county.region(), unit="0004", name="第4乡"), approved=30)
    given.state, given.was_submitted = State.SUBMITTED, True
    given.save()
    assert "现在提醒全部逾期的" in sun.get(BOARD).content.decode()
    assert remind(sun, which="overdue") == {"0001": "已发给an。", "0004": "已送审，现在没有经办人要办的。"}


def test_the_board_shows_when_each_was_last_reminded(sun, bodies):
    remind(sun, bodies[0])
    day = timezone.localdate()
    assert sun.get(BOARD).content.decode().count(f"{day.month}月{day.day}日提醒过") == 1


def test_once_a_day_and_the_morning_after_says_nothing_twice(sun, bodies):
    assert remind(sun, bodies[0]) and remind(sun, bodies[0]) == {"0001": "an：今天已经提醒过，不再发。"}
    call_command("remind")
    assert "an@example.cn" not in [one.to[0] for one in mail.outbox[1:]]


def test_a_clerk_of_several_chosen_units_gets_one_mail(sun, bodies):
    Post.objects.create(user=User.objects.get(username="an"), role=Role.CLERK, department=bodies[2])
    assert remind(sun, bodies[0], bodies[2]) == {"0001": "已发给an。", "0003": "已发给an。已发给cao。"}
    assert len(mail.outbox) == 2 and "您填报的：2 份" in mail.outbox[0].body


def test_whoever_cannot_be_reached_is_named_with_the_reason(sun, bodies, monkeypatch):
    Post.objects.filter(department=bodies[1]).delete()
    User.objects.filter(username="cao").update(email="")
    refusing(monkeypatch, smtplib.SMTPSenderRefused(553, b"not you", "budget@example.cn"), "an@example.cn")
    assert remind(sun, *bodies) == {
        "0001": "an：邮件服务器没有收（553 not you），没有发出。",
        "0002": "没有经办人，请管理员在“谁管哪个单位”里加一个。",
        "0003": "cao：没有填电子邮箱，请管理员在“谁管哪个单位”里补上。",
    }


def test_how_many_units_nobody_was_reached_of(sun, bodies):
    User.objects.filter(username="an").update(email="")
    page = sun.post(REMIND, {"unit": [body.unit for body in bodies]}).content.decode()
    assert "3 个单位都办完了，<strong>1 个单位没有人收到</strong>" in page


def test_where_the_mail_server_is_gone_nobody_else_is_tried(sun, bodies, monkeypatch):
    tried = []

    def gone(message, **given):
        tried.append(message)
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", gone)
    said = "连不上邮件服务器，请核对 EMAIL_HOST、EMAIL_PORT 和加密方式，没有发出。"
    assert remind(sun, *bodies) == {"0001": f"an：{said}", "0002": f"bai：{said}", "0003": f"cao：{said}"}
    assert len(tried) == 1 and not Reminder.objects.exists()


def test_what_a_request_has_no_time_for_the_next_one_does(sun, bodies, monkeypatch):
    monkeypatch.setattr(by_hand, "SECONDS", -1)
    page = sun.post(REMIND, {"unit": ["0001"]}).content.decode()
    assert "还有 <strong>1 个单位</strong>没有轮到" in page and "an：还没有轮到。" in page and mail.outbox == []
    assert 'name="unit" value="0001"' in page
    monkeypatch.undo()
    assert remind(sun, bodies[0]) == {"0001": "已发给an。"}


def test_without_a_mail_server_or_a_choice_the_board_says_why(sun, bodies, settings):
    assert "没有选任何单位" in sun.post(REMIND, follow=True).content.decode()
    settings.EMAIL_HOST = ""
    assert "没有设置 EMAIL_HOST" in sun.post(REMIND, {"unit": "0001"}, follow=True).content.decode()


def test_who_may(sun, qian, owner, administrator, bodies, client):
    auditor = post(signed_in("审计"), Role.AUDITOR, "130324")
    foreign = post(signed_in("外县"), Role.REVIEWER, "310107")
    keeper = post(signed_in("王会计"), Role.CLERK, "130324")
    given = {"unit": "0001"}
    for nobody in (auditor, foreign, keeper, administrator, owner, signed_in("李旁人")):
        assert nobody.post(REMIND, given).status_code == 404
        assert nobody.post("/admin/county/remind/", given).status_code == 404
    assert client.post(REMIND, given).status_code == 302 and mail.outbox == []
    assert sun.get(REMIND).status_code == 405
    assert sun.post(REMIND, {"unit": ["0001", "9999"]}).status_code == 404 and mail.outbox == []
    county.region("310107", "普陀区")
    assert sun.post(REMIND.replace("130324", "310107"), given).status_code == 404
    assert remind(qian, bodies[0]) == {"0001": "已发给an。"}
    assert "现在提醒" not in auditor.get(BOARD).content.decode() + owner.get(BOARD).content.decode()


def test_both_buttons_of_the_board_have_their_own_boxes(qian, bodies):
    county.budget(Department.objects.create(region=county.region(), unit="0005", name="第5乡"), State.APPROVED).save()
    page = qian.get(BOARD).content.decode()
    assert page.count('name="unit"') == 4 and page.count('name="budget"') == 1  # 刘家营乡 has not begun, either
    assert reverse("county_publish") in page and reverse("county_remind") in page
