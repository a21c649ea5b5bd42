"""T7 政府性基金预算支出表."""

from budget.documents.department_budget.tables import wording
from budget.documents.department_budget.tables.by_fund import spending_of
from budget.figures.facets import Fund

T7 = spending_of(
    Fund.GOVERNMENT,
    number=7,
    title="部门预算政府性基金预算财政拨款支出表",
    sheet="政府性基金预算支出表",
    like=wording.like("(政府性基金|基金预算).*支出.*表", "三公", "经济分类", "基本支出", wording.BOTH_SIDES),
    empty_note="注：无政府基金预算财政拨款预算，空表列示。",
)
