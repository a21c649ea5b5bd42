"""Tables are recognised by title and headings: however a township lays its file out, the lines are the same."""

from decimal import Decimal

import pytest

from budget.checks.finding import Level
from budget.checks.ledger import Outcome, check, findings_of
from budget.fill import fill
from budget.intake.read import read
from budget.tables import TABLES, by_key
from tests.budget.conftest import ORIGINALS, original, read_original
from tests.budget.layouts import LAYOUTS, open_reference, saved


@pytest.fixture(scope="module")
def reference():
    return read_original("liujiaying-2024.xlsx").facts


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_budget_in_another_layout(layout, reference):
    book = open_reference()
    LAYOUTS[layout](book)
    reading = read(saved(book))
    assert [p.message for p in reading.problems] == []
    facts = reading.facts
    assert facts.lines == reference.lines
    assert (facts.year, facts.unit, facts.name) == (2024, "909", "卢龙县刘家营乡人民政府")
    assert len(facts.projects) == 18 and facts.procurement == reference.procurement
    assert facts.fixed_assets == reference.fixed_assets
    errors = {f.rule for f in findings_of(check(facts)) if f.level == Level.ERROR}
    expected = {"I24", "I25", "I35", "I41"}
    assert errors == (expected | {"I38"} if layout == "in yuan" else expected)  # 20 × 1300元 is not 25000元


def test_extra_tables_are_listed(reference):
    book = open_reference()
    LAYOUTS["extra sheets"](book)
    assert read(saved(book)).unmatched == ["目录", "项目支出表"]


def test_with_fewer_tables_only_what_is_there_is_read(reference):
    book = open_reference()
    for name in book.sheetnames:
        if name not in ("三公经费支出表", "机构设置"):
            del book[name]
    facts = read(saved(book)).facts
    assert facts.parts == {"three_public", "institutions"}
    assert [(line.item, line.amount) for line in facts.lines] == [("vehicle_running", Decimal(223900))]


class TestWanli:
    """A real budget in another province's layout: in yuan, codes in three columns, a wide table 9."""

    def test_it_imports_without_error_or_warning(self, wanli):
        assert wanli.problems == [] and wanli.unmatched == []
        ledger = check(wanli.facts)
        assert {f.level for f in findings_of(ledger)} <= {Level.NOTICE} and wanli.findings == []
        assert Outcome.FAILED not in {entry.outcome for entry in ledger}

    def test_whose_it_is(self, wanli):
        facts = wanli.facts
        assert (facts.region, facts.unit, facts.year) == ("310107", "210", 2023)
        assert facts.name == "上海市普陀区人民政府万里街道办事处"

    def test_its_figures_are_equal_to_the_yuan(self, wanli):
        """Every figure that the nine sheets print is the derived one."""
        for table in TABLES:
            derived = fill(table, wanli.facts.lines).figures()
            for p in wanli.facts.printed:
                if p.table == table.key and (p.row, p.column) in derived and p.amount is not None:
                    assert derived[p.row, p.column][0] == p.amount, p.place

    def test_its_totals(self, wanli):
        def total(key, row="total", column="total"):
            return fill(by_key(key), wanli.facts.lines).figures()[row, column][0]

        assert total("revenue") == total("expenditure") == 164_978_640
        assert total("general_public_budget_expenditure", column="basic") == 99_406_297
        assert total("general_public_budget_expenditure", column="project") == 65_572_343
        basic = "general_public_budget_basic_expenditure"
        assert total(basic, column="staff") == 84_024_865 and total(basic, column="running") == 15_381_432
        three = "three_public_expenses"
        assert (total(three), total(three, "reception"), total(three, "vehicles")) == (229_100, 13_500, 215_600)
        assert total(three, "agency_operating_cost") == 7_860_900


def test_the_originals_are_the_real_ones():
    assert {path.name for path in ORIGINALS.glob("*.*x")} == {
        "liujiaying-2024.docx",
        "liujiaying-2024.xlsx",
        "wanli-2023.xlsx",
    }
    assert all(original(path.name) for path in ORIGINALS.glob("*.*x"))
