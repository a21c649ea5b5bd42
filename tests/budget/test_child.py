"""Readers run apart: whatever a parser does, the portal goes on and says one sentence."""

import datetime
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from budget.intake import child, opening
from budget.intake.child import limits, parent, places, wire
from budget.intake.grid import Grid, Opened, Paragraph
from budget.intake.guard import Refused

from . import bad_readers
from .conftest import original

NAMES = [name for name, value in vars(bad_readers).items() if getattr(value, "__module__", "") == bad_readers.__name__]


@pytest.fixture(scope="module")
def server():
    return child.ForkServer({name: f"tests.budget.bad_readers:{name}" for name in NAMES})


@pytest.fixture
def hurried(monkeypatch):
    """The clock of the side that waits, shortened."""
    monkeypatch.setattr(parent, "CLOCK", 0.5)


def refusal(server, kind, data=b""):
    with pytest.raises(Refused) as caught:
        server.read(kind, data)
    said = str(caught.value)
    assert said.endswith("。") and said.count("。") == 1 and "请" in said, said
    return said


def test_every_kind_is_read_in_a_child(monkeypatch):
    """The way of commands and of the back office: `open_file` has no other reader."""
    asked = []
    monkeypatch.setattr(child._server, "_ask", lambda kind, data: asked.append(kind) or (b"X", 0))
    for name in ("liujiaying-2024.xlsx", "liujiaying-2024.docx", "liujiaying-2024.xls"):
        with pytest.raises(Refused):
            opening.open_file(original(name))
    assert asked == ["xlsx", "docx", "xls"] and set(asked) | {"pdf"} == set(child.READERS)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("swallows_memory", parent.TOO_MUCH),
        ("crashes", parent.DAMAGED),
        ("leaves", parent.DAMAGED),
        ("raises", parent.DAMAGED),
        ("recurses", parent.DAMAGED),
        ("answers_too_much", parent.TOO_LARGE),
        ("refuses", "第3页是图片，请上传原来的文件。"),
    ],
)
def test_whatever_a_reader_does_is_one_sentence_and_the_next_file_is_read(server, kind, sentence):
    assert refusal(server, kind) == sentence
    assert server.read("good", "收支总表".encode()).grids[0].name == "收支总表"


@pytest.mark.parametrize("kind", ["loops", "sleeps"])
def test_a_reader_that_does_not_end_is_ended(server, hurried, kind):
    began = time.monotonic()
    assert refusal(server, kind) == parent.TOO_LONG
    while children := Path(f"/proc/{server._program.pid}/task/{server._program.pid}/children").read_text():
        assert time.monotonic() - began < 5, children
    assert server.read("good", b"x").kind == "good"


def test_a_loop_is_ended_by_its_processor_time_too():
    pid = os.fork()
    if not pid:
        import resource

        limits.CPU = 1
        limits.limit()
        assert resource.getrlimit(resource.RLIMIT_AS)[0] < 1 << 40
        while True:
            pass
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGXCPU
    assert (
        parent._killed(int(signal.SIGXCPU)) == parent.TOO_LONG
        and parent._killed(int(signal.SIGKILL)) == parent.TOO_MUCH
    )


@pytest.mark.parametrize(
    "answer",
    [
        "None",
        "Opened('x', [1])",
        "Opened('x', [Grid(7, {})])",
        "Opened('x', [Grid('x', {('a', 1): 1})])",
        "Opened('x', [Grid('x', {(1, 2, 3): 1})])",
        "Opened('x', [Grid('x', {}, merged={(1, 1): 'A1'})])",
        "Opened('x', [Grid('x', {}, page='3')])",
        "Opened('x', [], 'text')",
    ],
)
def test_an_answer_is_not_believed_unchecked(server, answer):
    assert refusal(server, "answers_garbage", answer.encode()) == parent.DAMAGED


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"[" * 100_000, b'["x",[],[]]', b'["x",[],[],[1]]', b"\xff"]
)
def test_bytes_that_are_no_answer_are_garbage(data):
    with pytest.raises(wire.Garbage):
        wire.received(data)


def test_an_answer_arrives_as_it_was():
    moments = (datetime.datetime(2024, 1, 2, 3, 4), datetime.date(2024, 1, 2), datetime.time(3, 4))
    values = dict(enumerate(["文字", 7, 0.1, -0.0, True, *moments, 10**30, "\ud800", "#REF!"], 1))
    piece = Grid("续", {(1, 1): 2}, page=4)
    grid = Grid(
        "表",
        {(row, 1): value for row, value in values.items()},
        {(1, 2): (1, 1)},
        ("题",),
        ("注：",),
        problems={(1, 1): "错"},
        hidden="第1行",
        origins={12: (piece, 1)},
    )
    opened = Opened("xls", [grid], [Paragraph("段", "Heading 1")], ["第3页是图片。"])
    again = wire.received(wire.sent(opened))
    assert again == opened
    assert [type(v) for v in again.grids[0].values.values()] == [type(v) for v in values.values()]


def test_a_child_writes_no_file_and_finds_no_secret(server, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    fresh = child.ForkServer(server.readers)
    assert fresh.read("writes", str(tmp_path / "file").encode()).kind == "not written"
    environment, files, bounds, _ = fresh.read("looks_around", b"").unread
    assert "SECRET_KEY" not in environment and "PATH" not in environment
    assert int(files) <= 6  # standard streams, its own socket, the directory that is being listed
    assert bounds == str([0, 0, limits.CPU])
    assert fresh.read("knows_settings", b"").unread == []


def test_a_server_that_was_killed_is_made_anew(server):
    server.read("good", b"x")
    os.kill(server._program.pid, signal.SIGKILL)
    server._program.wait()
    assert server.read("good", b"x").kind == "good"


def test_a_server_killed_in_the_middle_is_made_anew(server, hurried):
    timer = threading.Timer(0.2, lambda: os.kill(server._program.pid, signal.SIGKILL))
    timer.start()
    assert refusal(server, "sleeps", b"") in (parent.TOO_LONG, parent.NOT_STARTED)
    assert server.read("good", b"x").kind == "good"


def test_a_forked_process_starts_a_server_of_its_own(server):
    server.read("good", b"x")
    mine = server._program.pid
    pid = os.fork()
    if not pid:
        fine = server._program is None and server.read("good", b"y").kind == "good" and server._program.pid != mine
        os.kill(server._program.pid, signal.SIGKILL)
        os._exit(0 if fine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert server.read("good", b"x").kind == "good" and server._program.pid == mine


def test_threads_get_their_own_answers(server):
    names = [f"表{n}" for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        assert [one.grids[0].name for one in pool.map(lambda n: server.read("good", n.encode()), names)] == names


def test_two_at_once_and_no_more(server, monkeypatch):
    with places.place(), places.place():
        monkeypatch.setattr(places, "QUEUE", 0.1)
        assert refusal(server, "good") == parent.BUSY
    monkeypatch.undo()  # other tests read at the same time
    assert server.read("good", b"x").kind == "good"
