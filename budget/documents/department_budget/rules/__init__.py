"""The rules of a department budget, in the order of their numbers; each is a function in a file beside this one."""

from budget.declare.rule import rules_in
from budget.documents.department_budget.rules import (
    assets,
    basic,
    beyond,
    codes,
    completeness,
    fiscal,
    leftovers,
    narrative,
    procurement,
    projects,
    revenue,
    spending,
    three_public,
    totals,
)

RULES = rules_in(
    assets,
    basic,
    beyond,
    codes,
    completeness,
    fiscal,
    leftovers,
    narrative,
    procurement,
    projects,
    revenue,
    spending,
    three_public,
    totals,
)
