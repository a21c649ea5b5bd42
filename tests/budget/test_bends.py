"""However a sound budget is bent, it imports to the same lines, under the right name, code, year and kind."""

import random
import zlib

import pytest

from budget.checks.ledger import check, findings_of
from budget.finding import Level
from budget.intake.read import read
from tests.budget.bends import BOOKS, OF_CELLS, WORDS
from tests.budget.bends.files import docx, xlsx
from tests.budget.bends.paper import sound

CASES = [(xlsx, bend) for bend in (*OF_CELLS, *BOOKS)] + [(docx, bend) for bend in (*OF_CELLS, *WORDS)]


def bent(bend, seed):
    """A sound budget, bent: each bend and seed makes another one."""
    paper = sound(seed)
    bend(paper, random.Random(seed * 1000 + zlib.crc32(bend.__name__.encode()) % 1000))
    return paper


def errors(reading):
    """What would keep the file from being saved, and figures that disagree: nothing, since the budget is sound."""
    found = reading.problems + reading.findings + findings_of(check(reading.dossier))
    return [f.message for f in found if f.level == Level.ERROR and f.rule[0] in "RIT"]


def assert_same(paper, reading):
    entries = reading.entries
    assert errors(reading) == []
    assert [line for line in entries.lines if line.amount] == paper.lines  # a printed 0.00 is kept as such
    assert (entries.name, entries.unit, entries.year) == (paper.name, paper.unit, paper.year)
    assert entries.document.key == paper.document
    assert sorted(reading.tables) == [f"t{number}" for number in range(1, 10)]


@pytest.mark.parametrize("write", [xlsx, docx])
def test_the_sound_budget_itself(write):
    paper = sound(1)
    assert_same(paper, read(write(paper)))


@pytest.mark.parametrize(("write", "bend"), CASES, ids=[f"{write.__name__}-{bend.__name__}" for write, bend in CASES])
def test_a_bent_budget_is_the_same_budget(write, bend):
    paper = bent(bend, 1)
    assert_same(paper, read(write(paper)))
