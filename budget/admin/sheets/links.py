"""Addresses of the pages of lists and forms, down to the very field."""

from urllib.parse import quote

from django.urls import reverse

from budget.cell import Cell, escape
from budget.declare.records import Form

NEW = "-"  # in the place of a record's identity, which is never written so
PAGE = 60  # rows of a list on one page


def overview_url(budget, form):
    """The list of a form's records."""
    return reverse(f"admin:budget_{form.key}", args=[budget.pk])


def sheet_url(budget, form, identity, **query):
    """The sheet of one record; of a new one where it has no identity yet."""
    row = escape(identity) if identity else NEW
    return reverse(f"admin:budget_{form.key}_sheet", args=[budget.pk, row], query=query or None)


def list_url(budget, listing, **query):
    """The grid of a list."""
    return reverse("admin:budget_list", args=[budget.pk, listing.key], query=query or None)


def url_of(budget, records):
    """The page of a list or form."""
    return overview_url(budget, records) if isinstance(records, Form) else list_url(budget, records)


def take_url(budget, records):
    """Where the records of the year before are chosen."""
    return reverse("admin:budget_take", args=[budget.pk, records.key])


def cell_url(budget, records, cell):
    """The field in which a cell of a list or form is typed."""
    if isinstance(records, Form):
        return (sheet_url(budget, records, cell.row) if cell.row else overview_url(budget, records)) + _anchor(cell)
    number = int(cell.row) if cell.row.isdecimal() and not records.identity else 1
    first = (max(number, 1) - 1) // PAGE * PAGE + 1
    return list_url(budget, records, **({"first": first} if first > 1 else {})) + _anchor(cell)


def _anchor(cell):
    return f"#{quote(str(Cell(*cell)))}"
