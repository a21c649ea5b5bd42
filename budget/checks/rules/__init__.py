"""The list of rules, in the order of their numbers; each is a function in one of the files beside this one."""

from budget.checks.rules import (
    assets,
    basic,
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

FILES = (
    totals, revenue, spending, fiscal, basic, three_public, narrative, projects, procurement, assets,
    completeness, leftovers,
)  # fmt: skip

RULES = sorted((rule for file in FILES for rule in file.RULES), key=lambda rule: ("ICX".index(rule.id[0]), rule.id))
