"""Whether what was read is the budget that was bent."""

import random
import zlib
from collections.abc import Callable
from typing import Any

from budget.checks.ledger import check, findings_of
from budget.finding import Level
from tests.budget.bends.paper import Paper, sound

Bend = Callable[[Paper, random.Random], None]


def bent(seed: int, *bends: Bend) -> Paper:
    """A sound budget with these bends; each seed and each bend makes another one."""
    paper = sound(seed)
    for bend in bends:
        bend(paper, random.Random(seed * 100_000 + zlib.crc32(bend.__name__.encode()) % 100_000))
    return paper


def differences(paper: Paper, reading: Any) -> list[str]:
    """What a reading says otherwise than the paper: nothing may stand against it, since the budget is sound."""
    entries = reading.entries
    held = (
        ("name", entries.name, paper.name), ("code", entries.unit, paper.unit), ("year", entries.year, paper.year),
        ("kind", entries.document.key, paper.document),
        ("tables", sorted(reading.tables), sorted(sheet.table.key for sheet in paper.sheets)),
    )  # fmt: skip
    found = [f"{what}: {read!r}, not {said!r}" for what, read, said in held if read != said]
    return found + _lines(paper.lines, entries.lines) + _errors(reading)


def _lines(said: list[Any], read: list[Any]) -> list[str]:
    """Lines too many and missing; a printed 0.00 is kept as such and no difference."""
    read = [line for line in read if line.amount]
    return [f"too many: {line}" for line in read if line not in said] + [f"missing: {_}" for _ in said if _ not in read]


def _errors(reading: Any) -> list[str]:
    """What would keep the file from being saved, and figures that disagree."""
    found = reading.problems + reading.findings + findings_of(check(reading.dossier))
    return [f"{f.rule} {f.message}" for f in found if f.level == Level.ERROR and f.rule[0] in "RIT"]
