"""The ledger: which rules ran on a budget, and how each ended."""

from dataclasses import dataclass, replace
from enum import StrEnum

from budget import codes
from budget.checks.finding import Level
from budget.checks.rule import Rule
from budget.checks.rules import RULES
from budget.checks.rules.rest import rest_rules
from budget.checks.view import View


class Outcome(StrEnum):
    """How a rule ended; unknown means that a figure which it needs is missing, never that it holds.

    Not applicable means that there is nothing to compare.
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
    """One rule's line in the ledger.

    compared, missing: how many comparisons it made, and how many it could not make. cells: every figure that it
    looked at. remarks: what is worth showing although nothing is wrong.
    """

    rule: Rule
    outcome: Outcome
    compared: int
    missing: int
    findings: tuple
    cells: tuple
    remarks: tuple
    differences: frozenset


def check(facts, names=None):
    """The ledger of a budget: an `Entry` for every rule. names: `codes.Names` of the year's lists."""
    listed = codes.shipped_names(facts.year or 0) if names is None else names
    view = View(facts, listed | facts.names, listed)
    ledger = [_entry(rule, view) for rule in RULES]
    return ledger + [_entry(rule, view) for rule in rest_rules(ledger)]


def _entry(rule, view):
    compared = list(rule.check(view))
    findings = tuple(replace(c.finding, rule=rule.id) for c in compared if c.finding)
    missing = sum(c.missing for c in compared)
    return Entry(
        rule,
        _outcome(findings, len(compared), missing),
        len(compared) - missing,
        missing,
        findings,
        tuple(dict.fromkeys(cell for c in compared for cell in c.cells)),
        tuple(c.remark for c in compared if c.remark),
        frozenset(abs(c.difference) for c in compared if c.difference),
    )


def _outcome(findings, made, missing):
    if any(f.level != Level.NOTICE for f in findings):
        return Outcome.FAILED
    if not made:
        return Outcome.NOT_APPLICABLE
    return Outcome.UNKNOWN if missing else Outcome.PASSED


def findings_of(ledger):
    """All findings of a ledger, in the order of its rules."""
    return [finding for entry in ledger for finding in entry.findings]
