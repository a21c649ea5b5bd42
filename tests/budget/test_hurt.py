"""Whatever a file holds, reading and checking it ends in sentences, and what was read can be kept."""

import json

import pytest

from budget.checks.ledger import check
from budget.drafts.kept import keep_reading, reading_of
from budget.intake import read as intake
from budget.intake.agreement import disagreements
from budget.intake.guard import Refused
from budget.intake.identity import Given
from tests.budget.conftest import original
from tests.budget.hurt import hurt
from tests.rounds import rounds

FILES = ("liujiaying-2024.xlsx", "liujiaying-2024.docx", "wanli-2023.xlsx")
TOLD = Given(region="130324", unit="909", year=2024, name="某乡")


@pytest.mark.parametrize("seed", rounds(80, 1))
def test_a_hurt_file_ends_in_sentences(seed, monkeypatch):
    for number in range(seed * 5, seed * 5 + 5):
        opened = hurt(intake.open_file(original(FILES[number % len(FILES)])), number)
        with monkeypatch.context() as patch:
            patch.setattr(intake, "open_file", lambda data, opened=opened: opened)
            try:
                reading = intake.read(b"", TOLD if number % 2 else Given())
            except Refused as refusal:
                assert str(refusal).endswith("。")
                continue
        told = [*reading.problems, *disagreements(reading, check(reading.dossier))]
        assert all(finding.message.endswith("。") for finding in told)
        assert reading_of(json.loads(json.dumps(keep_reading(reading)))) == reading
