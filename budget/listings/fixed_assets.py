"""部门固定资产占用情况表: what the department owns at the end of last year, the printed total included."""

from budget.listings.declare import AMOUNT, NUMBER, Field, Listing

# What the printed total should add up to: offices are a part of buildings.
PARTS = ("buildings", "vehicles", "equipment", "other")

FIXED_ASSETS = Listing(
    key="fixed_assets",
    title="部门固定资产占用情况表",
    sheet="固定资产占用情况",
    like=r"固定资产占用情况",
    kinds={
        "total": "资产总额",
        "buildings": "1、房屋（平方米）",
        "offices": "　　其中：办公用房（平方米）",
        "vehicles": "2、车辆（台、辆）",
        "equipment": "3、单价在20万元以上的设备",
        "other": "4、其他固定资产",
    },
    fields=(
        Field("kind", ("项   目",)),
        Field("quantity", ("数量",), NUMBER),
        Field("value", ("价值（金额单位：万元）",), AMOUNT, same_as=("价值", "金额")),
    ),
)
