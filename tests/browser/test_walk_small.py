"""A small budget by hand, from nothing until it is handed in: the body has no year before and no file.

It is of the size of `tests/budget/small.py`: six functions, three funds, money carried over, four economic codes, three
public expenses, a project with its sheet, two institutions, assets, a purchase, eleven sections, dates and signatures.
Everything is typed; nothing is pasted, nothing imported. Logging in is not counted.
"""

import pytest

from tests.browser.person import Person
from tests.browser.steps import gives_the_reasons, signs

pytestmark = pytest.mark.browser
MOST = 120
TABLES = {
    "表5": ("t5", {"2010301": {"basic": "100"}, "2010302": {"project": "40"}, "2080505": {"basic": "8"}}),
    "表6": ("t6", {"30101": {"staff": "60"}, "30108": {"staff": "8"}, "30201": {"running": "30"},
                  "30231": {"running": "10"}}),
    "表7": ("t7", {"2120399": {"project": "30"}}),
    "表2": ("t2", {"2010301": {"fiscal": "100"}, "2010302": {"fiscal": "20", "carried_over": "20"},
                  "2080505": {"fiscal": "8"}, "2120399": {"fiscal": "30"}, "2010350": {"business": "10"}}),
    "表3": ("t3", {"2010350": {"basic": "10"}}),
    "表9": ("t9", {"vehicle_running": {"general_public_budget": "12"}, "reception": {"general_public_budget": "1"}}),
}  # fmt: skip
INDICATORS = (("修路里程", "12公里"), ("验收合格率", "100%"), ("完工时间", "2025年10月"), ("总成本", "70万元"),
              ("出行改善的村", "6个"), ("村民满意度", "≥95%"))  # fmt: skip

PROJECT_SHEET = {
    "code": "13032425P001A", "name": "旧路修补", "amount": "70", "fiscal_funds": "70", "purpose": "修补六个村的旧路",
    "payment_plan-2-percent": "40", "payment_plan-4-percent": "100", "goals-1-text": "修好六个村的旧路",
}  # fmt: skip
LISTS = {
    "部门机构设置情况": {"rows-1-name": "新设乡人民政府本级", "rows-1-nature": "行政", "rows-1-rank": "正科级",
                 "rows-1-funding": "财政拨款"},
    "部门政府采购预算": {"rows-1-project": "旧路修补", "rows-1-project_budget": "70", "rows-1-item": "台式计算机",
                 "rows-1-catalogue_code": "A02010105", "rows-1-unit": "台", "rows-1-quantity": "4",
                 "rows-1-unit_price": "0.50", "rows-1-general_public_budget": "2", "rows-1-sme_reserved": "1"},
    "部门固定资产占用情况表": {"as_of": "2024-12-31", "rows-1-value": "100", "rows-2-quantity": "500",
                    "rows-2-value": "60",
                    "rows-4-quantity": "2", "rows-4-value": "20", "rows-6-value": "20"},
}  # fmt: skip
REASONS = {
    "没有上年的预算可比，是为什么（如：今年新设立的单位）；上年有预算的，请先导入": "今年新设立的单位",
    "本年总的目标和要做的几件大事": "修好六个村的旧路。",
    "按职责分别写：做什么，做到什么程度": "村级道路：修补 12 公里，10 月底完工。",
    "靠什么办法、制度来实现": "每月公布一次进度，县交通局验收。",
}


@pytest.fixture
def clerk(chromium, town):
    """林会计 of a new body, logged in."""
    town.with_password("林会计", "clerk", "130324/910")
    person = Person(chromium, town, "林会计")
    person.logs_in()
    person.actions.clear()
    return person


def test_a_small_budget_from_nothing(clerk):
    begins(clerk)
    for name, (table, rows) in TABLES.items():
        fills_in(clerk, name, table, rows)
    describes_the_project(clerk)
    lists_what_there_is(clerk)
    gives_the_reasons(clerk, REASONS)
    clerk.clicks("要办的事")
    signs(clerk)
    clerk.presses("送审")
    clerk.reads("已送审，等县里审核")
    print(f"\n一份小预算，从空白到送审：{len(clerk.actions)} 次操作")
    assert len(clerk.actions) <= MOST


def begins(clerk):
    """Of 2025, and on to the tables."""
    clerk.clicks("新建一份", nth=0)
    clerk.types("预算年度:", "2025")
    clerk.presses("新建")
    clerk.clicks("在表里填写")
    clerk.clicks("表 5　部门预算一般公共预算财政拨款支出表")


def fills_in(clerk, name, table, rows):
    """A table by its codes; a code that is not there yet is added first."""
    if name != "表5":
        clerk.clicks(name)
    for code, cells in rows.items():
        if not clerk.page.locator(f'[data-key="{code}"] [data-cell]').count():
            clerk.adds(code)
        for column, amount in cells.items():
            clerk.types_at(f"{table}-{code}-{column}", amount)
    clerk.presses("保存")
    clerk.reads("已保存。")


def describes_the_project(clerk):
    """One project of both funds."""
    clerk.clicks("项目")
    clerk.clicks("新建一个项目")
    for name, said in PROJECT_SHEET.items():
        clerk.types_at(name, said)
    for row, (name, target) in enumerate(INDICATORS, 1):
        clerk.types_at(f"indicators-{row}-level3", name)
        clerk.types_at(f"indicators-{row}-target", target)
    clerk.presses("保存")
    clerk.reads("已保存。")


def lists_what_there_is(clerk):
    """Institutions, what is to be bought, what there is."""
    for title, values in LISTS.items():
        clerk.clicks("清单")
        clerk.clicks(title)
        for name, said in values.items():
            clerk.types_at(name, said)
        clerk.presses("保存")
        clerk.reads("已保存。")
