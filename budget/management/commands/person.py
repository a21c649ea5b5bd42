"""Make a person with a role, or give one more."""

import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from budget.admin.login.events import What, note
from budget.admin.login.invitation import invite
from budget.admin.login.posts import write_to
from budget.drafts.people import place_of
from budget.models import COUNTY_ROLES, Department, Post, Region, Role
from budget.website import origin


class Command(BaseCommand):
    help = (
        "登记一个人和他的岗位：谁管哪个单位、哪个县。已有的账号再加一个岗位。印出一个邀请链接，本人用它设密码。"
        "退出码：0 已登记；1 密码太弱、邮箱不对，或岗位和单位对不上；2 没有这个县或单位。"
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="用户名，也是他的姓名，例如 王会计")
        parser.add_argument("--role", required=True, choices=Role.values, help="岗位：" + "、".join(Role.labels))
        parser.add_argument(
            "--of",
            action="append",
            default=[],
            metavar="130324/909",
            help="经办人写区划代码和单位编码，审核人、公开人、审计人员只写区划代码；可以写几次",
        )
        parser.add_argument("--email", help="电子邮箱，收提醒用；不写就不改，写 '' 就不再发")
        parser.add_argument("--password-stdin", action="store_true", help="从标准输入读密码；不写就印出邀请链接")

    @transaction.atomic
    def handle(self, *, name, role, of, password_stdin, email=None, **options):
        places = [_place(role, where) for where in of] or ([{}] if role == Role.ADMINISTRATOR else [])
        if not places or (role == Role.ADMINISTRATOR and of):
            raise CommandError(_WHERE[role in COUNTY_ROLES, role == Role.ADMINISTRATOR], returncode=1)
        user, created = _account(name)
        for place in places:
            _give(user, role, place)
        if email is not None:
            write_to(None, user, _address(email))
        said = "、".join(str(post) for post in user.posts.all())
        self.stdout.write(f"{'新建' if created else '已有'}账号 {name}：{said}。")
        if password_stdin:
            _set_password(user, sys.stdin.readline().rstrip("\n"))
        else:
            link = f"{origin() or 'http://127.0.0.1:8000'}{invite(user)}"
            self.stdout.write(f"邀请链接（{settings.INVITATION_DAYS} 天内有效，只能用一次）：{link}")


def _account(name):
    user, created = get_user_model().objects.get_or_create(
        username=name, defaults={"first_name": name, "is_staff": True}
    )
    if created:
        user.set_unusable_password()
        user.save()
        note(What.CREATED, user)
    return user, created


def _address(text):
    try:
        if text:
            validate_email(text)
    except ValidationError as wrong:
        raise CommandError(f"“{text}”不是电子邮箱，例如 wang@example.cn。", returncode=1) from wrong
    return text


def _give(user, role, place):
    post, is_new = Post.objects.get_or_create(user=user, role=role, **place)
    if is_new:
        note(What.GIVEN, user, detail=str(post))


_WHERE = {
    (False, False): "经办人要写管哪个单位，例如 --of 130324/909。",
    (True, False): "请写管哪个县，例如 --of 130324。",
    (False, True): "系统管理员不管具体的单位和县，请不要写 --of。",
}


def _place(role, where):
    region, slash, unit = where.partition("/")
    if bool(slash) != (role == Role.CLERK):
        raise CommandError(_WHERE[role in COUNTY_ROLES, role == Role.ADMINISTRATOR], returncode=1)
    try:
        return place_of(role, region, unit)
    except (Region.DoesNotExist, Department.DoesNotExist) as missing:
        raise CommandError(f"没有登记“{where}”；请先登记这个{'单位' if slash else '县'}。", returncode=2) from missing


def _set_password(user, password):
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise CommandError("".join(weak.messages), returncode=1) from weak
    user.set_password(password)
    user.save()
    note(What.PASSWORD, user, detail="在服务器上设的")
