"""Freeze what is approved as the next version."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from budget.checks.ledger import check, findings_of
from budget.drafts.door import ON_THE_SERVER, Doing, How, change, explained, held, now, said_of
from budget.drafts.flat import EXPLANATIONS
from budget.drafts.load import load, names_of
from budget.finding import Level
from disclosures.management.find import add_budget_arguments, find_budget
from disclosures.publish import NotPublished, publish


class Command(BaseCommand):
    help = (
        "公开一份审核通过、齐全的预算：存成不可更改、有编号和校验码的一版。"
        "退出码：0 已公开；1 没有审核通过、还缺内容、有画不出来的页，或公开人是系统账号；2 没有这份预算。"
    )

    def add_arguments(self, parser):
        add_budget_arguments(parser)
        parser.add_argument("--by", default="", help="公开人：机关或个人的名称，随预算一同公开；不写就是编制单位自己")
        parser.add_argument(
            "--explain",
            action="append",
            default=[],
            metavar="I24=原因",
            help="一条规则的错误为什么可以保留，随预算一同公开；每条规则写一次。审核以后再写，就要重新审核",
        )
        parser.add_argument(
            "--break-glass", default="", metavar="原因", help="服务器的主人不经审核就公开的原因；会记下来，并且公开"
        )

    def handle(self, *, region, unit, year, document, by, explain, break_glass, **options):
        budget = find_budget(region, unit, year, document)
        try:
            with transaction.atomic():
                _explain(held(budget), by, dict(map(_said, explain)))
                publication, created = publish(budget, by, break_glass)
        except NotPublished as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        word = "已公开" if created else "没有变化，仍是"
        self.stdout.write(f"{word}：{publication}，校验码 {publication.sha256}")


def _said(text):
    rule, equals, why = text.partition("=")
    if not (equals and rule.strip() and why.strip()):
        raise CommandError(f"“--explain {text}”看不懂，请写成 --explain I24=原因。", returncode=1)
    return rule.strip(), why.strip()


def _explain(budget, by, reasons):
    """Say of each error of these rules, by itself, why it may stand."""
    if not reasons:
        return
    found = [one for finding in findings_of(check(load(budget), names_of(budget))) for one in finding.alone]
    errors = [one for one in found if one.level == Level.ERROR and one.rule in reasons]
    if missing := reasons.keys() - {one.rule for one in errors}:
        raise CommandError(f"没有 {'、'.join(sorted(missing))} 的错误，不用说明。", returncode=1)
    signed = by.strip() or budget.department.name
    texts = {one.fingerprint: said_of(one, reasons[one.rule], signed) for one in errors}
    change(budget, {EXPLANATIONS: explained(now(budget), texts)}, Doing(ON_THE_SERVER, How.EXPLAIN))
