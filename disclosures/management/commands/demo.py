"""The whole portal with a real budget in it, from nothing, in one command."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from budget.drafts.save import save
from budget.intake.read import read
from budget.models import Budget, Post, Role
from budget.sample.bodies import COUNTY, REGION
from disclosures import sample_county
from disclosures.models import Publication
from disclosures.publish import publish

SAMPLE = Path(settings.BASE_DIR) / "tests" / "files" / "originals" / "liujiaying-2024.docx"
CLERK = "clerk"
EXPLANATION = (
    "这是演示。上报文件的“三公”经费合计漏填，本页按明细补为 22.39 万元；机关运行经费漏写文字；"
    "服务群众专项经费的成本指标把元写成了万元；固定资产总额与分项之和相差 309.59 万元，"
    "拟购置固定资产与采购表相差 5.00 万元，乡政府正在核对。"
)


class Command(BaseCommand):
    help = (
        "演示：建库，从 Word 文件导入刘家营乡 2024 年部门预算并公开，打印网址和一次性的经办人密码，然后提供网页。"
        "加 --county 是一个虚构的县：十四个乡镇、三年、各种办理状态，每种岗位一个账号。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
        parser.add_argument("--county", action="store_true", help="一个虚构的县，大约一分钟")

    def handle(self, *, port, county, **options):
        call_command("migrate", verbosity=0)
        self.stdout.write(self._county(f"http://127.0.0.1:{port}") if county else self._township(port))
        self.stdout.flush()
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    def _county(self, root):
        if not sample_county.is_there():
            sample_county.county(lambda name: self.stdout.write(f"  {name}"))
        return _county_greeting(root, sample_county.passwords())

    def _township(self, port):
        budget = Budget.objects.filter(department__region="130324", department__unit="909", year=2024).first()
        budget = budget or _sample()
        password = _clerk_password(budget.department)
        return _greeting(budget, f"http://127.0.0.1:{port}", password)


def _sample():
    """The sample, loaded and published; a later start leaves alone what was changed meanwhile."""
    data = SAMPLE.read_bytes()
    budget = save(read(data), data, SAMPLE.name).budget
    publish(budget, break_glass=EXPLANATION)
    return budget


def _clerk_password(department):
    """The body's clerk, under a password made anew at every start."""
    clerk, _ = get_user_model().objects.get_or_create(
        username=CLERK, defaults={"is_staff": True, "first_name": "演示经办人"}
    )
    password = secrets.token_urlsafe(9)
    clerk.set_password(password)
    clerk.save()
    Post.objects.get_or_create(user=clerk, role=Role.CLERK, department=department)
    return password


def _greeting(budget, root, password):
    place = f"{root}{Publication.objects.get(department=budget.department, version=1).address}"
    return "\n".join(
        [
            "",
            f"  首页　　　　{root}/",
            f"  部门预算　　{place}",
            f"  九张表　　　{place}tables/",
            f"  下载 Excel　{place}disclosure.xlsx",
            f"  经办人入口　{root}/admin/　用户名 {CLERK}　本次密码 {password}",
            "",
            "  按 Ctrl+C 停止。",
            "",
        ]
    )


def _county_greeting(root, people):
    logins = [f"  {name}　用户名 {username}　本次密码 {password}" for username, name, password in people]
    return "\n".join(
        [
            "",
            f"  {COUNTY}是虚构的：乡镇、人名和数字都是编的，只供试用。",
            f"  首页　　　　{root}/",
            f"  全县　　　　{root}/{REGION}/",
            f"  经办和审核　{root}/admin/",
            *logins,
            "",
            "  按 Ctrl+C 停止。",
            "",
        ]
    )
