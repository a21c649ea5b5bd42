"""The fork server: imports readers, forks a child for each file, and says how each ended. Runs as its own program.

A request is one message: the kind, with two sockets. The child reads the file from the first until its end and writes
its answer there: one letter and a text. On the second the server writes the child's exit status once it is dead; when
the other end of it is closed or written to, the child is killed. When the control socket closes, all is over.
"""

import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable

from budget.intake.child.limits import limit, limit_files
from budget.intake.child.wire import sent
from budget.intake.grid import Opened
from budget.intake.guard.refusal import Refused

READY, OPENED, REFUSED, FAILED, NO_MEMORY = b"ready", b"O", b"R", b"X", b"M"
STATUS = struct.Struct("<i")  # as os.wait tells it
LONGEST_KIND = 32
LONGEST_REASON = 300
PIECE = 1 << 20

Reader = Callable[[bytes], Opened]


class Server:
    """The readers that were asked for, and the children that are at work: {pid: the socket that hears of its end}."""

    def __init__(self, control: socket.socket, readers: dict[str, str]) -> None:
        self.control, self.names = control, readers
        self.readers: dict[str, Reader] = {}
        self.children: dict[int, socket.socket] = {}
        self.woken = self._wake_on_death()

    @staticmethod
    def _wake_on_death() -> socket.socket:
        """A socket that can be read from when a child has died."""
        woken, waker = socket.socketpair()
        for end in (woken, waker):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.detach())
        return woken

    def serve(self) -> None:
        """Until the control socket closes; no child outlives that."""
        self.control.send(READY)
        while True:
            readable, _, _ = select.select([self.control, self.woken, *self.children.values()], [], [])
            self._kill(readable)
            if self.woken in readable:
                self.woken.recv(4096)
                self._bury()
            if self.control in readable and not self._request():
                break
        self._kill(list(self.children.values()))

    def _request(self) -> bool:
        """Start a child for the next request; False when there will be none."""
        kind, fds, _, _ = socket.recv_fds(self.control, LONGEST_KIND, 2)
        if len(fds) != 2:
            return False
        work, end = (socket.socket(fileno=fd) for fd in fds)
        reader = self._reader(kind.decode())
        if pid := os.fork():
            work.close()
            self.children[pid] = end
        else:
            _child(reader, work)
        return True

    def _reader(self, kind: str) -> Reader:
        """Imported here, so that the next child has it already."""
        if kind not in self.readers:
            module, name = self.names[kind].split(":")
            self.readers[kind] = getattr(importlib.import_module(module), name)
        return self.readers[kind]

    def _kill(self, ends: list[socket.socket]) -> None:
        for pid, end in self.children.items():
            if end in ends:
                os.kill(pid, signal.SIGKILL)

    def _bury(self) -> None:
        """Tell of each child that has died."""
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with self.children.pop(pid) as end:
                end.setblocking(False)
                try:
                    end.send(STATUS.pack(status))
                except OSError:  # whoever asked has gone
                    continue


def _child(reader: Reader, work: socket.socket) -> None:
    """The whole life of a child: it never returns, so that nothing of the server runs in it."""
    try:
        _keep_only(work)
        limit()
        work.sendall(_answer(reader, work))
        work.shutdown(socket.SHUT_WR)
    finally:
        os._exit(0)


def _keep_only(work: socket.socket) -> None:
    """Close whatever else the server has open, the sockets of other children among it."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.closerange(3, work.fileno())
    os.closerange(work.fileno() + 1, 1 << 10)


def _answer(reader: Reader, work: socket.socket) -> bytes:
    try:
        return OPENED + sent(reader(_received(work)))
    except Refused as refusal:
        return REFUSED + str(refusal).encode()
    except MemoryError:
        return NO_MEMORY
    except Exception as error:  # whatever a parser raises on a broken file
        return FAILED + repr(error).encode("utf-8", "replace")[:LONGEST_REASON]


def _received(work: socket.socket) -> bytes:
    data = bytearray()
    while piece := work.recv(PIECE):
        data += piece
    return bytes(data)


def main() -> None:
    """Serve on the control socket, which is standard input; the readers' table is the last argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which closes the socket
    limit_files()
    Server(socket.socket(fileno=0), json.loads(sys.argv[-1])).serve()
