"""Trials with processes of their own: `python -m tests.trials people|publishers|kills [--rounds N] [--database URL]`.

Prints what it counted. Exits 1 with an account of the first violation. --database: a PostgreSQL server's address, on
which a database is made and dropped; a temporary SQLite file without.
"""

import argparse
import importlib
import logging
import os
import sys
import time

from tests.trials.broken import Broken
from tests.trials.database import temporary

WHOLE = {"people": 1000, "publishers": 500, "kills": None}  # rounds; of kills, statements of each operation: all

LONGEST = 4000  # letters of an account


def main():
    """Hold one trial."""
    parser = argparse.ArgumentParser(prog="tests.trials", description=__doc__)
    parser.add_argument("trial", choices=WHOLE)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--database", default=os.environ.get("DATABASE_URL", ""))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with temporary(asked.database) as database:
        return _held(asked.trial, database, asked.rounds or WHOLE[asked.trial], asked.seed)


def _held(trial, database, rounds, seed):
    _set_up()
    held = importlib.import_module(f"tests.trials.{trial}").Trial(database, seed)
    began, broken = time.monotonic(), None
    try:
        held.run(rounds)
    except Broken as found:
        broken = found
    finally:
        held.end()
    vendor = type(database).__name__
    told = ", ".join(f"{name} {number}" for name, number in held.counts.items())
    print(f"{trial} on {vendor}, seed {seed}, {time.monotonic() - began:.0f} s: {told}")
    if broken:
        print(f"the law is broken: {broken}"[:LONGEST], file=sys.stderr)
    return 1 if broken else 0


def _set_up():
    import django

    django.setup()
    logging.disable(logging.WARNING)  # each refusal would be a line
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)


sys.exit(main())
