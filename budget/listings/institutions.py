"""部门机构设置情况: the institutions that the budget covers."""

from budget.listings.declare import Field, Listing

INSTITUTIONS = Listing(
    key="institutions",
    title="部门机构设置情况",
    sheet="机构设置",
    like=r"机构设置情况",
    fields=(
        Field("name", ("单位名称",)),
        Field("nature", ("单位性质",)),
        Field("rank", ("单位规格",)),
        Field("funding", ("经费保障形式",), same_as=("经费保障", "经费形式")),
    ),
)
