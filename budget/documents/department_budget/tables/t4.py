"""T4 财政拨款收支总表: money from the treasury, by fund and class."""

from budget.declare.tables import Column, Filter, Row, Side, Table, where
from budget.documents.department_budget.tables import wording
from budget.documents.department_budget.tables.classes import CLASS_ROWS
from budget.figures.facets import FISCAL, Book, Fund

THIS_YEAR = {"carried_over": (False,)}
CARRIED = {"carried_over": (True,)}


def _fund_rows(suffix: str, extra: Filter) -> tuple[Row, ...]:
    """The three treasury funds as rows: this year's, or what was carried over."""
    return tuple(
        Row(f"{fund}{suffix}", label, where(fund=fund) | extra, same_as=wording.FUND[fund])
        for fund, label in (
            (Fund.GENERAL, "一、一般公共预算拨款"),
            (Fund.GOVERNMENT, "二、政府性基金预算拨款"),
            (Fund.STATE_CAPITAL, "三、国有资本经营预算拨款"),
        )
    )


def _fund_column(fund: Fund, label: str) -> Column:
    return Column(str(fund), ("支出", label), where(fund=fund), same_as=wording.FUND[fund])


_INCOME = _fund_rows("", THIS_YEAR)

T4 = Table(
    number=4,
    title="部门预算财政拨款收支总表",
    sheet="财政拨款收支总表",
    like=wording.like(f"财政拨款.*{wording.BOTH_SIDES}.*表", wording.BY_FUND),
    where=where(fund=FISCAL),
    sides=(
        Side(
            labels=(("收入", "项  目"),),
            columns=(Column("income", ("收入", "金额"), same_as=("预算数", "预算金额")),),
            where=where(book=Book.INCOME),
            rows=_INCOME
            + (None,) * (len(CLASS_ROWS) - len(_INCOME))
            + (
                Row("income_this_year", "本年收入合计", THIS_YEAR, "total", same_as=("本年收入小计", "本年收入")),
                Row(
                    "carried_over",
                    "年初财政拨款结转和结余",
                    CARRIED,
                    "subtotal",
                    same_as=(
                        "上年结转",
                        "年初结转结余",
                        "上年结转结余",
                        "年初财政拨款结转结余",
                        "上年财政拨款结转结余",
                    ),
                ),
                *_fund_rows("_carried_over", CARRIED),
                Row("income_total", "收入总计", {}, "total", same_as=("收入合计",)),
            ),
        ),
        Side(
            labels=(("支出", "项  目"),),
            columns=(
                Column("total", ("支出", "合计"), same_as=wording.TOTAL),
                _fund_column(Fund.GENERAL, "一般公共预算财政拨款"),
                _fund_column(Fund.GOVERNMENT, "政府性基金预算财政    拨款"),
                _fund_column(Fund.STATE_CAPITAL, "国有资本经营预算财政拨款"),
            ),
            rows=tuple(
                Row(row.key, row.label, row.where | where(book=Book.SPENDING), row.level, row.same_as)
                for row in CLASS_ROWS
            )
            + (
                Row(
                    "spending_this_year",
                    "本年支出合计",
                    where(book=Book.SPENDING),
                    "total",
                    same_as=("本年支出小计", "本年支出"),
                ),
                Row(
                    "kept",
                    "年末财政拨款结转和结余",
                    where(book=Book.KEPT),
                    "subtotal",
                    feeds=True,
                    same_as=("结转下年", "年末结转结余", "年终结转结余", "年末财政拨款结转结余"),
                ),
                None,
                None,
                None,
                Row(
                    "spending_total", "支出总计", where(book=(Book.SPENDING, Book.KEPT)), "total", same_as=("支出合计",)
                ),
            ),
        ),
    ),
)
