"""A child that ends itself by SIGKILL right before or right after one of the statements that it sends."""

import os
import signal
import sys
import traceback
from unittest.mock import patch

from django.db import connection, connections
from django.utils import timezone

BEFORE, AFTER = "before", "after"
STANDING = timezone.now()  # the clock of all children: what they do is the same each time, to the byte


class Killer:
    """Counts the statements of a connection, commits among them, and ends the process at one; at: 0 for none."""

    def __init__(self, at=0, side=BEFORE):
        self.at, self.side, self.sent = at, side, []

    def watch(self):
        """Stand between this process and its database."""
        commit = connection._commit
        connection.execute_wrappers.append(self._statement)
        connection._commit = lambda: self._step("COMMIT", commit)

    def _statement(self, execute, sql, params, many, context):
        return self._step(sql, lambda: execute(sql, params, many, context))

    def _step(self, sql, send):
        self.sent.append(sql)
        self._kill(BEFORE)
        answer = send()
        self._kill(AFTER)
        return answer

    def _kill(self, side):
        if (len(self.sent), side) == (self.at, self.side):
            os.kill(os.getpid(), signal.SIGKILL)


def in_child(do, killer):
    """(how it ended, what it sent): do something in a child; killed, done, or failed."""
    connections.close_all()
    there, here = os.pipe()
    child = os.fork()
    if not child:
        _do(do, killer, here)
    os.close(here)
    with os.fdopen(there, encoding="utf-8") as told:
        sent = told.read().split("\0")
    status = os.waitpid(child, 0)[1]
    return "killed" if os.WIFSIGNALED(status) else "failed" if status else "done", sent


def _do(do, killer, here):
    """All that the child does; it never comes back."""
    try:
        killer.watch()
        with patch.object(timezone, "now", lambda: STANDING):
            do()
        os.write(here, "\0".join(sql[:100] for sql in killer.sent).encode())
        os._exit(0)
    except BaseException:  # nothing of the parent's may run here
        traceback.print_exc(file=sys.stderr)
    os._exit(1)
