"""The one address of a figure: which table or list, which row or record, which column or field.

A cell of table 3, the total of a purchase, the target of a project's third indicator, an amount in the text: each has
one address, and the address has one written form, `t3-2130705-project`. Findings, explanations, places, the ledger,
anchors, files and differences use it. It is stable for ever: what was published under it must be found again in ten
years, so keys of tables, rows and fields are never given to anything else.

A cell lies inside one document; the document is named by its own address, `/130324/909/2024/`.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

_RISKY = re.compile(r"[^\w.]")
_RISKY_IN_COLUMNS = re.compile(r"[^\w.-]")  # the third part may hold hyphens: nothing comes after it


class Cell(NamedTuple):
    """table: key of a table, list or form. row: key of a row, a code, a record's identity or number. column: a key.

    A field of a record's own rows is a path: `indicators-3-target`. Without a column it is a whole row, without a row
    a whole column.

    >>> str(Cell("t3", "2130705", "project"))
    't3-2130705-project'
    >>> str(Cell("projects", "A-1/B", "indicators-3-target"))
    'projects-A%2D1%2FB-indicators-3-target'
    """

    table: str
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        return "-".join((self.table, escape(self.row), _escape_column(self.column))).rstrip("-")

    @classmethod
    def parse(cls, text: str) -> "Cell":
        """The cell whose written form this is."""
        parts = text.split("-", 2)
        return cls(*map(unquote, parts) if "%" in text else parts)


@lru_cache(maxsize=1 << 14)
def cell_at(table: str, row: str, column: str) -> Cell:
    """A cell of a table; rules and sums ask for the same ones again and again, so each is made once.

    >>> cell_at("t3", "2130705", "project") is cell_at("t3", "2130705", "project")
    True
    """
    return Cell(table, row, column)


@lru_cache(maxsize=4096)  # a page writes each row's and each column's key many times
def escape(key: str) -> str:
    """A row's key as one part of an address: letters of any script and digits stay as they are.

    >>> escape("2130705"), escape("A/1"), escape("某乡 本级")
    ('2130705', 'A%2F1', '某乡%20本级')
    """
    return _RISKY.sub(_percent, key)


@lru_cache(maxsize=1024)
def _escape_column(key: str) -> str:
    return _RISKY_IN_COLUMNS.sub(_percent, key)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


FIRST_KEYS = {
    # How format 1 called the tables, and the fields of a project's own rows.
    "revenue_expenditure_summary": "t1", "revenue": "t2", "expenditure": "t3", "fiscal_appropriation_summary": "t4",
    "general_public_budget_expenditure": "t5", "general_public_budget_basic_expenditure": "t6",
    "government_fund_expenditure": "t7", "state_capital_expenditure": "t8", "three_public_expenses": "t9",
}  # fmt: skip
_FIRST_ROWS = ((r"indicator-(\d+)-target", r"indicators-\1-target"), (r"goal-(\d+)", r"goals-\1"),
               (r"plan", "payment_plan"))  # fmt: skip


def from_first_form(table: str, row: str, column: str) -> Cell:
    """The cell that format 1 of publications wrote as these three words."""
    if table == "projects":
        for old, new in _FIRST_ROWS:
            column = re.sub(f"^{old}$", new, column)
    return Cell(FIRST_KEYS.get(table, table), row, column)
