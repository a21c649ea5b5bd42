"""T5 一般公共预算支出表."""

from budget.documents.department_budget.tables import wording
from budget.documents.department_budget.tables.by_fund import spending_of
from budget.figures.facets import Fund

T5 = spending_of(
    Fund.GENERAL,
    number=5,
    title="部门预算一般公共预算财政拨款支出表",
    sheet="一般公共预算支出表",
    like=wording.like("一般公共预算.*支出.*表", "基本支出", "三公", "机关运行", "经济分类", wording.BOTH_SIDES),
    empty_note="注：无一般公共预算财政拨款预算，空表列示。",
)
