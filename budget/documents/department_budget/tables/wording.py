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

# What a title that looks like one of the nine is called where it is another table: of projects or purchases, by another
# classification, of a part of the money or of the bodies, of another year.
OTHERS = (
    "决算|执行|预算调整|绩效|项目支出|专项资金|购买服务|采购|政府(预算)?(支出)?经济|分单位"
    "|财政专户|单位资金|(?<!含)上年?结转|转移支付|上级补助|资产|债务|社会保险"
)
ANOTHER = f"({OTHERS}|^(?!.*基本支出).*经济分类)"  # such a table is not known by its headings either
BOTH_SIDES = "(收支|收入支出)"
BY_FUND = "一般公共|基金|国有资本"


def like(pattern: str, *but: str) -> str:
    """The titles that hold this pattern, and none of these words nor those that name other tables."""
    return f"^(?!.*({'|'.join((OTHERS, *but))})).*{pattern}"


TOTAL = ("合计", "总计")
# What basic spending is spent on, as many print it beside or below it; no line says it by function.
STAFF_AND_RUNNING = (
    Column("staff", ("人员经费",), same_as=("人员支出",), beyond=True),
    Column("running", ("公用经费",), same_as=("日常公用经费", "公用支出"), beyond=True),
)
PARTS_OF_BASIC = ("staff", "running")
BASIC = ("基本支出", "基本支出预算")
PROJECT = ("项目支出", "项目支出预算")
