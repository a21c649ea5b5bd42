"""The design holds: a table or a column declared on the spot is found everywhere, without another line."""

import datetime
import io
import json
import zipfile
from dataclasses import replace

import jsonschema_rs
import pytest
from openpyxl import load_workbook

from budget import codes
from budget.admin.differences import differences, flatten
from budget.cell import Cell
from budget.checks.ledger import check, findings_of
from budget.declare.fields import Text
from budget.declare.tables import FEEDS, CodeTree, Column, Side, Table, where
from budget.documents import DOCUMENTS
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.tables import TABLES, wording
from budget.drafts.load import load
from budget.drafts.save import save
from budget.figures.facets import FISCAL, Book, Fund, Kind
from budget.intake.lengths import too_long
from budget.intake.read import read
from disclosures.content import freeze, schema, thaw
from disclosures.draw import draw_everything
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
        codes.Entry("procurement", "A02010105", "便携式计算机", datetime.date(2013, 1, 1), True),
        codes.Entry("procurement", "A02010105", "台式计算机", datetime.date(2022, 1, 1), True),
    ]
    key = ("procurement", "A02010105")
    assert codes.names_for(datetime.date(2020, 1, 1), entries)[key] == "便携式计算机"
    assert codes.names_for(datetime.date(2024, 1, 1), entries)[key] == "台式计算机"
    assert codes.names_for(datetime.date(2010, 1, 1), entries)[key] == "便携式计算机"


BY_PROJECT = Table(
    number=11,
    title="部门预算项目支出表",
    sheet="项目支出表",
    like=r"项目支出表",
    role=FEEDS,
    required=False,
    where=where(book=Book.SPENDING, kind=Kind.PROJECT),
    sides=(
        Side(
            labels=(("项目", "编码"), ("项目", "名称")),
            rows=CodeTree("function", within="project"),
            columns=(
                Column("total", ("合计",)),
                *(Column(str(fund), (fund.label,), where(fund=fund)) for fund in (*FISCAL, Fund.NON_FISCAL)),
            ),
        ),
    ),
)
FIRST = "13032424P00442810410K"


def test_a_table_by_project_is_drawn_read_back_and_compared(monkeypatch, client):
    """By another facet than codes alone: a project, and under it the functions that it serves."""
    declare(monkeypatch, *TABLES, BY_PROJECT)
    budget = save(read(original(WORD)), original(WORD), WORD).budget
    line = budget.lines.get(book="spending", function="2010301", kind="project")
    facets = {"book": "spending", "fund": line.fund, "kind": "project", "function": "2010301"}
    budget.lines.create(**facets, project=FIRST, amount=20_000)
    budget.lines.filter(pk=line.pk).update(amount=line.amount - 20_000)
    publication, _ = publish(budget, "李股长", "合计漏填。")
    page = client.get(publication.address + "tables/11/").content.decode()
    assert f'id="t11-{FIRST}.2010301-general_public_budget"' in page and "武装工作经费" in page
    data = OUTPUTS["xlsx"].write(content_of(budget))
    again = read(data)
    assert again.problems == [] and again.entries.lines == load(budget).entries.lines
    wrong = check(read(changed(data, "项目支出表", "D8", 3)).dossier)
    assert [(f.found, f.expected) for f in findings_of(wrong) if f.rule == "T11"] == [("3.00", "2.00")]


def with_field(field, after):
    """The 部门预算 whose projects have one more field."""
    fields = [one for old in PROJECTS.fields for one in ((old, field) if old.key == after else (old,))]
    records = [replace(r, fields=tuple(fields)) if r is PROJECTS else r for r in DEPARTMENT_BUDGET.records]
    return replace(DEPARTMENT_BUDGET, records=tuple(records))


@pytest.mark.parametrize("beside", [False, True])
def test_a_field_of_a_project_is_declared_once(monkeypatch, beside):
    """Reader, workbook, CSV, JSON with its schema, page, differences, lengths: all but the column of the database."""
    field = Text("manager", ("负责人",), length=5, beside=beside)
    monkeypatch.setitem(DOCUMENTS, DEPARTMENT_BUDGET.key, with_field(field, after="name"))
    reading = read(original(WORD))
    reading.entries.records["projects"][0]["manager"] = "王乡长"
    content = freeze(reading.dossier, codes.shipped_names(2024), "")
    jsonschema_rs.validate(schema(), content)
    data = OUTPUTS["xlsx"].write(content)
    again = read(data)
    assert again.problems == [] and again.entries.records["projects"] == records_as_shown(reading)
    archive = zipfile.ZipFile(io.BytesIO(OUTPUTS["csv"].write(content)))
    assert "负责人" in archive.read("项目.csv").decode("utf-8-sig").splitlines()[0]
    before, after = (flatten(one.entries, {}) for one in (read(original(WORD)), reading))
    (found,) = differences(before, after, reading.document)["项目绩效目标表"]
    assert found == ("项目“武装工作经费”的“负责人”", "", "王乡长")
    reading.entries.records["projects"][0]["manager"] = "王乡长和李副乡长"
    assert "负责人有 8 字，最多 5 字" in too_long(reading.entries)[0].message


def records_as_shown(reading):
    """The projects of a reading with their texts cleaned, as an export has them."""
    (form,) = reading.document.forms
    return [{f.key: f.thaw(f.freeze(one[f.key])) for f in form.fields} for one in reading.entries.records[form.key]]


def test_what_was_published_before_a_field_was_declared_is_still_drawn(monkeypatch, client):
    publication, _ = publish(save(read(original(WORD)), original(WORD), WORD).budget, "李股长", "合计漏填。")
    field = Text("manager", ("负责人",), length=5)
    monkeypatch.setitem(DOCUMENTS, DEPARTMENT_BUDGET.key, with_field(field, after="name"))
    draw_everything(publication)
    assert client.get(f"{publication.address}projects/{FIRST}/").status_code == 200
    assert thaw(json.loads(publication.content)).entries.records["projects"][0]["manager"] == ""


def test_a_bare_field_away_from_its_block_is_refused_when_it_is_declared():
    with pytest.raises(ValueError, match="purpose"):
        with_field(Text("manager", ("负责人",)), after="other_funds")
