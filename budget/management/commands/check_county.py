"""All rules on every draft of a county, a line each."""

from django.core.management.base import BaseCommand, CommandError

from budget.checks.ledger import Outcome, check, findings_of
from budget.documents import DEFAULT, DOCUMENTS
from budget.drafts.load import load, names_once
from budget.finding import counts, errors
from budget.management.folder import say_progress
from budget.models import Budget


class Command(BaseCommand):
    help = "核对一个县的全部部门预算，逐个列出错误、警告、提示和缺数。退出码：0 没有错误；1 至少一处错误；2 没有预算。"

    def add_arguments(self, parser):
        parser.add_argument("--region", default="", help="六位区划代码，例如 130324；不写就核对全部")
        parser.add_argument("--year", type=int, help="预算年度；不写就核对各年")

    def handle(self, *, region, year, **options):
        budgets = _budgets(region, year)
        total, wrong = budgets.count(), 0
        if not total:
            raise CommandError("没有可以核对的预算；请先导入。", returncode=2)
        names = names_once()
        for number, budget in enumerate(budgets.iterator(100), 1):
            line, found = _line(budget, check(load(budget), names(budget)))
            wrong += bool(found)
            self.stdout.write(line)
            say_progress(self.stderr, number, total)
        self.stdout.write(f"共核对 {total} 份预算，{total - wrong} 份没有错误，{wrong} 份有错误。")
        if wrong:
            raise CommandError(f"{wrong} 份预算有错误。", returncode=1)


def _budgets(region, year):
    found = Budget.objects.select_related("department__region", "source")
    found = found.order_by("department__unit", "year", "document")
    found = found.filter(department__region=region) if region else found
    return found.filter(year=year) if year else found


def _line(budget, ledger):
    """One budget in one line, and how many errors it has."""
    findings = findings_of(ledger)
    unknown = sum(entry.outcome == Outcome.UNKNOWN for entry in ledger)
    kind = f" {DOCUMENTS[budget.document].name}" if budget.document != DEFAULT else ""
    whose = f"{budget.department.unit} {budget.department.name} {budget.year}{kind}"
    return f"{whose}　{counts(findings)}　缺数 {unknown}", errors(findings)
