"""The rules of a department budget, in the order of their numbers; each is a function in a file beside this one."""

from budget.declare.rule import rules_in
from budget.documents.department_budget.rules import (
    assets,
    basic,
    codes,
    completeness,
    fiscal,
    leftovers,
    listed,
    narrative,
    notes,
    procurement,
    projects,
    revenue,
    sentences,
    spending,
    statements,
    three_public,
    totals,
    whose,
)

RULES = rules_in(
    assets,
    basic,
    codes,
    completeness,
    fiscal,
    listed,
    leftovers,
    narrative,
    notes,
    procurement,
    projects,
    revenue,
    sentences,
    spending,
    statements,
    three_public,
    totals,
    whose,
)
