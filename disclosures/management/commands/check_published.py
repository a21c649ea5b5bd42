"""The same rules on what is published."""

import json

from django.core.management.base import BaseCommand, CommandError

from budget.checks.ledger import check, findings_of
from budget.drafts.load import names_for
from budget.finding import errors
from budget.management.say import say_findings, say_ledger
from disclosures.content import thaw, upgrade
from disclosures.management.find import add_budget_arguments
from disclosures.models import Publication


class Command(BaseCommand):
    help = "用同样的规则核对已公开的预算（现行版）。退出码：0 没有错误；1 至少一处错误；2 没有公开过。"

    def add_arguments(self, parser):
        add_budget_arguments(parser)

    def handle(self, *, region, unit, year, document, **options):
        found = Publication.objects.at(region, unit, year, document).first()
        if found is None:
            raise CommandError(f"{region} {unit} {year} 年的预算没有公开过。", returncode=2)
        dossier = thaw(upgrade(json.loads(found.content)))
        ledger = check(dossier, names_for(year, dossier.recorded.approved_on))
        findings = findings_of(ledger)
        say_findings(self.stdout, findings)
        say_ledger(self.stdout, ledger)
        if wrong := errors(findings):
            raise CommandError(f"共 {wrong} 处错误。", returncode=1)
