"""What T5, T7 and T8 share: one fund's spending by function code, basic and project."""

from budget.facets import Book, Kind
from budget.tables import wording
from budget.tables.declare import FEEDS, CodeTree, Column, Side, Table, where


def spending_of(fund, **declared):
    """The spending table of one fund; `declared` gives number, key, title, sheet, like and empty_note."""
    return Table(
        role=FEEDS,
        where=where(book=Book.SPENDING, fund=fund),
        sides=(
            Side(
                labels=wording.FUNCTION_LABELS,
                rows=CodeTree("function"),
                columns=(
                    Column("total", ("合计",), same_as=wording.TOTAL),
                    Column("basic", ("基本支出",), where(kind=Kind.BASIC), wording.BASIC),
                    Column("project", ("项目支出",), where(kind=Kind.PROJECT), wording.PROJECT),
                ),
            ),
        ),
        **declared,
    )
