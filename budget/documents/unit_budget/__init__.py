"""单位预算: what one unit of a department publishes of itself; in all but its name like the 部门预算.

The department's head office publishes both, under the same code and year: two budgets, never one over the other.
"""

from dataclasses import replace
from typing import TypeVar

from budget.declare.records import Records
from budget.declare.tables import Table
from budget.documents.department_budget import DEPARTMENT_BUDGET

NAME = "单位预算"


DEPARTMENT, UNIT = "部门", "单位"

Titled = TypeVar("Titled", Table, Records)


def _of_a_unit(declared: Titled) -> Titled:
    """A table or list under the title that a unit gives it."""
    return replace(declared, title=_words(declared.title))


def _words(text: str) -> str:
    return text.replace(DEPARTMENT, UNIT, 1)


UNIT_BUDGET = replace(
    DEPARTMENT_BUDGET,
    key="unit_budget",
    name=NAME,
    like=r"^(?:(?!部门|单位).)*单位(?!.*采购).*预算",
    address="unit-budget/",
    tables=tuple(map(_of_a_unit, DEPARTMENT_BUDGET.tables)),
    records=tuple(map(_of_a_unit, DEPARTMENT_BUDGET.records)),
    narrative=replace(DEPARTMENT_BUDGET.narrative, titles=tuple(map(_words, DEPARTMENT_BUDGET.narrative.titles))),
)
