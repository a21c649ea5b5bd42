"""A county of 600 budgets checked by one command: `python -m tests.bench.county [--budgets 600]`."""

import argparse
import contextlib
import io
import os
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.core.management import CommandError, call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from budget.drafts.save import save  # noqa: E402
from tests.budget.conftest import original, read_original  # noqa: E402

NAME = "liujiaying-2024.docx"


def main(count):
    """Save so many copies of the reference budget, check them all, print how long it took."""
    call_command("migrate", verbosity=0)
    reading = read_original(NAME)
    with transaction.atomic():
        for unit in range(100, 100 + count):
            reading.entries.unit = str(unit)
            save(reading, original(NAME), NAME)
    start = time.perf_counter()
    with contextlib.suppress(CommandError):
        call_command("check_county", "--region", "130324", stdout=io.StringIO())
    print(f"{count} budgets checked in {time.perf_counter() - start:.1f} s   reach ≤ 60 s for 600")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--budgets", type=int, default=600)
    main(parser.parse_args().budgets)
