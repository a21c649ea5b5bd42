"""Finding the budget that a command names."""

from django.core.management.base import CommandError

from budget.documents import DEFAULT, DOCUMENTS
from budget.management.file import add_type_option
from budget.models import Budget


def add_budget_arguments(parser):
    """The three words that name a budget: 130324 909 2024."""
    parser.add_argument("region", help="六位区划代码，例如 130324")
    parser.add_argument("unit", help="单位编码，例如 909")
    parser.add_argument("year", type=int, help="预算年度，例如 2024")
    add_type_option(parser, default=DEFAULT, help="部门预算（默认）或单位预算")


def find_budget(region, unit, year, document=DEFAULT):
    """The budget, or CommandError with exit code 2."""
    found = Budget.objects.select_related("department__region", "source").filter(
        department__region=region, department__unit=unit, year=year, document=document
    )
    if budget := found.first():
        return budget
    which = f"{region} {unit} {year} 年的{DOCUMENTS[document].name}"
    raise CommandError(f"没有 {which}；请先用 import_budget 导入。", returncode=2)
