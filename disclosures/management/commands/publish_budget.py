"""Freeze a draft as the next version."""

from django.core.management.base import BaseCommand, CommandError

from disclosures.management.find import add_budget_arguments, find_budget
from disclosures.publish import NotPublished, Unexplained, publish


class Command(BaseCommand):
    help = (
        "公开一份预算：存成不可更改、有编号和校验码的一版。"
        "退出码：0 已公开；1 还有错误没有说明，有画不出来的页，或公开人是系统账号；2 没有这份预算。"
    )

    def add_arguments(self, parser):
        add_budget_arguments(parser)
        parser.add_argument("--by", default="", help="公开人：机关或个人的名称，随预算一同公开；不写就是编制单位自己")
        parser.add_argument("--explain", default="", help="还有错误时必须写明的说明，随预算一同公开")

    def handle(self, *, region, unit, year, document, by, explain, **options):
        budget = find_budget(region, unit, year, document)
        try:
            publication, created = publish(budget, by, explain)
        except Unexplained as refusal:
            for finding in refusal.findings:
                self.stdout.write(f"错误　{finding['message']}")
            raise CommandError(f'{refusal}（--explain "说明"）', returncode=1) from refusal
        except NotPublished as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        word = "已公开" if created else "没有变化，仍是"
        self.stdout.write(f"{word}：{publication}，校验码 {publication.sha256}")
