"""The design holds: a table or a column declared on the spot is found everywhere, without another line."""

import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from budget import codes
from budget.cell import Cell
from budget.checks.ledger import check, findings_of
from budget.declare.tables import CodeTree, Column, Side, Table, where
from budget.documents import DOCUMENTS
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.documents.department_budget.tables import TABLES, wording
from budget.drafts.save import save
from budget.figures.facets import FISCAL, Book, Fund, Kind
from budget.intake.read import read
from disclosures.outputs import OUTPUTS
from disclosures.publish import content_of, publish
from tests.budget.conftest import original

pytestmark = pytest.mark.django_db
WORD = "liujiaying-2024.docx"

T10 = Table(
    number=10,
    title="部门预算项目支出资金来源表",
    sheet="项目支出资金来源表",
    where=where(book=Book.SPENDING, kind=Kind.PROJECT),
    sides=(
        Side(
            labels=wording.FUNCTION_LABELS,
            rows=CodeTree("function"),
            columns=(
                Column("total", ("合计",)),
                Column("treasury", ("资金来源", "财政拨款"), where(fund=FISCAL)),
                Column("other", ("资金来源", "其他资金"), where(fund=Fund.NON_FISCAL)),
            ),
        ),
    ),
)

ELEVENTH = Column("fiscal_carried_over", ("其中：财政拨款结转",), where(carried_over=True, fund=FISCAL), memo=True)


def declare(monkeypatch, *tables):
    """Let the 部门预算 have these tables until the test is over."""
    monkeypatch.setitem(DOCUMENTS, DEPARTMENT_BUDGET.key, replace(DEPARTMENT_BUDGET, tables=tables))


@pytest.fixture
def tenth_table(monkeypatch):
    declare(monkeypatch, *TABLES, T10)
    return T10


@pytest.fixture
def eleventh_column(monkeypatch):
    """Table 2 has ten columns of figures; here it has one more."""
    first, before, *others = TABLES
    (side,) = before.sides
    assert len(side.columns) == 10
    wider = replace(before, sides=(replace(side, columns=(*side.columns, ELEVENTH)),))
    declare(monkeypatch, first, wider, *others)
    return ELEVENTH


def published(client, path):
    """The page of the reference budget, published as it stands now."""
    budget = save(read(original(WORD)), original(WORD), WORD).budget
    publish(budget, "李股长", "合计漏填。")
    return client.get(f"/130324/909/2024/{path}"), content_of(budget)


def changed(data, sheet, cell, value):
    """A workbook's bytes with one cell changed."""
    book = load_workbook(io.BytesIO(data))
    book[sheet][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_tenth_table_is_on_its_page_and_on_the_page_of_all(tenth_table, client):
    page, _ = published(client, "tables/10/")
    assert page.status_code == 200
    text = page.content.decode()
    assert tenth_table.title in text and 'id="t10-total-treasury"' in text and "628.88" in text
    assert 'id="t10-2130705-treasury"' in client.get("/130324/909/2024/tables/").content.decode()


def test_a_tenth_table_is_in_the_workbook_and_in_json(tenth_table, client):
    _, content = published(client, "")
    book = load_workbook(io.BytesIO(OUTPUTS["xlsx"].write(content)))
    sheet = book["项目支出资金来源表"]
    assert [sheet["A1"].value, sheet["C6"].value, sheet["D6"].value] == [tenth_table.title, "合计", 628.88]
    document = json.loads(OUTPUTS["json"].write(content))
    assert document["tables"][9]["rows"][0]["sides"][0]["amounts"] == ["6288800.00", "6288800.00", None]


def test_a_tenth_table_is_read_and_compared_in_uploaded_files(tenth_table, client):
    _, content = published(client, "")
    reading = read(changed(OUTPUTS["xlsx"].write(content), "项目支出资金来源表", "E6", 628.80))
    assert "t10" in reading.tables and reading.unmatched == []
    found = [f for f in findings_of(check(reading.dossier)) if f.rule == "T10"]
    assert [(f.found, f.expected, f.places) for f in found] == [("628.80", "628.88", ("项目支出资金来源表!E6",))]


def test_an_eleventh_column_is_on_the_page_in_the_workbook_in_json_and_read(eleventh_column, client):
    page, content = published(client, "tables/2/")
    text = page.content.decode()
    assert "财政拨款结转" in text and 'id="t2-2010101-fiscal_carried_over"' in text
    data = OUTPUTS["xlsx"].write(content)
    sheet = load_workbook(io.BytesIO(data))["收入总表"]
    assert [sheet["N3"].value, sheet["N6"].value] == ["其中：财政拨款结转", 70]
    assert content["tables"][1]["sides"][0]["columns"][10]["key"] == "fiscal_carried_over"
    reading = read(changed(data, "收入总表", "N9", 71))
    printed = {p.cell: p.amount for p in reading.original.figures}
    assert printed[Cell("t2", "2010101", "fiscal_carried_over")] == 710_000
    assert reading.entries.lines == read(original(WORD)).entries.lines


def test_codes_are_named_by_the_edition_of_the_year():
    entries = [
        codes.Entry("procurement", "A02010105", "便携式计算机", 2013, True),
        codes.Entry("procurement", "A02010105", "台式计算机", 2022, True),
    ]
    key = ("procurement", "A02010105")
    assert codes.names_for(2020, entries)[key] == "便携式计算机"
    assert codes.names_for(2024, entries)[key] == "台式计算机"
    assert codes.names_for(2010, entries)[key] == "便携式计算机"
