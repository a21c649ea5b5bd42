"""The ledger: which rules ran on a budget, and how each ended."""

from dataclasses import dataclass
from enum import StrEnum

from budget import codes
from budget.checks.finding import Level
from budget.checks.rules import Rule, rules


class Outcome(StrEnum):
    """How a rule ended; unknown means that a figure which it needs is missing, never that it holds.

    Not applicable means that there is nothing to compare: an empty table, or no file beside typed-in lines.
    """

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self):
        """The outcome's Chinese name."""
        return {"passed": "相符", "failed": "不符", "unknown": "缺数，未核对", "not_applicable": "不适用"}[self.value]


@dataclass(frozen=True)
class Entry:
    """One rule's line in the ledger. compared: how many figures it looked at, None when it does not apply."""

    rule: Rule
    outcome: Outcome
    compared: int | None
    findings: tuple


def check(facts, names=None):
    """The ledger of a budget: an `Entry` for every rule. `names` is {(scheme, code): name}."""
    names = (codes.shipped_names(facts.year or 0) if names is None else names) | facts.names
    return [_entry(rule, facts, names) for rule in rules()]


def _entry(rule, facts, names):
    findings, compared = rule.check(facts, names)
    if any(f.level != Level.NOTICE for f in findings):
        outcome = Outcome.FAILED
    elif compared is None:
        outcome = Outcome.NOT_APPLICABLE
    else:
        outcome = Outcome.PASSED if compared else Outcome.UNKNOWN
    return Entry(rule, outcome, compared, tuple(findings))


def findings_of(ledger):
    """All findings of a ledger, in the order of its rules."""
    return [finding for entry in ledger for finding in entry.findings]
