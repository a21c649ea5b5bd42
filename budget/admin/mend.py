"""Where a finding can be mended: the lines behind its cell, the record of its list, the text."""

from django.contrib import admin

from budget.admin.drafts import change_url, list_url
from budget.declare.tables import CODES
from budget.documents import DOCUMENTS
from budget.figures.dossier import SECTIONS


def url(budget, finding):
    """The address where the finding can be mended, '' when only the file itself can be."""
    cell, document = finding.cell, DOCUMENTS[budget.document]
    if cell is None:
        return ""
    if table := document.table(cell.table):
        return list_url("line", budget, **cell_query(table, cell))
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


def cell_query(table, cell):
    """The filters of the list of lines that are summed up in a cell."""
    return _query(table.filter_of(cell) or table.where)


def _query(filter_):
    query = {}
    for facet, allowed in filter_.items():
        if facet in CODES:
            query |= {f"{facet}__startswith": allowed[0]} if len(allowed) == 1 else {}
        elif facet == "carried_over":
            query |= {f"{facet}__exact": int(allowed[0])} if len(allowed) == 1 else {}
        elif len(allowed) == 1:
            query[f"{facet}__exact"] = str(allowed[0])
        else:
            query[f"{facet}__in"] = ",".join(map(str, allowed))
    return query
