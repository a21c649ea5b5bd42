import json

from django.core.management.base import BaseCommand, CommandError

from budget.checks.finding import Level
from budget.checks.ledger import check, findings_of
from budget.management.say import say_findings, say_ledger
from budget.store import names_for
from disclosures.content import facts_of
from disclosures.models import Publication


class Command(BaseCommand):
    help = "用同样的规则核对已公开的预算（现行版）。退出码：0 没有错误；1 至少一处错误；2 没有公开过。"

    def add_arguments(self, parser):
        parser.add_argument("region", help="六位区划代码，例如 130324")
        parser.add_argument("unit", help="单位编码，例如 909")
        parser.add_argument("year", type=int, help="预算年度，例如 2024")

    def handle(self, *, region, unit, year, **options):
        found = (
            Publication.objects.current().filter(department__region=region, department__unit=unit, year=year).first()
        )
        if found is None:
            raise CommandError(f"{region} {unit} {year} 年的预算没有公开过。", returncode=2)
        ledger = check(facts_of(json.loads(found.content)), names_for(year))
        findings = findings_of(ledger)
        say_findings(self.stdout, findings)
        say_ledger(self.stdout, ledger)
        if errors := sum(f.level == Level.ERROR for f in findings):
            raise CommandError(f"共 {errors} 处错误。", returncode=1)
