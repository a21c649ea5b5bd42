"""A budget held against what it said when it was returned, and against the year before."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from budget.admin.told import called, saying
from budget.cell import Cell
from budget.checks.changed import Changed, changes
from budget.checks.naming import Naming
from budget.declare.document import Document
from budget.declare.fields import Money
from budget.declare.tables import passing
from budget.drafts.flat import ORDER, Parts, Said, flatten, line_at, unflatten
from budget.drafts.journal import as_of, difference, last_return
from budget.drafts.load import lines_of
from budget.figures.dossier import Entries
from budget.figures.facets import Book
from budget.figures.fill import figure
from budget.models import Act, Budget, Comment
from budget.money import show

SHOWN = 20  # figures of a table, the largest
LONGEST = 80  # letters of a text
TOTALS = (("total", "支出合计"), ("basic", "基本支出"), ("project", "项目支出"))


@dataclass
class Before:
    """What a budget said when it was returned, and what was changed since: {address: (old, new)}."""

    act: Act
    entries: Entries
    changes: dict[str, tuple[str | None, str | None]]


def returned(budget: Budget, entries: Entries) -> Before | None:
    """The budget as it was when it last went back to its clerk; None where it never did."""
    last = last_return(budget)
    if last is None:
        return None
    now = flatten(Said(entries))
    then = as_of(now, budget, last.pk)
    return Before(last, unflatten(then, entries.document).entries, _between(then, now))


def _between(then: Parts, now: Parts) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part, flat in now.items():
        found |= {a: both for a, both in difference(then[part], flat).items() if Cell.parse(a).column != ORDER}
    return found


def value_at(entries: Entries, cell: Cell) -> str:
    """What a budget says at an address, as people read it; '' for a blank, and for what is no single value."""
    if table := entries.document.table(cell.table):
        return show(figure(table, cell, entries.lines)[0]) if cell.column else ""
    if records := entries.document.list_of(cell.table):
        return _field(records, entries.records[records.key], cell)
    text = next((one["text"] for one in entries.sections if str(one["number"]) == cell.row), "")
    return text if len(text) <= LONGEST else text[:LONGEST] + "……"


def _field(records: Any, found: list[Any], cell: Cell) -> str:
    record = next((one for n, one in enumerate(found, 1) if records.row(one, n) == cell.row), None)
    try:
        declared, value = records.value(record, cell.column) if record else (None, None)
    except KeyError:
        return ""
    if isinstance(value, list):
        return f"{len(value)} 条"
    return show(value) if isinstance(declared, Money) else str(value if value is not None else "")


def covers(cell: Cell, address: str, document: Document) -> bool:
    """Whether what was changed at an address of the journal is what a comment at a cell is about."""
    changed = Cell.parse(address)
    if table := document.table(cell.table):
        filter_ = (table.filter_of(cell) if cell.column else table.where) or {}
        return changed.table in Book.values and bool(passing([line_at(address, "0")], filter_))
    same = changed.table == cell.table and cell.row in ("", changed.row)
    return same and (cell.column == "" or f"{changed.column}-".startswith(f"{cell.column}-"))


def asked(comments: list[Comment], before: Before | None, entries: Entries, naming: Naming) -> list[dict[str, Any]]:
    """Each comment with what stands at its place now and stood there then, and what became of it."""
    return [_asked(one, before, entries, naming) for one in comments]


def _asked(one: Comment, before: Before | None, entries: Entries, naming: Naming) -> dict[str, Any]:
    cell = Cell.parse(one.address) if one.address else Cell("")
    now, then = value_at(entries, cell), value_at(before.entries, cell) if before else ""
    touched = before and any(covers(cell, address, entries.document) for address in before.changes)
    is_changed = bool(touched or (before and now != then))
    return {"comment": one, "where": words(one.address, naming), "then": then, "now": now,
            "is_changed": is_changed, "state": _state(one, is_changed)}  # fmt: skip


def words(address: str, naming: Naming) -> str:
    """A place in words; the whole budget where none is said."""
    if not address:
        return "整份预算"
    cell = Cell.parse(address)
    return naming.words(cell) if cell.row else naming.table(cell)


def _state(one: Comment, is_changed: bool) -> str:
    if one.settled_at:
        return f"{one.settled_by}认为改好了"
    if one.sent_at is None:
        return "还没有发出"
    if one.done_at:
        return f"{one.done_by}说改好了" if is_changed else f"{one.done_by}说改好了，这里的数和文字没有变"
    return "已改" if is_changed else "没有改"


def unasked(comments: list[Comment], before: Before | None, naming: Naming) -> list[dict[str, Any]]:
    """What was changed since the return although no comment speaks of it."""
    cells = [Cell.parse(one.address) for one in comments if one.address]
    found = before.changes.items() if before else ()
    return [
        {
            "label": called(address, naming),
            "at": _place(address),
            "old": saying(address, old),
            "new": saying(address, new),
        }
        for address, (old, new) in found
        if not any(covers(cell, address, naming.document) for cell in cells)
    ]


def _place(address: str) -> str:
    """Where one writes a comment on a change: at the value, or at the whole budget for what has no place of its own."""
    cell = Cell.parse(address)
    return address if cell.table not in Book.values else ""


# The year before.


@dataclass
class LastYear:
    """Figures of the tables against the year before: totals, then table by table; projects that are new or gone."""

    totals: list[dict[str, Any]]
    tables: list[dict[str, Any]]
    new: list[tuple[str, Decimal | None]]
    gone: list[tuple[str, Decimal | None]]


def last_year(budget: Budget, entries: Entries, naming: Naming, user: Any) -> LastYear | None:
    """The comparison; None where the person sees no budget of the year before."""
    there = Budget.objects.visible_to(user).filter(
        department=budget.department, document=budget.document, year=budget.year - 1
    )
    lines, projects = lines_of(there), list(_named(there, entries.document))
    if not (lines or projects):
        return None
    old = Entries(entries.document, lines=lines)
    new = Entries(entries.document, lines=entries.lines)
    found = sorted(changes(old, new, naming.names), key=lambda one: one.cell.table)
    tables = [
        _table(naming.table(Cell(key)), list(group)) for key, group in groupby(found, key=lambda one: one.cell.table)
    ]
    tables.sort(key=lambda one: one["size"], reverse=True)
    return LastYear(list(_totals(old, new)), tables, *_projects(projects, entries))


def _table(words: str, found: list[Changed]) -> dict[str, Any]:
    found.sort(key=lambda one: one.size, reverse=True)
    rows = [_row(one) for one in found[:SHOWN]]
    return {"words": words, "count": len(found), "rows": rows, "size": found[0].size, "more": len(found) - len(rows)}


def _row(one: Changed) -> dict[str, Any]:
    old, new = (None if text is None else Decimal(text) for text in (one.old, one.new))
    return {"label": one.label, "at": str(one.cell), "old": show(old), "new": show(new), **_by(old, new)}


def _by(old: Decimal | None, new: Decimal | None) -> dict[str, str]:
    """By how much, and by which part of what was."""
    change = (new or 0) - (old or 0)
    share = f"{change / old:+.1%}" if old else ""
    return {"by": _signed(show(Decimal(change)), change > 0), "share": share.replace("-", "−")}


def _signed(text: str, is_more: bool) -> str:
    return f"+{text}" if is_more else text.replace("-", "−")


def _totals(old: Entries, new: Entries) -> Iterator[dict[str, Any]]:
    table = new.document.table("t3")
    for column, label in TOTALS if table else ():
        cell = Cell("t3", "total", column)
        was, is_ = (figure(table, cell, one.lines)[0] for one in (old, new))
        yield {"label": label, "old": show(was), "new": show(is_), **_by(was, is_)}


def _named(budgets: Any, document: Document) -> Iterator[tuple[Any, str, dict[str, Any]]]:
    """(form, key of its amount, {name: amount}) of each form that the budget has records of."""
    for form in document.forms:
        money = next(field.key for field in form.fields if isinstance(field, Money))
        model = Budget._meta.get_field(form.key).related_model
        if found := dict(model.objects.filter(budget__in=budgets).values_list(form.naming, money)):
            yield form, money, found


def _projects(last: list[Any], entries: Entries) -> tuple[list[Any], list[Any]]:
    """(new ones, gone ones): by their names, since a code has its year in it."""
    new, gone = [], []
    for form, money, was in last:
        is_ = {one[form.naming]: one[money] for one in entries.records[form.key]}
        new += [(name, amount) for name, amount in is_.items() if name not in was]
        gone += [(name, amount) for name, amount in was.items() if name not in is_]
    return new, gone
