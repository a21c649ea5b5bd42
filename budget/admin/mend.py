"""Where a finding can be mended: its very cell in the table, the record of its list, the text."""

from django.contrib import admin
from django.urls import reverse

from budget.admin.drafts import change_url, list_url
from budget.documents import DOCUMENTS
from budget.figures.dossier import SECTIONS


def url(budget, finding):
    """The address where the finding can be mended, '' when only the file itself can be."""
    cell, document = finding.cell, DOCUMENTS[budget.document]
    if cell is None:
        return ""
    if table := document.table(cell.table):
        return f"{reverse('admin:budget_grid', args=[budget.pk, table.key])}#{cell}"
    if records := document.list_of(cell.table):
        return _of_record(budget, records, cell)
    return list_url("section", budget) if cell.table == SECTIONS else ""


def _of_record(budget, records, cell):
    """The record's own page, or where the budget's page lists it."""
    manager = getattr(budget, records.key)
    if not admin.site.is_registered(manager.model):
        return f"{change_url(budget)}#{records.key}-group"
    if records.identity:
        found = manager.filter(**{records.identity: cell.row}).first()
    else:
        found = manager.all()[int(cell.row) - 1 : int(cell.row)].first() if _is_number(cell.row) else None
    return change_url(found) if found else list_url(manager.model._meta.model_name, budget)


def _is_number(row):
    return row.isdecimal() and int(row) > 0
