"""Reading the file that a command is given."""

from django.core.management.base import CommandError


def add_identity_options(parser):
    """Options that give what a file itself does not say."""
    parser.add_argument("--region", default="", help="六位区划代码，例如 130324（文件里没有时填写）")
    parser.add_argument("--unit", default="", help="单位编码，例如 909（文件里没有时填写）")
    parser.add_argument("--year", type=int, help="预算年度，例如 2024（文件里没有时填写）")


def read_file(path):
    """A file's bytes; CommandError with exit code 2 when there is none."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"打不开文件“{path}”：请核对文件名和位置。", returncode=2) from error
