"""Where a finding can be mended: its very cell in the table, the record of its list, the text."""

from django.urls import reverse

from budget.admin.sheets.links import cell_url, url_of
from budget.documents import DOCUMENTS
from budget.drafts.flat import HEAD
from budget.figures.dossier import SECTIONS


def url(budget, finding):
    """The address where the finding can be mended, '' when only the file itself can be."""
    return at(budget, finding.cell) if finding.cell else ""


def at(budget, cell):
    """The address where a cell is typed, '' where it is not typed at all."""
    document = DOCUMENTS[budget.document]
    if table := document.table(cell.table):
        return f"{reverse('admin:budget_grid', args=[budget.pk, table.key])}#{cell}"
    if records := document.list_of(cell.table):
        return cell_url(budget, records, cell)
    return _section(budget, cell.row) if cell.table == SECTIONS else ""


def of_lack(budget, lack):
    """The address where something that is missing is put right, '' where it is on the budget's own page."""
    document = DOCUMENTS[budget.document]
    if lack.part == HEAD:
        return reverse("admin:budget_head", args=[budget.pk])
    if table := document.table(lack.part):
        return reverse("admin:budget_grid", args=[budget.pk, table.key])
    if records := document.list_of(lack.part):
        return cell_url(budget, records, lack.cell) if lack.cell else url_of(budget, records)
    return _section(budget, lack.key.partition(" ")[2]) if lack.part == SECTIONS else ""


def _section(budget, row):
    """A section's own page, or the list of all."""
    if row.isdecimal():
        return reverse("admin:budget_section", args=[budget.pk, int(row)])
    return reverse("admin:budget_text", args=[budget.pk])
