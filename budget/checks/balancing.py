"""One wrong entry that breaks many sums: which entry would balance all of them at once, and at which amount.

Sums are linear: an entry changed by x changes each gap by x times its weight there. The entry that is looked for
closes all gaps of one size with one x, and opens none that is closed now. Where exactly one does, it is told first;
where several do, nobody can say which, and each sum is told by itself. An entry is a printed figure, as the file
stands; where figures follow from lines, as in a draft that was typed in, it is a line with all the figures that follow
from it. Differences that rounding alone makes have no entry that is wrong.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from budget.cell import Cell
from budget.checks.balance import EQUAL
from budget.checks.compare import Compared
from budget.checks.view import View
from budget.checks.wording import few, in_unit_of, in_wan, slip
from budget.declare.tables import COMPARED, FEEDS, Table
from budget.figures.facets import Facets
from budget.figures.fill import fill
from budget.figures.line import Line
from budget.finding import Finding, Level
from budget.money import WAN, plain


class Entry(NamedTuple):
    """Something that a person may change. at: its own address; cells: every figure that changes with it."""

    at: Cell
    cells: frozenset[Cell]
    amount: Decimal


class Mended(NamedTuple):
    """An entry and the change, in yuan, that closes all gaps."""

    entry: Entry
    change: Decimal

    @property
    def amount(self) -> Decimal:
        """What the entry should be."""
        return self.entry.amount + self.change


def of_entries(found: Sequence[Finding], sums: Sequence[Compared], view: View) -> list[Finding]:
    """Findings that tell all the sums that one entry breaks; none where no single entry, or more than one, would do."""
    known = {id(finding) for finding in found}
    broken = [one for one in sums if id(one.finding) in known]
    by_lines = view.follows_from_lines
    groups = _by_gap(broken, by_lines)
    lines = list(_lines(view)) if groups and by_lines else []
    told = (_told(group, [*lines, *_figures(group, view, by_lines)], sums, broken, view) for group in groups)
    return [one for one in told if one]


def _by_gap(broken: Iterable[Compared], by_lines: bool) -> list[list[Compared]]:
    """Broken sums whose gaps are of one size; those of figures that stand by themselves have to share figures, too."""
    by_size: dict[Decimal, list[Compared]] = {}
    for one in broken:
        if one.balance and one.balance.relation is EQUAL:
            by_size.setdefault(abs(one.balance.gap), []).append(one)
    groups = by_size.values() if by_lines else (part for group in by_size.values() for part in _connected(group))
    return [group for group in groups if len(group) > 1 and any(map(_counts, group))]


def _counts(one: Compared) -> bool:
    return one.finding is not None and one.finding.level != Level.NOTICE


def _connected(group: list[Compared]) -> list[list[Compared]]:
    """The sums of a group that share figures, directly or through others."""
    above: dict[Cell, Cell] = {}

    def top(cell: Cell) -> Cell:
        while above.setdefault(cell, cell) != cell:
            cell = above[cell]
        return cell

    for one in group:
        for part in one.cells[1:]:
            above[top(part)] = top(one.cells[0])
    parts: dict[Cell, list[Compared]] = {}
    for one in group:
        parts.setdefault(top(one.cells[0]), []).append(one)
    return list(parts.values())


def _told(
    group: list[Compared], entries: Iterable[Entry], sums: Sequence[Compared], broken: list[Compared], view: View
) -> Finding | None:
    fitting = [mended for entry in entries if (mended := _mended(entry, group)) and not _breaks(mended, group, sums)]
    if len(fitting) != 1:
        return None
    (mended,) = fitting
    # Order and limits that the same entry upsets are told with it, once mending it mends them.
    also = [one for one in broken if one not in group and _mends(mended, one)]
    return _as_one(mended, [*group, *also], view)


def _figures(group: list[Compared], view: View, outside: bool) -> Iterator[Entry]:
    """The figures that all sums of a group hold; outside: those alone that follow from no line."""
    first, *others = group
    for cell in first.cells:
        if all(cell in other.cells for other in others) and not (outside and view.document.table(cell.table)):
            yield Entry(cell, frozenset({cell}), view.amount(cell) or Decimal(0))


def _lines(view: View) -> Iterator[Entry]:
    """The lines of a budget, each with every figure that it is a part of; those that no figure tells apart as one."""
    amounts: dict[frozenset[Cell], Decimal] = {}
    for line in view.entries.lines:
        cells = frozenset(cell for table in view.document.tables for cell in _of_line(table, line.facets))
        amounts[cells] = amounts.get(cells, Decimal(0)) + line.amount
    for cells, amount in amounts.items():
        if fed := sorted(cell for cell in cells if _feeds(view, cell)):
            yield Entry(max(fed, key=lambda cell: (_is_own(view, cell), len(cell.row))), cells, amount)


def _is_own(view: View, cell: Cell) -> bool:
    """Whether a figure is of one fund alone, as a line is; a table that feeds what others leave over holds several."""
    table = view.document.table(cell.table)
    return table is not None and table.role == FEEDS


@lru_cache(maxsize=1 << 14)  # whatever the amount: a budget that is typed into is checked with every key
def _of_line(table: Table, facets: Facets) -> tuple[Cell, ...]:
    figures = fill(table, [Line(*facets, amount=Decimal(1))]).figures()
    return tuple(cell for cell, (amount, _) in figures.items() if amount is not None)


def _feeds(view: View, cell: Cell) -> bool:
    """Whether a figure is one that lines are read from: no total, in a table that is no mere summary."""
    table = view.document.table(cell.table)
    if table is None or table.role == COMPARED:
        return False
    return any(column.key == cell.column for side in table.sides for column in side.leaf_columns)


def _mended(entry: Entry, group: list[Compared]) -> Mended | None:
    """The one change of an entry that closes all gaps of a group; no amount falls below nil by it."""
    weights = [one.weight(entry.cells) for one in group]
    if not all(weights):
        return None
    changes = {-one.balance.gap / weight for one, weight in zip(group, weights, strict=True) if one.balance}
    change = changes.pop()
    if changes or entry.amount + change < min(entry.amount, Decimal(0)):
        return None
    return Mended(entry, change)


def _breaks(mended: Mended, group: list[Compared], sums: Iterable[Compared]) -> bool:
    """Whether the change would upset a sum that holds now."""
    return any(
        one.balance and not one.finding and not one.balance.holds_with(mended.change * weight)
        for one in sums
        if (weight := one.weight(mended.entry.cells))
    )


def _mends(mended: Mended, one: Compared) -> bool:
    weight = one.weight(mended.entry.cells)
    return bool(weight and one.balance and one.balance.holds_with(mended.change * weight))


def _as_one(mended: Mended, group: list[Compared], view: View) -> Finding:
    members = sorted((one.finding for one in group if one.finding), key=lambda finding: finding.level == Level.NOTICE)
    at, shown = mended.entry.at, view.figure(mended.entry.at)
    unit, is_blank = shown.unit if shown else WAN, shown is not None and shown.amount is None
    message, reader = _sentences(mended, group, is_blank, view)
    return replace(
        members[0],
        message=message,
        reader=reader,
        places=tuple(dict.fromkeys(filter(None, (view.place(at), *(p for f in members for p in f.places))))),
        expected=plain(mended.amount, unit),
        found="" if is_blank else plain(mended.entry.amount, unit),
        cells=tuple(dict.fromkeys((at, *(cell for finding in members for cell in finding.cells)))),
        proposal="",
        cause=f"entry {at}",
        members=tuple(members),
    )


def _sentences(mended: Mended, group: list[Compared], is_blank: bool, view: View) -> tuple[str, str]:
    """What the clerk is told, the entry first, and what the public is: the sums, and what this site concludes."""
    at, amount = mended.entry.at, mended.entry.amount
    where, sums = view.words(at), few(list(dict.fromkeys(view.words(one.cells[0]) for one in group)))
    now, do = ("空白", "填上") if is_blank else (f" {in_unit_of(view, at, amount)}", "改为")
    new, gap = in_unit_of(view, at, mended.amount), in_wan(abs(mended.change))
    slipped = slip(None if is_blank else amount, mended.amount)
    advice = f"{slipped}，请先核对这个数" if slipped else "请先核对这个数"
    return (
        f"{where}是{now}，{do} {new}，{len(group)} 处就都相符：{sums}；{advice}。",
        f"{sums}共 {len(group)} 处不符，都差 {gap}；{where}由本站推算是 {in_wan(mended.amount)}时都相符。",
    )
