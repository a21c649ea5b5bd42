"""Entry in the table itself: the nine tables, each as printed with its leaf cells as inputs, and what follows."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse

from budget.admin.grid.loaded import loaded
from budget.admin.grid.nine import nine
from budget.admin.grid.posted import Posted, posted
from budget.admin.grid.saving import wanted
from budget.admin.grid.shown import Shown, ShownRow
from budget.admin.grid.sources import sources
from budget.admin.grid.state import State
from budget.admin.of_budget import budget_of, budget_page
from budget.admin.one_moment import asking
from budget.admin.page import may_not_change
from budget.admin.save import saved
from budget.declare.tables import Table
from budget.documents import DOCUMENTS
from budget.drafts.door import Doing, How, person
from budget.entry.tables.follow import findings, headlines, sums
from budget.entry.tables.grid import Grid
from budget.finding import Finding, Level
from budget.models import Budget
from budget.money import show

HERE = "tables"
_ADDS = {"check", "add_row_typed"}
MOST_FINDINGS = 6


def urls(wrapped: Any) -> list[Any]:
    """Its addresses."""
    return [
        path("<int:pk>/grid/", wrapped(tables), name="budget_grids"),
        path("<int:pk>/grid/<slug:table>/", wrapped(edit), name="budget_grid"),
        path("<int:pk>/grid/<slug:table>/follow/", wrapped(follow), name="budget_grid_follow"),
    ]


def tables(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The tables of a budget: what each comes to, what is typed into it, what does not agree."""
    budget = budget_of(request, pk)
    found = loaded(budget, request.user)
    listed = nine(found, findings(found.dossier, found.dossier.entries.lines, found.listed))
    return budget_page(model_admin, request, budget, "admin/budget/grids.html", "表格", HERE, tables=listed)


def edit(model_admin: Any, request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """One table to type into; posted: checked, changed as a button asks, or saved."""
    budget = budget_of(request, pk)
    declared = _declared(budget, table)
    if request.method != "POST":
        state = State(budget, request, declared, Posted(unit=_unit(request)))
        return _page(model_admin, request, budget, state)
    if refusal := may_not_change(request, budget):
        return refusal
    state = State(budget, request, declared, posted(request.POST))
    state.act(request.POST)
    if "save" not in request.POST or not state.may_save:
        return _page(model_admin, request, budget, state)
    doing = Doing(person(request.user), How.GRID, f"表{declared.number}", seen=state.loaded.seen)
    then = reverse("admin:budget_grid", args=[pk, table], query={"unit": state.posted.unit})
    parts = wanted(state.loaded, declared, state.entered, state.posted)
    return saved(model_admin, request, budget, parts, doing, then)


@asking
def follow(model_admin: Any, request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """What follows from what is typed, as JSON for the script of the page; nothing is saved."""
    budget = budget_of(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if refusal := may_not_change(request, budget):
        return refusal
    state = State(budget, request, _declared(budget, table), posted(request.POST), again=False)
    data = request.POST.dict()
    if not _ADDS & data.keys():
        data.pop("add", None)  # somebody types on while a code stands in the row below
    redraws = state.act(data)
    return JsonResponse(_answer(state, redraws, checked=redraws or "checks" in data))


def _declared(budget: Budget, key: str) -> Table:
    table = DOCUMENTS[budget.document].table(key)
    if table is None:
        raise Http404
    return table


def _unit(request: HttpRequest) -> str:
    return posted({"unit": request.GET.get("unit", "")}).unit


def _context(state: State, checked: bool = True) -> dict[str, Any]:
    """What page and answers share. checked: whether it is to be said, too, what does not agree."""
    found = state.findings if checked else []
    shown = Shown(state.loaded, state.grid, state.posted, state.entered, state.may_change, _notes(found, state.table))
    own = {"shown": shown, "posted": state.posted, "table": state.table, "foot": _foot(state)}
    return own | {"checks": _checks(state, found)}


def _notes(found: list[Finding], table: Table) -> dict[Any, list[tuple[str, str]]]:
    """{cell: [(level, sentence)]} of what concerns a table's own cells: told at the first of them."""
    notes: dict[Any, list[tuple[str, str]]] = {}
    for finding in found:
        own = [cell for cell in finding.about if cell.table == table.key]
        if own and finding.level != Level.NOTICE:
            notes.setdefault(own[0], []).append((finding.level.label, finding.message))
    return notes


def _foot(state: State) -> dict[str, Any]:
    """What the tables come to."""
    lines = _headlines(state)
    return {
        "own": next(one for one in lines if one["table"] is state.table),
        "others": [one for one in lines if one["moved"] and one["table"] is not state.table],
    }


def _checks(state: State, found: list[Finding]) -> dict[str, Any]:
    """What does not agree, in all tables."""
    errors = [one for one in found if one.level == Level.ERROR]
    return {
        "errors": errors[:MOST_FINDINGS],
        "count": len(errors),
        "own_count": sum(any(cell.table == state.table.key for cell in one.about) for one in errors),
    }


def _headlines(state: State) -> list[dict[str, Any]]:
    document = state.grid.document
    was = sums(document, state.loaded.dossier.entries.lines)
    now = sums(document, state.entered.lines) if state.entered.changed else was
    return [_headline(one, state.posted.unit) for one in headlines(document, was, now)]


def _headline(one: Any, unit: str) -> dict[str, Any]:
    figures = [{"label": label, "was": show(was, unit), "now": show(now, unit)} for label, was, now in one.figures]
    return {"table": one.table, "figures": figures, "moved": one.moved}


def _page(model_admin: Any, request: HttpRequest, budget: Budget, state: State) -> HttpResponse:
    document = state.grid.document
    at = [one.key for one in document.tables].index(state.table.key)
    own = _context(state) | {
        "loaded": state.loaded,
        "may_change": state.may_change,
        "closed": budget.closed,
        "before": document.tables[at - 1] if at else None,
        "after": document.tables[at + 1] if at + 1 < len(document.tables) else None,
        "sources": sources(document, state.table),
        "heads": json.dumps(_context_heads(state), ensure_ascii=False),
        "draft": f"grid:{budget.pk}:{state.table.key}:{request.user.pk}",
        "is_tree": state.codes is not None,
        "count": len(state.entered.wrong) + len(state.entered.doubts) + len(state.entered.asked),
    }
    title = f"表{state.table.number}　{state.table.title}"
    return budget_page(model_admin, request, budget, "admin/budget/grid.html", title, HERE, **own)


def _context_heads(state: State) -> list[str]:
    return Shown(state.loaded, state.grid, state.posted, state.entered, state.may_change, {}).heads()


def _answer(state: State, redraws: bool, checked: bool) -> dict[str, Any]:
    """What has changed on the page: all figures that are added up, or all rows where they are drawn anew.

    A key that is typed waits for sums alone; what does not agree is asked for once the keys rest (`later`).
    """
    context = _context(state, checked)
    shown: Shown = context["shown"]
    rows = list(shown.rows())
    drawn = _redrawn(state, context | {"rows": rows}) if redraws else _moved(shown, rows)
    drawn["html"] |= {"grid-foot": _part("foot", context)} | (_found(rows, context) if checked else {})
    return drawn | {
        "later": "" if checked else "checks",
        "asked": {one.id: [row.id, _part("asked", {"one": one, "shown": shown})] for row in rows for one in row.asked},
        "wrong": [str(cell) for cell in state.entered.wrong],
        "doubted": [str(cell) for cell in state.entered.doubts],
    }


def _redrawn(state: State, context: dict[str, Any]) -> dict[str, Any]:
    html = {f"grid-{name}": _part(name, context) for name in ("rows", "kept", "add", "unit")}
    return {"html": html, "unit": state.posted.unit, "focus": _focus(state)}


def _moved(shown: Shown, rows: list[ShownRow]) -> dict[str, Any]:
    notes = {f"note-{row.id}": _part("note", {"note": row.note}) if any(row.note.values()) else "" for row in rows}
    return {"html": notes, "texts": shown.texts()}


def _found(rows: list[ShownRow], context: dict[str, Any]) -> dict[str, str]:
    found = {f"found-{row.id}": _part("found", {"found": row.found}) if row.found else "" for row in rows}
    return found | {"grid-checks": _part("checks", context)}


def _part(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"admin/budget/grid_{name}.html", context)


def _focus(state: State) -> str:
    """Where to go on after a row was added: its first input."""
    found = None if state.posted.is_block else state.posted.found
    cells = (str(cell) for cell in _typed_of(state.grid, found.key)) if found and found.key else iter(())
    return next(cells, "grid-add-code" if found else "")


def _typed_of(grid: Grid, key: str) -> Iterator[Any]:
    return (cell for cell in grid.typed if cell.row == key)
