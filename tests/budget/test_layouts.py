"""Tables are recognised by title and headings: however a township lays its file out, the lines are the same."""

from decimal import Decimal

import pytest

from budget.checks.ledger import Outcome, check, findings_of
from budget.documents.department_budget.tables import T2, T3, T5, T6, T9, TABLES
from budget.figures.fill import fill
from budget.finding import Level
from budget.intake.read import read
from tests.budget.conftest import ORIGINALS, original, read_original
from tests.budget.layouts import LAYOUTS, open_reference, saved


@pytest.fixture(scope="module")
def reference():
    return read_original("liujiaying-2024.xlsx").entries


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_budget_in_another_layout(layout, reference):
    book = open_reference()
    LAYOUTS[layout](book)
    reading = read(saved(book))
    assert [p.message for p in reading.problems] == []
    entries = reading.entries
    assert entries.lines == reference.lines
    assert (entries.year, entries.unit, entries.name) == (2024, "909", "卢龙县刘家营乡人民政府")
    assert len(entries.records["projects"]) == 18
    assert entries.records["procurement"] == reference.records["procurement"]
    assert entries.records["fixed_assets"] == reference.records["fixed_assets"]
    errors = {f.rule for f in findings_of(check(reading.dossier)) if f.level == Level.ERROR}
    expected = {"I24", "I35", "I41"}  # what I25 misses is told by I24: the blank sums of table 9
    assert errors == (expected | {"I38"} if layout == "in yuan" else expected)  # 20 × 1300元 is not 25000元


def test_a_contents_list_is_listed_and_an_extra_table_kept(reference):
    book = open_reference()
    LAYOUTS["extra sheets"](book)
    reading = read(saved(book))
    assert reading.unmatched == ["目录"]
    assert [table.title for table in reading.entries.as_printed] == ["部门预算项目支出表"]


def test_with_fewer_tables_only_what_is_there_is_read(reference):
    book = open_reference()
    for name in book.sheetnames:
        if name not in ("三公经费支出表", "机构设置"):
            del book[name]
    entries = read(saved(book)).entries
    assert entries.parts == {"three_public", "institutions"}
    assert [(line.item, line.amount) for line in entries.lines] == [("vehicle_running", Decimal(223900))]


class TestWanli:
    """A real budget in another province's layout: in yuan, codes in three columns, a wide table 9."""

    def test_it_imports_without_error_or_warning(self, wanli):
        assert wanli.problems == [] and wanli.unmatched == []
        ledger = check(wanli.dossier)
        assert {f.level for f in findings_of(ledger)} <= {Level.NOTICE} and wanli.findings == []
        assert Outcome.FAILED not in {entry.outcome for entry in ledger}

    def test_whose_it_is(self, wanli):
        entries = wanli.entries
        assert (entries.region, entries.unit, entries.year) == ("310107", "210", 2023)
        assert entries.name == "上海市普陀区人民政府万里街道办事处"

    def test_its_figures_are_equal_to_the_yuan(self, wanli):
        """Every figure that the nine sheets print is the derived one."""
        for table in TABLES:
            derived = fill(table, wanli.entries.lines).figures()
            for p in wanli.original.of_table(table.key):
                if p.cell in derived and p.amount is not None:
                    assert derived[p.cell][0] == p.amount, p.place

    def test_its_totals(self, wanli):
        def total(table, row="total", column="total"):
            return fill(table, wanli.entries.lines).figures()[table.cell(row, column)][0]

        assert total(T2) == total(T3) == 164_978_640
        assert total(T5, column="basic") == 99_406_297
        assert total(T5, column="project") == 65_572_343
        assert total(T6, column="staff") == 84_024_865 and total(T6, column="running") == 15_381_432
        assert (total(T9), total(T9, "reception"), total(T9, "vehicles")) == (229_100, 13_500, 215_600)
        assert total(T9, "agency_operating_cost") == 7_860_900


def test_the_originals_are_the_real_ones():
    assert {path.name for path in ORIGINALS.glob("*.*x")} == {
        "liujiaying-2024.docx",
        "liujiaying-2024.xlsx",
        "wanli-2023.xlsx",
    }
    assert all(original(path.name) for path in ORIGINALS.glob("*.*x"))
