"""Read and check a file without any database: what a township can run before it hands anything in."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budget.annotated import annotate
from budget.checks.ledger import check
from budget.finding import counts, errors
from budget.intake import guard
from budget.intake.agreement import disagreements
from budget.intake.guard import Refused
from budget.intake.read import read
from budget.management.file import add_type_option, given, given_of_each, read_file
from budget.management.folder import members_of, say_progress
from budget.management.say import say_findings, say_ledger

KEYS = "rule、level、message、reader、cause、places、cells、expected、found"


class Command(BaseCommand):
    help = (
        "只读取和核对文件，不需要数据库；给一个文件夹或 .zip，就逐个核对其中的文件，每个一行。"
        "退出码：0 没有错误；1 至少一处错误；2 文件无法读取。多个文件以最坏的一个为准。"
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="预算文件，或者装有预算文件的文件夹或 .zip")
        parser.add_argument(
            "--json",
            action="store_true",
            help=f"以 JSON 输出：{KEYS}；多个文件时每个文件一项：file、refused、findings",
        )
        add_type_option(parser, default="", help="种类；文件里没有写明，或部门预算、单位预算都写了时填写")
        parser.add_argument(
            "--annotated",
            type=Path,
            metavar="OUT",
            help="另存一份标注了不符之处的文件（.xls、.pdf 得到一份 Word 清单）",
        )

    def handle(self, *, file, annotated, **options):
        members = members_of(file)
        if members is None:
            self._one(read_file(file), given(options), annotated, options["json"])
        elif annotated:
            raise CommandError("--annotated 只用于单个文件。", returncode=2)
        else:
            self._many(members, given_of_each(options), options["json"])

    def _one(self, data, given, annotated, as_json):
        try:
            findings, ledger = _checked(data, given)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        if as_json:
            self._say_json([f.as_dict() for f in findings])
        else:
            say_findings(self.stdout, findings)
            say_ledger(self.stdout, ledger)
        if annotated:
            annotated.write_bytes(annotate(data, guard.inspect(data), findings))
        if wrong := errors(findings):
            raise CommandError(f"共 {wrong} 处错误。", returncode=1)

    def _many(self, members, given, as_json):
        every = []
        for number, member in enumerate(members, 1):
            every.append(_of_member(member, given))
            if not as_json:
                refused, findings = every[-1]
                self.stdout.write(f"{member.name}　{refused or counts(findings)}")
            say_progress(self.stderr, number, len(members))
        if as_json:
            self._say_json([_as_dict(member, *one) for member, one in zip(members, every, strict=True)])
        unread, wrong = (sum(map(bool, column)) for column in ([r for r, _ in every], [errors(f) for _, f in every]))
        if unread or wrong:
            raise CommandError(
                f"共 {len(every)} 个文件，{wrong} 个有错误，{unread} 个读不了。", returncode=2 if unread else 1
            )

    def _say_json(self, value):
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))


def _checked(data, given):
    """(findings, ledger) of a file. Raises Refused."""
    reading = read(data, given)
    ledger = check(reading.dossier)
    return reading.problems + disagreements(reading, ledger), ledger


def _of_member(member, given):
    """(why it could not be read or '', findings)"""
    try:
        return "", _checked(member.read(), given)[0]
    except Refused as refusal:
        return str(refusal), []


def _as_dict(member, refused, findings):
    return {"file": member.name, "refused": refused, "findings": [f.as_dict() for f in findings]}
