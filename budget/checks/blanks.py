"""Blank sums over filled parts: one gap in a table that several rules miss is one cause.

A blank sum is what its parts make. Two blanks are one gap where one comparison holds both, or where the same money
stands under both: 合计, 小计 and 用车 of table 9, in both columns. What would agree once they are filled is told with
them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from budget.cell import Cell
from budget.checks.balance import EQUAL
from budget.checks.compare import Compared
from budget.checks.view import View
from budget.checks.wording import few, in_unit_of
from budget.finding import Finding, Level

DEPTH = 4  # a total over classes over sections over items: so often a blank can stand over a blank

Fills = dict[Cell, Decimal]


def of_blanks(found: Sequence[Finding], sums: Sequence[Compared], view: View) -> list[Finding]:
    """Findings that tell all that a gap in a table explains; none for a blank that only one rule misses."""
    blanks = _blanks(sums, view)
    fills = _fills(blanks)
    known = {id(finding) for finding in found}
    explained = [one for one in sums if id(one.finding) in known and _agrees_with(one, fills)] if blanks else []
    groups = [(gap, [one for one in explained if gap.intersection(one.cells)]) for gap in _gaps(blanks, sums, view)]
    return [_told(gap, group, fills, view) for gap, group in groups if len(group) > 1 and _lowest(group, fills)]


def _blanks(sums: Iterable[Compared], view: View) -> dict[Cell, Compared]:
    """{blank cell: the first comparison that says what it should be}; a blank over such a blank alone is one, too."""
    empty = [one for one in sums if _is_blank_sum(one, view)]
    blanks: dict[Cell, Compared] = {}
    for one in empty:
        if one.finding and one.finding.level == Level.ERROR:
            blanks.setdefault(one.cells[0], one)
    for _ in range(DEPTH if blanks else 0):
        blanks = {one.cells[0]: one for one in empty if not blanks.keys().isdisjoint(one.cells[1:])} | blanks
    return blanks


def _is_blank_sum(one: Compared, view: View) -> bool:
    shown = view.figure(one.cells[0])
    return bool(one.balance and one.balance.relation is EQUAL and shown and shown.amount is None)


def _fills(blanks: dict[Cell, Compared]) -> Fills:
    """What each blank should be, the blanks among its parts filled first."""
    fills: Fills = {}
    for _ in range(DEPTH):
        fills = {cell: _filled(one, fills) for cell, one in blanks.items()}
    return fills


def _filled(one: Compared, fills: Fills) -> Decimal:
    assert one.balance
    return sum((fills.get(part, Decimal(0)) for part in one.cells[1:]), -one.balance.gap)


def _agrees_with(one: Compared, fills: Fills) -> bool:
    """Whether a comparison would hold once the blanks among its figures are filled."""
    if not one.balance or fills.keys().isdisjoint(one.cells):
        return False
    target, *parts = (fills.get(cell, Decimal(0)) for cell in one.cells)
    return one.balance.holds_with(target - sum(parts, Decimal(0)))


def _gaps(blanks: dict[Cell, Compared], sums: Iterable[Compared], view: View) -> list[set[Cell]]:
    """The blanks that belong together."""
    gaps: list[set[Cell]] = [{cell} for cell in blanks]
    for linked in (*_in_one_sum(blanks, sums), *_over_one_part(blanks, view)):
        joined = [gap for gap in gaps if gap & linked]
        gaps = [gap for gap in gaps if not gap & linked] + ([set().union(*joined)] if joined else [])
    return gaps


def _in_one_sum(blanks: dict[Cell, Compared], sums: Iterable[Compared]) -> Iterator[set[Cell]]:
    for one in sums:
        linked = blanks.keys() & set(one.cells)
        if len(linked) > 1:
            yield linked


def _over_one_part(blanks: dict[Cell, Compared], view: View) -> Iterator[set[Cell]]:
    over: dict[Cell, set[Cell]] = {}
    for cell, one in blanks.items():
        for part in one.cells[1:]:
            if view.amount(part):
                over.setdefault(part, set()).add(cell)
    return (cells for cells in over.values() if len(cells) > 1)


def _told(gap: set[Cell], group: list[Compared], fills: Fills, view: View) -> Finding:
    """The group as one finding, which begins with the sentence of its lowest blank: of the one over no other blank."""
    first = _lowest(group, fills)
    assert first and first.cell
    members = [first, *(one.finding for one in group if one.finding and one.finding is not first)]
    empty = [first.cell, *(cell for cell in fills if cell in gap and cell != first.cell)]
    also = _also(empty[1:], fills, view)
    follow = sum(finding.cell not in gap for finding in members)
    return replace(
        first,
        message=first.message + also + (f"补上以后，另外 {follow} 处也就相符。" if follow else ""),
        reader=first.reader + also,
        places=tuple(dict.fromkeys(place for finding in members for place in finding.places)),
        cells=tuple(dict.fromkeys(chain(empty, *(finding.cells for finding in members)))),
        proposal=first.proposal if all(one.proposal for one in members if one.cell in gap) else "",
        members=tuple(members),
        cause=f"blank {first.cell}",
    )


def _lowest(group: list[Compared], fills: Fills) -> Finding | None:
    """The finding of a blank over no other blank; None where that one is not among those that are told."""
    over_none = (one for one in group if one.cells[0] in fills and fills.keys().isdisjoint(one.cells[1:]))
    return next((one.finding for one in over_none if one.finding), None)


def _also(empty: list[Cell], fills: Fills, view: View) -> str:
    others = [f"{view.words(cell)}（应为 {in_unit_of(view, cell, fills[cell])}）" for cell in empty]
    return f"同样空白的还有 {len(others)} 处：{few(others)}。" if others else ""
