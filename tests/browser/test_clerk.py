"""A clerk at an old desk and on a phone: log in, import a file, see what does not agree, confirm, preview."""

import re
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import SIZES
from tests.budget.conftest import ORIGINALS
from tests.deploy.conftest import ROOT

pytestmark = pytest.mark.browser
PAGES = ["/admin/", "/admin/budget/budget/", "/admin/budget/budget/1/change/", "/admin/budget/budget/1/tables/",
         "/admin/budget/budget/1/grid/", "/admin/budget/budget/1/grid/t5/", "/admin/budget/budget/import/",
         "/admin/budget/budget/1/head/", "/admin/budget/budget/1/journal/", "/admin/budget/budget/1/journal/since/",
         "/admin/budget/budget/add/", "/admin/budget/budget/1/step/submit/",
         "/admin/budget/budget/1/projects/", "/admin/budget/budget/1/projects/13032424P00442810410K/",
         "/admin/budget/budget/1/projects/-/", "/admin/budget/budget/1/lists/",
         "/admin/budget/budget/1/lists/procurement/", "/admin/budget/budget/1/lists/fixed_assets/",
         "/admin/budget/budget/1/text/", "/admin/budget/budget/1/text/2/",
         "/admin/disclosures/publication/",
         "/admin/budget/code/"]  # fmt: skip


@pytest.fixture
def clerk(open_page, demo):
    """A function that opens a page of the back office, logged in with the demo's one-time password."""

    def opened(path, size="desk", colours="light"):
        page = open_page("/admin/login/", size, colours)
        page.fill("#id_username", "clerk")
        page.fill("#id_password", demo[1])
        page.get_by_role("button", name="登录").click()
        page.goto(demo[0] + path)
        return page

    return opened


def choose(page, name):
    """Upload one of the real files on the import page."""
    page.set_input_files("input[type=file]", ORIGINALS / name)
    page.locator("input[type=file]").locator("xpath=ancestor::form").locator("[type=submit]").click()


def test_a_file_is_read_shown_confirmed_and_previewed(clerk):
    page = clerk("/admin/budget/budget/import/", size="phone")
    page.fill("[name=region]", "310107")
    page.fill("[name=unit]", "210")
    choose(page, "wanli-2023.xlsx")
    said = page.inner_text("#content")
    assert "万里街道" in said and "表 1　部门预算收支总表" in said and "错误" not in said
    page.get_by_role("button", name="确认保存").first.click()
    assert "万里街道" in page.inner_text("#content")
    page.get_by_role("link", name="预览公开页").click()
    assert "草稿预览" in page.inner_text("main")
    assert "16,497.86 万元" in page.inner_text(".lead")


def test_an_archive_is_read_and_saved_without_further_clicks(clerk, tmp_path):
    with zipfile.ZipFile(tmp_path / "全县.zip", "w") as archive:
        for name in ("liujiaying-2024.docx", "liujiaying-2024.xlsx", "wanli-2023.xlsx"):
            archive.write(ORIGINALS / name, f"各单位/{name}")
        archive.writestr("封面.png", b"\x89PNG")
    page = clerk("/admin/budget/budget/import/")
    page.set_input_files("input[type=file]", tmp_path / "全县.zip")
    page.locator("input[type=file]").locator("xpath=ancestor::form").locator("[type=submit]").click()
    page.locator("[value=不要这个压缩包]").wait_for(timeout=60_000)
    assert "读不了" in page.inner_text("table.batch") and "还不能保存" in page.inner_text("table.batch")
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size(SIZES["phone"])
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"]["width"]
    assert Axe().run(page).response["violations"] == []
    save = page.locator("[value^=保存全部]")
    if save.count():
        save.click()
        page.get_by_text("没有问题的文件都已存为草稿").wait_for(timeout=60_000)


def test_the_same_file_again_changes_nothing_and_says_so(clerk):
    page = clerk("/admin/budget/budget/import/")
    choose(page, "liujiaying-2024.docx")
    assert "没有变化" in page.inner_text("#content")


def test_a_finding_leads_to_the_place_where_it_is_mended(clerk):
    page = clerk("/admin/budget/budget/1/change/")
    page.locator("li", has_text="固定资产“资产总额”").get_by_role("link", name="去改").click()
    assert "/lists/fixed_assets/#fixed_assets-total-" in page.url


def test_an_error_is_explained_and_the_explanation_is_shown(clerk):
    page = clerk("/admin/budget/budget/1/change/", size="phone")
    page.get_by_role("link", name="说明原因").first.click()
    assert Axe().run(page).violations_count == 0
    page.fill("[name=text]", "乡里正在核对资产。")
    page.get_by_role("button", name="保存说明").click()
    page.get_by_text("已经说明或补正的").click()
    assert "已说明：乡里正在核对资产。（演示经办人，" in page.inner_text("#content")


def test_the_marked_file_can_be_downloaded(clerk):
    page = clerk("/admin/budget/budget/1/change/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标注了不符之处的文件").click()
    assert re.search(r"（核对）\.(docx|xlsx)$", download.value.suggested_filename)  # of the file that came last


def test_what_is_no_workbook_is_refused_in_one_sentence(clerk):
    page = clerk("/admin/budget/budget/import/")
    page.set_input_files("input[type=file]", ROOT / "README.md")
    page.locator("input[type=file]").locator("xpath=ancestor::form").locator("[type=submit]").click()
    said = page.inner_text(".errorlist")
    assert "请" in said and said.count("。") <= 2


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_nobody_is_shut_out_of_the_back_office(clerk, demo, size, colours):
    page = clerk(PAGES[0], size, colours)
    for path in PAGES:
        page.goto(demo[0] + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
