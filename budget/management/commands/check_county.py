"""All rules on every draft of a county, a line each."""

import sys

from django.core.management.base import BaseCommand, CommandError

from budget.checks.ledger import Outcome, check, findings_of
from budget.documents import DEFAULT, DOCUMENTS
from budget.drafts.load import load, names_of
from budget.finding import Level
from budget.models import Budget

BAR = 30


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
        names = {}
        for number, budget in enumerate(budgets.iterator(100), 1):
            date = budget.year, budget.approved_on
            if date not in names:
                names[date] = names_of(budget)
            line, errors = _line(budget, check(load(budget), names[date]))
            wrong += bool(errors)
            self.stdout.write(line)
            _progress(self.stderr, number, total)
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
    levels = [finding.level for finding in findings_of(ledger)]
    unknown = sum(entry.outcome == Outcome.UNKNOWN for entry in ledger)
    counts = "　".join(f"{level.label} {levels.count(level)}" for level in Level)
    kind = f" {DOCUMENTS[budget.document].name}" if budget.document != DEFAULT else ""
    whose = f"{budget.department.unit} {budget.department.name} {budget.year}{kind}"
    return f"{whose}　{counts}　缺数 {unknown}", levels.count(Level.ERROR)


def _progress(out, number, total):
    """A bar that is drawn over itself, on a terminal only."""
    if sys.stderr.isatty():
        done = number * BAR // total
        end = "\n" if number == total else ""
        out.write(f"\r[{'█' * done}{' ' * (BAR - done)}] {number}/{total}", ending=end)
