"""Processes that do what they are told, forked from a warm one: a round costs what the product costs."""

import multiprocessing
import traceback

from django.db import connections

from tests.trials.broken import Broken

_FORK = multiprocessing.get_context("fork")
PATIENCE = 120  # seconds until a process that does not answer is said to hang


class Process:
    """One process with what it has in hand: the methods of `worker` are called there, by their names."""

    def __init__(self, worker):
        connections.close_all()  # no connection is shared: a child opens its own
        self.here, there = _FORK.Pipe()
        self.child = _FORK.Process(target=_serve, args=(worker, there), daemon=True)
        self.child.start()
        there.close()

    def tell(self, method, *args):
        """Have it do something; `answer` waits for it."""
        self.here.send((method, args))

    def answer(self):
        """What came of what it was told. Raises Broken where that raised, or never ended."""
        if not self.here.poll(PATIENCE):
            raise Broken(f"a process did not answer within {PATIENCE} s")
        value, error = self.here.recv()
        if error:
            raise Broken(f"a process failed:\n{error}")
        return value

    def end(self):
        """Let it go."""
        self.here.send(None)
        self.child.join(10)


def _serve(worker, pipe):
    while told := pipe.recv():
        method, args = told
        try:
            pipe.send((getattr(worker, method)(*args), ""))
        except Exception:  # whatever it is, the referee tells it
            pipe.send((None, traceback.format_exc()))


def all_at_once(processes, method, args):
    """What each answers to this method, begun at the same moment; args: those of each."""
    for process, own in zip(processes, args, strict=True):
        process.tell(method, *own)
    return [process.answer() for process in processes]
