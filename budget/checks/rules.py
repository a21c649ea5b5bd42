"""The list of rules: each a line here, with its statement, its source and the function that decides it.

A rule's function takes `Facts` and the names of codes and returns (findings, figures compared). With 0
figures its outcome is unknown, never passed; with None it does not apply.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from budget.checks.printed import compare_table
from budget.checks.records import assets_total, procurement_totals
from budget.tables import TABLES

REGULATION = "《地方预决算公开操作规程》（财预〔2016〕143号）"


@dataclass(frozen=True)
class Rule:
    """One thing that must hold. statement: what, in Chinese. check(facts, names) -> (findings, compared)."""

    id: str
    statement: str
    source: str
    check: Callable


def _table_rule(table):
    statement = f"表{table.number}《{table.title}》印出的每个数，都等于预算明细的合计"
    return Rule(table.code, statement, REGULATION, partial(_compare, table))


def _compare(table, facts, names):
    return compare_table(table, facts, names)


def rules():
    """Every rule, in the order of the tables; a table added to the list brings its own."""
    return [*(_table_rule(table) for table in TABLES), *RECORD_RULES]


RECORD_RULES = [
    Rule("B", "政府采购预算表的合计、小计等于各行相加", REGULATION, lambda facts, names: procurement_totals(facts)),
    Rule(
        "I41",
        "固定资产总额等于房屋、车辆、设备和其他固定资产之和",
        REGULATION,
        lambda facts, names: assets_total(facts),
    ),
]
