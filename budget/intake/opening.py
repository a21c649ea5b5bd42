"""A file's bytes as grids and paragraphs: what it is is told by the guard, each kind has its reader."""

from budget.intake import child, guard
from budget.intake.grid import Opened


def open_file(data: bytes) -> Opened:
    """What a file holds. Raises guard.Refused when it cannot be read at all.

    The guard looks at the bytes in this process, in bounded time and memory; the reader runs in a child.
    """
    return child.read(guard.inspect(data), data)
