"""The file that a clerk uploaded, with what does not agree marked in it; nothing else in it changes."""

from budget.annotated.document import annotate_document
from budget.annotated.workbook import annotate_workbook
from budget.checks.finding import Level

_ORDER = list(Level)


def annotate(data, kind, findings):
    """The bytes of the file with its findings: in a workbook at their cells and listed, in Word listed.

    kind: "xlsx" or "docx", as `intake.guard.inspect` says. findings: of the checks and of the reader alike.
    """
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.level))
    return (annotate_workbook if kind == "xlsx" else annotate_document)(data, ordered)


__all__ = ["annotate"]
