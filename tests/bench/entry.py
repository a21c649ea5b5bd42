"""How long a key that is typed waits for its answer, and a grid for its page: `python -m tests.bench.entry`.

Of real budgets, the widest table and a plain one: wall clock and processor, medians, beside what must hold on a quiet
machine (50 ms for a key, 200 ms for a page).
"""

import os
import statistics
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from budget.drafts.journal import newest  # noqa: E402
from budget.drafts.save import save  # noqa: E402
from budget.intake.identity import Given  # noqa: E402
from budget.intake.read import read  # noqa: E402
from tests.budget.conftest import ORIGINALS  # noqa: E402
from tests.budget.people import with_second_factor  # noqa: E402

FILES = {"liujiaying-2024.docx": Given(), "wanli-2023.xlsx": Given("310107", "210")}
TYPED = {"t5": ("t5-2130705-project", "t5-2010301-basic"), "t2": ("t2-2010301-fiscal", "t2-2010301-other")}
ROUNDS = 21


def median(ask):
    """(wall clock, processor) milliseconds."""
    walls, own = [], []
    for _ in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        answer = ask()
        walls.append((time.perf_counter() - wall) * 1000)
        own.append((time.process_time() - processor) * 1000)
        assert answer.status_code == 200, answer.status_code
    return statistics.median(walls), statistics.median(own)


def measure(client, budget, table):
    """What a key and the page take, one line each."""
    page = f"/admin/budget/budget/{budget.pk}/grid/{table}/"
    form = {"unit": "万元", "seen": newest(budget)} | {cell: str(n + 1) for n, cell in enumerate(TYPED[table])}
    for name, ask in (
        ("a key", lambda: client.post(f"{page}follow/", form)),
        ("at rest", lambda: client.post(f"{page}follow/", form | {"checks": "1"})),
        ("the page", lambda: client.get(page)),
    ):
        wall, own = median(ask)
        print(f"{str(budget):24} {table} {name:9} {wall:6.1f} ms, of processor {own:6.1f} ms")


def main():
    """Import the files, measure."""
    call_command("migrate", verbosity=0)
    client = Client(SERVER_NAME="127.0.0.1")
    client.user = User.objects.create_superuser("测量的人")
    client.force_login(client.user)
    with_second_factor(client)
    for name, given in FILES.items():
        data = (ORIGINALS / name).read_bytes()
        budget = save(read(data, given), data, name).budget
        for table in TYPED:
            measure(client, budget, table)


if __name__ == "__main__":
    main()
