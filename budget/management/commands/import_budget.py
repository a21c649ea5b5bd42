"""Read, check and save a township's file as a draft."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budget.checks.ledger import check, findings_of
from budget.drafts.load import names_for
from budget.drafts.save import save
from budget.intake.guard import Refused
from budget.intake.identity import missing_identity
from budget.intake.lengths import too_long
from budget.intake.read import read
from budget.management.file import add_identity_options, given, read_file
from budget.management.say import say_findings


class Command(BaseCommand):
    help = "读取 .xlsx 或 .docx 文件，核对，存为草稿。退出码：0 已保存；1 有读不出的单元格，未保存；2 文件无法读取。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="预算文件（.xlsx 或 .docx）")
        add_identity_options(parser)

    def handle(self, *, file, **options):
        data = read_file(file)
        try:
            reading = read(data, given(options))
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        problems = reading.problems + too_long(reading.entries) + missing_identity(reading.entries, reading.original)
        if problems:
            say_findings(self.stdout, problems)
            raise CommandError(f"有 {len(problems)} 处读不出来，没有保存任何内容；请改正后再导入。", returncode=1)
        saved = save(reading, data, file.name)
        ledger = check(reading.dossier, names_for(saved.budget.year))
        say_findings(self.stdout, reading.findings + findings_of(ledger))
        if reading.unmatched:
            self.stdout.write(f"没有用到的工作表或表格：{'、'.join(reading.unmatched)}")
        self.stdout.write(_outcome(saved))


def _outcome(saved):
    if saved.created:
        return f"已存为草稿：{saved.budget}"
    if saved.changed:
        return f"已更新草稿：{saved.budget}"
    return f"与现有草稿相同，没有变化：{saved.budget}"
