"""The same documents in the other format, in another order, table by table, in another money unit: the same budget.

`python -m tests.bench.conversions` does the same with LibreOffice and with the published PDFs.
"""

from functools import lru_cache

import pytest

from budget.documents.department_budget.tables import TABLES
from budget.intake.identity import Given
from budget.intake.read import read
from tests.budget.bends.files import docx
from tests.budget.bends.paper import sound
from tests.budget.bends.same import differences
from tests.budget.conftest import OPTIONS, original, read_original
from tests.budget.converted import of_word, of_workbook, scaled, shuffled, to_word, to_workbook
from tests.budget.independent import REAL

FILES = (
    ("liujiaying-2024.xlsx", "docx"), ("liujiaying-2024.docx", "xlsx"),
    ("wanli-2023.xlsx", "docx"), ("wanli-2023.xlsx", "xlsx"),
)  # fmt: skip
TO = {"xlsx": to_workbook, "docx": to_word}
LISTS = ("projects", "procurement", "fixed_assets", "institutions")


@lru_cache
def tables_of(name):
    """A file's tables as plain cells, to be rearranged."""
    return (of_word if name.endswith("docx") else of_workbook)(original(name))


def identity(entries):
    return entries.name, entries.unit, entries.year, entries.region, entries.document.key


def problems(reading):
    return [problem.message for problem in reading.problems]


def printed(reading, table):
    """{address: amount} of what a file prints of a table, blanks left out."""
    return {p.cell: p.amount for p in reading.original.of_table(table.key) if p.amount is not None}


@pytest.mark.parametrize(("name", "to"), FILES)
def test_in_the_other_format_and_another_order(name, to):
    before = read_original(name).entries
    reading = read(TO[to](shuffled(tables_of(name), seed=5)), OPTIONS.get(name, Given()))
    assert problems(reading) == []
    assert reading.entries.lines == before.lines
    assert identity(reading.entries) == identity(before)
    by_code = lambda records: sorted(records, key=str)  # noqa: E731 (records follow their tables' order)
    for key in LISTS:
        assert by_code(reading.entries.records[key]) == by_code(before.records[key]), key


@pytest.mark.thorough
@pytest.mark.parametrize("to", TO)
@pytest.mark.parametrize(("name", "unit"), [("liujiaying-2024.xlsx", "元"), ("wanli-2023.xlsx", "万元")])
def test_in_another_money_unit(name, unit, to):
    tables = [scaled(table, unit) for table in tables_of(name)[:9]]
    reading = read(TO[to](tables), OPTIONS.get(name, Given()))
    assert problems(reading) == []
    assert {p.unit for p in reading.original.figures} == {unit}
    assert reading.entries.lines == read_original(name).entries.lines


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "to"), [("liujiaying-2024.xlsx", "docx"), ("wanli-2023.xlsx", "xlsx")])
def test_each_table_as_a_file_of_its_own(name, to):
    whole = read_original(name)
    for table, plain in shuffled(list(zip(TABLES, in_order(name), strict=True)), seed=3):
        reading = read(TO[to]([plain], "Sheet{}") if to == "xlsx" else to_word([plain]), OPTIONS.get(name, Given()))
        assert problems(reading) == [] and list(reading.tables) == [table.key]
        assert identity(reading.entries)[:3] == identity(whole.entries)[:3]
        assert printed(reading, table) == printed(whole, table)


def in_order(name):
    """The nine tables by number; the file has the one by economic code behind those of the funds."""
    tables = tables_of(name)[:9]
    return tables if name.startswith("liu") else [*tables[:5], tables[7], *tables[5:7], tables[8]]


def test_a_single_table_of_a_sound_budget():
    paper = sound(4)
    whole = read(docx(paper))
    assert differences(paper, whole) == []
    for sheet in paper.sheets:
        reading = read(docx(paper, sheet))
        assert problems(reading) == [] and list(reading.tables) == [sheet.table.key]
        assert (reading.entries.name, reading.entries.year) == (paper.name, paper.year)
        assert printed(reading, sheet.table) == printed(whole, sheet.table)


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/reference/real is not there")
@pytest.mark.parametrize("to", TO)
def test_a_form_that_nobody_filled_in_another_order(to):
    tables = of_workbook((REAL / "template-department.xlsx").read_bytes())
    reading = read(TO[to](shuffled(tables, seed=2)))
    assert sorted(reading.tables) == sorted(table.key for table in TABLES)
    assert reading.entries.lines == [] and reading.entries.year == 2026
