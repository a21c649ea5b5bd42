"""部门机构设置情况: the institutions that the budget covers."""

from budget.declare.fields import Text
from budget.declare.records import Listing

INSTITUTIONS = Listing(
    key="institutions",
    title="部门机构设置情况",
    sheet="机构设置",
    like=r"机构设置情况",
    called="机构设置",
    naming="name",
    fields=(
        Text("name", ("单位名称",), length=100, required=True),
        Text("nature", ("单位性质",), length=40),
        Text("rank", ("单位规格",), length=40),
        Text("funding", ("经费保障形式",), ("经费保障", "经费形式"), length=40),
    ),
)
