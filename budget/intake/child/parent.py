"""The side of a reader's child that asks: hands in bytes, waits so long and no longer, believes nothing unchecked."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from contextlib import ExitStack, suppress

from budget.intake.child.limits import CLOCK, CPU, MAX_ANSWER
from budget.intake.child.places import NoPlace, place
from budget.intake.child.server import FAILED, NO_MEMORY, OPENED, PIECE, READY, REFUSED, STATUS
from budget.intake.child.wire import Garbage, received
from budget.intake.grid import Opened
from budget.intake.guard.refusal import Refused

RESAVE_SMALLER = "请用 Excel、Word 或 WPS 打开，删去多余的行、列、图片，“另存为”新的文件后再上传"
DAMAGED = "这个文件打不开（内容已损坏），请用 Excel、Word 或 WPS 打开后“另存为”新的文件再上传。"
TOO_MUCH = f"读这个文件用的内存太多，不像正常的预算文件，{RESAVE_SMALLER}。"
TOO_LONG = f"读这个文件用的时间太长（超过 {CPU} 秒），不像正常的预算文件，{RESAVE_SMALLER}。"
TOO_LARGE = f"这个文件里的文字太多，不像正常的预算文件，{RESAVE_SMALLER}。"
BUSY = "现在同时读取的文件太多，这个文件还没有读，请过一分钟再上传。"
NOT_STARTED = "读取文件的程序没有启动，这个文件还没有读，请过一分钟再上传；仍然不行，请告诉技术人员。"
START = 10  # seconds for a server to be ready, on a machine that has other things to do

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from budget.intake.child.server import main; main()"
)
_log = logging.getLogger(__name__)


class _Late(Exception):
    """The child had its time."""


class _Gone(Exception):
    """The server is not there any more."""


class ForkServer:
    """A server of this process alone: started with the first file, made anew after a fork or when it was killed.

    readers: {kind: "module:function"}, each bytes → Opened.
    """

    def __init__(self, readers: dict[str, str]) -> None:
        self.readers = readers
        self._forget()
        os.register_at_fork(after_in_child=_weakly(self))

    def _forget(self) -> None:
        """A forked process starts a server of its own; the old one goes on to belong to the parent."""
        self._lock = threading.Lock()
        self._program: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def read(self, kind: str, data: bytes) -> Opened:
        """What the reader of that kind finds. Raises Refused, in one sentence, whatever goes wrong in the child."""
        try:
            with place():
                return _believed(*self._asked(kind, data))
        except NoPlace as error:
            raise Refused(BUSY) from error
        except _Late as error:
            raise Refused(TOO_LONG) from error
        except (_Gone, OSError, subprocess.SubprocessError) as error:
            _log.error("no reader could be started: %r", error)
            raise Refused(NOT_STARTED) from error

    def _asked(self, kind: str, data: bytes) -> tuple[bytes, int]:
        """(answer, exit status); a server that was killed in between is made anew, once."""
        try:
            return self._ask(kind, data)
        except _Gone:
            with self._lock:
                self._stop()
            return self._ask(kind, data)

    def _ask(self, kind: str, data: bytes) -> tuple[bytes, int]:
        with ExitStack() as sockets:
            work, theirs = (sockets.enter_context(one) for one in socket.socketpair())
            end, told = (sockets.enter_context(one) for one in socket.socketpair())
            self._send(kind, theirs, told)
            for one in (theirs, told):
                one.close()
            return _exchange(work, end, data)

    def _send(self, kind: str, *theirs: socket.socket) -> None:
        with self._lock:
            control = self._running()
            try:
                socket.send_fds(control, [kind.encode()], [one.fileno() for one in theirs])
            except OSError as error:
                self._stop()
                raise _Gone from error

    def _running(self) -> socket.socket:
        """The control socket of a server that is there."""
        if self._program and self._program.poll() is not None:
            self._stop()
        if self._control is None:
            self._start()
        assert self._control
        return self._control

    def _start(self) -> None:
        """A new interpreter without environment, without this process's files, deaf to its signals."""
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        path = json.dumps([os.path.abspath(folder) for folder in sys.path])
        command = [sys.executable, "-I", "-S", "-B", "-c", _PROGRAM, path, json.dumps(self.readers)]
        with theirs:
            self._program = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"LANG": "C.UTF-8"},
                start_new_session=True,
            )
        self._control.settimeout(START)
        if self._control.recv(len(READY)) != READY:
            self._stop()
            raise _Gone
        weakref.finalize(self, _end, self._program, self._control)

    def _stop(self) -> None:
        if self._program and self._control:
            _end(self._program, self._control)
        self._program = self._control = None


def _weakly(server: ForkServer):  # type: ignore[no-untyped-def]
    """What os.register_at_fork may keep for ever without keeping the server."""
    reference = weakref.ref(server)

    def forget() -> None:
        if found := reference():
            found._forget()

    return forget


def _end(program: "subprocess.Popen[bytes]", control: socket.socket) -> None:
    """Close the socket, upon which the server kills its children and ends; one that does not is killed."""
    control.close()
    try:
        program.wait(1)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def _exchange(work: socket.socket, end: socket.socket, data: bytes) -> tuple[bytes, int]:
    """(answer, exit status) of the child; closing `end` without having heard of its death kills it."""
    until = time.monotonic() + CLOCK
    try:
        _hand_in(_timed(work, until), data)
        answer = _all_of(work, until)
        status = _timed(end, until).recv(STATUS.size)
    except TimeoutError as error:
        raise _Late from error
    if len(status) != STATUS.size:
        raise _Gone
    return answer, STATUS.unpack(status)[0]


def _hand_in(work: socket.socket, data: bytes) -> None:
    """Send the file; a child that died before it had read all says why by its end."""
    with suppress(BrokenPipeError, ConnectionResetError):
        work.sendall(data)
        work.shutdown(socket.SHUT_WR)


def _all_of(work: socket.socket, until: float) -> bytes:
    """What the child answers, and no more than that."""
    answer = bytearray()
    with suppress(ConnectionResetError):
        while len(answer) <= MAX_ANSWER and (piece := _timed(work, until).recv(PIECE)):
            answer += piece
    if len(answer) > MAX_ANSWER:
        raise Refused(TOO_LARGE)
    return bytes(answer)


def _timed(one: socket.socket, until: float) -> socket.socket:
    left = until - time.monotonic()
    if left <= 0:
        raise _Late
    one.settimeout(left)
    return one


def _believed(answer: bytes, status: int) -> Opened:
    """What a child answered, if it ended as it should; otherwise the sentence for how it ended."""
    letter, text = answer[:1], answer[1:]
    if status:
        raise Refused(_killed(status))
    if letter == REFUSED:
        raise Refused(text.decode("utf-8", "replace"))
    if letter == NO_MEMORY:
        raise Refused(TOO_MUCH)
    if letter != OPENED:
        _log.warning("a reader failed: %s", text.decode("utf-8", "replace") if letter == FAILED else "no answer")
        raise Refused(DAMAGED)
    try:
        return received(text)
    except Garbage as error:
        _log.warning("a reader answered garbage: %s", error)
        raise Refused(DAMAGED) from error


def _killed(status: int) -> str:
    """Why a child died that did not end by itself."""
    signalled = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if signalled == signal.SIGKILL:  # the kernel's, when the machine has no memory left
        return TOO_MUCH
    return TOO_LONG if signalled in (signal.SIGXCPU, signal.SIGALRM) else DAMAGED
