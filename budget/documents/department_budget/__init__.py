"""部门预算: nine tables, a text in eleven sections, performance sheets, procurement, fixed assets, institutions."""

from budget.declare.document import Document
from budget.documents.department_budget.fixed_assets import FIXED_ASSETS
from budget.documents.department_budget.funds import unfill
from budget.documents.department_budget.institutions import INSTITUTIONS
from budget.documents.department_budget.narrative import NARRATIVE
from budget.documents.department_budget.procurement import PROCUREMENT
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.rules import RULES
from budget.documents.department_budget.shares import DIVIDING
from budget.documents.department_budget.tables import TABLES, wording

DEPARTMENT_BUDGET = Document(
    key="department_budget",
    name="部门预算",
    # The first of the two words says whose it is; a list of purchases may be called by the other one.
    like=r"^(?:(?!部门|单位).)*部门(?!.*采购).*预算",
    others=wording.ANOTHER,
    tables=TABLES,
    records=(INSTITUTIONS, PROJECTS, PROCUREMENT, FIXED_ASSETS),
    narrative=NARRATIVE,
    rules=RULES,
    unfill=unfill,
    dividing=DIVIDING,
)
