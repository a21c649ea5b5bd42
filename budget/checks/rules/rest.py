"""What is left: every figure that a table prints follows from the lines, where no rule has spoken of it."""

from functools import partial

from budget.checks.printed import compare_table
from budget.checks.rule import REGULATION, Rule
from budget.tables import TABLES


def rest_rules(ledger):
    """A rule for each table; a table added to the list brings its own.

    One mistake upsets many sums: a figure that a rule has named already, or that is off by the very difference
    that a rule has found, is not named again.
    """
    named = {cell for entry in ledger for finding in entry.findings for cell in finding.cells}
    differences = {difference for entry in ledger for difference in entry.differences}
    return [
        Rule(
            table.code,
            f"表{table.number}《{table.title}》印出的每个数都等于预算明细的合计（其他规则指出过的不重复）",
            REGULATION,
            partial(_compare, table, named, differences),
        )
        for table in TABLES
    ]


def _compare(table, named, differences, view):
    for compared in compare_table(table, view):
        known = compared.finding and (set(compared.finding.cells) & named or abs(compared.difference) in differences)
        if not known:
            yield compared
