"""Open a year for many bodies at once, each from its year before."""

from django.core.management.base import BaseCommand, CommandError

from budget.documents import DEFAULT, DOCUMENTS
from budget.drafts.door import ON_THE_SERVER
from budget.drafts.next_year import begin_next
from budget.management.folder import say_progress
from budget.models import Budget


class Command(BaseCommand):
    help = (
        "照上年开始一个年度：科目、项目和指标、机构、固定资产的各行、情况说明，金额空着。已经填了的部分不动，可以再运行。"
        "退出码：0 都开始了；1 有的已经办理完，没有改；2 没有上年的预算。"
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, help="要开始的年度，例如 2025")
        parser.add_argument("--region", default="", help="六位区划代码；不写就是各县")
        parser.add_argument("--unit", default="", help="单位编码；不写就是各单位")
        parser.add_argument("--type", default="", choices=["", *DOCUMENTS], help="预算的种类；不写就是各种")

    def handle(self, *, year, region, unit, type, **options):
        found = _of_last_year(year, region, unit, type)
        total, closed = found.count(), 0
        if not total:
            raise CommandError(f"没有 {year - 1} 年的预算可以照着开始；请先导入 {year - 1} 年的。", returncode=2)
        for number, last in enumerate(found, 1):
            begun = _begun(last)
            closed += bool(begun and begun.closed) or begun is None
            self.stdout.write(_line(last, begun))
            say_progress(self.stderr, number, total)
        self.stdout.write(f"共 {total} 份，{total - closed} 份可以填报。")
        if closed:
            raise CommandError(f"{closed} 份已经办理，没有改。", returncode=1)


def _of_last_year(year, region, unit, kind):
    wanted = {"department__region": region, "department__unit": unit, "document": kind}
    found = Budget.objects.filter(year=year - 1, **{key: value for key, value in wanted.items() if value})
    return found.select_related("department__region").order_by("department__region", "department__unit", "document")


def _begun(last):
    """What was begun; None for a budget that is on its way already, which the server would make a draft again."""
    there = Budget.objects.filter(department=last.department, document=last.document, year=last.year + 1).first()
    return None if there and there.closed else begin_next(last, ON_THE_SERVER)


def _line(last, begun):
    """One budget in one line."""
    kind = f" {DOCUMENTS[last.document].name}" if last.document != DEFAULT else ""
    whose = f"{last.department.unit} {last.department.name}{kind}"
    if begun is None:
        return f"{whose}　已经办理，没有改"
    return f"{whose}　{'新建' if begun.created else '补上' if begun.changed else '没有变化'}　{begun.taken.in_words()}"
