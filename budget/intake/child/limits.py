"""What a child may use, set in the child itself before it sees a byte of the file."""

import contextlib
import os
import resource
import signal
from pathlib import Path

MIB = 1024 * 1024
MEMORY = 512 * MIB  # beyond what the interpreter with its readers has mapped already
CPU = 10  # seconds; one more and the kernel kills what did not end by then
CLOCK = 15  # seconds
FILES = 32  # readers open tables of characters that lie beside them, nothing else
MAX_ANSWER = 16 * MIB  # 200,000 cells of 20 letters; one long text that many cells show is no budget
AT_ONCE = 2  # on one machine: two cores, and 512 MiB each
QUEUE = 20  # seconds to wait for one of these places


def limit_files() -> None:
    """What holds for the server as well: nothing is written, neither files nor dumps, and few are open.

    SIGXFSZ is ignored by Python: a write fails as one on a full disk does.
    """
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, FILES)):
        resource.setrlimit(what, (most, most))


def limit() -> None:
    """Bound memory, time and processes of this very process, for good.

    Memory is RLIMIT_AS, the whole address space: RLIMIT_DATA leaves out mappings of files and of shared memory, and
    RLIMIT_RSS does nothing on Linux. A child has one thread, so that no space is reserved without being used.
    """
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY, mapped + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 1))
    with contextlib.suppress(ValueError, OSError):  # has no effect for root; some containers forbid it
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, CLOCK + 1)  # should nobody be left who kills it
    os.chdir("/")
