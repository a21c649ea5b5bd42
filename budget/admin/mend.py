"""Where a finding can be mended: the lines behind its cell, the asset, the purchase, the project."""

from budget.admin.drafts import change_url, list_url
from budget.checks.naming import column_name, row_name
from budget.listings import FIXED_ASSETS, INSTITUTIONS, PROCUREMENT
from budget.tables import TABLES
from budget.tables.declare import CODES, Column, Row

_ON_BUDGET_PAGE = (FIXED_ASSETS.key, INSTITUTIONS.key)


def url(budget, finding):
    """The address where the finding can be mended, '' when only the file itself can be."""
    table, row, column = finding.cell or ("", "", "")
    if declared := _declared(table):
        return list_url("line", budget, **cell_query(declared, row, column))
    if table in _ON_BUDGET_PAGE:
        return f"{change_url(budget)}#{table}-group"
    if table == PROCUREMENT.key:
        return _one_of(budget.procurement, row) or list_url("procurementline", budget)
    if table == "projects":
        project = budget.projects.filter(code=row).first()
        return change_url(project) if project else list_url("project", budget)
    return list_url("section", budget) if table == "sections" else ""


def _declared(key):
    return next((table for table in TABLES if table.key == key), None)


def _one_of(records, row):
    """The page of the record with this number in printed order."""
    found = records.all()[int(row) - 1 : int(row)] if row.isdecimal() and int(row) else []
    return change_url(found[0]) if found else ""


def place(finding, names):
    """The finding's cell in a few words: 表9“合计”的“合计”; '' when it has none."""
    table, row, column = finding.cell or ("", "", "")
    declared = _declared(table)
    if declared is None:
        return ""
    return f"表{declared.number}“{row_name(declared, row, names)}”的“{column_name(declared, column)}”"


def cell_query(table, row, column):
    """The filters of the list of lines that are summed up in a cell."""
    for side in table.sides:
        at = _row(side, row), _column(side, column)
        if all(at):
            return _query(table.filter(side, *at))
    return _query(table.where)


def _row(side, key):
    if side.is_tree:
        return Row(key, key, {} if key == "total" else {side.rows.facet: (key,)})
    return next((row for row in (*side.rows, *side.also_rows) if row and row.key == key), None)


def _column(side, key) -> Column | None:
    return next((column for column in (*side.columns, *side.also_columns) if column.key == key), None)


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
