"""The file that a clerk uploaded, annotated with what does not agree; nothing else in it changes.

The clerk gets back the very file, to mend it in place and upload it again: what was lost or moved on the way would
come back as a finding, or worse, unseen.
"""

from collections.abc import Iterable

from budget.annotated.document import annotate_document, list_alone
from budget.annotated.workbook import annotate_workbook
from budget.finding import Finding, Level

_ORDER = list(Level)
_KINDS = {"xlsx": annotate_workbook, "docx": annotate_document}
_OF_A_LIST = "docx"


def annotate(data: bytes, kind: str, findings: Iterable[Finding]) -> bytes:
    """The bytes of the file with its findings: in a workbook at their cells and listed, in Word listed.

    Nothing can be written into the others (.xls, .pdf): for them it is a Word file with the list alone.
    kind: as `intake.guard.inspect` says. findings: of the checks and of the reader alike.
    """
    gravest_first = sorted(findings, key=lambda finding: _ORDER.index(finding.level))
    return _KINDS[kind](data, gravest_first) if kind in _KINDS else list_alone(gravest_first)


def annotated_name(name: str, kind: str) -> str:
    """What the annotated file is called: `预算.pdf` → `预算（核对）.docx`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}（核对）.{ending if kind in _KINDS else _OF_A_LIST}"


__all__ = ["annotate", "annotated_name"]
