"""T2 收入总表: income by function code and source."""

from budget.declare.tables import FEEDS, CodeTree, Column, Side, Table, where
from budget.documents.department_budget.tables import wording
from budget.figures.facets import FISCAL, OWN, Book, Fund

THIS_YEAR = {"carried_over": (False,)}


def _source(key: str, label: str, fund: Fund | tuple[Fund, ...], *same_as: str) -> Column:
    return Column(key, ("本年收入", label), where(fund=fund) | THIS_YEAR, same_as=same_as)


T2 = Table(
    number=2,
    title="部门预算收入总表",
    sheet="收入总表",
    like=wording.like("收入.*(总表|总体情况表)", "财政拨款", wording.BOTH_SIDES, wording.BY_FUND),
    role=FEEDS,
    where=where(book=Book.INCOME),
    sides=(
        Side(
            labels=wording.FUNCTION_LABELS_WIDE,
            rows=CodeTree("function"),
            columns=(
                Column("total", ("合计",), same_as=wording.TOTAL),
                _source(
                    "this_year",
                    "小计",
                    (*FISCAL, Fund.SPECIAL_ACCOUNT, *OWN),
                    "本年收入",
                    "本年收入小计",
                    "本年收入合计",
                ),
                _source("fiscal", "财政拨款 收入", FISCAL, "财政拨款"),
                _source("special_account", "财政专户 收入", Fund.SPECIAL_ACCOUNT, *wording.FUND[Fund.SPECIAL_ACCOUNT]),
                _source("business", "事业收入", Fund.BUSINESS),
                _source("operating", "经营收入", Fund.OPERATING, "事业单位经营收入"),
                _source("superior", "上级补助收入", Fund.SUPERIOR),
                _source("affiliate", "附属单位上缴收入", Fund.AFFILIATE, "附属单位上缴"),
                _source("other", "其他收入", Fund.OTHER),
                Column(
                    "carried_over",
                    ("上年结转",),
                    where(carried_over=True),
                    same_as=("上年结转结余", "上年结转和结余", "年初结转结余"),
                ),
            ),
            also_columns=(
                _source("general_public_budget", "一般公共预算", Fund.GENERAL, *wording.FUND[Fund.GENERAL]),
                _source("government_fund", "政府性基金预算", Fund.GOVERNMENT, *wording.FUND[Fund.GOVERNMENT]),
                _source("state_capital", "国有资本经营预算", Fund.STATE_CAPITAL, *wording.FUND[Fund.STATE_CAPITAL]),
            ),
        ),
    ),
    empty_note="注：无收入预算，空表列示。",
)
