"""Read and check a file without any database: what a township can run before it hands anything in."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budget.annotated import annotate
from budget.checks.ledger import check
from budget.finding import Level
from budget.intake import guard
from budget.intake.agreement import disagreements
from budget.intake.guard import Refused
from budget.intake.identity import Given
from budget.intake.lengths import too_long
from budget.intake.read import read
from budget.management.file import add_type_option, read_file
from budget.management.say import say_findings, say_ledger

KEYS = "rule、level、message、reader、cause、places、cells、expected、found"


class Command(BaseCommand):
    help = "只读取和核对一个文件，不需要数据库。退出码：0 没有错误；1 至少一处错误；2 文件无法读取。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="预算文件（.xlsx、.xls、.docx 或 .pdf）")
        parser.add_argument("--json", action="store_true", help=f"以 JSON 输出：{KEYS}")

        add_type_option(parser, default="", help="种类；文件里没有写明，或部门预算、单位预算都写了时填写")
        parser.add_argument(
            "--annotated",
            type=Path,
            metavar="OUT",
            help="另存一份标注了不符之处的文件（.xls、.pdf 得到一份 Word 清单）",
        )

    def handle(self, *, file, annotated, document, **options):
        data = read_file(file)
        try:
            reading = read(data, Given(document=document))
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        ledger = check(reading.dossier)
        findings = reading.problems + too_long(reading.entries) + disagreements(reading, ledger)
        if options["json"]:
            self.stdout.write(json.dumps([f.as_dict() for f in findings], ensure_ascii=False, indent=1))
        else:
            say_findings(self.stdout, findings)
            say_ledger(self.stdout, ledger)
        if annotated:
            annotated.write_bytes(annotate(data, guard.inspect(data), findings))
        if errors := sum(f.level == Level.ERROR for f in findings):
            raise CommandError(f"共 {errors} 处错误。", returncode=1)
