"""Readers of files in processes of their own, with limits of memory, time and files (`read`).

A parser over a stranger's bytes may loop, swallow all memory or crash, whatever the guard has looked at before. So a
reader runs in a child that has nothing to lose: no settings, no database, no environment, no file that it could write,
and a bound on everything it may use. What it answers is plain data and is checked before it is believed (`wire`).

A child is forked off a small server (`server`) that has imported the readers and nothing else: it starts in some
milliseconds, where a new interpreter with pdfplumber takes 0.3 s. multiprocessing's own fork server would import the
main module, and with it Django and its settings, into every child.
"""

from budget.intake.child.parent import ForkServer
from budget.intake.grid import Opened

READERS = {  # kind: where its reader is, a function bytes → Opened; imported in the server when first asked for
    "xlsx": "budget.intake.workbook:opened",
    "docx": "budget.intake.document:opened",
    "xls": "budget.intake.xls:opened",
    "pdf": "budget.intake.pdf:opened",
}

_server = ForkServer(READERS)


def read(kind: str, data: bytes) -> Opened:
    """What the reader of that kind finds in the bytes. Raises guard.Refused in one sentence, whatever goes wrong."""
    return _server.read(kind, data)


__all__ = ["READERS", "ForkServer", "read"]
