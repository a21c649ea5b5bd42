"""Readers that do what a hostile file may make a parser do; imported in a child's server, never by the product."""

import os
import resource
import socket
import time

from budget.intake.grid import Grid, Opened
from budget.intake.guard import Refused


def good(data):
    """What it was given, as a sheet's name."""
    return Opened("good", [Grid(data.decode(), {(1, 1): 1})])


def swallows_memory(data):
    """One block after the other."""
    blocks = []
    while True:
        blocks.append(bytearray(1 << 24))


def loops(data):
    """For ever."""
    while True:
        pass


def sleeps(data):
    """Costs no processor at all; `good` must not wait for it."""
    time.sleep(3600)


def crashes(data):
    """As a library in C does."""
    os.abort()


def leaves(data):
    """Without an answer."""
    os._exit(3)


def raises(data):
    """What no reader of ours raises."""
    raise KeyError("sheet 7")


def recurses(data):
    """Deeper than Python goes."""
    return recurses(data)


def refuses(data):
    """As a reader should."""
    raise Refused("第3页是图片，请上传原来的文件。")


def answers_garbage(data):
    """A value of another kind in each place in turn."""
    return eval(data, {"Grid": Grid, "Opened": Opened})


def answers_too_much(data):
    """One long text in many cells."""
    return Opened("x", [Grid("x", {(row, 1): "预" * 1000 for row in range(1, 10_000)})])


def writes(data):
    """A file, or says that it could not."""
    try:
        with open(data.decode(), "w") as file:
            file.write("x")
        return Opened("written", [])
    except OSError:
        return Opened("not written", [])


def looks_around(data):
    """What a taken-over child would find: environment, open files, limits."""
    files = [int(name) for name in os.listdir("/proc/self/fd")]
    limits = [
        resource.getrlimit(what)[0] for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_CPU)
    ]
    return Opened("seen", [], [], [str(sorted(os.environ)), str(len(files)), str(limits), str(_is_socket(1))])


def _is_socket(fd):
    try:
        socket.socket(fileno=os.dup(fd))
        return True
    except OSError:
        return False


def knows_settings(data):
    """Whether Django, its settings or anything of the portal besides the readers was imported."""
    import sys

    known = [name for name in sys.modules if name.startswith(("django", "deploy", "budget.models", "disclosures"))]
    return Opened("modules", [], [], known)
