"""One file that somebody hands in, from its bytes to a saved draft: what commands and archives do with each."""

from dataclasses import dataclass, field, replace
from typing import Any

from budget.checks.ledger import check
from budget.drafts.load import Lists, names_of
from budget.drafts.owner import settle_owner, unsettled_kind
from budget.drafts.save import Saved, save
from budget.finding import Finding
from budget.intake.agreement import disagreements
from budget.intake.guard import Refused
from budget.intake.identity import Given, missing_identity
from budget.intake.problems import NOTHING, problem
from budget.intake.read import Reading, read

FAILED = "程序出错，没有保存任何内容；请把这个文件交给技术人员。"
_PRESENT = "000"


@dataclass
class HandedIn:
    """What became of a file. refused: why it could not be read at all, '' where it was.

    problems: what keeps it from being saved. saved: None unless it was. findings: of the whole budget then.
    """

    name: str
    refused: str = ""
    reading: Reading | None = None
    problems: list[Finding] = field(default_factory=list)
    saved: Saved | None = None
    findings: list[Finding] = field(default_factory=list)


def hand_in(data: bytes, name: str, given: Given, names: Lists = names_of, user: Any = None) -> HandedIn:
    """Read a file, save it if nothing stands against it, check the budget. One transaction, or nothing.

    names: the code lists that a budget follows; for many files `names_once`.
    """
    try:
        reading = read(data, given)
    except Refused as refusal:
        return HandedIn(name, refused=str(refusal))
    done = HandedIn(name, reading=reading, problems=problems_of(reading))
    if not done.problems:
        done.saved = save(reading, data, name, user, names)
        whole = done.saved.reading
        done.findings = disagreements(whole, check(whole.dossier, names(done.saved.budget)))
    return done


def problems_of(reading: Reading) -> list[Finding]:
    """All that keeps a reading from being saved; whose it is, is settled first."""
    entries = reading.entries
    if any(one.rule == NOTHING for one in reading.problems):
        return reading.problems
    why_no_unit = settle_owner(entries)
    known = replace(entries, unit=_PRESENT) if why_no_unit else entries
    missing = missing_identity(known, reading.original)
    asked = [problem("R04", why_no_unit)] if why_no_unit else []
    return [*reading.problems, *unsettled_kind(reading), *missing, *asked]


def in_brief(problems: list[Finding]) -> str:
    """The first problem's sentence, with how many there are in all."""
    return problems[0].message + (f"（共 {len(problems)} 处）" if len(problems) > 1 else "")
