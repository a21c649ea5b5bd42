"""The figures of the year before, which sentences and rules compare this year's with.

Those of the newest public version, where there is one, else those of the draft: a body that publishes here for the
first time can import last year's file and leave it a draft. Only the public side knows what was published, and this
side never imports it; so it says at its start how that is found.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from budget.cell import Cell
from budget.declare.document import Document
from budget.declare.records import Form
from budget.documents import DOCUMENTS
from budget.figures.facets import Facets
from budget.figures.fill import fill
from budget.figures.line import Line
from budget.models import Budget
from budget.models import Line as StoredLine

ByName = dict[str, dict[str, Decimal]]  # {key of a form: {name of a record: its amount}}


class YearBefore(NamedTuple):
    """What the budget of the year before printed; nothing where there was none."""

    figures: dict[Cell, Decimal]
    records: ByName


Published = Callable[[Budget], YearBefore | None]
FOUND_BY: list[Published] = []  # how the public side finds what it published of the year before


def year_before(budget: Budget) -> YearBefore:
    """The figures of the same body's budget of the same kind of the year before."""
    published = (find(budget) for find in FOUND_BY)
    return next(filter(None, published), None) or _of_draft(budget)


def _of_draft(budget: Budget) -> YearBefore:
    """One without a line says nothing: its blanks are no zeros to be compared with."""
    whose = {"department": budget.department_id, "document": budget.document, "year": budget.year - 1}
    rows = StoredLine.objects.filter(**{f"budget__{key}": value for key, value in whose.items()})
    lines = [Line(*row) for row in rows.values_list(*Facets._fields, "amount").order_by()]
    if not lines:
        return YearBefore({}, {})
    document, last = DOCUMENTS[budget.document], Budget.objects.filter(**whose)
    return YearBefore(figures_of(document, lines), {form.key: _named(form, last) for form in document.forms})


def figures_of(document: Document, lines: list[Line]) -> dict[Cell, Decimal]:
    """{cell: amount} of every filled figure of the tables."""
    derived = (fill(table, lines).figures().items() for table in document.tables)
    return {cell: amount for cells in derived for cell, (amount, _) in cells if amount is not None}


def _named(form: Form, last: Any) -> dict[str, Decimal]:
    model: Any = Budget._meta.get_field(form.key).related_model
    rows = model.objects.filter(budget__in=last).values_list(form.naming, form.counted)
    return {name: amount for name, amount in rows if amount is not None}
