"""Medians and ratios, measured in one run: `python -m tests.bench`.

Each figure stands beside the bare time of the library that does the unavoidable part, so that the ratio holds
on any machine. Nothing here passes or fails; the numbers to reach are printed beside the ones measured.
"""

import gzip
import io
import os
import statistics
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from openpyxl import Workbook, load_workbook  # noqa: E402

from budget.checks.ledger import check  # noqa: E402
from budget.documents.department_budget import DEPARTMENT_BUDGET  # noqa: E402
from budget.drafts.load import load, load_lines, names_for  # noqa: E402
from budget.drafts.save import save  # noqa: E402
from budget.figures.fill import fill  # noqa: E402
from budget.intake import child, workbook  # noqa: E402
from budget.intake.identity import Given  # noqa: E402
from budget.intake.read import read  # noqa: E402
from disclosures.outputs import OUTPUTS  # noqa: E402
from disclosures.page_views import PAGES  # noqa: E402
from disclosures.pages.disclosure import Disclosure  # noqa: E402
from disclosures.publish import content_of, publish  # noqa: E402

ORIGINALS = Path(__file__).parent.parent / "files" / "originals"
WHOLE = "liujiaying-2024.docx"  # tables, text, performance sheets and lists in one: what gives the rules most to do
FILES = {"liujiaying-2024.xlsx": Given(), "wanli-2023.xlsx": Given("310107", "210")}
ROUNDS = 15


def median_of(*functions):
    """Median milliseconds of each function, their rounds taken in turn so that all see the same machine."""
    times = [[] for _ in functions]
    for _ in range(ROUNDS):
        for function, taken in zip(functions, times, strict=True):
            start = time.perf_counter()
            function()
            taken.append((time.perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]


def say(what, measured, reach):
    """One line of the report; reach: the number to reach, "" where there is none."""
    print(f"  {what:<58} {measured:>12}" + (f"   reach {reach}" if reach else ""))


def bench_import(name, given):
    """Reading, from bytes to lines, against the bare time openpyxl needs to read the same file."""
    data = (ORIGINALS / name).read_bytes()
    bare, here, checked, in_child = median_of(
        lambda: load_workbook(io.BytesIO(data), data_only=True),
        lambda: read_here(data, given),
        lambda: check(read_here(data, given).dossier),
        lambda: check(read(data, given).dossier),
    )
    print(f"{name}: openpyxl alone {bare:.1f} ms, import {here:.1f} ms, in its child with all rules {in_child:.1f} ms")
    say("import ÷ openpyxl reading, without the child", f"{here / bare:.2f}×", "≤ 2×")
    say("the same with all rules", f"{checked / bare:.2f}×", "")
    say("the same in its child", f"{in_child / bare:.2f}×", "")
    return save(read(data, given), data, name).budget


def read_here(data, given):
    """The same reading with the workbook opened in this process."""
    with patch.object(child, "read", lambda kind, data: workbook.opened(data)):
        return read(data, given)


def bench_derive(budget):
    """Nine tables from the lines in the database."""

    def derive():
        names, lines = names_for(budget.year), load_lines(budget)
        return [fill(table, lines, names) for table in DEPARTMENT_BUDGET.tables]

    with CaptureQueriesContext(connection) as queries:
        derive()
    (taken,) = median_of(derive)
    say("nine tables derived from lines", f"{taken:.1f} ms", "≤ 15 ms")
    say("queries for it", len(queries), "≤ 10")
    bench_rules(load(budget))


def bench_rules(dossier):
    """All rules on one budget."""
    (taken,) = median_of(lambda: check(dossier))
    say(f"all {len(DEPARTMENT_BUDGET.rules)} rules and every printed figure", f"{taken:.1f} ms", "≤ 15 ms")


def bench_workbook(budget):
    """Writing the workbook against the bare time openpyxl needs to write the same cells, styles and areas."""
    content = content_of(budget)
    data = OUTPUTS["xlsx"].write(content)
    cells = list(_cells(load_workbook(io.BytesIO(data))))
    bare, styled, whole = median_of(
        lambda: _write_values(cells), lambda: _write_styled(cells), lambda: OUTPUTS["xlsx"].write(content)
    )
    count = sum(len(values) for _, values, _ in cells)
    print(f"  {count} cells: openpyxl {bare:.1f} ms for values, {styled:.1f} ms with styles; workbook {whole:.1f} ms")
    say("writing ÷ openpyxl writing the same values", f"{whole / bare:.2f}×", "≤ 1.5×")
    say("writing ÷ openpyxl writing the same values and styles", f"{whole / styled:.2f}×", "≤ 1.5×")


def _cells(book):
    for sheet in book.worksheets:
        values = [(c.row, c.column, c.value, c.style) for row in sheet.iter_rows() for c in row if c.has_style]
        yield sheet.title, values, [str(area) for area in sheet.merged_cells.ranges]


def _write_values(sheets):
    book = Workbook()
    for title, values, _ in sheets:
        sheet = book.create_sheet(title)
        for row, column, value, _ in values:
            sheet.cell(row, column, value)
    book.save(io.BytesIO())


def _write_styled(sheets):
    from disclosures.outputs.xlsx_style import STYLES

    book = Workbook()
    for style in STYLES:
        book.add_named_style(style())
    for title, values, areas in sheets:
        sheet = book.create_sheet(title)
        for row, column, value, style in values:
            cell = sheet.cell(row, column)
            if type(cell).__name__ == "Cell":
                cell.value = value
            cell.style = style
        for area in areas:
            sheet.merge_cells(area)
    book.save(io.BytesIO())


def bench_pages(budget):
    """Compressed sizes and times of the public pages."""
    publication, _ = publish(budget, break_glass="bench")
    disclosure = Disclosure(publication)
    client = Client(SERVER_NAME="127.0.0.1")
    for page in PAGES:
        for where in list(page.each(disclosure))[:9]:  # of projects, some; of tables, all
            _say_page(client, disclosure.root, page.at(where))


def _say_page(client, root, path):
    response = client.get(root + path)
    assert response.status_code == 200, path
    size = len(gzip.compress(response.content, 6))
    whole = path == "tables/"
    say(f"page {path or '(disclosure)'} compressed", f"{Decimal(size) / 1024:.1f} KB", f"≤ {40 if whole else 10} KB")
    (taken,) = median_of(lambda: client.get(root + path))
    say(f"page {path or '(disclosure)'} rendered", f"{taken:.1f} ms", "≤ 50 ms")


def main():
    """Run everything and print the report."""
    call_command("migrate", verbosity=0)
    for name, options in FILES.items():
        budget = bench_import(name, options)
        bench_derive(budget)
        bench_workbook(budget)
        bench_pages(budget)
        print()
    print(WHOLE)
    bench_rules(read((ORIGINALS / WHOLE).read_bytes(), Given()).dossier)


main()
