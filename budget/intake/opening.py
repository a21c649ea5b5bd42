"""A file's bytes as grids and paragraphs: what it is is told by the guard, each kind has its reader."""

from budget.intake import document, guard, workbook
from budget.intake.grid import Opened


def open_file(data: bytes) -> Opened:
    """What a file holds. Raises guard.Refused when it cannot be read at all."""
    kind = guard.inspect(data)
    if kind == "xlsx":
        return Opened(kind, workbook.read(data))
    return Opened(kind, *document.read(data))
