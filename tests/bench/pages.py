"""Queries and milliseconds of every page of the back office, with 600 bodies and five years of each in the database.

`python -m tests.bench.pages [--bodies 600] [--years 5]`. One body is made as people make it; the others are copies of
its rows, written at once: this fills a database for measuring, and nothing of it is kept.
"""

import argparse
import logging
import os
import random
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()
logging.disable(logging.WARNING)  # pages that a role may not open are none of its pages

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from budget.models import Act, Budget, Department, Post, Role, State  # noqa: E402
from budget.sample.bodies import body  # noqa: E402
from disclosures.sample_county import Walk  # noqa: E402
from tests.budget.people import with_second_factor  # noqa: E402
from tests.permissions.routes import filled, keys_of, routes  # noqa: E402

PARTS = ("lines", "sections", "institutions", "fixed_assets", "procurement", "printed_names")
MOST_QUERIES, MOST_MS = 25, 200


def fill(bodies, years):
    """So many bodies with so many years each; returns the walk that made the first."""
    walk = Walk(1, timezone.localdate())
    for year in range(walk.year - years + 1, walk.year + 1):
        first = walk.filled(body(0), year, timezone.localdate().replace(year=year, day=1))
        with transaction.atomic():
            _copies(first, [_department(walk, number) for number in range(1, bodies)])
    _clerk_of_five(walk)
    return walk


def _department(walk, number):
    of = body(number)
    return Department.objects.get_or_create(region=walk.region, unit=of.unit, defaults={"name": of.name})[0]


def _copies(first, departments):
    dice = random.Random(first.year)
    budgets = Budget.objects.bulk_create([_budget(first, one, dice.choice(State.values)) for one in departments], 500)
    Act.objects.bulk_create([Act(budget=one, how=Act.How.OPENED, by="刘会计") for one in budgets], 500)
    for name in PARTS:
        _rows(getattr(first, name).all(), "budget", budgets)
    for project in first.projects.prefetch_related("payment_plan", "goals", "indicators"):
        copies = _rows([project], "budget", budgets)
        for name in ("payment_plan", "goals", "indicators"):
            _rows(getattr(project, name).all(), "project", copies)


def _budget(first, department, state):
    names = ("year", "document", "preamble", "assets_as_of", "approved_on", "signed_by", "signed_on")
    same = {name: getattr(first, name) for name in names}
    return Budget(
        **same, department=department, state=state, was_submitted=state != State.DRAFT, approved_hash="0" * 64
    )


def _rows(rows, owner, owners):
    """Each of these rows for each of these owners."""
    made = []
    for row in rows:
        values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in ("id", owner)}
        made += type(row).objects.bulk_create([type(row)(**values, **{owner: one}) for one in owners], 500)
    return made


def _clerk_of_five(walk):
    for department in Department.objects.order_by("unit")[:5]:
        Post.objects.get_or_create(user=walk.people[Role.CLERK], role=Role.CLERK, department=department)


def measure(walk, role):
    """A line for each page that the role may open, the slowest first; how many are over a limit."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.user = walk.people[role]
    client.force_login(client.user)
    with_second_factor(client)
    budget = Budget.objects.visible_to(walk.people[role]).select_related("department").first()
    urls = [filled(route, keys_of(budget), "submit") for route in routes().values()]
    rows = sorted(filter(None, (_page(client, url) for url in urls)), reverse=True)
    print(f"\n{role.label}: {len(rows)} pages   reach ≤ {MOST_QUERIES} queries, ≤ {MOST_MS} ms")
    for ms, queries, url in rows:
        print(
            f"  {queries:>4} queries {ms:>8.0f} ms   {url}{'   OVER' if ms > MOST_MS or queries > MOST_QUERIES else ''}"
        )


def _page(client, url):
    answer = client.get(url)
    if answer.status_code != 200 or answer.streaming:
        return None
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        client.get(url)
        return (time.perf_counter() - start) * 1000, len(queries), url


def main(bodies, years):
    """Fill the database, then open every page as each role."""
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    walk = fill(bodies, years)
    print(f"{Budget.objects.count()} budgets filled in {time.perf_counter() - start:.0f} s")
    for role in (Role.CLERK, Role.REVIEWER, Role.PUBLISHER, Role.AUDITOR):
        measure(walk, role)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=600)
    parser.add_argument("--years", type=int, default=5)
    main(**vars(parser.parse_args()))
