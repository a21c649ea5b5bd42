"""Take out every guard of the back office, one at a time, and see that the tests tell.

    python -m tests.permissions [WORD]

WORD: only guards whose place holds it. Prints each guard that nothing missed, and exits 1 if there is any. The tests
run on a copy of the project; one guard takes some ten seconds.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.permissions.lines import ROOT, Without, guards

TESTS = ("tests/permissions", "tests/budget/test_people_page.py",
         "tests/budget/test_conflict.py", "tests/budget/test_review.py", "tests/disclosures/test_many.py",
         "tests/disclosures/test_county.py", "tests/disclosures/test_remind_by_hand.py",
         "tests/disclosures/test_remind.py", "tests/budget/test_admin_import.py", "tests/budget/test_admin_batch.py",
         "tests/budget/test_second_factor.py")  # fmt: skip
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis")


def is_missed(without: Without, copy: Path) -> bool:
    """Whether a test fails without this guard."""
    place = copy / without.path.relative_to(ROOT)
    whole = place.read_text(encoding="utf-8")
    place.write_text(without.source, encoding="utf-8")
    missed = fails(copy)
    place.write_text(whole, encoding="utf-8")
    return missed


def fails(copy: Path) -> bool:
    """Whether a test fails in this copy of the project."""
    command = [sys.executable, "-m", "pytest", "-x", "-n0", "-p", "no:cacheprovider", *TESTS]
    return subprocess.run(command, cwd=copy, capture_output=True, env=os.environ | {"AT_FIRST": "1"}).returncode == 1


def main(word: str = "") -> int:
    """Try each guard whose place holds the word."""
    found = [one for one in guards() if word in str(one)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        if fails(copy):
            sys.exit("the tests fail with every guard in its place")
        passed = [one for one in found if not _tried(one, copy)]
    print(f"{len(found)} guards, {len(passed)} of them missed by no test")
    return 1 if passed else 0


def _tried(without: Without, copy: Path) -> bool:
    missed = is_missed(without, copy)
    print("missed" if missed else "NOBODY MISSED", without, flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
