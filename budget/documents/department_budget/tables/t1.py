"""T1 收支总表: where the money comes from, and the classes it goes to."""

from budget.declare.tables import Column, Row, Side, Table, where
from budget.documents.department_budget.tables import wording
from budget.documents.department_budget.tables.classes import CLASS_ROWS
from budget.figures.facets import FISCAL, OWN, Book, Fund, Kind

PARTS = (*wording.PARTS_OF_BASIC, "project")  # of all spending, where a layout prints its parts beside it
THIS_YEAR = {"carried_over": (False,)}

_SOURCES = (
    Row(
        "general_public_budget",
        "一、一般公共预算拨款收入",
        where(fund=Fund.GENERAL) | THIS_YEAR,
        same_as=wording.FUND[Fund.GENERAL],
    ),
    Row(
        "government_fund",
        "二、政府性基金预算拨款收入",
        where(fund=Fund.GOVERNMENT) | THIS_YEAR,
        same_as=wording.FUND[Fund.GOVERNMENT],
    ),
    Row(
        "state_capital",
        "三、国有资本经营预算拨款收入",
        where(fund=Fund.STATE_CAPITAL) | THIS_YEAR,
        same_as=wording.FUND[Fund.STATE_CAPITAL],
    ),
    Row(
        "special_account",
        "四、财政专户管理资金收入",
        where(fund=Fund.SPECIAL_ACCOUNT) | THIS_YEAR,
        same_as=wording.FUND[Fund.SPECIAL_ACCOUNT],
    ),
    Row("own_funds", "五、单位资金", where(fund=OWN) | THIS_YEAR, same_as=("单位资金收入",)),
)

T1 = Table(
    number=1,
    title="部门预算收支总表",
    sheet="收支总表",
    like=wording.like(f"{wording.BOTH_SIDES}.*(总表|总体情况表)", "财政拨款", wording.BY_FUND),
    sides=(
        Side(
            labels=(("收入", "项  目"),),
            columns=(Column("income", ("收入", "预算数"), same_as=("金额", "预算金额")),),
            where=where(book=Book.INCOME),
            rows=_SOURCES
            + (None,) * (len(CLASS_ROWS) - len(_SOURCES))
            + (
                Row("income_this_year", "本年收入合计", THIS_YEAR, "total", same_as=("本年收入小计",)),
                Row(
                    "carried_over",
                    "上年结转结余",
                    where(carried_over=True),
                    "subtotal",
                    same_as=("上年结转", "上年结转和结余", "年初结转结余", "上年结余结转"),
                ),
                Row("income_total", "收入总计", {}, "total", same_as=("收入合计",)),
            ),
            also_rows=(
                Row("fiscal", "财政拨款收入", where(fund=FISCAL) | THIS_YEAR, same_as=("财政拨款",)),
                Row("business", "事业收入", where(fund=Fund.BUSINESS) | THIS_YEAR),
                Row("operating", "事业单位经营收入", where(fund=Fund.OPERATING) | THIS_YEAR, same_as=("经营收入",)),
                Row("superior", "上级补助收入", where(fund=Fund.SUPERIOR) | THIS_YEAR),
                Row("affiliate", "附属单位上缴收入", where(fund=Fund.AFFILIATE) | THIS_YEAR),
                Row("other", "其他收入", where(fund=Fund.OTHER) | THIS_YEAR),
            ),
        ),
        Side(
            labels=(("支出", "项  目"),),
            columns=(
                Column("spending", ("支出", "预算数"), same_as=("金额", "预算金额", *wording.TOTAL), parts=PARTS),
            ),
            also_columns=(
                Column("basic", ("基本支出",), where(kind=Kind.BASIC), wording.BASIC, parts=wording.PARTS_OF_BASIC),
                Column("project", ("项目支出",), where(kind=Kind.PROJECT), wording.PROJECT),
                *wording.STAFF_AND_RUNNING,
            ),
            rows=tuple(
                Row(row.key, row.label, row.where | where(book=Book.SPENDING), row.level, row.same_as)
                for row in CLASS_ROWS
            )
            + (
                Row(
                    "spending_this_year", "本年支出合计", where(book=Book.SPENDING), "total", same_as=("本年支出小计",)
                ),
                Row(
                    "kept",
                    "年终结转结余",
                    where(book=Book.KEPT),
                    "subtotal",
                    feeds=True,
                    same_as=("结转下年", "年末结转结余", "结转下年支出", "年终结转和结余"),
                ),
                Row(
                    "spending_total", "支出总计", where(book=(Book.SPENDING, Book.KEPT)), "total", same_as=("支出合计",)
                ),
            ),
        ),
    ),
)
