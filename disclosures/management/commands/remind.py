"""Reminders by mail: who has to do what until when."""

import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from disclosures.reminders.letters import letters
from disclosures.reminders.sending import OF_ALL, Outcome, due, is_due, not_set, tell

PATIENCE = 3  # mails one after another that never reached the mail server


class Command(BaseCommand):
    help = (
        "发提醒邮件：经办人还没有公开的预算快到期、到期或被退回，审核人、公开人有等着办的。一人一封，同一件事只提醒一次。"
        "退出码：0 都发了，或没有要提醒的；1 有的没有发出；2 没有设置邮件服务器，或连不上。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="只印出要发给谁、发什么，不发")
        parser.add_argument("--today", default="", metavar="日期", help="当作哪一天，例如 2024-03-01；不写就是今天")

    def handle(self, *, dry_run, today, **options):
        day = _day(today)
        if (why := not_set()) and not dry_run:
            raise CommandError(why, returncode=2)
        found = [letter for letter in map(due, letters(day)) if is_due(letter)]
        mute = [letter.name for letter in found if not letter.user.email]
        wanted = [letter for letter in found if letter.user.email]
        if mute:
            self.stdout.write(f"没有填电子邮箱，收不到提醒：{'、'.join(mute)}。请在“谁管哪个单位”里补上。")
        if dry_run:
            self._show(wanted, why)
        else:
            self._send(wanted)

    def _show(self, wanted, why):
        for letter in wanted:
            self.stdout.write(f"{letter.name} <{letter.user.email}>　{letter.subject}\n\n{letter.text}")
        self.stdout.write(f"要发 {len(wanted)} 封，没有发。{why}")

    def _send(self, wanted):
        failed, in_vain = 0, 0
        for number, letter in enumerate(wanted, 1):
            told = tell(letter)
            failed += told.outcome not in (Outcome.SENT, Outcome.TOLD)
            in_vain = in_vain + 1 if told.outcome in OF_ALL else 0
            self._say(letter, told)
            if in_vain and in_vain in (PATIENCE, len(wanted)):
                left = len(wanted) - number
                raise CommandError(f"{told.words}；还有 {left} 封没有发，修好以后再运行一次。", returncode=2)
        self.stdout.write(f"共 {len(wanted)} 封，办好 {len(wanted) - failed} 封。")
        if failed:
            raise CommandError(f"{failed} 封没有发出。", returncode=1)

    def _say(self, letter, told):
        said = f"{letter.name}：{told.words}"
        if told.outcome in (Outcome.SENT, Outcome.TOLD):
            self.stdout.write(f"{said}，{letter.subject}")
        else:
            self.stderr.write(f"{said}。")


def _day(text):
    try:
        return datetime.date.fromisoformat(text) if text else timezone.localdate()
    except ValueError as error:
        raise CommandError(f"“{text}”不是日期，请写成 2024-03-01。", returncode=2) from error
