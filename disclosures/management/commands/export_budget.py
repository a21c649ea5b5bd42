"""A draft as a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from disclosures.management.find import add_budget_arguments, find_budget
from disclosures.outputs import OUTPUTS
from disclosures.pages.disclosure import Disclosure
from disclosures.publish import as_it_stands


class Command(BaseCommand):
    help = (
        "把一份预算（草稿的现状；与已公开的相同时就是公开的那一版）导出为文件。"
        "退出码：0 已导出；2 没有这份预算或写不了文件。"
    )

    def add_arguments(self, parser):
        add_budget_arguments(parser)
        parser.add_argument("--format", choices=OUTPUTS, required=True, help="文件格式")
        parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个文件")

    def handle(self, *, region, unit, year, document, format, output, **options):
        data = Disclosure(as_it_stands(find_budget(region, unit, year, document))).file(OUTPUTS[format])
        try:
            output.write_bytes(data)
        except OSError as error:
            raise CommandError(f"写不了文件“{output}”：{error.strerror}", returncode=2) from error
        self.stdout.write(f"已导出：{output}（{len(data):,} 字节）")
