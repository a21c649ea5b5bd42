"""Workbooks to be filled in, of one body or of a whole county."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budget.models import Budget
from disclosures.to_fill import write
from disclosures.to_fill.county import blank_for, of_year, pack


class Command(BaseCommand):
    help = (
        "生成填报用的 Excel：照上年的科目、项目和清单，金额空着，合计是公式。一个单位是一个 .xlsx，一个县是一个 .zip；"
        "填好以后用 import_budget 导回。退出码：0 已生成；2 没有这一年或上年的预算，或写不了文件。"
    )

    def add_arguments(self, parser):
        parser.add_argument("region", help="六位区划代码，例如 130324")
        parser.add_argument("year", type=int, help="要填报的年度，例如 2025")
        parser.add_argument("--unit", default="", help="单位编码；不写就是全县，写成 .zip")
        parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个文件")

    def handle(self, *, region, year, unit, output, **options):
        budgets = Budget.objects.filter(department__region=region, **({"department__unit": unit} if unit else {}))
        found = of_year(budgets, year)
        if not found:
            raise CommandError(f"没有 {year} 年和 {year - 1} 年的预算，不知道有哪些科目和项目。", returncode=2)
        try:
            count = _written(found, bool(unit), output)
        except OSError as error:
            raise CommandError(f"写不了文件“{output}”：{error.strerror}", returncode=2) from error
        self.stdout.write(f"已生成 {count} 份：{output}")


def _written(found, is_single, output):
    """A workbook for the only budget of one body, else an archive; how many workbooks."""
    if is_single and len(found) == 1:
        output.write_bytes(write(blank_for(*found[0])))
        return 1
    with output.open("wb") as target:
        return pack(found, target)
