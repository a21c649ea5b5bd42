"""The nine standard tables, each declared once; a new table is one file and one line here."""

from budget.declare.tables import Table
from budget.documents.department_budget.tables.t1 import T1
from budget.documents.department_budget.tables.t2 import T2
from budget.documents.department_budget.tables.t3 import T3
from budget.documents.department_budget.tables.t4 import T4
from budget.documents.department_budget.tables.t5 import T5
from budget.documents.department_budget.tables.t6 import T6
from budget.documents.department_budget.tables.t7 import T7
from budget.documents.department_budget.tables.t8 import T8
from budget.documents.department_budget.tables.t9 import T9

TABLES: tuple[Table, ...] = (
    T1,
    T2,
    T3,
    T4,
    T5,
    T6,
    T7,
    T8,
    T9,
)
