"""Lists and sheets of a file: what their columns say is read, and what is not read is told."""

import pytest

from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.finding import Level
from budget.intake.forms import read_form
from budget.intake.grid import Grid
from budget.intake.read import read
from tests.budget.layouts import open_reference, saved

SHEET = "政府采购预算"
BEYOND = ("备注", "采购方式", "计划月份", "经办人")


def told(change):
    """What is told of the columns of the reference's list of purchases after a change."""
    book = open_reference()
    change(book[SHEET])
    reading = read(saved(book))
    return [(one.level, one.message, one.places) for one in reading.findings if one.rule == "R19"]


def test_every_column_of_the_reference_is_read():
    assert told(lambda sheet: None) == []


@pytest.mark.parametrize("name", BEYOND)
def test_a_column_that_is_none_of_its_own_is_told_with_its_place(name):
    def change(sheet):
        sheet["P3"], sheet["P7"] = name, "要紧的话"

    ((level, message, places),) = told(change)
    assert level == Level.WARNING and places == (f"{SHEET}!P5",)
    assert message == f"《部门政府采购预算》里“{name}”不是它的栏目，没有读入；请核对栏目名称。"


@pytest.mark.parametrize("name", ["序号", "备注"])
def test_a_column_that_counts_the_rows_or_holds_nothing_is_not_told(name):
    def change(sheet):
        sheet["P3"], sheet["P7"] = name, 1 if name == "序号" else None

    assert told(change) == []


@pytest.mark.parametrize(("cell", "level"), [("A4", Level.ERROR), ("C3", Level.ERROR), ("D3", Level.WARNING)])
def test_a_heading_that_fails_is_an_error_where_its_column_must_be_there(cell, level):
    def change(sheet):
        change.before = sheet[cell].value
        sheet[cell] = "叫法不同"

    ((found, message, _),) = told(change)
    assert found == level and f"没有找到“{change.before}”，“叫法不同”不是它的栏目" in message


def test_a_sheet_without_a_title_begins_with_its_first_label():
    (form,) = DEPARTMENT_BUDGET.forms
    rows = [["项目编码", "P001", "项目名称", "修路"], ["预算数", "2.00", "其他资金", None]]
    values = {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v is not None}
    record = read_form(Grid("绩效", values), form, "万元").record
    assert (record["code"], record["name"], record["amount"]) == ("P001", "修路", 20000)
