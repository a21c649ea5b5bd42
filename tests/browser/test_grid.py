"""The tables typed into in a real browser: by keyboard alone, without script, after a session ran out, on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_clerk import clerk

__all__ = ["clerk"]
pytestmark = pytest.mark.browser
T5 = "/admin/budget/budget/1/grid/t5/"
CELL = "t5-2130705-project"


def cell(page, name=CELL):
    return page.locator(f'[data-cell="{name}"]')


def test_totals_follow_what_is_typed_and_a_draft_outlives_the_session(clerk, demo):
    page = clerk(T5 + f"#{CELL}")
    assert page.evaluate("document.activeElement.dataset.cell") == CELL
    page.keyboard.type("300")
    expect(page.locator("#t5-total-total")).to_have_text("1,292.14", timeout=20_000)
    page.keyboard.press("Escape")
    expect(page.locator("#t5-total-total")).to_have_text("1,337.87", timeout=20_000)
    page.keyboard.type("301")
    page.keyboard.press("Enter")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="保存", exact=True).click()
    page.fill("#id_username", "clerk")
    page.fill("#id_password", demo[1])
    page.get_by_role("button", name="登录").click()
    page.goto(demo[0] + T5)
    assert cell(page).input_value() == "345.73"
    page.get_by_role("button", name="接着填").click()
    expect(page.locator("[data-say]")).to_contain_text("放回了 1 格", timeout=20_000)
    assert cell(page).input_value() == "301"
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存。").wait_for(timeout=20_000)
    assert cell(page).input_value() == "301.00" and page.inner_text("[data-say]") == ""
    cell(page).fill("345.73")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存。").wait_for(timeout=20_000)


def test_a_pasted_block_brings_its_rows_along_and_is_taken_back_at_once(clerk):
    page = clerk(T5)
    cell(page).focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(
          new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})) }""",
        "科目编码\t科目名称\t合计\t基本支出\t项目支出\n2130701\t对村级公益事业建设的补助\t6\t\t6\n2130705\t\t7\t\t7",
    )
    page.get_by_role("button", name="撤销粘贴").wait_for(timeout=30_000)
    assert (cell(page, "t5-2130701-project").input_value(), cell(page).input_value()) == ("6", "7")
    assert "2 格" in page.inner_text("[data-say]") and "项目支出" in page.inner_text("[data-say]")
    page.keyboard.press("Control+z")
    assert (cell(page, "t5-2130701-project").input_value(), cell(page).input_value()) == ("", "345.73")


def test_without_script_the_same_form_checks_adds_a_row_and_saves(open_page, demo):
    page = open_page("/admin/login/", script=False)
    page.fill("#id_username", "clerk")
    page.fill("#id_password", demo[1])
    page.get_by_role("button", name="登录").click()
    page.goto(demo[0] + T5)
    page.fill(f'[name="{CELL}"]', "15000")
    page.fill("#grid-add-code", "2130701")
    page.get_by_role("button", name="添行").click()
    assert page.locator('[name="t5-2130701-project"]').count() == 1
    page.get_by_role("button", name="改成 1.50 万元").click()
    assert page.input_value(f'[name="{CELL}"]') == "1.50"
    page.fill(f'[name="{CELL}"]', "345.73")
    page.get_by_role("button", name="保存", exact=True).click()
    assert "没有改动" in page.inner_text("body")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_nobody_is_shut_out_of_the_tables(clerk, demo, size, colours):
    page = clerk(T5, size, colours)
    for path in ("", "t1/", "t2/", "t5/", "t9/"):
        page.goto(demo[0] + T5.removesuffix("t5/") + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
