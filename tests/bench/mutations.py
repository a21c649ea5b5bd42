"""How much is found: `python -m tests.bench.mutations [--budgets 1000]`.

In a consistent budget with several funds, carried-over and non-fiscal money every printed figure of the nine tables
is changed in turn: by 0.01, by 1.00, to blank, and each two neighbouring figures, of a row or a column, are swapped.
Printed: how many changes raise a finding at or linked to the changed cell, and how many of the single ones are told by
one finding at that very cell. Then consistent random budgets in every
layout that the reader knows: none may raise an error or a warning from the identities.
"""

import argparse
import os
import random
import tempfile
import time
from collections import Counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")

import django  # noqa: E402

django.setup()

from budget.checks.ledger import check  # noqa: E402
from tests.budget.layouts import LAYOUTS  # noqa: E402
from tests.budget.mutants import is_found, is_told_once, mutants, random_budget, wrongly_found  # noqa: E402
from tests.budget.small import names, small  # noqa: E402


def run_mutations():
    """Print found ÷ changed for each kind of change, and what was missed."""
    found, made, once, missed = Counter(), Counter(), Counter(), []
    for kind, cells, dossier in mutants(small()):
        made[kind] += 1
        once[kind] += is_told_once(dossier, cells)
        if is_found(dossier, cells):
            found[kind] += 1
        else:
            missed.append((kind, cells))
    for kind in made:
        print(f"  {kind:<10}{found[kind]:>6} of {made[kind]:<6}{found[kind] / made[kind]:.1%}   reach ≥ 99 %")
    print(f"  {'all':<10}{found.total():>6} of {made.total():<6}{found.total() / made.total():.1%}   reach ≥ 99 %")
    for kind in ("by 1.00", "to blank"):
        print(f"  {kind} told by one finding at the figure {once[kind] / made[kind]:.0%}")
    for kind, cells in missed[:10]:
        print(f"    missed: {kind} {cells}")


def run_random(count):
    """Print how many consistent budgets raised an error or a warning of an identity, in each layout."""
    dice, wrong, made = random.Random(20241124), Counter(), Counter()
    start = time.perf_counter()
    for number in range(count):
        layout = list(LAYOUTS)[number % len(LAYOUTS)]
        made[layout] += 1
        if found := wrongly_found(random_budget(dice), layout):
            wrong[layout] += 1
            print(f"    {layout}: {found[0]}")
    for layout in made:
        print(f"  {layout:<44}{wrong[layout]:>5} of {made[layout]} with an error or a warning   reach 0")
    print(f"  {count} budgets in {time.perf_counter() - start:.0f} s")


def run_speed():
    """Print how long all rules take on one budget."""
    dossier, times = small(), []
    for _ in range(15):
        start = time.perf_counter()
        check(dossier, names())
        times.append((time.perf_counter() - start) * 1000)
    print(f"  all rules on one budget {sorted(times)[7]:.1f} ms   reach ≤ 15 ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--budgets", type=int, default=1000)
    count = parser.parse_args().budgets
    run_speed()
    run_mutations()
    run_random(count)
