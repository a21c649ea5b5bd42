"""An old browser without script: the whole way from opening a year until it is handed in."""

import pytest

from tests.browser.person import Person
from tests.browser.steps import begins_from_last_year, counts_what_there_is, gives_the_reasons, signs
from tests.browser.test_walk_year import BASIC, INCOME, REASONS, SPENDING

pytestmark = pytest.mark.browser
PROJECT = {
    "code": "13032425P001", "name": "村级组织运转经费", "amount": "300", "fiscal_funds": "300",
    "purpose": "补助村级组织", "payment_plan-4-percent": "100", "goals-1-text": "村级组织正常运转",
    "indicators-1-level3": "补助的村", "indicators-1-target": "23个",
}  # fmt: skip


def test_an_old_browser_without_script_finishes(chromium, town):
    town.with_password("王会计", "clerk", "130324/909")
    clerk = Person(chromium, town, "王会计", script=False)
    clerk.logs_in()
    begins(clerk)
    fills_in(clerk, "表6", "t6", BASIC, ("staff", "running"))
    fills_in(clerk, "表5", "t5", SPENDING, ("basic", "project"))
    fills_in(clerk, "表2", "t2", INCOME, ("fiscal",))
    adds_a_code_and_takes_it_back(clerk)
    describes_the_project(clerk)
    counts_what_there_is(clerk)
    gives_the_reasons(clerk, REASONS)
    clerk.clicks("要办的事")
    signs(clerk)
    clerk.presses("送审")
    clerk.reads("已送审，等县里审核")
    print(f"\n没有脚本，从开始到送审：{len(clerk.actions)} 次操作")


def begins(clerk):
    """From last year's, and table 9 first."""
    begins_from_last_year(clerk)
    clerk.clicks("表格")
    clerk.clicks("表 9　部门预算财政拨款“三公”经费支出表")
    clerk.types_at("t9-vehicle_running-general_public_budget", "4.50")
    clerk.presses("保存")


def fills_in(clerk, name, table, block, columns):
    """A table cell by cell."""
    clerk.clicks(name)
    for line in block.splitlines()[1:]:
        code, _, _, *amounts = line.split("\t")
        for column, amount in zip(columns, amounts, strict=False):
            if amount:
                clerk.types_at(f"{table}-{code}-{column}", amount)
    clerk.presses("保存")
    clerk.reads("已保存。")


def adds_a_code_and_takes_it_back(clerk):
    """A row comes by a button, and goes with its amount."""
    clerk.clicks("表6")
    clerk.types("添一行：科目编码的数字，或名称里的字", "30211")
    clerk.presses("添行")
    clerk.types_at("t6-30211-running", "1")
    clerk.types_at("t6-30239-running", "16.06")
    clerk.presses("保存")
    clerk.reads("已保存。")


def describes_the_project(clerk):
    """A sheet to which rows are added."""
    clerk.clicks("项目")
    clerk.clicks("新建一个项目")
    for name, said in PROJECT.items():
        clerk.types_at(name, said)
    clerk.presses("加三行", nth=1)
    clerk.types_at("indicators-6-level3", "村民满意度")
    clerk.types_at("indicators-6-target", "≥95%")
    clerk.presses("保存")
    clerk.reads("已保存。")
