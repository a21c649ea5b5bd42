"""Reading the file that a command is given."""

import os
from dataclasses import replace

from django.core.management.base import CommandError

from budget.documents import DEFAULT, taken
from budget.intake.guard import Refused, check_length
from budget.intake.guard.limits import MAX_UPLOAD
from budget.intake.identity import Given


def add_identity_options(parser):
    """Options that give what a file itself does not say."""
    parser.add_argument("--region", default="", help="六位区划代码，例如 130324（文件里没有时填写）")
    parser.add_argument("--unit", default="", help="单位编码，例如 909（文件里没有时填写）")
    parser.add_argument("--year", type=int, help="预算年度，例如 2024（文件里没有时填写）")
    parser.add_argument("--name", default="", help="单位名称（文件里没有，或前后不一致时填写）")
    add_type_option(parser, default="", help="种类；文件里没有写明，或部门预算、单位预算都写了时填写")


def add_type_option(parser, default, help):
    """Which of a body's two budgets is meant."""
    parser.add_argument("--type", dest="document", choices=[one.key for one in taken()], default=default, help=help)


def given(options):
    """What a person says of a file, from the options of a command."""
    who = [options.get(name) for name in ("region", "unit", "year")]
    return Given(*who, document=options["document"], name=options.get("name"), otherwise=DEFAULT)


def given_of_each(options):
    """The same for each of many files: the kind is only what one is taken for whose titles name none."""
    one = given(options)
    return replace(one, document="", otherwise=one.document or DEFAULT)


def read_file(path):
    """A file's bytes; CommandError with exit code 2 when there is none, or one too large, of which nothing is read.

    One byte more than the limit is asked for: what is no plain file (a pipe, /dev/zero) has no size.
    """
    try:
        with path.open("rb") as file:
            check_length(os.fstat(file.fileno()).st_size, MAX_UPLOAD)
            data = file.read(MAX_UPLOAD + 1)
        check_length(len(data), MAX_UPLOAD)
        return data
    except Refused as refusal:
        raise CommandError(str(refusal), returncode=2) from refusal
    except OSError as error:
        raise CommandError(f"打不开文件“{path}”：请核对文件名和位置。", returncode=2) from error
