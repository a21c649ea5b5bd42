"""What a reader's child costs: `python -m tests.bench.child [FILE.pdf]`; without a file, 35 pages drawn here.

Seconds of a first and of the following files, and the most memory that a child had. Nothing here passes or fails.
"""

import resource
import statistics
import sys
import time
from pathlib import Path

from budget.intake import pdf, workbook
from budget.intake.child import READERS, ForkServer
from tests.budget.small_pdf import Page
from tests.budget.small_pdf import pdf as written

ORIGINALS = Path(__file__).parent.parent / "files" / "originals"
ROUNDS = 9
PAGES = 35
ROW = ["2010301", "机关事业单位基本养老保险缴费支出", "164,978,640.00", "164,978,640.00", "0.00", "0.00"]


def measured_pdf(data):
    """The reader of PDFs, which also tells how much memory its process had at most."""
    opened = pdf.opened(data)
    opened.unread.append(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
    return opened


def drawn():
    """A document of tables, one on each page."""
    pages = [Page().text(300, 40, f"第{n}张表", 16) for n in range(PAGES)]
    for page in pages:
        page.table(40, 60, [80, 240, 110, 110, 110, 110], [ROW] * 28)
    return written(*pages)


def seconds(function):
    """How long a call takes."""
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def median(function):
    """The median of some rounds."""
    return statistics.median(seconds(function) for _ in range(ROUNDS))


def main():
    """Print the figures."""
    book = (ORIGINALS / "liujiaying-2024.xlsx").read_bytes()
    server = ForkServer(READERS | {"measured": "tests.bench.child:measured_pdf"})
    print(f"first file, with the server's start   {seconds(lambda: server.read('xlsx', book)):.2f} s")
    apart, here = median(lambda: server.read("xlsx", book)), median(lambda: workbook.opened(book))
    print(f"a workbook in a child, and without    {apart * 1000:.0f} ms, {here * 1000:.0f} ms")
    data = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else drawn()
    peak = server.read("measured", data).unread[-1]
    print(f"a PDF in a child (reach: 6 s, 300 MB) {median(lambda: server.read('pdf', data)):.2f} s, {peak} MB")


if __name__ == "__main__":
    main()
