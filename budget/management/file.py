"""Reading the file that a command is given."""

from django.core.management.base import CommandError

from budget.documents import taken
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
    return Given(options["region"], options["unit"], options["year"], options["document"], options["name"])


def read_file(path):
    """A file's bytes; CommandError with exit code 2 when there is none."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"打不开文件“{path}”：请核对文件名和位置。", returncode=2) from error
