"""What T5, T7 and T8 share: one fund's spending by function code, basic and project."""

from typing import Any

from budget.declare.tables import FEEDS, CodeTree, Column, Side, Table, where
from budget.documents.department_budget.tables import wording
from budget.figures.facets import Book, Fund, Kind


def spending_of(fund: Fund, **declared: Any) -> Table:
    """The spending table of one fund; `declared` gives number, title, sheet, like and empty_note."""
    return Table(
        role=FEEDS,
        where=where(book=Book.SPENDING, fund=fund),
        sides=(
            Side(
                labels=wording.FUNCTION_LABELS,
                rows=CodeTree("function"),
                columns=(
                    Column("total", ("合计",), same_as=wording.TOTAL),
                    Column("basic", ("基本支出",), where(kind=Kind.BASIC), wording.BASIC, parts=wording.PARTS_OF_BASIC),
                    Column("project", ("项目支出",), where(kind=Kind.PROJECT), wording.PROJECT),
                ),
                also_columns=wording.STAFF_AND_RUNNING,
            ),
        ),
        **declared,
    )
