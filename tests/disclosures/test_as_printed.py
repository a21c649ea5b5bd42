"""Tables that are kept as printed, in public: pages, anchors, files, and an export that is read back as the same."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from budget.drafts.states import lacks_of
from budget.figures.as_printed import Area, AsPrinted, numbered
from budget.intake.read import read
from disclosures.content import freeze, thaw
from disclosures.outputs import OUTPUTS
from disclosures.outputs.xlsx_as_printed import add_as_printed
from disclosures.outputs.xlsx_style import STYLES
from disclosures.pages.disclosure import Disclosure
from disclosures.publish import publish
from tests.budget.layouts import saved as file_of
from tests.budget.own_tables import headed
from tests.budget.people import saved
from tests.budget.small import names, small
from tests.disclosures.conftest import ROOT

OWN = f"{ROOT}tables/own/1/"


def frozen(*tables):
    """The content of the small budget with these tables."""
    dossier = small()
    return freeze(replace(dossier, entries=replace(dossier.entries, as_printed=numbered(tables))), names(), "卢龙县")


def workbook(*tables):
    return OUTPUTS["xlsx"].write(frozen(*tables))


def put(budget, number, table):
    """Put a table into a draft."""
    printed = table.as_json()
    budget.as_printed.create(number=number, title=printed.pop("title"), printed=printed)


@pytest.fixture
def township(db):
    """刘家营乡's budget with two tables of its own, published."""
    budget = saved("liujiaying-2024.docx")
    put(budget, 1, headed())
    rows = (("项目", "金额"), *((f"服务{n}", f"{n}.00") for n in range(1, 500)))
    put(budget, 3, AsPrinted("政府购买服务预算表", rows, 1))
    return publish(budget, "李股长", "合计漏填。")[0]


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_each_has_a_page_at_its_number(township, client):
    page = text(client, OWN)
    assert "<h1>项目支出表</h1>" in page and "单位：万元" in page and "注：按项目列示。" in page
    assert text(client, OWN.replace("2024/", "2024/v1/")) and client.get(f"{ROOT}tables/own/2/").status_code == 404
    assert 'href="/130324/909/2024/tables/own/3/">政府购买服务预算表 ›' in page


def test_headings_names_and_figures_are_told_apart(township, client):
    page = text(client, OWN)
    assert '<th id="own1-1-3" scope="colgroup" colspan="2">资金来源</th>' in page
    assert '<th id="own1-1-1" scope="col" rowspan="2">项目编码</th>' in page
    assert '<td id="own1-3-1" class="words" rowspan="2">001</td>' in page
    assert (
        '<td id="own1-3-3">1,234.50</td>' in page and '<th scope="row" id="own1-3-2">道路维修<br>（二期）</th>' in page
    )


def test_texts_are_escaped(township, client):
    page = text(client, OWN)
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page and "<b>" not in page


def test_five_hundred_rows_stand_on_one_page_each_under_its_address(township, client):
    page = text(client, f"{ROOT}tables/own/3/")
    ids = re.findall(r'\sid="(own3-\d+-\d+)"', page)
    assert len(ids) == len(set(ids)) == 1000 and "499.00" in page


def test_they_are_in_the_contents_and_on_the_page_of_all_tables(township, client):
    assert "单位自己的其他表" in text(client, ROOT) and f'href="{OWN}"' in text(client, ROOT)
    assert 'id="own1-3-3"' in text(client, f"{ROOT}tables/")


def test_a_budget_without_any_says_nothing_of_them(db, client):
    publish(saved("wanli-2023.xlsx"), "李股长", "测试")
    assert "单位自己的其他表" not in text(client, "/310107/210/2023/")


def test_every_address_of_theirs_leads_to_its_cell(township, client):
    disclosure = Disclosure(township)
    for cell in (headed().cell(3, 3), headed().cell(1, 1), headed().cell(3, 3)._replace(column="")):
        page, _, anchor = disclosure.address(cell).partition("#")
        assert page == OWN and f'id="{anchor}"' in text(client, page)


def test_personal_data_keeps_them_from_being_published_unexplained(db):
    budget = saved("wanli-2023.xlsx")
    put(budget, 1, AsPrinted("项目支出表", (("项目", "联系"), ("道路", "13800138000")), 1))
    assert any("个人信息" in lack.sentence or "手机" in lack.sentence for lack in lacks_of(budget))


def test_json_holds_them_as_they_are():
    (one,) = json.loads(OUTPUTS["json"].write(frozen(headed())))["as_printed"]
    assert (one["number"], one["title"], one["heads"], one["rows"][2][2]) == (1, "项目支出表", 2, "1,234.50")
    assert thaw(frozen(headed())).entries.as_printed == [headed()]


def test_csv_holds_them_and_no_formula():
    formula = AsPrinted("甲/乙:表", (("项目", "金额"), ("=1+1", "-1,234.50"), ("@x", "5")), 1, above=("单位：元",))
    archive = zipfile.ZipFile(io.BytesIO(OUTPUTS["csv"].write(frozen(formula))))
    rows = list(csv.reader(io.StringIO(archive.read("其他表1 甲乙表.csv").decode("utf-8-sig"))))
    assert rows == [["单位：元"], ["项目", "金额"], ["'=1+1", "-1234.50"], ["'@x", "5"]]


def test_the_workbook_holds_numbers_as_numbers_and_texts_as_texts():
    book = load_workbook(io.BytesIO(workbook(headed())))
    sheet = book["项目支出表"]
    assert [str(area) for area in sheet.merged_cells.ranges if area.min_row > 3] and sheet["A1"].value == "项目支出表"
    cell = {name: sheet[name] for name in ("A6", "B6", "C6", "B7", "C7", "D7")}
    assert (cell["A6"].value, cell["A6"].data_type) == ("001", "s")
    assert (cell["C6"].value, cell["C6"].number_format) == (1234.5, "#,##0.00")
    assert (cell["C7"].value, cell["C7"].number_format, cell["D7"].value) == (0.125, "0.0%", -3)
    assert cell["B6"].value == "道路维修\n（二期）"


def test_no_cell_of_theirs_is_a_formula():
    table = AsPrinted("=1+1", (("=HYPERLINK(1)", "金额"), ("+1+1", "5.00")), 1, above=("=2+2",), notes=("注：=3",))
    sheet = load_workbook(io.BytesIO(workbook(table)))["=1+1"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}
    assert sheet["B4"].data_type == "n" and sheet["A1"].data_type == "s"


def test_sheets_of_any_title_have_names_that_excel_takes():
    titles = ("表[一]:*?/\\表", "长" * 40, "长" * 40, "收支总表", "核对情况", "'引'")
    tables = [AsPrinted(title, (("项目", "金额"), ("道路", "1.00")), 1) for title in titles]
    found = load_workbook(io.BytesIO(workbook(*tables))).sheetnames
    assert len({name.casefold() for name in found}) == len(found) and max(map(len, found)) <= 31
    assert [table.title for table in read(workbook(*tables)).entries.as_printed] == list(titles)


def test_an_export_is_read_back_as_the_same_tables():
    tables = [headed(), AsPrinted("政府购买服务预算表", (("项目", "金额"), ("无", "")), 1, above=("单位：元",))]
    again = read(workbook(*tables))
    assert again.problems == [] and again.unmatched == [] and again.entries.as_printed == tables
    assert workbook(*again.entries.as_printed) == workbook(*tables)


# The law: whatever a table says, its workbook says it too.

WORDS = st.sampled_from(
    ["", "项目", "道路\n维修", "  其中：", "=1+1", "-", "007", "1,234.50", "12.5%", "-3", "0.00", "（100）"]
)
STATEMENTS = st.sampled_from([(), ("单位：万元",), ("附表10", "编制单位：某某乡", "单位：元")])
NOTES = st.sampled_from([(), ("注：含税。",), ("注：一", "备注：二")])


@st.composite
def tables(draw):
    """A table with one or two rows of headings, some of its cells merged, and figures in its last row."""
    columns, two = draw(st.integers(3, 5)), draw(st.booleans())
    names = tuple(f"栏目{n}" for n in range(1, columns + 1))
    heads = [(names[0], "资金", *[""] * (columns - 2)), ("", *names[1:])] if two else [names]
    areas = [Area(1, 1, 2, 1), Area(1, 2, 1, columns - 1)] * two
    body = draw(st.lists(st.lists(WORDS, min_size=columns, max_size=columns).filter(any), max_size=4))
    first = [("总计", *["9.99"] * (columns - 1))] * draw(st.booleans())
    if body and draw(st.booleans()):
        width = draw(st.integers(2, columns))
        body[-1][:width] = ("小计", *[""] * (width - 1))
        areas.append(Area(len(heads) + len(first) + len(body), 1, 1, width))
    rows = (*heads, *first, *map(tuple, body), ("合计", *["8.88"] * (columns - 1)))
    return AsPrinted("项目支出表", rows, len(heads), tuple(sorted(areas)), draw(STATEMENTS), draw(NOTES))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_any_table_survives_its_workbook(table):
    book = Workbook()
    for style in STYLES:
        book.add_named_style(style())
    add_as_printed(book, table)
    assert read(file_of(book)).entries.as_printed == [table]
