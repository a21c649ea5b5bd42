"""部门固定资产占用情况表: what the department owns at the end of last year, the printed total included."""

from budget.declare.fields import Choice, Money, Number
from budget.declare.records import Listing

FIXED_ASSETS = Listing(
    key="fixed_assets",
    title="部门固定资产占用情况表",
    sheet="固定资产占用情况",
    like=r"固定资产占用情况",
    called="固定资产",
    identity="kind",
    naming="kind",
    dated="assets_as_of",
    parts={"total": ("buildings", "vehicles", "equipment", "other")},  # offices are a part of buildings
    fields=(
        Choice(
            "kind",
            ("项   目",),
            length=12,
            required=True,
            choices={
                "total": "资产总额",
                "buildings": "1、房屋（平方米）",
                "offices": "　　其中：办公用房（平方米）",
                "vehicles": "2、车辆（台、辆）",
                "equipment": "3、单价在20万元以上的设备",
                "other": "4、其他固定资产",
            },
        ),
        Number("quantity", ("数量",)),
        Money("value", ("价值（金额单位：万元）",), ("价值", "金额")),
    ),
)
