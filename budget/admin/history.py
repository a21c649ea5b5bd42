"""办理记录: what was done to a budget, by whom and why, with every old and new value."""

from django.shortcuts import get_object_or_404

from budget.admin.page import page
from budget.cell import Cell
from budget.checks.naming import Naming
from budget.documents import DOCUMENTS
from budget.drafts.door import STATE
from budget.drafts.flat import EXPLANATIONS, HEAD, NAMES, SOURCE, line_at
from budget.drafts.load import load, names_of
from budget.figures.as_printed import AS_PRINTED
from budget.figures.dossier import SECTIONS
from budget.figures.facets import Book, in_words
from budget.models import Budget, State
from budget.money import show

LONGEST = 200  # letters of a text
SHOWN = 200  # changes of one act; an import has a thousand
_PARTS = {
    NAMES: "科目名称",
    EXPLANATIONS: "对不符的说明",
    SOURCE: "依据的文件",
    AS_PRINTED: "原样保存的表",
}


def journal(model_admin, request, pk):
    """Every act, the newest first, each with what it changed."""
    budget = get_object_or_404(Budget.objects.visible_to(request.user).select_related("department__region"), pk=pk)
    dossier = load(budget)
    naming = Naming(DOCUMENTS[budget.document], names_of(budget) | dossier.entries.names, dossier.entries.records)
    acts = [_act(one, naming) for one in budget.acts.prefetch_related("changes")]
    return page(model_admin, request, "admin/budget/journal.html", "办理记录", budget=budget, acts=acts)


def _act(act, naming):
    changes = list(act.changes.all())
    return {
        "act": act,
        "changes": [_change(one, naming) for one in changes[:SHOWN]],
        "number": len(changes),
        "more": max(0, len(changes) - SHOWN),
    }


def _change(change, naming):
    return {
        "label": words(change, naming),
        "old": _value(change, change.old),
        "new": _value(change, change.new),
    }


def words(change, naming):
    """What was changed, as people call it."""
    if change.part == STATE:
        return "办理到"
    cell = Cell.parse(change.address)
    if change.part in Book.values:
        line = line_at(change.address, "0")
        facets = (in_words(name, value) for name, value in line.facets._asdict().items() if value)
        return " ".join(facets)
    if change.part == SECTIONS:
        return f"情况说明第{cell.row}部分"
    if change.part == HEAD:
        return str(Budget._meta.get_field(cell.column).verbose_name)
    return naming.words(cell) if naming.document.list_of(change.part) else _PARTS.get(change.part, change.address)


def _value(change, value):
    if value is None:
        return "（空白）"
    if change.part in Book.values:
        return f"{show(line_at(change.address, value).amount)}万元"
    if change.part == STATE:
        return State(value).label
    return value if len(value) <= LONGEST else value[:LONGEST] + "……"
