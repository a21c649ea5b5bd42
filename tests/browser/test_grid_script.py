"""grid.js alone, on a table that it has never seen: three rows, two columns that are typed and one that is added up."""

import pytest

from tests.deploy.conftest import ROOT

pytestmark = pytest.mark.browser
ROWS = (("201", "一般公共服务"), ("20101", "人大事务"), ("205", "教育支出"))
TYPED = ("basic", "project")


def _row(key, name):
    cells = "".join(
        f'<td><input name="t-{key}-{c}" data-cell="t-{key}-{c}" data-was="" id="t-{key}-{c}" aria-label="{c}"></td>'
        for c in TYPED
    )
    return (
        f'<tr id="r-{key}" data-key="{key}" data-name="{name}"><td>{key}</td><th>{name}</th>'
        f"<td><output data-figure>0</output></td>{cells}</tr>"
    )


PAGE = f"""<!doctype html><html lang="zh-CN"><title>试</title><form data-grid-form data-draft="grid:test">
<input type="hidden" name="seen" value="7"><input type="hidden" name="unit" value="万元">
<p data-say role="status"></p><p data-unsaved></p><button type="button" data-copy>复制整张表</button>
<table data-grid data-unit="万元" data-labels="2" data-heads='["科目编码","科目名称","合计","基本支出","项目支出"]'
 data-key-like="[0-9]{{3,7}}"><thead><tr><th>科目编码<th>科目名称<th>合计<th>基本支出<th>项目支出</thead>
<tbody>{"".join(_row(*row) for row in ROWS)}</tbody></table><button>保存</button></form>"""


@pytest.fixture
def grid(chromium, tmp_path):
    """A function that opens the page, again and again in one browser."""
    (tmp_path / "grid.html").write_text(PAGE + "<script src=grid.js></script></html>", encoding="utf-8")
    (tmp_path / "grid.js").write_text((ROOT / "static" / "grid.js").read_text(encoding="utf-8"), encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()

    def opened():
        page.goto((tmp_path / "grid.html").as_uri())
        return page

    yield opened
    context.close()


def at(page, key, column):
    return page.locator(f'[data-cell="t-{key}-{column}"]')


def values(page):
    """Row by row what is typed."""
    return [[at(page, key, column).input_value() for column in TYPED] for key, _ in ROWS]


def focused(page):
    return page.evaluate("document.activeElement.dataset.cell")


def paste(page, key, column, text):
    at(page, key, column).focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(
          new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})) }""",
        text,
    )


def said(page):
    return page.inner_text("[data-say]")


def test_arrows_enter_tab_and_escape(grid):
    page = grid()
    at(page, "201", "basic").focus()
    way = [("ArrowDown", "20101-basic"), ("ArrowRight", "20101-project"), ("Enter", "205-project"),
           ("Shift+Enter", "20101-project"), ("ArrowLeft", "20101-basic"), ("ArrowUp", "201-basic"),
           ("Tab", "201-project")]  # fmt: skip
    for key, where in way:
        page.keyboard.press(key)
        assert focused(page) == f"t-{where}", key
    page.keyboard.type("12")
    page.keyboard.press("Escape")
    assert at(page, "201", "project").input_value() == "" and focused(page) == "t-201-project"


def test_the_caret_moves_inside_a_text_before_the_focus_moves_out_of_it(grid):
    page = grid()
    at(page, "201", "basic").focus()
    page.keyboard.type("12")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "t-201-basic"
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "t-201-project"


def test_undo_and_redo_go_over_cells(grid):
    page = grid()
    at(page, "201", "basic").focus()
    for text in ("1", "2", "3"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    assert [row[0] for row in values(page)] == ["1", "2", "3"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert [row[0] for row in values(page)] == ["1", "", ""] and focused(page) == "t-20101-basic"
    page.keyboard.press("Control+y")
    assert [row[0] for row in values(page)] == ["1", "2", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1\t2\n3\t4", [["1", "2"], ["3", "4"], ["", ""]]),  # from the chosen cell on
        ('"1,000.50"\t2\r\n', [["1,000.50", "2"], ["", ""], ["", ""]]),  # quoted, as Excel ends a row
        ("205\t教育支出\t9\t5\t4\n201\t一般公共服务\t3\t1\t2", [["1", "2"], ["", ""], ["5", "4"]]),  # by code
        ("教育 支出\t5\t4\n人大事务\t1\t2", [["", ""], ["1", "2"], ["5", "4"]]),  # by name
        ("序号\t科目编码\t科目名称\t合计\t项目支出\n1\t205\t教育支出\t9\t4", [["", ""], ["", ""], ["", "4"]]),
        ("单位：元\t\n科目编码\t基本支出\n205\t12,345.60", [["", ""], ["", ""], ["1.23456", ""]]),
        ("科目编码\t基本支出\n205\t-70万元\n201\t(70)元", [["(0.007)", ""], ["", ""], ["-70", ""]]),
        ("１２３\t４５\n6\t7", [["１２３", "４５"], ["6", "7"], ["", ""]]),  # the server reads full-width digits
    ],
)
def test_a_block_is_placed_by_code_by_name_or_from_the_chosen_cell_on(grid, text, expected):
    page = grid()
    paste(page, "201", "basic", text)
    page.wait_for_function("document.querySelector('[data-say]').innerText.includes('粘贴了')")
    assert values(page) == expected
    page.get_by_role("button", name="撤销粘贴").click()
    assert values(page) == [["", ""]] * 3


def test_what_is_added_up_or_unknown_is_not_pasted_and_said(grid):
    page = grid()
    paste(page, "201", "basic", "201\t一般公共服务\t3\t1\t2\n2990101\t其他\t8\t8\t")
    page.wait_for_function("document.querySelector('[data-say]').innerText.includes('粘贴了')")
    assert "1 格是算出来的" in said(page) and "2990101" in said(page)
    assert page.locator(".pasted").count() == 2


def test_a_single_value_is_pasted_as_any_text(grid):
    page = grid()
    paste(page, "201", "basic", "12")
    assert said(page) == ""


def test_a_block_is_copied_out(grid):
    page = grid()
    paste(page, "201", "basic", "1\t2\n3\t4")
    page.wait_for_function("document.querySelector('[data-say]').innerText.includes('粘贴了')")
    at(page, "201", "basic").focus()
    page.keyboard.press("Shift+ArrowDown")
    assert page.locator(".chosen").count() == 2
    copied = """() => { const data = new DataTransfer(); document.dispatchEvent(
        new ClipboardEvent("copy", {clipboardData: data, bubbles: true, cancelable: true}));
        return data.getData("text/plain") }"""
    assert page.evaluate(copied) == "1\n3"


def test_an_input_method_keeps_its_keys(grid):
    page = grid()
    at(page, "201", "basic").focus()
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    assert focused(page) == "t-201-basic"


def test_a_draft_is_offered_and_never_applied_by_itself(grid):
    page = grid()
    at(page, "205", "project").fill("4")
    page.keyboard.press("Enter")
    page = grid()
    assert values(page) == [["", ""]] * 3 and "1 格" in said(page)
    page.get_by_role("button", name="接着填").click()
    page.wait_for_function("document.querySelector('[data-say]').innerText.includes('放回了')")
    assert values(page)[2] == ["", "4"] and "1 格没有保存" in page.inner_text("[data-unsaved]")
    page = grid()
    page.get_by_role("button", name="不要了").click()
    assert grid().inner_text("[data-say]") == ""


def test_a_draft_that_was_saved_meanwhile_is_forgotten(grid):
    page = grid()
    at(page, "205", "project").fill("4")
    page.evaluate("localStorage.setItem('grid:test', localStorage['grid:test'].replaceAll('\"4\"', '\"\"'))")
    assert said(grid()) == ""


def test_only_what_is_changed_is_sent(grid):
    page = grid()
    at(page, "205", "project").fill("4")
    with page.expect_navigation():
        page.get_by_role("button", name="保存").click()
    assert "t-205-project=4" in page.url and "t-201-basic" not in page.url
