"""Two readers at once on one machine, however many processes ask.

A place is a name in the kernel's own list of sockets ("abstract" ones, Linux): whoever binds it has it, and the kernel
frees it when its holder dies, however it dies. A lock file would need a directory that the web service, whose /tmp is
its own, shares with a command, and a disk that is not full.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from budget.intake.child.limits import AT_ONCE, QUEUE

PAUSE = 0.01  # seconds between two looks


class NoPlace(Exception):
    """Others are reading, and went on for as long as one waits."""


@contextmanager
def place() -> Iterator[None]:
    """Hold one of the places; raises NoPlace after some seconds."""
    until = time.monotonic() + QUEUE
    while (held := _free_place()) is None:
        if time.monotonic() > until:
            raise NoPlace
        time.sleep(PAUSE)
    with held:
        yield


def _free_place() -> socket.socket | None:
    for number in range(AT_ONCE):
        held = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            held.bind(f"\0township-budget-reader-{os.getuid()}-{number}")
            return held
        except OSError:
            held.close()
    return None
