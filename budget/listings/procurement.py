"""政府采购预算表: purchases by project, with their sources."""

from budget.listings.declare import AMOUNT, CODE, NUMBER, Field, Listing

SOURCES = ("general_public_budget", "government_fund", "state_capital", "special_account", "own_funds", "carried_over")

_FROM = "政府采购项目来源"
_MONEY = "政府采购金额（当年部门预算安排资金）"


def _source(key, label, *same_as):
    return Field(key, (_MONEY, label), AMOUNT, same_as)


PROCUREMENT = Listing(
    key="procurement",
    title="部门政府采购预算",
    sheet="政府采购预算",
    like=r"政府采购预算",
    group="institution",
    note="注：同一采购目录序号的物品，其单价会因配置规格不同而变动，均符合资产配置标准。",
    fields=(
        Field("project", (_FROM, "项目名称")),
        Field("project_budget", (_FROM, "预算    资金"), AMOUNT),
        Field("item", ("采购物品名称",), same_as=("采购品目名称", "物品名称")),
        Field("catalogue_code", ("政府采购目录序号",), CODE, same_as=("采购目录编码", "品目编码")),
        Field("unit", ("计量  单位",)),
        Field("quantity", ("数量",), NUMBER),
        Field("unit_price", ("单价",), AMOUNT),
        Field("total", (_MONEY, "合计"), AMOUNT, sum_of=SOURCES),
        _source("general_public_budget", "一般公共预算拨款"),
        _source("government_fund", "基金预算拨款", "政府性基金预算拨款"),
        _source("state_capital", "国有资本经营预算拨款"),
        _source("special_account", "财政专户核拨", "财政专户管理资金"),
        _source("own_funds", "单位    资金"),
        _source("carried_over", "上年结转结余", "上年结转"),
        Field(
            "sme_reserved",
            ("2024年  预留中  小微企  业份额",),
            AMOUNT,
            same_as=("预留中小微企业份额", "面向中小微企业预留"),
        ),
    ),
)
