"""T6 一般公共预算基本支出表: basic spending by economic code, staff and running."""

from budget.declare.tables import FEEDS, CodeTree, Column, Side, Table, where
from budget.documents.department_budget.tables import wording
from budget.figures.facets import Book, Fund, Kind

T6 = Table(
    number=6,
    title="部门预算一般公共预算财政拨款基本支出表",
    sheet="一般公共预算基本支出表",
    like=wording.like(
        "基本支出.*表",
        "功能分类",
        "基金|国有资本",
        "人员经费|公用经费|工资福利|商品和?服务|个人和?家庭",
        "财政拨款(?<!一般公共预算财政拨款)",  # of all funds: another table, which some provinces print beside this one
    ),
    role=FEEDS,
    where=where(book=Book.ECONOMIC, fund=Fund.GENERAL),
    sides=(
        Side(
            labels=(("支出部门经济分类科目", "科目编码"), ("支出部门经济分类科目", "科目名称")),
            rows=CodeTree("economic"),
            columns=(
                Column("total", ("一般公共预算基本支出", "合计"), same_as=wording.TOTAL),
                Column("staff", ("一般公共预算基本支出", "人员经费"), where(kind=Kind.STAFF)),
                Column("running", ("一般公共预算基本支出", "公用经费"), where(kind=Kind.RUNNING), ("日常公用经费",)),
            ),
        ),
    ),
    empty_note="注：无一般公共预算财政拨款基本支出预算，空表列示。",
)
