"""Titles as departments of many provinces print them: which of the nine tables each is, or none of them.

None is as important as any other: a table by another classification under a title that looks like one of the nine is
kept as it is printed, and never takes the place of the one that it looks like.
"""

import pytest

from budget.documents import taken
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.intake.grid import Grid
from budget.intake.recognise import _names, recognise

NONE = 0
TITLES = {
    # 1: all money, both sides
    "部门预算收支总表": 1,
    "部门收支总表": 1,
    "2024年收支预算总表": 1,
    "部门收支总体情况表": 1,
    "财政拨款收支总表（含上年结转）": 4,
    "部门财务收支预算总表": 1,
    "2023年部门综合预算收支总表": 1,
    "部门预算收支总体情况表": 1,
    "收入支出预算总表": 1,
    "预算收支总表（公开01表）": 1,
    # 2: income
    "部门预算收入总表": 2,
    "收入预算总表": 2,
    "部门收入总体情况表": 2,
    "2024年部门综合预算收入总表": 2,
    "部门收入预算总表": 2,
    # 3: spending
    "部门预算支出总表": 3,
    "支出预算总表": 3,
    "部门支出总体情况表": 3,
    "2024年部门综合预算支出总表": 3,
    "部门支出总表（按功能分类）": 3,
    # 4: the treasury's money, both sides
    "财政拨款收支总表": 4,
    "部门财政拨款收支预算总表": 4,
    "财政拨款收支总体情况表": 4,
    "财政拨款收入支出预算总表": 4,
    "2024年部门综合预算财政拨款收支总表": 4,
    "财政拨款收支预算情况总表": 4,
    # 5: the general budget's spending by function
    "一般公共预算支出表": 5,
    "一般公共预算财政拨款支出表": 5,
    "部门一般公共预算支出功能分类预算表": 5,
    "一般公共预算支出情况表": 5,
    "一般公共预算财政拨款支出预算表": 5,
    "2024年部门综合预算一般公共预算支出明细表（按支出功能分类科目）": 5,
    "一般公共预算当年拨款支出情况表": 5,
    "一般公共预算财政拨款支出明细表（按功能分类）": 5,
    # 6: of which basic spending, by the department's economic classification
    "一般公共预算基本支出表": 6,
    "一般公共预算财政拨款基本支出表": 6,
    "部门一般公共预算基本支出部门预算经济分类预算表": 6,
    "2024年单位一般公共预算基本支出部门预算经济分类预算表": 6,
    "一般公共预算基本支出明细表（按支出经济分类科目）": 6,
    "一般公共预算基本支出情况表": 6,
    "基本支出预算表": 6,
    # 7 and 8: the two other funds
    "政府性基金预算支出表": 7,
    "部门政府性基金预算支出功能分类预算表": 7,
    "政府性基金预算财政拨款支出表": 7,
    "政府性基金支出预算表": 7,
    "政府性基金预算支出情况表": 7,
    "国有资本经营预算支出表": 8,
    "部门国有资本经营预算支出功能分类预算表": 8,
    "国有资本经营预算财政拨款支出表": 8,
    "国有资本经营支出预算表": 8,
    # 9: 三公
    "一般公共预算“三公”经费支出表": 9,
    "财政拨款“三公”经费支出表": 9,
    "部门“三公”经费和机关运行经费预算表": 9,
    "“三公”经费预算财政拨款情况统计表": 9,
    "一般公共预算“三公”经费、会议费、培训费支出预算表": 9,
    "三公经费预算表": 9,
    "2024年部门综合预算一般公共预算拨款“三公”经费及会议费、培训费支出预算表": 9,
    # projects and what is bought for them
    "项目支出表": NONE,
    "部门预算项目支出表": NONE,
    "一般公共预算项目支出表": NONE,
    "一般公共预算项目支出预算明细表": NONE,
    "政府性基金预算项目支出表": NONE,
    "项目支出预算总表": NONE,
    "专项资金支出预算汇总表": NONE,
    "2024年部门专项业务经费一级项目绩效目标表": NONE,
    "部门整体支出绩效目标表": NONE,
    "一般公共预算支出绩效目标申报表": NONE,
    "政府购买服务预算表": NONE,
    "政府购买服务支出预算总表": NONE,
    "一般公共预算政府购买服务支出表": NONE,
    "政府采购预算表": NONE,
    "政府采购支出预算表": NONE,
    "一般公共预算政府采购支出表": NONE,
    # by another classification
    "一般公共预算支出明细表（政府经济分类）": NONE,
    "一般公共预算支出表（按政府预算支出经济分类科目）": NONE,
    "一般公共预算支出明细表（按支出经济分类科目）": NONE,
    "一般公共预算基本支出表（政府预算经济分类）": NONE,
    "一般公共预算基本支出明细表（按支出功能分类科目）": NONE,
    "基本支出预算表（按政府预算经济分类）": NONE,
    "支出总表（按部门预算支出经济分类）": NONE,
    "支出预算总表（政府预算支出经济分类）": NONE,
    "政府性基金预算支出表（政府经济分类）": NONE,
    "财政拨款支出表（功能科目）": NONE,
    "财政拨款基本支出表（经济科目）": NONE,
    "一般公共预算基本支出预算表（工资福利支出）": NONE,
    "一般公共预算基本支出表（人员经费）": NONE,
    # a part of the money, of the bodies, of the year
    "财政拨款收入总表": NONE,
    "财政拨款支出总表": NONE,
    "政府性基金预算收支总表": NONE,
    "国有资本经营预算收支总表": NONE,
    "财政专户管理资金预算支出表": NONE,
    "财政专户管理资金收支总表": NONE,
    "单位资金支出预算总表": NONE,
    "部门收入总表（分单位）": NONE,
    "部门预算分单位支出总表": NONE,
    "一般公共预算机关运行经费支出预算表": NONE,
    "机关运行经费支出表": NONE,
    "上年结转支出预算总表": NONE,
    # transfers, assets, debts, people
    "对下转移支付预算表": NONE,
    "省对下转移支付支出预算表": NONE,
    "一般公共预算对下转移支付支出表": NONE,
    "上级补助项目支出预算表": NONE,
    "新增资产配置预算表": NONE,
    "新增资产配置支出预算总表": NONE,
    "国有资产占有使用情况表": NONE,
    "政府债务收支总表": NONE,
    "债务还本付息支出表": NONE,
    "部门人员基本情况表": NONE,
    "社会保险基金预算收支总表": NONE,
    # not of a budget, or not of its own
    "2022年部门支出决算总表": NONE,
    "收入支出决算总表": NONE,
    "财政拨款收入支出决算总表": NONE,
    "一般公共预算财政拨款支出决算表": NONE,
    "一般公共预算财政拨款基本支出决算表": NONE,
    "一般公共预算财政拨款“三公”经费支出决算表": NONE,
    "2023年一般公共预算支出执行情况表": NONE,
    "2024年一般公共预算支出预算调整表": NONE,
}


def named(document, text):
    """The numbers of the tables that a title names."""
    return [table.number for table in document.tables if _names(table, text)]


@pytest.mark.parametrize("document", taken(), ids=lambda document: document.key)
@pytest.mark.parametrize("text", TITLES)
def test_a_title_names_its_table_and_no_other(document, text):
    assert named(document, text) == [TITLES[text]] * bool(TITLES[text])


@pytest.mark.parametrize("document", taken(), ids=lambda document: document.key)
def test_our_own_titles_and_sheets_name_themselves(document):
    """An export is read by its titles, whatever the patterns say."""
    for table in document.tables:
        assert named(document, table.title) == [table.number]


def test_every_table_has_several_titles_and_none_has_the_most():
    counts = [list(TITLES.values()).count(number) for number in range(10)]
    assert len(TITLES) >= 60 and min(counts) >= 4 and counts[NONE] == max(counts)


def test_a_title_of_another_table_is_not_overruled_by_its_headings():
    """By the government's economic classification the columns are those of table 6, and the codes are not."""
    headings = ("科目编码", "科目名称", "合计", "人员经费", "公用经费")
    for text, known in (("基本支出预算表（按政府预算经济分类）", None), ("某某情况", "t6")):
        grid = Grid("Sheet1", {(1, 1): text} | {(2, column): words for column, words in enumerate(headings, 1)})
        declared = recognise(grid, DEPARTMENT_BUDGET).declared
        assert (declared.key if declared else None) == known
