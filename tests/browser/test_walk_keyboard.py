"""A clerk who works only by keyboard: from logging in until a budget is handed in, without a mouse.

Tab and Shift+Tab go from one thing to the next, Enter and Space press it, arrows go from cell to cell. Wherever the
focus is, it can be seen; it is never lost.
"""

import datetime

import pytest

from tests.browser.person import Person
from tests.browser.town import PASSWORD

pytestmark = pytest.mark.browser
MOST_TABS = 60
_AT = """() => { const at = document.activeElement; return {
  is_lost: at === document.body || !at.checkVisibility(),
  words: (at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || at.value || '').trim(),
  name: at.name || at.id || '',
  is_in_sight: (box => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth)
    (at.getBoundingClientRect()),
  look: (style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none')
    (getComputedStyle(at)) } }"""
SHEET = {
    "name": "旧路修补", "amount": "10", "fiscal_funds": "10", "purpose": "修路", "payment_plan-4-percent": "100",
    "goals-1-text": "修好旧路", "indicators-1-level3": "里程", "indicators-1-target": "2公里",
    "indicators-6-level3": "满意度", "indicators-6-target": "≥95%",
}  # fmt: skip


class Keys(Person):
    """A person without a mouse."""

    def key(self, key):
        """One key; what then has the focus can be seen."""
        self.page.keyboard.press(key)
        self.did(key)

    def at(self):
        """What has the focus: never nothing, never out of sight."""
        found = self.page.evaluate(_AT)
        assert not found["is_lost"], f"{self.page.url}: nothing has the focus"
        assert found["is_in_sight"], f"{self.page.url}: {found['words']} has the focus out of sight"
        assert found["look"], f"{self.page.url}: the focus on {found['words']} cannot be seen"
        return found

    def goes_to(self, words, by="Tab", what="words"):
        """Tab until something is reached, by its words or its name."""
        found = self.page.evaluate(_AT)
        for _ in range(MOST_TABS):
            if found["name"] == words if what == "name" else found["words"].startswith(words):
                return self.did(f"{by} 到 {words}")
            self.page.keyboard.press(by)
            found = self.at()
        raise AssertionError(f"{self.page.url}: {words} is not reached within {MOST_TABS} tabs")

    def follows(self, words):
        """A link or a button."""
        self.goes_to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.did(f"Enter {words}")

    def writes(self, name, said):
        """Into the field with this name."""
        self.goes_to(name, what="name")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(said)
        self.did(f"写 {name}")


@pytest.fixture
def clerk(chromium, town):
    """何会计 of a body that has nothing yet."""
    town.with_password("何会计", "clerk", "130324/911")
    return Keys(chromium, town, "何会计")


def test_a_clerk_without_a_mouse_finishes(clerk):
    begins(clerk)
    adds_a_code_and_types(clerk)
    types_the_income(clerk)
    types_what_it_is_spent_on(clerk)
    describes_the_project(clerk)
    writes_the_text(clerk)
    signs(clerk)
    clerk.follows("送审")
    clerk.follows("送审")
    clerk.reads("已送审，等县里审核")
    print(f"\n只用键盘，从登录到送审：{len(clerk.actions)} 次操作")


def begins(clerk):
    """Logs in and opens a year."""
    clerk.opens("/admin/login/")
    clerk.writes("username", clerk.name)
    clerk.writes("password", PASSWORD)
    clerk.follows("登录")
    clerk.follows("新建一份")
    clerk.writes("year", "2025")
    clerk.follows("新建")
    clerk.follows("在表里填写")


def adds_a_code_and_types(clerk):
    """A row comes with Enter, and the focus is in its first cell; an arrow goes to the next."""
    clerk.follows("表 5")
    clerk.writes("add", "2010301")
    clerk.key("Enter")
    clerk.page.locator("[data-key='2010301']").wait_for()
    assert clerk.at()["name"] == "t5-2010301-basic"
    clerk.page.keyboard.type("100")
    clerk.key("ArrowRight")
    assert clerk.at()["name"] == "t5-2010301-project"
    clerk.page.keyboard.type("10")
    saves(clerk)


def types_the_income(clerk):
    """The row of what is spent is there."""
    clerk.follows("表2")
    clerk.writes("t2-2010301-fiscal", "110")
    saves(clerk)


def types_what_it_is_spent_on(clerk):
    """By economic code."""
    clerk.follows("表6")
    clerk.writes("add", "30101")
    clerk.key("Enter")
    clerk.page.locator("[data-key='30101']").wait_for()
    clerk.page.keyboard.type("100")
    saves(clerk)


def saves(clerk):
    """The button stands above the table."""
    clerk.goes_to("保存", by="Shift+Tab")
    with clerk.page.expect_navigation():
        clerk.key("Enter")
    clerk.reads("已保存。")


def describes_the_project(clerk):
    """Field after field."""
    clerk.follows("项目")
    clerk.follows("新建一个项目")
    clerk.writes("code", "13032425P001")
    for name, said in SHEET.items():
        clerk.writes(name, said)
    clerk.follows("保存")
    clerk.reads("已保存。")


def writes_the_text(clerk):
    """All sections at once, then what they ask for."""
    clerk.follows("文字")
    clerk.follows("没有写的都用标准句写")
    for key in ("duties", "no_year_before", "goals", "duty_goals", "measures"):
        clerk.writes(f"reason-{key}", "今年新设立的单位")
    clerk.follows("保存")


def signs(clerk):
    """Dates are typed digit by digit, as this browser shows them."""
    clerk.follows("要办的事")
    clerk.follows("请填写财政批复日期")
    day = f"{datetime.date.today():%m%d%Y}"
    for name in ("approved_on", "secrecy_reviewed_by", "secrecy_reviewed_on", "signed_by", "signed_on"):
        clerk.writes(name, day if name.endswith("_on") else "张乡长")
    clerk.follows("保存")
