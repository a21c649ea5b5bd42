"""谁管哪个单位: what an administrator sees and does there, and that it never goes above themselves."""

import re
import time

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django_otp.plugins.otp_totp.models import TOTPDevice

from budget.models import COUNTY_ROLES, AccountEvent, Department, Post, Region, Role
from tests.budget.people import administrator, body, owner, post, signed_in, wang, with_second_factor
from tests.budget.test_log_in import GOOD, words

__all__ = ["administrator", "owner", "wang"]
pytestmark = pytest.mark.django_db
PEOPLE, NEW = "/admin/people/", "/admin/people/new/"
PLACE = {Role.CLERK: "130324/909", Role.ADMINISTRATOR: ""} | dict.fromkeys(COUNTY_ROLES, "130324")


def page_of(user):
    return f"{PEOPLE}{user.pk}/"


def link_in(answer):
    """The path of the invitation that a page shows."""
    return re.search(r"http://testserver(/admin/invitation/[^\"/]+/)", answer.content.decode())[1]


def done(what, whom):
    """Whether it is noted that somebody did this to a person: by whom."""
    return list(AccountEvent.objects.filter(what=what, whom=whom).values_list("by", flat=True))


def test_a_body_without_a_clerk_is_shown_first(administrator, wang):
    body("130324")
    Department.objects.create(region_id="130324", unit="910", name="卢龙县木井镇人民政府")
    said = words(administrator.get(PEOPLE))
    assert "还有1个单位没有经办人" in said
    assert said.index("没有经办人的单位：1个910卢龙县木井镇人民政府") < said.index(
        "有经办人的单位：1个909卢龙县刘家营乡人民政府：王会计"
    )


@pytest.mark.parametrize("role", Role)
def test_a_person_is_added_with_a_post_and_an_invitation_in_one_form(administrator, role):
    body("130324")
    answer = administrator.post(NEW, {"name": "新 来的", "role": role, "of": PLACE[role], "email": "a@example.cn"})
    person = User.objects.get(username="新来的")
    assert [held.role for held in person.posts.all()] == [role] and not person.has_usable_password()
    assert done("created", person) == done("given", person) == done("invited", person) == ["陈管理"]
    chosen = {"new_password1": GOOD, "new_password2": GOOD}
    newcomer = Client()
    assert newcomer.post(link_in(answer), chosen).url == "/admin/"
    leads_to = newcomer.get("/admin/password_change/")
    needs = role in (Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR)
    assert leads_to.status_code == (302 if needs else 200)


@pytest.mark.parametrize(
    "typed",
    ["130324/909", "909", "130324/909 卢龙县刘家营乡人民政府", " 卢龙县刘家营乡人民政府 ", "刘家营"],
)
def test_a_body_is_found_as_people_write_it(administrator, typed):
    body("130324")
    body("310107")
    administrator.post(NEW, {"name": "新来的", "role": "clerk", "of": typed})
    assert Post.objects.get(role="clerk").department.name == "卢龙县刘家营乡人民政府"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "role": "clerk", "of": "909"}, "必填"),
        ({"name": "甲", "role": "clerk", "of": ""}, "请写管哪里"),
        ({"name": "甲", "role": "clerk", "of": "999"}, "没有找到这个单位：“999”"),
        ({"name": "甲", "role": "reviewer", "of": "北京"}, "没有找到这个县：“北京”"),
        ({"name": "甲", "role": "clerk", "of": "人民政府"}, "“人民政府”有几个"),
        ({"name": "甲", "role": "clerk", "of": "a/b/c"}, "没有找到"),
        ({"name": "甲", "role": "reviewer", "of": "130324/909"}, "没有找到"),
        ({"name": "甲", "role": "king", "of": "909"}, "king"),
        ({"name": "甲\0", "role": "clerk", "of": "909"}, "空字符"),
        ({"name": "甲", "role": "clerk", "of": "9\x009"}, "空字符"),
        ({"name": "甲" * 200, "role": "clerk", "of": "909"}, "150"),
        ({"name": "陈管理", "role": "clerk", "of": "909"}, "已经有人用“陈管理”登录"),
        ({"name": "甲", "username": "有 空格", "role": "clerk", "of": "909"}, "用户名只能用"),
        ({"name": "甲（乙）", "role": "clerk", "of": "909"}, "用户名只能用"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_half_made(administrator, form, said):
    body("130324")
    body("310107")
    answer = administrator.post(NEW, form)
    assert answer.status_code == 200 and said in words(answer).replace("“", "“")
    assert User.objects.count() == 1 and not AccountEvent.objects.exists()
    assert escape(form["name"].replace("\0", "")) in answer.content.decode()


def test_a_post_is_given_and_taken_away(administrator, wang):
    there = page_of(wang.user)
    assert wang.get("/admin/budget/budget/").status_code == 200
    said = administrator.post(there, {"do": "give", "role": "auditor", "of": "130324"}, follow=True)
    assert "王会计现在是审计人员" in words(said) and done("given", wang.user) == ["陈管理"]
    assert "已经是" in words(administrator.post(there, {"do": "give", "role": "auditor", "of": "130324"}))
    for held in list(wang.user.posts.all()):
        administrator.post(there, {"do": "take", "post": held.pk})
    assert not wang.user.posts.exists() and wang.get("/admin/budget/budget/").status_code == 403
    assert len(done("taken", wang.user)) == 3
    assert "没有岗位的账号" in words(administrator.get(PEOPLE))


@pytest.mark.parametrize("number", ["", "x", "²", "9" * 40, "0"])
def test_a_post_that_is_gone_or_forged_is_told(administrator, wang, number):
    answer = administrator.post(page_of(wang.user), {"do": "take", "post": number})
    assert "这个岗位已经取消了" in words(answer) and wang.user.posts.count() == 2


def test_an_address_for_reminders_is_written_mended_and_taken_away(administrator, wang):
    there = page_of(wang.user)
    assert "没有填，收不到提醒" in words(administrator.get(there))
    for typed, said in (("wang@example.cn", "王会计的提醒发到wang@example.cn"), ("", "王会计不收提醒")):
        assert said in words(administrator.post(there, {"do": "email", "email": typed}, follow=True))
        wang.user.refresh_from_db()
        assert wang.user.email == typed
    assert done("email", wang.user) == ["陈管理", "陈管理"]
    assert "example.cn" not in "".join(AccountEvent.objects.values_list("detail", flat=True))
    administrator.post(there, {"do": "email", "email": ""})
    assert len(done("email", wang.user)) == 2  # as it was


@pytest.mark.parametrize("typed", ["wang", "wang@example.cn\nBcc: x@example.cn", "a@b.cn, c@d.cn"])
def test_what_is_no_address_stays_in_the_form(administrator, wang, typed):
    answer = administrator.post(page_of(wang.user), {"do": "email", "email": typed})
    assert answer.status_code == 200 and "<details open>" in answer.content.decode()
    assert not User.objects.get(pk=wang.user.pk).email and not AccountEvent.objects.exists()


def test_only_this_persons_posts_are_taken_on_their_page(administrator, wang):
    own = administrator.user.posts.get()
    administrator.post(page_of(wang.user), {"do": "take", "post": own.pk})
    assert Post.objects.filter(pk=own.pk).exists()


def test_an_account_is_disabled_and_enabled(administrator, wang):
    there = page_of(wang.user)
    wang.get("/admin/")
    administrator.post(there, {"do": "disable"})
    assert wang.get("/admin/").status_code == 302 and "已停用，不能登录" in words(administrator.get(there))
    assert "请先恢复使用" in words(administrator.post(there, {"do": "invite"}))
    administrator.post(there, {"do": "enable"})
    assert wang.get("/admin/").status_code == 302  # the sessions before are over
    assert done("disabled", wang.user) == done("enabled", wang.user) == ["陈管理"]


def test_inviting_again_gives_a_new_link_and_ends_the_lock(administrator, wang):
    AccessAttempt.objects.create(username="王会计", ip_address="10.0.0.1", failures_since_start=5)
    link = link_in(administrator.post(page_of(wang.user), {"do": "invite"}))
    assert Client().get(link).status_code == 200 and not AccessAttempt.objects.exists()
    assert "邀请已发出，还没有用" in words(administrator.get(page_of(wang.user)))


def test_a_person_is_signed_out_everywhere(administrator, wang):
    wang.get("/admin/")
    administrator.post(page_of(wang.user), {"do": "sign_out"})
    assert wang.get("/admin/").status_code == 302 and done("signed_out", wang.user) == ["陈管理"]


def test_a_second_factor_is_reset_and_journaled(administrator):
    sun = post(signed_in("孙审核"), Role.REVIEWER, "130324")
    inside = "/admin/password_change/"
    assert sun.get(inside).status_code == 200 and "已经打开" in words(administrator.get(page_of(sun.user)))
    administrator.post(page_of(sun.user), {"do": "reset"})
    assert not TOTPDevice.objects.filter(user=sun.user).exists() and sun.get(inside).status_code == 302
    assert done("reset", sun.user) == ["陈管理"] and "重设两步验证" in words(administrator.get(page_of(sun.user)))


DEEDS = [{"do": do} for do in ("invite", "reset", "disable", "enable", "sign_out")]
DEEDS += [{"do": "email", "email": "a@example.cn"}]
DEEDS += [{"do": "give", "role": "clerk", "of": "909"}, {"do": "take", "post": "1"}]


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_reaches_above_themselves(administrator, owner, deed):
    User.objects.filter(pk=administrator.user.pk).update(is_superuser=False)
    body("130324")
    assert administrator.get(page_of(owner.user)).status_code == 404
    assert administrator.post(page_of(owner.user), deed).status_code == 404
    assert "服务器的主人" not in words(administrator.get(f"{PEOPLE}?q=主人"))
    assert not AccountEvent.objects.exists()


@pytest.mark.parametrize("deed", [one for one in DEEDS if one["do"] in ("reset", "disable", "give")])
def test_what_one_does_not_do_to_oneself_is_said(administrator, deed):
    body("130324")
    answer = administrator.post(page_of(administrator.user), deed)
    assert "另一位管理员" in words(answer) and not AccountEvent.objects.exists()
    own = administrator.user.posts.get()
    taken = administrator.post(page_of(administrator.user), {"do": "take", "post": own.pk})
    assert "另一位管理员" in words(taken) and administrator.user.posts.exists()


@pytest.mark.parametrize("role", [Role.CLERK, *COUNTY_ROLES])
def test_the_others_have_nothing_to_do_here(role, wang):
    client = post(signed_in("某人"), role, "130324")
    for address in (PEOPLE, NEW, page_of(wang.user)):
        answers = (
            client.get(address),
            client.post(address, {"name": "乙", "role": "clerk", "of": "909", "do": "disable"}),
        )
        assert [answer.status_code for answer in answers] == [403, 403], address
    assert not AccountEvent.objects.exists() and User.objects.get(username="王会计").is_active


def test_a_stranger_is_asked_to_log_in(wang):
    for address in (PEOPLE, NEW, page_of(wang.user), "/admin/second-factor/", "/admin/password_change/"):
        assert Client().get(address).url.startswith("/admin/login/")


def test_the_owner_sees_and_does_it_all(owner, wang):
    second = User.objects.create_superuser("另一个主人", password=GOOD)
    assert owner.get(page_of(second)).status_code == 200
    assert "另一个主人" in words(owner.get(f"{PEOPLE}?q=另一个"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("王会", "王会计"),
        ("木井", "木井镇"),
        ("910", "木井镇"),
        ("卢龙", "没有经办人的单位：1个"),
        ("不存在", "0个人，0个县"),
    ],
)
def test_people_and_bodies_are_found(administrator, wang, typed, found):
    body("130324")
    Department.objects.create(region_id="130324", unit="910", name="卢龙县木井镇人民政府")
    assert found in words(administrator.get(PEOPLE, {"q": typed}))


def test_nothing_of_raw_django_shows(administrator, wang):
    for address in (PEOPLE, NEW, page_of(wang.user), "/admin/password_change/", "/admin/second-factor/"):
        page = re.sub(r"<script[\s\S]*?</script>", "", administrator.get(address).content.decode())
        assert not re.search(r"[A-Za-z]{3,} [a-z]{3,} [a-z]{2,}", re.sub(r"<[^>]*>", " ", page)), address
    for gone in (
        "/admin/auth/user/",
        "/admin/auth/group/",
        "/admin/budget/post/",
        "/admin/otp_totp/totpdevice/",
        "/admin/axes/",
    ):
        assert administrator.get(gone).status_code == 404


def test_six_hundred_bodies_in_few_queries_and_at_once(administrator):
    """20 counties, 600 bodies, each with a clerk but sixty. Of the processor: others may be at work on the machine."""
    regions = [Region(code=f"9900{n:02}", name=f"第{n}县") for n in range(20)]
    Region.objects.bulk_create(regions)
    bodies = [
        Department(region=region, unit=f"{n:03}", name=f"第{n}乡人民政府")
        for region in regions
        for n in range(100, 130)
    ]
    Department.objects.bulk_create(bodies)
    users = User.objects.bulk_create(User(username=f"会计{n}", is_staff=True) for n in range(540))
    Post.objects.bulk_create(Post(user=u, role="clerk", department=d) for u, d in zip(users, bodies, strict=False))
    administrator.get(PEOPLE)
    for address in (PEOPLE, f"{PEOPLE}?q=第3县", NEW, page_of(users[0])):
        began = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            assert administrator.get(address).status_code == 200
        took = time.process_time() - began
        assert len(queries) <= 25 and took < 0.5, (address, len(queries), took)


def test_the_command_prints_an_invitation(capsys):
    body("130324")
    call_command("person", "钱会计", "--role", "clerk", "--of", "130324/909")
    link = re.search(r"http://127.0.0.1:8000(/admin/invitation/\S+/)", capsys.readouterr().out)[1]
    assert Client().get(link).status_code == 200
    person = User.objects.get()
    assert done("created", person) == done("given", person) == done("invited", person) == ["服务器"]


def test_the_command_notes_where_reminders_go(capsys):
    body("130324")
    clerk = ("钱会计", "--role", "clerk", "--of", "130324/909")
    call_command("person", *clerk, "--email", "qian@example.cn")
    call_command("person", *clerk)
    assert User.objects.get().email == "qian@example.cn" and done("email", User.objects.get()) == ["服务器"]
    with pytest.raises(CommandError, match="“qian”不是电子邮箱") as wrong:
        call_command("person", *clerk, "--email", "qian")
    assert wrong.value.returncode == 1 and User.objects.get().email == "qian@example.cn"
    call_command("person", *clerk, "--email", "")
    assert User.objects.get().email == ""


def test_a_pattern_of_addresses_is_no_place_of_the_site(settings, capsys):
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example.cn", "https://budget.example.cn"]
    body("130324")
    call_command("person", "钱会计", "--role", "clerk", "--of", "130324/909")
    assert "https://budget.example.cn/admin/invitation/" in capsys.readouterr().out


def test_the_command_makes_nothing_of_what_is_wrong():
    body("130324")
    with pytest.raises(CommandError):
        call_command("person", "钱会计", "--role", "clerk", "--of", "130324/999")
    assert not User.objects.exists() and not AccountEvent.objects.exists()


def test_with_second_factor_lets_a_test_in(administrator):
    assert with_second_factor(administrator).get(PEOPLE).status_code == 200
