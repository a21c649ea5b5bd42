"""The published documents of other places, read from their PDFs, against a reading by other means and by hand.

`pytest -m published -n0`: each PDF takes seconds, and is read once by one process.
"""

import re
from collections import Counter

import pytest

from budget.checks.ledger import check, findings_of
from budget.documents.department_budget.tables.classes import CLASS_ROWS
from budget.finding import Level
from budget.intake.guard import Refused
from budget.intake.identity import Given
from budget.intake.read import read
from tests.budget.independent import MISSING, REAL, published
from tests.budget.truths import NINE, TRUTHS

pytestmark = [pytest.mark.published, pytest.mark.skipif(bool(MISSING), reason=MISSING or "everything is there")]

DOCUMENTS = tuple(TRUTHS)
TEMPLATES = ("template-department.xlsx", "template-department.xls")
KINDS = {"部门预算": "department_budget", "单位预算": "unit_budget"}
RECORDED = ("C10", "C11")  # what people record about a publication; no file says it
ROWS_OF_T9 = {
    "total": "合计", "abroad": "因公出国(境)费", "reception": "公务接待费", "vehicles": "小计",
    "vehicle_purchase": "购置费", "vehicle_running": "运行费", "agency_operating_cost": "机关运行经费",
}  # fmt: skip
FIXED_ROWS = {
    "income_total": "收入总计", "spending_total": "支出总计", "fiscal": "财政拨款收入", "business": "事业收入",
    "operating": "事业单位经营收入", "other": "其他收入",
} | {row.key: row.label.split("、")[1] for row in CLASS_ROWS}  # fmt: skip
FUNDS = {"general_public_budget": "一般公共预算", "government_fund": "政府性基金", "state_capital": "国有资本经营"}


@pytest.fixture(scope="module")
def readings():
    """Each document is read once."""
    made = {}

    def reading_of(name):
        if name not in made:
            made[name] = read((REAL / name).read_bytes(), Given(region="310107", unit="210"))
        return made[name]

    return reading_of


def ours(reading, number):
    """{label of a row as the other reading has it: Counter of the row's printed figures}."""
    found = {}
    for printed in reading.original.of_table(f"t{number}"):
        if printed.amount is not None:
            found.setdefault(_label(number, printed.cell.row), Counter())[printed.amount] += 1
    return found


def _label(number, row):
    if number == 9:
        return ROWS_OF_T9[row]
    if number in (1, 4):
        return FIXED_ROWS.get(row) or FUNDS[row]
    return "合计" if row == "total" else row


def theirs(table):
    """The same of the other reading."""
    found = {}
    for label, figures in table.rows.items():
        if figures:
            found[_fund(label) if table.number in (1, 4) else label] = Counter(figures)
    return found


def _fund(label):
    return next((fund for fund in FUNDS.values() if label.startswith(fund)), label)


def said(finding):
    """A finding's sentence and places, figures without separators."""
    return re.sub(r"(?<=\d),(?=\d)", "", " ".join((finding.message, *finding.places)))


def told(reading, *levels):
    """What is said of a file's content, of these levels; what people have still to record is left out."""
    found = reading.problems + reading.findings + findings_of(check(reading.dossier))
    return [f for f in found if (not levels or f.level in levels) and f.rule not in RECORDED]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_whose_it_is(readings, name):
    entries, paper = readings(name).entries, published(name)
    assert (entries.name, entries.year) == (paper.name, paper.year)
    assert entries.document.key == KINDS[paper.kind]
    assert {(table.owner, table.year) for table in paper.tables.values()} == {(paper.name, paper.year)}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nine_of_nine_tables(readings, name):
    reading = readings(name)
    assert sorted(reading.tables) == [f"t{number}" for number in sorted(published(name).tables)]
    assert [p.message for p in reading.problems] == [] and reading.unmatched == []


@pytest.mark.parametrize("number", range(1, 10))
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_figure(readings, name, number):
    table = published(name).tables[number]
    assert ours(readings(name), number) == theirs(table)
    assert bool(table.figures) == (number not in (7, 8))  # the other reading has read something


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_unit_of_every_table(readings, name):
    for number, table in published(name).tables.items():
        units = {printed.unit for printed in readings(name).original.of_table(f"t{number}")}
        assert units <= {table.unit}, number


@pytest.mark.parametrize("name", DOCUMENTS)
def test_empty_tables_say_why(readings, name):
    notes = readings(name).original.notes
    for number in (7, 8):
        assert published(name).tables[number].note and "空表" in notes[f"t{number}"]


@pytest.mark.parametrize("truth", NINE, ids=range(1, len(NINE) + 1))
def test_each_fault_that_the_inspectors_found(readings, truth):
    found = [f for f in told(readings("justice-unit-2026.pdf"), Level.ERROR, Level.WARNING) if truth.told_by(said(f))]
    assert found, truth.what
    assert any(finding.places for finding in found), "a finding without its place"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_that_is_wrong_is_told(readings, name):
    sentences = [said(finding) for finding in told(readings(name))]
    missed = [t.what for t in TRUTHS[name] if not t.optional and not any(map(t.told_by, sentences))]
    assert missed == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_error_and_no_warning_that_is_not_true(readings, name):
    found = told(readings(name), Level.ERROR, Level.WARNING)
    false = [f"{f.rule} {f.message}" for f in found if not any(truth.told_by(said(f)) for truth in TRUTHS[name])]
    assert false == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_form_that_nobody_filled_in(readings, name):
    reading = readings(name)
    assert sorted(reading.tables) == [f"t{number}" for number in range(1, 10)]
    assert reading.entries.lines == [] and reading.entries.year == 2026
    assert all(printed.amount is None for printed in reading.original.figures)
    sentences = [finding.message for finding in told(reading)]
    assert any(re.search(r"空白(表|模板)|(没有|尚未|还没有?|未)填", sentence) for sentence in sentences)
    assert {problem.rule for problem in reading.problems} <= {"R10", "R04"}  # nothing to import, of nobody


def test_the_final_account_is_refused_in_one_sentence():
    with pytest.raises(Refused) as refusal:
        read((REAL / "final-accounts-2024.pdf").read_bytes())
    assert "决算" in str(refusal.value) and str(refusal.value).count("。") == 1
