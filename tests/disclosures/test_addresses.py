"""Addresses are stable for ever: of departments that change, of figures, of records whatever their codes hold."""

import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from budget.cell import Cell
from budget.drafts.save import save
from budget.intake.identity import Given
from budget.intake.read import read
from budget.models import Department
from budget.text import narrow
from disclosures import draw
from disclosures.content import thaw
from disclosures.models import Publication
from disclosures.outputs import OUTPUTS
from disclosures.pages import checked
from disclosures.pages.disclosure import Disclosure
from disclosures.publish import NotPublished, content_of, publish
from tests.budget.conftest import original
from tests.budget.people import saved
from tests.disclosures.conftest import ROOT
from tests.disclosures.test_pages import PAGES, page, words

WORD = "liujiaying-2024.docx"
OLD, NEW = "卢龙县刘家营乡人民政府", "卢龙县刘家营镇人民政府"


# A department changes.


@pytest.fixture
def changed(township):
    """The department has another code and another name since it published."""
    department = township.department
    department.unit, department.name = "910", NEW
    department.save()
    return department


def test_what_was_published_keeps_its_address_and_its_name(changed, client):
    for path in PAGES:
        for root in (ROOT, f"{ROOT}v1/"):
            html = page(client, path, root)
            assert OLD in html and NEW not in html, root + path
    assert client.get("/130324/910/2024/").status_code == 404
    name = client.get(f"{ROOT}disclosure.json")["Content-Disposition"]
    assert json.loads(client.get(f"{ROOT}disclosure.json").content)["department"] == {"unit": "909", "name": OLD}
    assert "%E5%88%98%E5%AE%B6%E8%90%A5%E4%B9%A1" in name


def test_home_and_the_page_of_the_department_still_list_it(changed, client):
    home = page(client, root="/")
    assert f'href="{ROOT}"' in home and OLD in home and NEW not in home
    department = page(client, root="/130324/909/")
    assert f'href="{ROOT}v1/"' in department and f"<h1>{OLD}</h1>" in department


def test_the_next_version_stands_at_the_new_address(changed, client):
    budget = changed.budgets.get()
    publication, created = publish(budget, "李股长", "更名")
    assert created and (publication.unit, publication.name, publication.version) == ("910", NEW, 2)
    assert NEW in page(client, root="/130324/910/2024/") and OLD in page(client)
    assert "看现行版" in page(client, root="/130324/910/2024/v2/")
    home = page(client, root="/")
    assert f'href="{ROOT}"' in home and 'href="/130324/910/2024/"' in home


def test_a_department_that_only_changed_its_name_says_what_it_was_called(township, client):
    Department.objects.update(name=NEW)
    publish(township.department.budgets.get(), "李股长", "更名")
    said = words(page(client, root="/130324/909/"))
    assert NEW in said and f"当时名称：{OLD}" in said
    assert NEW in page(client) and NEW not in page(client, root=f"{ROOT}v1/")


def test_another_department_does_not_publish_at_an_address_that_was_used(changed):
    taker = Department.objects.create(region=changed.region, unit="909", name="另一个乡人民政府")
    budget = taker.budgets.create(year=2024)
    with pytest.raises(NotPublished) as refusal:
        publish(budget, "李股长", "说明")
    said = str(refusal.value)
    assert OLD in said and "909" in said and said.count("。") == 1 and said.endswith("。")
    assert Publication.objects.count() == 1


# Records, whatever their codes hold.

CODES = ("A/1", "A%2F1", "50%", "A 2", "A.3", "A-4", "-", "a-b-c", "村/“1”", "100?x=1&y#z", "某乡;本级")
WHOLE = {"goals": 1, "payment_plan": 1, "indicators": 1}


@pytest.fixture
def odd(db):
    """The reference budget with projects under every odd code, and three that lack a part."""
    budget = saved(WORD)
    budget.projects.all().delete()
    for order, code in enumerate(CODES, 1):
        add_project(budget, order, code)
    for order, lacking in enumerate(WHOLE, len(CODES) + 1):
        add_project(budget, order, f"WITHOUT-{lacking}", **{lacking: 0})
    add_project(budget, order + 1, "BARE", **dict.fromkeys(WHOLE, 0))
    return budget


def add_project(budget, order, code, **parts):
    project = budget.projects.create(code=code, name=f"项目 {code}", order=order, amount=20_000, fiscal_funds=20_000)
    counts = WHOLE | parts
    for n in range(counts["goals"]):
        project.goals.create(order=n + 1, text="做好工作")
    for n in range(counts["payment_plan"]):
        project.payment_plan.create(order=n + 1, until="6月底", percent=100)
    for n in range(counts["indicators"]):
        project.indicators.create(order=n + 1, level1="产出指标", level2="数量指标", level3="数量", target="%")


def test_projects_under_any_code_are_published_each_on_its_page(odd, client):
    publication, _ = publish(odd, "李股长", "说明")
    disclosure = Disclosure(publication)
    listed = page(client, "projects/")
    codes = [record["code"] for record in disclosure.form("projects")["records"]]
    assert len(codes) == len(CODES) + 4
    for code in codes:
        address = disclosure.record_url("projects", code)
        assert f'href="{address}"' in listed
        html = page(client, root=address)
        assert f'<span id="{Cell("projects", code, "name")}">' in html
        assert client.get(address.replace(ROOT, f"{ROOT}v1/")).status_code == 200


def test_the_page_of_checks_leads_to_every_project(odd, client):
    publication, _ = publish(odd, "李股长", "说明")
    disclosure, html = Disclosure(publication), page(client, "checks/")
    found = {cell for one in (*disclosure.content["findings"], *disclosure.content["ledger"]) for cell in one["cells"]}
    of_projects = {cell for cell in map(Cell.parse, found) if cell.table == "projects"}
    assert {cell.row for cell in of_projects} >= {*CODES, "BARE"}
    for cell in of_projects:
        address, _, anchor = disclosure.address(cell).partition("#")
        assert f' id="{anchor}"' in page(client, root=address), cell
    unfinished = [f for f in disclosure.content["findings"] if f["rule"] == "C06" and f["found"] == "%"]
    assert unfinished
    assert disclosure.address(Cell.parse(unfinished[0]["cells"][0])) in html


def test_their_workbook_gives_the_same_projects(odd):
    content = content_of(odd)
    again = read(OUTPUTS["xlsx"].write(content))
    assert again.problems == []
    ours = thaw(content).entries.records["projects"]
    assert again.entries.records["projects"] == [project | {"code": narrow(project["code"])} for project in ours]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))), st.sampled_from(["", "total", "indicators-3-target"]))
def test_a_cell_is_its_written_form(row, column):
    cell = Cell("projects", row, column)
    assert Cell.parse(str(cell)) == cell
    assert not re.search(r"[\s/#]", str(cell))


# Everything is drawn before anything is published.


def broken(*arguments, **named):
    raise ZeroDivisionError("不能画")


def refused(budget):
    """The sentence with which publishing is refused; nothing was written."""
    with pytest.raises(NotPublished) as refusal:
        publish(budget, "李股长", "说明")
    assert not Publication.objects.exists()
    said = str(refusal.value)
    assert said.count("。") == 1 and said.endswith("。")
    return said


def test_a_page_that_cannot_be_drawn_is_not_published(db, drawn_each_time, monkeypatch):
    monkeypatch.setattr(checked, "ledger", broken)
    assert refused(saved(WORD)).startswith("网页 checks/ 画不出来")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("tables/<int:number>/", "网页 tables/1/ 画不出来"),
        ("narrative/<int:number>/", "网页 narrative/1/ 画不出来"),
        ("projects/<row:row>/", "网页 projects/13032424P00442810410K/ 画不出来"),
    ],
)
def test_the_page_is_named(db, drawn_each_time, monkeypatch, address, named):
    pages = tuple(one._replace(view=broken) if one.address == address else one for one in draw.PAGES)
    assert pages != draw.PAGES
    monkeypatch.setattr(draw, "PAGES", pages)
    assert refused(saved(WORD)).startswith(named)


@pytest.mark.parametrize("format", [format for format, output in OUTPUTS.items() if not output.as_stored])
def test_a_file_that_cannot_be_written_is_named(db, drawn_each_time, monkeypatch, format):
    named = {"xlsx": "Excel 文件", "csv": "CSV（压缩包） 文件"}[format]
    monkeypatch.setitem(OUTPUTS, format, replace(OUTPUTS[format], write=broken))
    assert refused(saved(WORD)).startswith(f"{named}画不出来")


def test_every_page_and_file_is_drawn(db):
    publication = publish(saved(WORD), "李股长", "说明")[0]
    disclosure = Disclosure(publication)
    names = [name for name, _ in [*draw._pages(disclosure), *draw._files(disclosure)]]
    assert len(names) == len(set(names)) >= 4 + 2 * 9 + 11 + 1 + 18 + 3 + len(OUTPUTS)


# A 单位预算 beside the 部门预算.

UNIT_ROOT = f"{ROOT}unit-budget/"


@pytest.fixture
def unit_budget(township):
    """The same body's 单位预算 of the same year, published beside its 部门预算."""
    reading = read(original(WORD), Given(document="unit_budget"))
    return publish(save(reading, original(WORD), WORD).budget, "李股长", "说明")[0]


def test_both_kinds_stand_side_by_side(township, unit_budget, client):
    assert (unit_budget.version, unit_budget.address) == (1, UNIT_ROOT)
    assert township.department == unit_budget.department
    for path in PAGES:
        for root in (UNIT_ROOT, f"{UNIT_ROOT}v1/"):
            html = page(client, path, root)
            assert f"{OLD} 2024 年单位预算" in html and "部门预算收支总表" not in html, root + path
        assert f"{OLD} 2024 年部门预算" in page(client, path)
    assert "单位预算收支总表" in page(client, "tables/1/", UNIT_ROOT)
    assert "部门预算收支总表" in page(client, "tables/1/")
    links = re.findall(rf'href="({ROOT}[^"]*)"', page(client, root=UNIT_ROOT))
    assert links and all(link.startswith(UNIT_ROOT) for link in links)


def test_home_and_department_list_both(unit_budget, client):
    for address in ("/", "/130324/909/"):
        html = page(client, root=address)
        assert f'href="{ROOT}"' in html and f'href="{UNIT_ROOT}"' in html and "单位预算" in words(html)


@pytest.mark.parametrize("version", ["", "v1/"])
@pytest.mark.parametrize("format", OUTPUTS)
def test_its_downloads_say_which_kind_they_are(unit_budget, client, version, format):
    response = client.get(f"{UNIT_ROOT}{version}disclosure.{format}")
    assert response.status_code == 200
    assert "%E5%8D%95%E4%BD%8D%E9%A2%84%E7%AE%97" in response["Content-Disposition"]  # 单位预算
    if format == "json":
        assert json.loads(response.content)["document"] == {"key": "unit_budget", "name": "单位预算"}
    if format == "xlsx":
        assert load_workbook(io.BytesIO(response.content))["收支总表"]["A1"].value == "单位预算收支总表"
        assert read(response.content).document.key == "unit_budget"
