"""Read, check and save a township's file as a draft, or all files of a county one by one."""

import logging
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budget.drafts.handed_in import FAILED, HandedIn, hand_in, in_brief
from budget.drafts.load import names_once
from budget.finding import counts, errors
from budget.intake.guard import Refused
from budget.management.file import add_identity_options, given, given_of_each, read_file
from budget.management.folder import members_of, say_progress, tally
from budget.management.say import say_findings

REFUSED, KEPT_OUT = "读不了", "没有保存"
EXIT = {REFUSED: 2, KEPT_OUT: 1}


class Command(BaseCommand):
    help = (
        "读取预算文件，核对，存为草稿；给一个文件夹或 .zip，就逐个导入其中的文件，每个一行。"
        "退出码：0 已保存；1 有读不出的单元格，未保存；2 文件无法读取。多个文件以最坏的一个为准，其余的照样保存。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="预算文件，或者装有预算文件的文件夹或 .zip")
        add_identity_options(parser)

    def handle(self, *, file, **options):
        members = members_of(file)
        if members is None:
            self._one(hand_in(read_file(file), file.name, given(options)))
        elif options["unit"] or options["name"]:
            raise CommandError("--unit 和 --name 只用于单个文件：一个县的文件各属不同的单位。", returncode=2)
        else:
            self._many(members, given_of_each(options))

    def _one(self, done):
        if done.refused:
            raise CommandError(done.refused, returncode=2)
        if done.problems:
            say_findings(self.stdout, done.problems)
            raise CommandError(f"有 {len(done.problems)} 处读不出来，没有保存任何内容；请改正后再导入。", returncode=1)
        say_findings(self.stdout, done.findings)
        if done.reading.unmatched:
            self.stdout.write(f"没有用到的工作表或表格：{'、'.join(done.reading.unmatched)}")
        self.stdout.write(_outcome(done.saved))

    def _many(self, members, given):
        names, states, wrong = names_once(), [], {}
        for number, member in enumerate(members, 1):
            done = _hand_in(member, given, names)
            states.append(_state(done))
            self.stdout.write(f"{member.name}　{states[-1]}　{_line(done)}")
            if done.saved:
                wrong[done.saved.budget] = bool(errors(done.findings))
            say_progress(self.stderr, number, len(members))
        self.stdout.write(f"共 {len(members)} 个文件：{tally(states)}。")
        self.stdout.write(f"涉及 {len(wrong)} 份预算，其中 {sum(wrong.values())} 份还有错误。")
        left_out = [EXIT[state] for state in states if state in EXIT]
        if left_out:
            raise CommandError(f"{len(left_out)} 个文件没有导入，原因见各行。", returncode=max(left_out))


def _hand_in(member, given, names):
    """What became of one of many; whatever goes wrong with it, the others go on."""
    try:
        return hand_in(member.read(), member.short, given, names)
    except Refused as refusal:
        return HandedIn(member.short, refused=str(refusal))
    except Exception:
        logging.getLogger(__name__).exception("importing %s", member.name)
        return HandedIn(member.short, refused=FAILED)


def _state(done):
    if done.refused:
        return REFUSED
    if done.saved is None:
        return KEPT_OUT
    if done.saved.created:
        return "新建"
    return "有变化" if done.saved.changed else "没有变化"


def _line(done):
    """What a person needs to know of one of many files."""
    if done.refused:
        return done.refused
    if done.saved is None:
        return in_brief(done.problems)
    return f"{done.saved.budget}　{counts(done.findings)}"


def _outcome(saved):
    if saved.created:
        return f"已存为草稿：{saved.budget}"
    if saved.changed:
        return f"已更新草稿：{saved.budget}"
    return f"与现有草稿相同，没有变化：{saved.budget}"
