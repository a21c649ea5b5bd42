"""What does not agree in a file that was read, without what merely follows from what could not be read.

A cell that cannot be read counts as blank, a row that nobody knows is lost, a table without its unit is not there: the
problem is told at its place, and what the rules then miss would only send the clerk elsewhere. Nothing is saved before
the problem is mended, and then every rule sees the whole.
"""

from budget.checks.ledger import Ledger, findings_of
from budget.finding import Finding
from budget.intake.problems import NOTHING
from budget.intake.read import Reading

LOSE_ROWS = ("R07", "R08", "R09")  # problems by which a table's rows or columns are lost, not single figures


def disagreements(reading: Reading, ledger: Ledger) -> list[Finding]:
    """The findings of a reading that do not keep it from being saved: the reader's own and those of the rules."""
    unread = {place for problem in reading.problems for place in problem.places}
    lost = {key for key, table in reading.tables.items() if any(p.rule in LOSE_ROWS for p in table.problems)}
    by_lines = {table.code for table in reading.document.tables} if unread else set()
    missing = {f"missing {key}" for key in reading.refused}

    def follows(finding: Finding) -> bool:
        is_upset = finding.rule in by_lines or finding.cause in missing or unread.intersection(finding.places)
        return bool(is_upset or (finding.rule[0] == "I" and lost.intersection(cell.table for cell in finding.cells)))

    if any(problem.rule == NOTHING for problem in reading.problems):
        return reading.findings
    own = [finding for finding in reading.findings if not follows(finding)]
    return own + findings_of(ledger, lambda finding: not follows(finding))
