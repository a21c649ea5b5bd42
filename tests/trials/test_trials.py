"""A small round of each trial, on the server of DATABASE_URL or on a file: `pytest -m trials tests/trials`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SMALL = {"people": 16, "publishers": 4, "kills": 3}


@pytest.mark.trials
@pytest.mark.parametrize("trial", SMALL)
def test_the_law_holds(trial):
    command = [sys.executable, "-m", "tests.trials", trial, "--rounds", str(SMALL[trial])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
