"""What the text says of changes and of codes: the sentence in itself, an item against its head and against table 5."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.compare import MISSING, Compared, differs, passed
from budget.checks.items import Item, Resolved, items_of, resolve
from budget.checks.judged import Fault, faults_of, wan
from budget.checks.statements import Span, Statement, statements_of
from budget.checks.view import View
from budget.checks.wording import few
from budget.declare.rule import INSPECTION, rule
from budget.documents.department_budget.rules.vocabulary import BY_FUND, all_codes
from budget.documents.department_budget.tables.t3 import T3
from budget.documents.department_budget.tables.t5 import T5
from budget.finding import Level
from budget.text import quoted


@rule("I48", INSPECTION, of_text=True)
def changes_follow_from_their_figures(view: View) -> Iterator[Compared]:
    """情况说明里两个数和它们的增减相符：金额、比例、方向"""
    told = {item.passage.cell for item, _, compared in _items(view) if compared.finding}
    for statement in statements_of(view.entries):
        if statement.passage.cell not in told and _says_a_change(statement):
            yield _judged(statement)


def _says_a_change(statement: Statement) -> bool:
    """Whether there is anything to hold together: 持平 alone says nothing that one figure could deny."""
    return bool(statement.before or statement.change)


def _judged(statement: Statement) -> Compared:
    faults, cell, where = faults_of(statement), statement.passage.cell, statement.passage.words(statement.sentence)
    if not faults:
        return passed(cell)
    should = _should(faults)
    basis = _basis(statement) if any(fault.should for fault in faults) else ""
    message = f"{where}写{_said(faults)}，{basis}{should}；请核对。"
    return differs(Level.ERROR, message, [cell], [where], "、".join(fault.should for fault in faults), _said(faults))


def _basis(statement: Statement) -> str:
    """What the change was worked out from, in words."""
    if statement.before:
        return f"按 {wan(statement.before.value)}万元到 {wan(statement.now.value)}万元算"
    return f"按本年 {wan(statement.now.value)}万元算"


def _said(faults: list[Fault]) -> str:
    return "、".join(fault.said for fault in faults)


def _should(faults: list[Fault]) -> str:
    """What should stand there instead, or why nothing can."""
    return "，".join(fault.why_not or f"应为{fault.should}" for fault in faults)


class _Shown(NamedTuple):
    """What the tables hold of a code; None where they do not say. source: which tables."""

    span: Span | None
    cells: tuple[Cell, ...] = ()
    source: str = "开头"


@rule("I49", INSPECTION, of_text=True)
def items_agree_with_their_codes(view: View) -> Iterator[Compared]:
    """情况说明按科目写的每一条，开头、文字里的金额与表5、表7、表8 相同，类、款的名称也相同"""
    found = _items(view)
    for item, resolved, compared in found:
        yield compared
        yield from _names(item, resolved) if resolved else ()
    if found:
        yield from _left_out(view, {resolved.code for _, resolved, _ in found if resolved})


def _items(view: View) -> list[tuple[Item, Resolved | None, Compared]]:
    codes = all_codes(view, *BY_FUND)
    found = [(item, resolve(item, codes, view.names)) for item in items_of(view.entries)]
    statements = {one.passage.cell: one for one in reversed(statements_of(view.entries))}
    return [
        (item, resolved, _item(item, _held_to(view, item, resolved), statements.get(item.passage.cell)))
        for item, resolved in found
    ]


def _held_to(view: View, item: Item, resolved: Resolved | None) -> _Shown:
    """What the tables hold of an item's code: the treasury's money, or all money where the item speaks of that."""
    if resolved is None or not view.has(T5):
        return _Shown(None)
    treasury = _money(view, [table.cell(resolved.code, "total") for table in BY_FUND])
    whole_ = _money(view, [T3.cell(resolved.code, "total")])
    stated = list(filter(None, (item.head, item.said)))
    for shown in (treasury, whole_):
        if shown.span and any(span.may_be(shown.span) for span in stated):
            return shown
    return treasury


def _money(view: View, cells: list[Cell]) -> _Shown:
    figures = [shown for cell in cells if (shown := view.figure(cell))]
    if not figures:
        return _Shown(None)
    filled = [shown for shown in figures if shown.amount is not None]
    total = sum((shown.amount or Decimal(0) for shown in filled), Decimal(0))
    source = "、".join(dict.fromkeys(view.naming.table(shown.cell) for shown in filled or figures[:1]))
    step = sum((shown.step for shown in filled), Decimal(0))
    return _Shown(Span(total, step), tuple(shown.cell for shown in filled), source)


def _item(item: Item, shown: _Shown, statement: Statement | None) -> Compared:
    """One item: its amounts held together; a wrong one is told once, with what follows from the right one."""
    cells = [item.passage.cell, *shown.cells]
    right = shown.span or item.head
    wrong = [
        f"{where}写 {wan(span.value)}万元"
        for where, span in (("开头", item.head), ("文中", item.said))
        if span and not span.may_be(right)
    ]
    if not wrong:
        return passed(*cells) if shown.span or item.said else MISSING
    is_so = f"{shown.source} 是 {wan(right.value)}万元{_then(statement, right)}"
    message = f"{item.passage.words()}{'、'.join(wrong)}，{is_so}；请核对。"
    found = "、".join(wrong) + "".join(fault.said for fault in _faults_with(statement, right))
    return differs(Level.ERROR, message, cells, [item.passage.words()], wan(right.value), found)


def _faults_with(statement: Statement | None, right: Span) -> list[Fault]:
    return faults_of(statement._replace(now=right)) if statement and statement.before else []


def _then(statement: Statement | None, right: Span) -> str:
    """What the change should be with the right amount, where it does not fit that either."""
    faults = _faults_with(statement, right)
    return f"；写{_said(faults)}，按它算{_should(faults)}" if faults else ""


def _names(item: Item, resolved: Resolved) -> Iterator[Compared]:
    where = item.passage.words()
    for said, name in resolved.misnamed:
        message = f"{where}写{quoted(said)}，表里 {resolved.code} 所在的是{quoted(name)}；请改成与表里相同的名称。"
        yield differs(Level.WARNING, message, [item.passage.cell], [where], name, said)


def _left_out(view: View, told: set[str]) -> Iterator[Compared]:
    """Codes with money of which the text says nothing although it goes through the others one by one."""
    codes = [code for code in view.leaves(T5) if len(code) == 7 and view.amount(T5.cell(code, "total"))]
    missing = [code for code in codes if code not in told]
    if not told or not missing:
        return
    names = [f"{code} {view.names.get(('function', code), '')}".strip() for code in missing]
    message = f"情况说明按科目逐条写，表5 还有 {len(missing)} 个科目没有写到：{few(names)}。"
    yield differs(Level.NOTICE, message, [T5.cell(code, "total") for code in missing])
