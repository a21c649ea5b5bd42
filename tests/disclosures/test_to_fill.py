"""The workbook to be filled in: what is typed is open, the rest are formulas, and it comes back as it was typed."""

import datetime
import io
import os
import shutil
import subprocess
import zipfile
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from budget.checks.ledger import check, findings_of
from budget.drafts.door import Who
from budget.drafts.next_year import begin_next
from budget.figures.fill import fill
from budget.finding import Level
from budget.intake.archive import in_archive
from budget.intake.identity import Given
from budget.intake.read import read
from budget.intake.workbook import NO_VALUE
from budget.models import Budget, Role, State
from budget.sample.bodies import REGION, body
from budget.sample.budgets import entries
from disclosures.sample_county import Walk
from disclosures.to_fill import write
from disclosures.to_fill.blank import blank_after, blank_of
from disclosures.to_fill.lists import CHOICES
from tests.budget.people import li, post, signed_in, township, wang

__all__ = ["li", "township", "wang"]
pytestmark = pytest.mark.django_db
office = pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")


@pytest.fixture
def last(township):
    return township


def opened(data):
    return load_workbook(io.BytesIO(data))


def formulas(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_totals_are_formulas_under_protection_and_inputs_are_open(last):
    book = opened(write(blank_after(last)))
    for sheet in book.worksheets[:9]:
        assert sheet.protection.sheet and sheet.protection.password is None
    table = book["一般公共预算支出表"]
    kinds = {cell.column_letter for cell in formulas(table) if cell.protection.locked}
    assert kinds >= {"D", "E", "F"}
    leaf = next(row for row in table.iter_rows(min_row=6) if len(str(row[1].value or "")) == 7)
    assert leaf[4].value is None and not leaf[4].protection.locked and leaf[3].data_type == "f"
    assert book[CHOICES].sheet_state == "hidden"


def test_last_years_figure_is_the_hint_of_its_cell(last):
    table = opened(write(blank_after(last)))["一般公共预算支出表"]
    hints = [rule.prompt for rule in table.data_validations.dataValidation if rule.type == "decimal"]
    assert any(hint and hint.startswith("上年 ") and hint.endswith(" 万元") for hint in hints)
    assert not any(isinstance(cell.value, int | float) for row in table.iter_rows(min_row=6, min_col=4) for cell in row)


def test_the_same_form_is_the_same_bytes(last):
    assert write(blank_after(last)) == write(blank_after(last))


def test_a_form_that_nobody_filled_in_is_told_so(last):
    reading = read(write(blank_after(last)), Given("130324"))
    assert [one.rule for one in reading.problems] == ["R10"]  # and no formula is taken for one without a result


def test_a_formula_that_was_never_worked_out_is_still_named(last):
    book = opened(write(blank_after(last)))
    target = io.BytesIO()
    book.save(target)  # drops every result
    assert any(NO_VALUE in one.message for one in read(target.getvalue(), Given("130324")).problems)


def typed(data, want):
    """The form with what a budget says typed into its open cells."""
    book = opened(data)
    for table in want.document.tables:
        sheet = book[table.sheet]
        amounts = fill(table, want.lines).figures()
        _type(sheet, table, amounts)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _type(sheet, table, amounts):
    """By what is printed beside a cell, as a person finds it: the row's code or label, and the column's place."""
    offset = 2
    for side in table.sides:
        first = offset + len(side.labels)
        waiting = list(side.fixed_rows)  # of two rows of one label the first comes first
        for row in range(4, sheet.max_row + 1):
            said = str(sheet.cell(row, offset).value or "")
            found = next((one for one in waiting if one.label == said), None)
            waiting = [one for one in waiting if one is not found]
            key = found.key if found else said if side.is_tree and said.isdigit() else ""
            for at, column in enumerate(side.columns):
                cell, (amount, _) = sheet.cell(row, first + at), amounts.get(table.cell(key, column.key), (None, 0))
                if key and amount is not None and not cell.protection.locked and cell.data_type != "f":
                    cell.value = float(amount / 10_000)
        offset = first + len(side.columns)


def worked_out(data, folder):
    (folder / "form.xlsx").write_bytes(data)
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder / "out"),
        str(folder / "form.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=os.environ | {"HOME": str(folder)})
    return (folder / "out" / "form.xlsx").read_bytes()


def made(number, year):
    """An invented body's budget of a year in the database."""
    return Walk(1, datetime.date(2026, 3, 1)).filled(body(number), year, datetime.date(year, 2, 1))


@office
@pytest.mark.parametrize("number", [4])
def test_a_form_that_was_filled_in_comes_back_as_it_was_typed(number, tmp_path):
    last = made(number, 2025)
    want = entries(body(number), 2025)  # the same codes, so that no row is missing
    want.year = 2026
    reading = read(worked_out(typed(write(blank_after(last)), want), tmp_path), Given(REGION))
    assert reading.problems == [] and reading.entries.year == 2026
    assert {one.facets: one.amount for one in reading.entries.lines} == {one.facets: one.amount for one in want.lines}
    assert [one["code"] for one in reading.entries.records["projects"]] == [
        one["code"] for one in want.records["projects"]
    ]
    tables = [f for f in findings_of(check(reading.dossier)) if f.level == Level.ERROR and f.rule[0] == "I"]
    assert [f.message for f in tables if "项目" not in f.message and "情况说明" not in f.message] == []


@office
def test_a_new_code_in_a_spare_row_counts_in_every_total(tmp_path):
    book = opened(write(blank_after(made(4, 2025))))
    for name, column in (("一般公共预算支出表", 6), ("支出总表", 5), ("收入总表", 6)):
        sheet = book[name]
        row = next(r for r in range(8, sheet.max_row + 1) if str(sheet.cell(r, 3).value or "").startswith("=IF(B"))
        sheet.cell(row, 2).value, sheet.cell(row, column).value = "2140106", 12.5
    target = io.BytesIO()
    book.save(target)
    reading = read(worked_out(target.getvalue(), tmp_path), Given(REGION))
    printed = {str(one.cell): one.amount for one in reading.original.figures}
    for cell in (
        "t5-total-total",
        "t5-2140106-total",
        "t1-214-spending",
        "t4-214-total",
        "t3-total-total",
        "t2-total-total",
    ):
        assert printed[cell] == Decimal(125_000), cell
    assert not reading.problems


def test_a_county_gets_an_archive_that_the_importer_reads(tmp_path):
    for number in (4, 5):
        made(number, 2025)
    out = tmp_path / "forms.zip"
    call_command("forms", REGION, "2026", output=out)
    with zipfile.ZipFile(out) as archive:
        assert [name[:3] for name in archive.namelist()] == ["905", "906"]
    with out.open("rb") as file:
        assert len(list(in_archive(file))) == 2
    single = tmp_path / "one.xlsx"
    call_command("forms", REGION, "2026", unit="905", output=single)
    assert opened(single.read_bytes()).sheetnames[0] == "收支总表"


def test_without_a_year_before_there_is_nothing_to_begin_with(tmp_path):
    with pytest.raises(CommandError) as told:
        call_command("forms", "130324", "2026", output=tmp_path / "a.zip")
    assert told.value.returncode == 2


def test_who_may_take_a_form_away(township, wang, li):
    url = reverse("admin:disclosures_form", args=[township.pk])
    assert wang.get(url).status_code == 200 and li.get(url).status_code == 404
    county = reverse("county_forms") + "?year=2025"
    assert wang.get(county).status_code == 403 and li.get(county).status_code == 403
    sun = post(signed_in("孙审核"), Role.REVIEWER, "130324")
    assert sun.get(county).status_code == 404  # nothing was handed in yet
    Budget.objects.update(state=State.SUBMITTED, was_submitted=True)
    answer = sun.get(county)
    assert answer.status_code == 200 and zipfile.ZipFile(io.BytesIO(answer.content)).namelist()[0].startswith("909")


def test_what_was_begun_keeps_its_projects_in_the_form(township):
    budget = begin_next(township, Who("王会计")).budget
    assert "绩效" in "".join(opened(write(blank_of(budget))).sheetnames)
