"""sheets.js on a project's sheet: nothing that is typed gets lost, whatever the line does."""

import time

import pytest

from tests.browser.test_clerk import clerk

__all__ = ["clerk"]
pytestmark = pytest.mark.browser
SHEET = "/admin/budget/budget/1/projects/13032424P00442810410K/"


@pytest.fixture
def sheet(clerk):
    """The sheet of a project; nothing of it is kept from before."""
    page = clerk(SHEET)
    page.evaluate("localStorage.clear()")
    page.reload()
    return page


def own_words(page):
    """The field for an indicator's own wording, once its choice is none of the list."""
    choice = page.locator("select[data-other]").first
    choice.select_option("~other")
    return page.locator("td.own input:not([type=hidden]), td.own textarea").last


def test_an_indicators_own_words_are_kept_for_the_next_day(sheet):
    field = own_words(sheet)
    field.fill("自己想的指标")
    name = field.get_attribute("name")
    sheet.reload()
    sheet.get_by_role("button", name="接着填").click()
    sheet.wait_for_function("name => document.querySelector(`[name='${name}']`)?.value === '自己想的指标'", arg=name)
    assert sheet.locator(".kept").count() == 0


def test_what_is_typed_while_a_row_comes_is_in_it(sheet):
    sheet.route("**/projects/**", lambda route: (time.sleep(0.4), route.continue_()))
    rows = sheet.locator("[name='indicators-~rows']").input_value()
    sheet.locator("button[value='add indicators']").click(no_wait_after=True)
    sheet.fill("[name=name]", "边等边改的名称")
    sheet.wait_for_function("rows => document.querySelector(\"[name='indicators-~rows']\").value !== rows", arg=rows)
    assert sheet.input_value("[name=name]") == "边等边改的名称"
    assert sheet.evaluate("document.activeElement.name") == "name"


def test_a_line_that_is_cut_leaves_the_page_as_it_is(sheet):
    sheet.fill("[name=name]", "断线时写的")
    sheet.route("**/projects/**", lambda route: route.abort())
    sheet.locator("button[value='add indicators']").click(no_wait_after=True)
    assert "断线" in sheet.evaluate("localStorage.getItem(`sheet ${location.pathname}`)")
