"""Load an official code list."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budget.codes import SCHEMES
from budget.intake.code_list import WrongList, read_code_list
from budget.intake.guard import Refused
from budget.management.file import read_file
from budget.official import load_official


class Command(BaseCommand):
    help = (
        "载入正式的科目或品目目录（.xlsx 或 .csv，有“编码”“名称”两栏），载入的都算已核实。"
        "退出码：0 已载入；1 目录里有错，未载入；2 文件无法读取。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="目录文件（.xlsx 或 .csv）")
        parser.add_argument("--scheme", required=True, choices=SCHEMES, help="功能分类、经济分类或采购品目")
        when = parser.add_mutually_exclusive_group(required=True)
        when.add_argument("--since", type=_day, help="起用日期，例如 2024-02-01：目录在一年当中也会改")
        when.add_argument("--edition", type=int, help="起用年度，例如 2024，就是从这年 1 月 1 日起")

    def handle(self, *, file, scheme, since, edition, **options):
        try:
            codes = read_code_list(read_file(file), scheme)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        except WrongList as wrong:
            raise CommandError(str(wrong), returncode=1) from wrong
        done = load_official(scheme, since or date(edition, 1, 1), codes)
        self.stdout.write(f"新增 {done.new} 条，改名 {done.renamed} 条，核实 {done.confirmed} 条。")


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"“{text}”不是日期；请写成 2024-02-01 这样") from wrong
