"""Somebody who edits only text finishes a budget whose figures another has filled in.

The demo's own draft of 2024: two sections are missing, five findings are to be explained, nobody has signed. No table
and no list is opened. Her screen is dark.
"""

import pytest

from tests.browser.person import Person
from tests.browser.steps import gives_the_reasons, signs

pytestmark = pytest.mark.browser
REASONS = {
    "没有上年的预算可比，是为什么（如：今年新设立的单位）；上年有预算的，请先导入": "上年的预算没有在本站公开"
}  # one section compares with a year that is not here


def test_somebody_who_edits_only_text_finishes(chromium, town):
    town.with_password("周秘书", "clerk", "130324/909")
    writer = Person(chromium, town, "周秘书", colours="dark")
    writer.logs_in()
    writer.clicks("卢龙县刘家营乡人民政府2024年部门预算", nth=0)
    gives_the_reasons(writer, REASONS)
    rewrites_a_section(writer)
    explains_what_does_not_agree(writer)
    signs(writer)
    writer.presses("送审")
    writer.reads("已送审，等县里审核")
    print(f"\n只改文字，到送审：{len(writer.actions)} 次操作")
    assert not [url for url in writer.seen if "/grid/" in url or "/lists/" in url]


def rewrites_a_section(writer):
    """Freely, in her own words."""
    writer.clicks("十一、其他需要说明的事项")
    writer.types("十一、其他需要说明的事项", "本部门没有其他需要说明的事项。")
    writer.presses("保存")
    writer.reads("已保存。")


def explains_what_does_not_agree(writer):
    """Ticks the errors, and says once why they are."""
    writer.clicks("要办的事")
    for one in writer.page.locator(".level-error input[name=finding]").all():
        one.check()
        writer.did("打勾")
    writer.types("打勾的几处，原因是", "漏填，乡政府正在核对资产。")
    writer.presses("一起说明")
