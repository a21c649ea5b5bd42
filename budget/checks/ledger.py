"""The ledger: which rules ran on a budget, and how each ended."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import chain

from budget import codes
from budget.cell import Cell
from budget.checks.causes import told_once
from budget.checks.compare import Compared
from budget.checks.derived import compare_table
from budget.checks.view import View
from budget.declare.rule import REGULATION, Rule
from budget.declare.tables import Table
from budget.figures.dossier import Dossier
from budget.finding import Finding, Level


class Outcome(StrEnum):
    """How a rule ended; unknown means that a figure which it needs is missing, never that it holds.

    Not applicable means that there is nothing to compare.
    """

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The outcome's Chinese name."""
        return {"passed": "相符", "failed": "不符", "unknown": "缺数，未核对", "not_applicable": "不适用"}[self.value]

    def told(self, compared: int, found: int) -> str:
        """The outcome as it stands beside so many comparisons and findings; of what passed all findings are notices.

        The value is what others count on; a bare 相符 beside a notice, or 未核对 beside a comparison, would be untrue.
        """
        if self == Outcome.UNKNOWN and compared:
            return "缺数，部分未核对"
        return self.label + (f"，另有 {found} 条提示" if self == Outcome.PASSED and found else "")


@dataclass(frozen=True)
class Entry:
    """One rule's line in the ledger.

    compared, missing: how many comparisons it made, and how many it could not make. cells: every figure that it
    looked at. remarks: what is worth showing although nothing is wrong. findings: as this rule alone tells them. sums:
    its comparisons of sums.
    """

    rule: Rule
    outcome: Outcome
    compared: int
    missing: int
    findings: tuple[Finding, ...]
    cells: tuple[Cell, ...]
    remarks: tuple[str, ...]
    differences: frozenset[Decimal]
    sums: tuple[Compared, ...]

    @property
    def told(self) -> str:
        """How it ended, in words."""
        return self.outcome.told(self.compared, len(self.findings))


class Ledger(list[Entry]):
    """How every rule ended, by itself; `findings_of` tells what they found, one finding for each cause."""

    def __init__(self, entries: Iterable[Entry], view: View):
        super().__init__(entries)
        self.view = view


def check(dossier: Dossier, names: codes.Names | None = None) -> Ledger:
    """The ledger of a budget: an `Entry` for every rule of its document. names: `codes.Names` of the year's lists."""
    listed = codes.shipped_names(dossier.entries.year or 0) if names is None else names
    return check_view(View(dossier, listed | dossier.entries.names, listed))


def check_view(view: View) -> Ledger:
    """The ledger of a budget that is at hand."""
    ledger = [_entry(rule, view) for rule in view.document.rules]
    return Ledger(ledger + [_entry(rule, view) for rule in _what_no_rule_names(ledger, view.document.tables)], view)


def _what_no_rule_names(ledger: list[Entry], tables: Iterable[Table]) -> list[Rule]:
    """A rule for each table: every figure that it prints follows from the lines.

    One mistake upsets many sums: a figure that a rule has named already, or that is off by the very difference
    that a rule has found, is not named again.
    """
    named = {cell for entry in ledger for finding in entry.findings for cell in finding.cells}
    differences = set[Decimal]().union(*(entry.differences for entry in ledger))
    return [_rule_of(table, named, differences) for table in tables]


def _rule_of(table: Table, named: set[Cell], differences: set[Decimal]) -> Rule:
    statement = f"表{table.number}《{table.title}》印出的每个数都等于预算明细的合计（其他规则指出过的不重复）"
    return Rule(table.code, statement, REGULATION, partial(_compare, table, named, differences))


def _compare(table: Table, named: set[Cell], differences: set[Decimal], view: View) -> Iterator[Compared]:
    for compared in compare_table(table, view):
        known = compared.finding and (set(compared.finding.cells) & named or abs(compared.difference) in differences)
        if not known:
            yield compared


def _entry(rule: Rule, view: View) -> Entry:
    compared = [_by_rule(one, one.finding, rule) if one.finding else one for one in rule.check(view)]
    failed = [one for one in compared if one.finding]
    findings = tuple(one.finding for one in failed if one.finding)
    missing = len([one for one in compared if one.missing])
    return Entry(
        rule,
        _outcome(findings, len(compared), missing),
        len(compared) - missing,
        missing,
        findings,
        tuple(dict.fromkeys(chain.from_iterable(one.cells for one in compared))),
        tuple(filter(None, (one.remark for one in compared))),
        _differences(failed),
        tuple(one for one in compared if one.balance),
    )


def _by_rule(compared: Compared, finding: Finding, rule: Rule) -> Compared:
    return compared._replace(finding=replace(finding, rule=rule.id))


def _differences(failed: list[Compared]) -> frozenset[Decimal]:
    """By how much figures are off; unsigned: one slip makes this sum too small and that one too large."""
    return frozenset(abs(one.difference) for one in failed if one.difference)


def _outcome(findings: tuple[Finding, ...], made: int, missing: int) -> Outcome:
    if any(f.level != Level.NOTICE for f in findings):
        return Outcome.FAILED
    if not made:
        return Outcome.NOT_APPLICABLE
    return Outcome.UNKNOWN if missing else Outcome.PASSED


def findings_of(ledger: Ledger, worth: Callable[[Finding], bool] = lambda finding: True) -> list[Finding]:
    """All findings of a ledger that are worth telling, in the order of its rules, those of one cause told as one."""
    found = [finding for entry in ledger for finding in entry.findings if worth(finding)]
    return told_once(found, [one for entry in ledger for one in entry.sums], ledger.view)
