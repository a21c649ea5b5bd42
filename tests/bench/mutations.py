"""How much is found: `python -m tests.bench.mutations [--budgets 1000]`.

In a consistent budget with several funds, carried-over and non-fiscal money every printed figure of the nine tables
is changed in turn: by 0.01, by 1.00, to blank, and each two neighbouring figures, of a row or a column, are swapped.
Printed: how many changes raise a finding at or linked to the changed cell. Then consistent random budgets in every
layout that the reader knows: none may raise an error or a warning from the identities.
"""

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from copy import deepcopy
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")

import django  # noqa: E402

django.setup()

from budget import codes  # noqa: E402
from budget.checks.finding import Level  # noqa: E402
from budget.checks.ledger import check  # noqa: E402
from budget.facts import Amount, Facts, sort_key  # noqa: E402
from budget.fill import fill  # noqa: E402
from budget.intake.read import read  # noqa: E402
from budget.tables import TABLES  # noqa: E402
from disclosures.content import freeze  # noqa: E402
from disclosures.outputs import OUTPUTS  # noqa: E402
from tests.budget.layouts import LAYOUTS, relaid  # noqa: E402
from tests.budget.small import as_printed, names, small, wan  # noqa: E402


def mutants(facts):
    """(kind, changed cells, facts) of every single change of a printed figure."""
    for at, p in enumerate(facts.printed):
        if p.amount is not None:
            yield "by 0.01", (p[:3],), _with(facts, {at: p.amount + wan("0.01")})
            yield "by 1.00", (p[:3],), _with(facts, {at: p.amount + wan(1)})
            if p.amount:
                yield "to blank", (p[:3],), _with(facts, {at: None})
    for one, other in neighbours(facts):
        p, q = facts.printed[one], facts.printed[other]
        if (p.amount or 0) != (q.amount or 0):
            yield "swapped", (p[:3], q[:3]), _with(facts, {one: q.amount, other: p.amount})


def neighbours(facts):
    """Positions of figures beside each other in a row, and below each other in a column."""
    below = {}
    for at, p in enumerate(facts.printed):
        if at and facts.printed[at - 1][:2] == p[:2]:
            yield at - 1, at
        if (p.table, p.column) in below:
            yield below[p.table, p.column], at
        below[p.table, p.column] = at


def _with(facts, amounts):
    changed = deepcopy(facts)
    for at, amount in amounts.items():
        changed.printed[at] = changed.printed[at]._replace(amount=amount)
    return changed


def is_found(facts, cells):
    """Whether a finding names one of the cells, as what it is about or as one that it was held against."""
    return any(set(f.cells) & set(cells) for entry in check(facts, names()) for f in entry.findings)


def run_mutations():
    """Print found ÷ changed for each kind of change, and what was missed."""
    found, made, missed = Counter(), Counter(), []
    for kind, cells, facts in mutants(small()):
        made[kind] += 1
        if is_found(facts, cells):
            found[kind] += 1
        else:
            missed.append((kind, cells))
    for kind in made:
        print(f"  {kind:<10}{found[kind]:>6} of {made[kind]:<6}{found[kind] / made[kind]:.1%}   reach ≥ 99 %")
    print(f"  {'all':<10}{found.total():>6} of {made.total():<6}{found.total() / made.total():.1%}   reach ≥ 99 %")
    for kind, cells in missed[:10]:
        print(f"    missed: {kind} {cells}")


def random_budget(dice):
    """A consistent budget: what each code spends is what it is given."""
    lines, spent, basic = {}, 0, 0

    def add(amount, *facets, **named):
        line = Amount(*facets, **named)
        lines[line.facets] = lines.get(line.facets, 0) + amount

    for code in dice.sample(
        ("2010301", "2010302", "2010350", "2070109", "2080505", "2101101", "2130705", "2210201"), 5
    ):
        amount = Decimal(dice.randrange(1, 10_000_000)) / dice.choice((1, 100)) * 100
        amount = amount.quantize(Decimal(1) if dice.random() < 0.5 else Decimal(100))
        general = code != "2070109"
        kind = "project" if dice.random() < 0.4 and not code.endswith(("01", "50")) else "basic"
        add(amount, "spending", "general_public_budget" if general else "non_fiscal", kind, code)
        carried = dice.random() < 0.3
        fund = "general_public_budget" if general else "non_fiscal" if carried else "business"
        add(amount, "income", fund, function=code, carried_over=carried)
        spent += amount
        basic += amount if general and kind == "basic" else 0
    if basic:
        half = (basic / 2).quantize(Decimal(1))
        add(half, "economic", "general_public_budget", "staff", economic="30101")
        add(basic - half, "economic", "general_public_budget", "running", economic="30201")
    add(wan(dice.randrange(1, 50)), "three_public", "general_public_budget", item="vehicle_running")
    found = [Amount(*facets, amount=amount) for facets, amount in lines.items()]
    return Facts(region="130324", unit="909", name="某乡人民政府", year=2024, lines=sorted(found, key=sort_key))


def run_random(count):
    """Print how many consistent budgets raised an error or a warning of an identity, in each layout."""
    dice, listed, wrong, made = random.Random(20241124), codes.shipped_names(2024), Counter(), Counter()
    start = time.perf_counter()
    for number in range(count):
        layout = list(LAYOUTS)[number % len(LAYOUTS)]
        facts = as_printed(random_budget(dice))
        data = OUTPUTS["xlsx"].write(freeze(facts, listed, ""))
        reading = read(relaid(data, layout), "130324", "909", 2024)
        made[layout] += 1
        bad = [f for e in check(reading.facts) for f in e.findings if f.rule[0] in "IT" and f.level != Level.NOTICE]
        if bad or reading.problems:
            wrong[layout] += 1
            print(f"    {layout}: {(bad or reading.problems)[0]}")
    for layout in made:
        print(f"  {layout:<44}{wrong[layout]:>5} of {made[layout]} with an error or a warning   reach 0")
    print(f"  {count} budgets in {time.perf_counter() - start:.0f} s")


def run_speed():
    """Print how long all rules take on one budget."""
    facts, times = small(), []
    for _ in range(15):
        start = time.perf_counter()
        check(facts, names())
        times.append((time.perf_counter() - start) * 1000)
    print(f"  all rules on one budget {sorted(times)[7]:.1f} ms   reach ≤ 50 ms")
    assert [fill(table, facts.lines) for table in TABLES]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--budgets", type=int, default=1000)
    count = parser.parse_args().budgets
    run_speed()
    run_mutations()
    run_random(count)
