"""A county of 600 budgets: imported from a folder, then checked, each by one command.

`python -m tests.bench.county [--budgets 600]`
"""

import argparse
import contextlib
import io
import os
import tempfile
import time
import zipfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.core.management import CommandError, call_command  # noqa: E402

from tests.budget.conftest import original  # noqa: E402

NAME = "liujiaying-2024.xlsx"
SAID = b"<t>909&#21346;"  # 909卢龙县…, as this workbook writes it


def main(count):
    """Import so many copies of the reference workbook, each of another body, check them all, print how long it took."""
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        for unit in range(1000, 1000 + count):
            Path(folder, f"{unit}.xlsx").write_bytes(of_unit(str(unit)))
        took = timed("import_budget", folder)
    print(f"{count} files imported in {took}   reach ≤ 300 s for 600")
    print(f"{count} budgets checked in {timed('check_county', region='130324')}   reach ≤ 60 s for 600")


def of_unit(code):
    """The workbook of a body with another code."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original(NAME))) as source, zipfile.ZipFile(target, "w", 8) as copy:
        for part in source.namelist():
            copy.writestr(part, source.read(part).replace(SAID, SAID.replace(b"909", code.encode())))
    return target.getvalue()


def timed(command, *args, **options):
    """How long a command takes, by the clock and of the processor alone; its last line is shown."""
    start, begun, said = time.perf_counter(), time.process_time(), io.StringIO()
    with contextlib.suppress(CommandError):
        call_command(command, *args, stdout=said, **options)
    print(said.getvalue().splitlines()[-1])
    return f"{time.perf_counter() - start:.1f} s ({time.process_time() - begun:.1f} s of CPU)"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--budgets", type=int, default=600)
    main(parser.parse_args().budgets)
