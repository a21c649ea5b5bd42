"""政府采购预算表: purchases by project, with the money that pays for them."""

from budget.declare.fields import YEAR, Code, Money, Number, Text
from budget.declare.records import Listing, Picked

FIXED_ASSET_CLASSES = ("A01", "A02", "A03", "A04", "A05")  # how the codes of what becomes a fixed asset begin
_FROM = "政府采购项目来源"
_MONEY = "政府采购金额（当年部门预算安排资金）"


def _paid_from(key: str, label: str, *same_as: str) -> Money:
    return Money(key, (_MONEY, label), same_as)


PAID_FROM = (
    _paid_from("general_public_budget", "一般公共预算拨款"),
    _paid_from("government_fund", "基金预算拨款", "政府性基金预算拨款"),
    _paid_from("state_capital", "国有资本经营预算拨款"),
    _paid_from("special_account", "财政专户核拨", "财政专户管理资金"),
    _paid_from("own_funds", "单位    资金"),
    _paid_from("carried_over", "上年结转结余", "上年结转"),
)

PROCUREMENT = Listing(
    key="procurement",
    title="部门政府采购预算",
    sheet="政府采购预算",
    like=r"政府采购预算",
    called="政府采购",
    naming="item",
    recurs=False,
    group=Text("institution", ("采购单位",), length=100),
    picked={"fixed_assets": Picked("属于固定资产的采购", "catalogue_code", FIXED_ASSET_CLASSES)},
    note="注：同一采购目录序号的物品，其单价会因配置规格不同而变动，均符合资产配置标准。",
    fields=(
        Text("project", (_FROM, "项目名称"), length=200, required=True),
        Money("project_budget", (_FROM, "预算    资金"), totalled=False),
        Text("item", ("采购物品名称",), ("采购品目名称", "物品名称"), length=200, required=True),
        Code("catalogue_code", ("政府采购目录序号",), ("采购目录编码", "品目编码"), length=20),
        Text("unit", ("计量  单位",), length=20),
        Number("quantity", ("数量",)),
        Money("unit_price", ("单价",), totalled=False),
        Money("total", (_MONEY, "合计"), sum_of=tuple(field.key for field in PAID_FROM)),
        *PAID_FROM,
        Money(
            "sme_reserved",
            (f"{YEAR}年  预留中  小微企  业份额",),
            ("预留中小微企业份额", "面向中小微企业预留"),
        ),
    ),
)
