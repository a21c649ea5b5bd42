"""A year from the year before, by four people, from an empty database to the public page.

One command, `manage.py demo`, has made and published 刘家营乡's 2024; its people have accounts (`town.py`), the new
clerk an invitation. All that they do is counted (`person.py`), logging in too.
"""

import re

import pytest

from tests.browser.person import Person
from tests.browser.steps import begins_from_last_year, counts_what_there_is, gives_the_reasons, signs
from tests.browser.town import PASSWORD

pytestmark = pytest.mark.browser
MOST = 90
BASIC = """科目编码	科目名称	合计	人员经费	公用经费
30101	基本工资	250.42	250.42
30102	津贴补贴	121.66	121.66
30103	奖金	22.99	22.99
30107	绩效工资	93.55	93.55
30108	机关事业单位基本养老保险缴费	59.49	59.49
30110	职工基本医疗保险缴费	33.44	33.44
30112	其他社会保障缴费	3.31	3.31
30113	住房公积金	38.92	38.92
30201	办公费	20.50		20.50
30208	取暖费	12.53		12.53
30228	工会经费	3.77		3.77
30231	公务用车运行维护费	4.50		4.50
30239	其他交通费用	17.06		17.06
30302	退休费	25.34	25.34
30305	生活补助	5.51	5.51
"""
SPENDING = """科目编码	科目名称	合计	基本支出	项目支出
2010301	行政运行	240.36	240.36
2010350	事业运行	315.44	315.44
2080501	行政单位离退休	17.78	17.78
2080502	事业单位离退休	7.56	7.56
2080505	机关事业单位基本养老保险缴费支出	59.49	59.49
2101101	行政单位医疗	12.67	12.67
2101102	事业单位医疗	20.77	20.77
2130705	对村民委员会和村党支部的补助	300		300
2210201	住房公积金	38.92	38.92
"""
INCOME = """科目编码	科目名称	合计	财政拨款收入
2010301	行政运行	240.36	240.36
2010350	事业运行	315.44	315.44
2080501	行政单位离退休	17.78	17.78
2080502	事业单位离退休	7.56	7.56
2080505	机关事业单位基本养老保险缴费支出	59.49	59.49
2101101	行政单位医疗	12.67	12.67
2101102	事业单位医疗	20.77	20.77
2130705	对村民委员会和村党支部的补助	300	300
2210201	住房公积金	38.92	38.92
"""
REASONS = {
    "基本支出增减的原因，如：人员增加、某项目上年已完成": "调整了基本工资标准",
    "项目支出增减的原因，如：人员增加、某项目上年已完成": "上年的项目已经完成",
    "“三公”经费增减变化的原因": "减少了公务用车费用",
}
INDICATORS = """产出指标	数量指标	补助的村	补助了几个村	23个	村级组织花名册
产出指标	质量指标	补助按标准发放率	按标准发放的村占比	100%	补助办法
产出指标	时效指标	发放完成的时间	补助发到村的最晚时间	2025年12月底	补助办法
产出指标	成本指标	补助总额	一年的补助	300万元	预算
效益指标	社会效益指标	村级组织正常运转率	正常办公的村占比	100%	走访
满意度指标	服务对象满意度指标	村民满意度	满意的村民占比	≥95%	问卷
"""


def test_a_year_from_the_year_before_to_the_public(chromium, town):
    invitation = town.invited("王会计", "clerk", "130324/909")
    clerk, reviewer, publisher, citizen = (
        Person(chromium, town, name) for name in ("王会计", "孙审核", "钱公开", "李村民")
    )
    begins(clerk, invitation)
    fills_in_the_tables(clerk)
    describes_the_project(clerk)
    counts_what_there_is(clerk)
    mends_a_finding(clerk)
    gives_the_reasons(clerk, REASONS)
    clerk.reads("标准句，齐了")
    clerk.clicks("要办的事")
    signs(clerk)
    submits(clerk)
    returns_it_with_a_comment(reviewer)
    mends_what_was_asked_for(clerk)
    approves(reviewer)
    publishes(publisher)
    sees_it(citizen)
    people = (clerk, reviewer, publisher, citizen)
    done = sum(len(one.actions) for one in people)
    print(f"\n开始新的一年，直到公开：{done} 次操作，其中" + "，".join(f"{p.name} {len(p.actions)}" for p in people))
    assert done <= MOST


def begins(clerk, invitation):
    """With a password of her own, from last year's; what came along is looked through."""
    clerk.opens(invitation)
    clerk.types("密码", PASSWORD)
    clerk.types("再输一次", PASSWORD)
    clerk.presses("设好密码，登录")
    begins_from_last_year(clerk)
    clerk.reads("都核对过了")


def fills_in_the_tables(clerk):
    """The three tables that she has in Excel, the basic expenditure first."""
    clerk.clicks("表格")
    clerk.clicks("表 6　部门预算一般公共预算财政拨款基本支出表")
    clerk.pastes(BASIC)
    clerk.presses("保存")
    clerk.clicks("表5")
    clerk.pastes(SPENDING)
    clerk.presses("保存")
    clerk.clicks("表2")
    clerk.pastes(INCOME)
    clerk.presses("保存")
    clerk.reads("已保存。")


def describes_the_project(clerk):
    """A sheet: its six indicators stand in Excel, where the office that asked for the project wrote them."""
    clerk.clicks("项目")
    clerk.clicks("新建一个项目")
    clerk.types_at("code", "13032425P00100110001A")
    clerk.types_at("name", "村级组织运转经费")
    clerk.types_at("amount", "300")
    clerk.types_at("fiscal_funds", "300")
    clerk.types_at("purpose", "补助村民委员会和村党支部的办公经费、村干部报酬。")
    clerk.types_at("payment_plan-4-percent", "100")
    clerk.types_at("goals-1-text", "保障 23 个村的村级组织正常运转。")
    clerk.points_at("indicators-1-level3")
    clerk.pastes(INDICATORS, '[name=indicators-6-target]:has-text("≥95%")')
    clerk.presses("保存")
    clerk.reads("已保存。")


def mends_a_finding(clerk):
    """Table 9 is empty, and table 6 pays for cars."""
    clerk.clicks("要办的事")
    finding = clerk.page.locator(".findings li", has_text="公务用车运行维护费")
    clerk.clicks(re.compile("^去改"), inside=finding)
    clerk.clicks("表9")
    clerk.types_at("t9-vehicle_running-general_public_budget", "4.50")
    clerk.presses("保存")


def submits(clerk):
    """To the county."""
    clerk.presses("送审")
    clerk.reads("已送审")


def returns_it_with_a_comment(reviewer):
    """What strikes him stands at its cell."""
    reviewer.logs_in(telephone=True)
    reviewer.clicks(re.compile("去审核"))
    reviewer.clicks("固定资产占用情况")
    reviewer.clicks("2,337.09")
    reviewer.types("意见", "与资产系统年末的数相差 0.50 万元，请核对。")
    reviewer.presses("记下")
    reviewer.clicks("回到审核页")
    reviewer.presses("退回，附 1 条意见")
    reviewer.reads("已退回")


def mends_what_was_asked_for(clerk):
    """From the first page to the very cell, and back to the county."""
    clerk.clicks("首页")
    clerk.clicks("先看这几条")
    clerk.clicks(re.compile("^去改"), inside=clerk.page.get_by_role("region", name="审核的意见"))
    clerk.types_at("rows-1-value", "2337.59")
    clerk.presses("保存")
    clerk.clicks("要办的事")
    submits(clerk)


def approves(reviewer):
    """The very content that he reads."""
    reviewer.clicks("各单位")
    reviewer.clicks(re.compile("去审核"))
    reviewer.presses("审核通过")
    reviewer.reads("审核通过，等县里公开")


def publishes(publisher):
    """For good."""
    publisher.logs_in(telephone=True)
    publisher.clicks(re.compile("去公开"))
    publisher.presses("公开")
    publisher.reads("第 1 版")


def sees_it(citizen):
    """On a page that everybody may read."""
    citizen.opens("/130324/909/2025/")
    citizen.reads("村级组织运转经费")
