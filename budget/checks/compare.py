"""Comparisons of figures: a sum against its parts, one table against another; exact, with the tolerance of print.

A sum of n printed terms may differ through rounding alone by half the last printed place of each term and of the
sum: such a difference is a notice that says so, anything above it counts in full. A blank is nil for a part; a
blank sum over filled parts is an error. A comparison that lacks its figure is missing, never passed.
"""

from dataclasses import dataclass
from decimal import Decimal

from budget.checks.finding import Finding, Level
from budget.money import YUAN_PER, plain


@dataclass(frozen=True)
class Compared:
    """One comparison. cells: all figures that it looked at; missing: whether one that it needs is not there.

    difference: in yuan, where there is one. remark: what is worth showing although nothing is wrong.
    """

    cells: tuple = ()
    finding: Finding | None = None
    missing: bool = False
    difference: Decimal = Decimal(0)
    remark: str = ""


MISSING = Compared(missing=True)


def found(level, message, cells=(), places=(), expected="", actual=""):
    """A comparison that ends in a finding about no sum: a text, a record, a code."""
    places = tuple(place for place in places if place)
    return Compared(tuple(cells), Finding("", level, message, places, expected, actual, tuple(cells)))


def passed(*cells, remark=""):
    """A comparison without anything against it."""
    return Compared(tuple(cells), remark=remark)


def equal(view, target, terms, level=Level.ERROR):
    """Whether a figure is the sum of others. target: a cell; terms: cells, those that are not there left out."""
    return _held(view, target, terms, level, lambda difference: difference)


def at_most(view, target, terms, level=Level.ERROR):
    """Whether a figure is no more than the sum of others."""
    return _held(view, target, terms, level, lambda difference: max(difference, 0))


def _held(view, target, terms, level, beyond):
    shown, parts = view.figure(target), [part for part in map(view.figure, terms) if part]
    if shown is None or not parts:
        return MISSING
    whole = sum((part.amount for part in parts if part.amount), Decimal(0))
    cells = (target, *(part.cell for part in parts))
    difference = beyond((shown.amount or 0) - whole)
    if not difference:
        return Compared(cells)
    level = _level(level, shown, parts, difference)
    message = _message(view, shown, parts, whole, level, beyond(Decimal(-1)) == 0)
    places = tuple(s.place for s in (shown, *parts) if s.place)
    unit = shown.unit if shown.amount is not None else _unit(shown, parts)
    return Compared(
        cells,
        Finding("", level, message, places, plain(whole, unit), plain(shown.amount, unit), cells),
        difference=difference,
    )


def _level(level, shown, parts, difference):
    """Rounding hides half a last place for each figure that is not blank; a blank sum is no rounding."""
    filled = [part for part in parts if part.amount is not None]
    hidden = sum((s.step for s in (shown, *filled)), Decimal(0)) / 2
    is_rounding = shown.amount is not None and abs(difference) <= hidden
    return Level.NOTICE if is_rounding else level


def _unit(shown, parts):
    return next((part.unit for part in parts if part.amount is not None), shown.unit)


def _message(view, shown, parts, whole, level, is_limit):
    unit = shown.unit if shown.amount is not None else _unit(shown, parts)
    where, expected, actual = view.words(shown.cell), plain(whole, unit), plain(shown.amount, unit)
    of = _of(view, shown, parts)
    if shown.amount is None:
        return f"{where}是空白，{of}应为 {expected}{unit}；像是漏填了，请补上。"
    gap = f"相差 {plain(abs(shown.amount - whole), unit)}{unit}"
    if level == Level.NOTICE:
        return f"{where}是 {actual}{unit}，{of}为 {expected}{unit}，{gap}，在四舍五入的范围内。"
    should = "不应超过" if is_limit else "应为"
    return f"{where}是 {actual}{unit}，{of}{should} {expected}{unit}，{gap}；{cause(shown, parts, whole, view)}"


def _of(view, shown, parts):
    """What the figure should follow from, in words."""
    filled = [part for part in parts if part.amount] or parts[:1]
    if len(filled) == 1:
        return f"按{view.words(filled[0].cell)}"
    names = "”“".join(_distinct(view, shown, part) for part in filled[:3])
    return f"按“{names}”{'等' if len(filled) > 3 else ''} {len(filled)} 项相加"


def _distinct(view, shown, part):
    """What tells a part from the sum: its column in the same row, its row otherwise."""
    table, row, column = part.cell
    same_row = (table, row) == shown.cell[:2]
    name = view.column_name(table, column) if same_row else view.row_name(table, row)
    return name if table == shown.cell[0] else f"表{view.tables[table].number} {name}"


def cause(shown, parts, whole, view):
    """What is most likely wrong, for the mistakes that can be told from the figures."""
    amount = shown.amount
    if slipped := slip(amount, whole):
        return f"{slipped}，请改正。"
    several = [part for part in parts if part.amount] if len(parts) > 1 else []
    if one := next((part for part in several if amount == whole - part.amount), None):
        return f"像是漏加了“{_distinct(view, shown, one)}”，请核对。"
    if one := next((part for part in several if amount == whole + part.amount), None):
        return f"像是把“{_distinct(view, shown, one)}”加了两次，请核对。"
    if amount in view.last_year:
        return "像是上一年的数，请核对。"
    return "请核对合计和各项。"


def bare(number):
    """A count or a percentage without zeros behind it: 25.00 → 25."""
    return f"{number.normalize():f}"


def slip(one, other):
    """How the one amount may have been meant as the other: 元 for 万元, two digits exchanged; '' for neither."""
    if one and other and YUAN_PER["万元"] in (one / other, other / one):
        return "像是元与万元弄混了"
    return "像是有两个相邻数字写颠倒了" if _is_swap(one, other) else ""


def _is_swap(one, other):
    """Whether two amounts differ by two neighbouring digits changing places."""
    a, b = f"{abs(one):.2f}", f"{abs(other):.2f}"
    wrong = [i for i in range(len(a)) if a[i] != b[i]] if len(a) == len(b) else []
    return len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
