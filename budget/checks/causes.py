"""One cause, one finding: what rules miss for the same reason is told once, with all its places.

Nothing here looks at the budget's rules: from findings and comparisons follow findings. The ledger stays as it is: each
rule says by itself how it ended. Explanations stay bound to what they were given for: a finding that tells others
together keeps them as its members, each with its fingerprint, and is explained when each of them is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from budget.cell import Cell
from budget.checks.balancing import of_entries
from budget.checks.blanks import of_blanks
from budget.checks.compare import Compared
from budget.checks.view import View
from budget.checks.wording import few
from budget.finding import Finding


def told_once(found: Sequence[Finding], sums: Sequence[Compared], view: View) -> list[Finding]:
    """The findings, those of one cause as one, where the first of them stood. sums: all comparisons of sums."""
    for groups_of in (of_blanks, of_entries, _of_named):
        found = _with(found, groups_of(found, sums, view))
    return list(found)


def _with(found: Sequence[Finding], groups: Iterable[Finding]) -> list[Finding]:
    by_member = {id(member): group for group in groups for member in group.members}
    told: dict[int, Finding] = {}
    for finding in found:
        one = by_member.get(id(finding), finding)
        told.setdefault(id(one), one)
    return list(told.values())


def _of_named(found: Sequence[Finding], _: Sequence[Compared], view: View) -> list[Finding]:
    """Findings to which their rule gives one cause: a code in several tables, a year in several texts."""
    by_cause: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        if finding.cause and not finding.members:
            by_cause.setdefault((finding.rule, finding.cause), []).append(finding)
    return [_together(members, view) for members in by_cause.values() if len(members) > 1]


def _together(members: list[Finding], view: View) -> Finding:
    first, *others = members
    also = few([_where(finding, view) for finding in others])
    said = f"同样的还有 {len(others)} 处：{also}。"
    return replace(
        first,
        message=first.message + said,
        reader=first.reader + said,
        places=tuple(dict.fromkeys(place for one in members for place in one.places)),
        cells=tuple(dict.fromkeys(cell for one in members for cell in one.cells)),
        members=tuple(members),
    )


def _where(finding: Finding, view: View) -> str:
    """Where another finding of the same cause is: the table of a code's row, the address of a figure or a text."""
    cell = finding.cell
    if cell is None:
        return "、".join(finding.places)
    is_code = view.document.table(cell.table) and cell.row.isdigit()
    return view.naming.table(cell) if is_code else view.words(Cell(*cell))
