"""A citizen with a phone, an auditor at a desk, a reader who prints: the demo in a real browser."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook

pytestmark = pytest.mark.browser
ROOT = "/130324/909/2024/"
TITLES = {
    1: "部门预算收支总表", 2: "部门预算收入总表", 3: "部门预算支出总表", 4: "部门预算财政拨款收支总表",
    5: "一般公共预算财政拨款支出表", 6: "一般公共预算财政拨款基本支出表", 7: "政府性基金预算财政拨款支出表",
    8: "国有资本经营预算财政拨款支出表", 9: "财政拨款“三公”经费支出表",
}  # fmt: skip
PROJECT = f"{ROOT}projects/13032424P00442810410K/"
LOOKED_AT = ["/", "/130324/909/", ROOT, f"{ROOT}tables/", f"{ROOT}tables/4/", f"{ROOT}tables/9/",
             f"{ROOT}tables/9/checks/", f"{ROOT}narrative/",
             f"{ROOT}narrative/8/", f"{ROOT}projects/", PROJECT, f"{ROOT}fixed-assets/", f"{ROOT}checks/", "/glossary/",
             "/nothing/"]  # fmt: skip


def test_from_the_home_page_to_each_table_a_project_and_the_workbook(open_page):
    page = open_page("/", size="phone", script=False)
    page.get_by_role("link", name="2024 年").click()
    for number, title in TITLES.items():
        page.get_by_text("目录：表格、说明、项目、下载").click()
        page.get_by_label("本预算的目录").get_by_role("link", name=f"{number}. ").first.click()
        assert title in page.get_by_role("heading", level=1).inner_text()
        assert page.locator("table.figures").is_visible()
    page.get_by_text("目录：表格、说明、项目、下载").click()
    page.get_by_role("link", name="项目绩效目标（18 个）").click()
    page.get_by_role("link", name="武装工作经费").click()
    assert "2.00 万元" in page.locator(".lead").inner_text()
    page.get_by_text("目录：表格、说明、项目、下载").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 Excel").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert book["收支总表"]["A1"].value == "部门预算收支总表" and "2024" in download.value.suggested_filename


def test_a_figure_in_the_opening_leads_to_its_cell(open_page):
    page = open_page(ROOT)
    page.locator(".lead").get_by_role("link", name="22.39 万元").click()
    page.wait_for_url("**/tables/9/#t9-total-total")
    assert page.locator("td:target").inner_text().startswith("22.39")


def test_a_finding_leads_to_its_figure_and_back(open_page):
    page = open_page(f"{ROOT}tables/9/", size="phone")
    page.get_by_role("link", name="注1").first.click()  # one finding, six blank figures
    assert "应为 22.39万元" in page.locator("li:target").inner_text()
    page.locator("li:target").get_by_role("link", name="看这个数").click()
    assert page.locator("td:target").inner_text().startswith("22.39")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_nobody_is_shut_out(open_page, size, colours):
    for path in LOOKED_AT:
        page = open_page(path, size, colours)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


@pytest.mark.parametrize("path", LOOKED_AT)
def test_on_a_phone_nothing_overflows_and_everything_can_be_touched(open_page, path):
    page = open_page(path, size="phone")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = page.evaluate("""() => [...document.querySelectorAll('nav a, summary, .steps a, .onward a, .list td a')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.textContent)""")
    assert small == []


def test_the_name_stays_while_the_figures_scroll(open_page):
    page = open_page(f"{ROOT}tables/2/", size="phone")
    page.locator(".scroll").evaluate("e => e.scrollLeft = 400")
    assert page.locator("#t2-201 th").bounding_box()["x"] < 40


def test_on_a_desk_the_contents_stand_beside_the_page(open_page):
    page = open_page(ROOT)
    assert page.get_by_role("link", name="1. 收支总表").is_visible()


def test_print_is_a4_landscape_with_headings_on_every_sheet(open_page):
    page = open_page(f"{ROOT}tables/")
    page.emulate_media(media="print")
    assert page.locator("thead").first.evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert not page.get_by_label("本预算的目录").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
