"""How much of what townships do is read: `python -m tests.bench.bends [--seeds 5] [--pairs 200] [NAME …]`.

Every bend of a sound budget, as a workbook and as a Word document, with so many seeds; then so many random pairs of
bends. Printed: which differ from the sound budget, and in what first.
"""

import argparse
import os
import random
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")

import django  # noqa: E402

django.setup()

from budget.documents import DEFAULT  # noqa: E402
from budget.intake.guard import Refused  # noqa: E402
from budget.intake.identity import Given  # noqa: E402
from budget.intake.read import read  # noqa: E402
from tests.budget.bends import BOOKS, OF_CELLS, WORDS  # noqa: E402
from tests.budget.bends.files import docx, xlsx  # noqa: E402
from tests.budget.bends.same import bent, differences  # noqa: E402

OWN = {xlsx: BOOKS, docx: WORDS}


def difference(write, seed, *bends):
    """What a bent budget is first read otherwise, '' for nothing, None where two bends exclude each other."""
    try:
        data = (paper := bent(seed, *bends)) and write(paper)
    except (StopIteration, KeyError, IndexError, ValueError, TypeError):
        return None
    try:
        found = differences(paper, read(data, Given(otherwise=DEFAULT)))
    except Refused as refusal:
        return f"refused: {refusal}"
    return f"{len(found)}, first {found[0]}" if found else ""


def run(cases):
    """Print each case that is read otherwise, and how many are."""
    start, wrong, made = time.perf_counter(), 0, 0
    for write, seed, *bends in cases:
        found = difference(write, seed, *bends)
        made += found is not None
        if found:
            wrong += 1
            print(f"    {write.__name__} {' + '.join(b.__name__ for b in bends)} ({seed}): {found[:200]}")
    print(f"  {wrong} of {made} read otherwise   reach 0   {time.perf_counter() - start:.0f} s")


def pairs(count):
    """Random pairs of bends of one format."""
    dice = random.Random(8)
    for seed in range(count):
        write = dice.choice((xlsx, docx))
        first, second = dice.sample(OF_CELLS, 2) if dice.random() < 0.7 else (
            dice.choice(OF_CELLS), dice.choice(OWN[write]))  # fmt: skip
        yield write, seed, first, second


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--pairs", type=int, default=200)
    asked = parser.parse_args()
    single = [(write, bend) for write in OWN for bend in (*OF_CELLS, *OWN[write])]
    single = [(w, bend) for w, bend in single if not asked.names or bend.__name__ in asked.names]
    print("Each bend:")
    run((write, seed, bend) for write, bend in single for seed in range(asked.seeds))
    if not asked.names:
        print("Two at a time:")
        run(pairs(asked.pairs))
