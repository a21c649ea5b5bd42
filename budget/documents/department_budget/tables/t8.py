"""T8 国有资本经营预算支出表."""

from budget.documents.department_budget.tables import wording
from budget.documents.department_budget.tables.by_fund import spending_of
from budget.figures.facets import Fund

T8 = spending_of(
    Fund.STATE_CAPITAL,
    number=8,
    title="部门预算国有资本经营预算财政拨款支出表",
    sheet="国有资本经营预算支出表",
    like=wording.like("国有资本经营.*支出.*表", "三公", "经济分类", "基本支出", wording.BOTH_SIDES),
    empty_note="注：无国有资本经营预算财政拨款预算，空表列示。",
)
