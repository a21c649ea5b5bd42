"""A path that stands for many files: a folder, or a zip of one; what a command says of each, and of all."""

import sys
from collections import Counter

from django.core.management.base import CommandError

from budget.intake.archive import in_archive, in_folder, is_archive
from budget.intake.guard import Refused

BAR = 30


def members_of(path):
    """The `Member`s of a folder or a zip; None for a single file. CommandError with exit code 2 where it is unusable.

    A zip is read while its members are: it stays open until the command ends.
    """
    try:
        found = in_folder(path) if path.is_dir() else _packed(path)
    except (Refused, OSError) as error:
        why = str(error) if isinstance(error, Refused) else f"打不开文件“{path}”：请核对文件名和位置。"
        raise CommandError(why, returncode=2) from error
    if found == []:
        raise CommandError(f"“{path}”里没有文件。", returncode=2)
    return found


def _packed(path):
    """The members of a zip; what is no plain file (a pipe, /dev/zero) has no end at which a zip's list could stand."""
    if not path.is_file():
        return None
    file = path.open("rb")
    return in_archive(file) if is_archive(file) else None


def tally(states):
    """新建 3、没有变化 2: how often each was, in the order in which they first were."""
    return "、".join(f"{state} {number}" for state, number in Counter(states).items())


def say_progress(out, number, total):
    """A bar that is drawn over itself, on a terminal only."""
    if sys.stderr.isatty():
        done = number * BAR // total
        end = "\n" if number == total else ""
        out.write(f"\r[{'█' * done}{' ' * (BAR - done)}] {number}/{total}", ending=end)
