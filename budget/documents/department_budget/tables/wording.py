"""Labels that several tables share, and how other counties word them."""

from budget.declare.tables import Column
from budget.figures.facets import Fund

_TAILS = ("", "拨款", "拨款收入", "财政拨款", "财政拨款收入", "资金", "收入", "预算拨款收入", "预算财政拨款")


def _variants(*stems: str) -> tuple[str, ...]:
    return tuple(stem + tail for stem in stems for tail in _TAILS)


FUND = {
    Fund.GENERAL: _variants("一般公共预算"),
    Fund.GOVERNMENT: _variants("政府性基金", "政府性基金预算", "基金预算"),
    Fund.STATE_CAPITAL: _variants("国有资本经营", "国有资本经营预算"),
    Fund.SPECIAL_ACCOUNT: ("财政专户管理资金", "财政专户管理资金收入", "财政专户收入", "财政专户核拨", "财政专户资金"),
}

FUNCTION_LABELS = (("功能分类科目", "科目编码"), ("功能分类科目", "科目名称"))
FUNCTION_LABELS_WIDE = (("功能分类科目", "科目    编码"), ("功能分类科目", "科目名称"))

TOTAL = ("合计", "总计")
# What basic spending is spent on, as many print it beside or below it; no line says it by function.
STAFF_AND_RUNNING = (
    Column("staff", ("人员经费",), same_as=("人员支出",), beyond=True),
    Column("running", ("公用经费",), same_as=("日常公用经费", "公用支出"), beyond=True),
)
PARTS_OF_BASIC = ("staff", "running")
BASIC = ("基本支出", "基本支出预算")
PROJECT = ("项目支出", "项目支出预算")
