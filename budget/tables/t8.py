"""T8 国有资本经营预算支出表."""

from budget.facets import Fund
from budget.tables.by_fund import spending_of

T8 = spending_of(
    Fund.STATE_CAPITAL,
    number=8,
    key="state_capital_expenditure",
    title="部门预算国有资本经营预算财政拨款支出表",
    sheet="国有资本经营预算支出表",
    like=r"^(?!.*三公).*国有资本经营.*支出.*表",
    empty_note="注：无国有资本经营预算财政拨款预算，空表列示。",
)
