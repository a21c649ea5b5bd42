"""The figures that many rules hold against each other, by the names that the declarations give them.

Nothing is listed a second time here: a kind of spending, a source or a class that is declared is a term of the rules.
"""

from collections.abc import Iterable, Iterator

from budget.cell import Cell
from budget.checks.view import View
from budget.declare.tables import Column, Table
from budget.documents.department_budget.tables.classes import CLASS_ROWS
from budget.documents.department_budget.tables.t1 import T1
from budget.documents.department_budget.tables.t2 import T2
from budget.documents.department_budget.tables.t3 import T3
from budget.documents.department_budget.tables.t4 import T4
from budget.documents.department_budget.tables.t5 import T5
from budget.documents.department_budget.tables.t7 import T7
from budget.documents.department_budget.tables.t8 import T8
from budget.figures.dossier import SECTIONS
from budget.figures.facets import FISCAL, FISCAL_KINDS, OWN


def _leaves(table: Table) -> list[Column]:
    return [column for side in table.sides for column in side.leaf_columns]


CLASSES = tuple(row.key for row in CLASS_ROWS)
TREASURY = tuple(str(fund) for fund in FISCAL)
OWN_SOURCES = tuple(str(fund) for fund in OWN)
SOURCES = tuple(column.key for column in _leaves(T2) if column.where["carried_over"] == (False,))
KINDS = tuple(column.key for column in _leaves(T3))
TREASURY_KINDS = tuple(str(kind) for kind in FISCAL_KINDS)
BY_FUND = {table: table.where["fund"][0] for table in (T5, T7, T8)}


def income(row: str) -> Cell:
    """A figure on the left of table 1."""
    return T1.cell(row, "income")


def spending(row: str) -> Cell:
    """A figure on the right of table 1."""
    return T1.cell(row, "spending")


def stated(section: object, meaning: str) -> Cell:
    """An amount that a section of the text states."""
    return Cell(SECTIONS, str(section), meaning)


def printed_income_items(view: View) -> list[Cell]:
    """The rows of table 1 that make up this year's income, in whichever wording the table prints them."""
    treasury = TREASURY if view.figure(income(TREASURY[0])) else ("fiscal",)
    own = ("own_funds",) if view.figure(income("own_funds")) else OWN_SOURCES
    return [income(row) for row in (*treasury, "special_account", *own)]


def has_no_other_money(view: View) -> bool | None:
    """Whether there is treasury money only, this year's and last year's; None when tables 1 and 4 do not say."""
    if not view.has(T1):
        return None
    others = ("special_account", "own_funds", *OWN_SOURCES)
    if any(view.amount(income(row)) for row in others):
        return False
    return _carried_nothing_else(view)


def _carried_nothing_else(view: View) -> bool | None:
    """Whether what was carried over is all the treasury's: table 1 prints all of it, table 4 the treasury's."""
    carried, fiscal = view.amount(income("carried_over")), view.amount(T4.cell("carried_over", "income"))
    if carried and fiscal is None:
        return None
    return not carried or carried == fiscal


def all_codes(view: View, *tables: Table) -> list[str]:
    """The codes of these tables, without those below the level at which one of them stops."""
    codes = sorted(set().union(*map(view.codes, tables)))
    return [code for code in codes if not any(view.stops_above(table, code) for table in tables)]


def _ours(view: View, table: Table) -> list[str]:
    """The columns of a table that are there, without what layouts print beyond ours."""
    return [key for key in view.columns(table) if (column := table.column(key)) and not column.beyond]


def tree(view: View, table: Table, columns: Iterable[str] | None = None) -> Iterator[tuple[Cell, list[Cell]]]:
    """(sum, its parts) for each code above others, in each column: the total of classes, a class of its sections."""
    wanted = list(columns or _ours(view, table))
    for above, below in view.tree(table).items():
        for column in wanted:
            yield table.cell(above, column), [table.cell(row, column) for row in below]
