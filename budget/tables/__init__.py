"""The nine standard tables, each declared once; everything else follows from this list.

A new table is one file and one line here: the page, the workbook, JSON, CSV and the reader of uploaded
files find it by themselves.
"""

from budget.tables.declare import Table
from budget.tables.t1 import T1
from budget.tables.t2 import T2
from budget.tables.t3 import T3
from budget.tables.t4 import T4
from budget.tables.t5 import T5
from budget.tables.t6 import T6
from budget.tables.t7 import T7
from budget.tables.t8 import T8
from budget.tables.t9 import T9

TABLES: list[Table] = [T1, T2, T3, T4, T5, T6, T7, T8, T9]


def by_key(key):
    """The table with this key; KeyError when there is none."""
    return {table.key: table for table in TABLES}[key]
