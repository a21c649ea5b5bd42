"""What is said of a figure that does not stand to the sum of others as it should: to the clerk, and to the public."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import islice

from budget.cell import Cell
from budget.checks.balance import Tally
from budget.checks.view import View
from budget.figures.printed import Printed
from budget.finding import Level
from budget.money import WAN, YUAN, YUAN_PER, plain
from budget.text import quoted

_HUNDRED = Decimal(100)  # yuan: 0.01万元
NAMED = 3  # parts of a sum that a sentence names; more would hide what it says


def few(words: Iterable[str]) -> str:
    """The first of many in words; no more of them are asked for."""
    first = list(islice(words, NAMED + 1))
    return "、".join(first[:NAMED]) + ("等" if len(first) > NAMED else "")


def in_unit_of(view: View, cell: Cell, amount: Decimal) -> str:
    """An amount as the file would print it at an address."""
    shown = view.figure(cell)
    unit = shown.unit if shown else WAN
    return f"{plain(amount, unit)}{unit}"


def in_wan(amount: Decimal, unit: str = WAN) -> str:
    """An amount for the public: in 万元 where two places hold it, to the cent in 元 otherwise; a count as it is."""
    if not unit:
        return plain(amount, "")
    return f"{amount:,.2f}{YUAN}" if amount % _HUNDRED else f"{plain(amount, WAN)}{WAN}"


def for_clerk(view: View, tally: Tally, level: Level) -> str:
    """One sentence: both figures in the file's own unit, what is most likely wrong, what to do."""
    amount, unit, source = tally.shown.amount, tally.unit, _source(view, tally)
    where, expected = view.words(tally.shown.cell), f"{plain(tally.whole, unit)}{unit}"
    if amount is None:
        return f"{where}是空白，{source}应为 {expected}；像是漏填了，请补上。"
    actual, gap = f"{plain(amount, unit)}{unit}", f"相差 {plain(abs(amount - tally.whole), unit)}{unit}"
    if level == Level.NOTICE:
        return f"{where}是 {actual}，{source}为 {expected}，{gap}，在四舍五入的范围内。"
    return f"{where}是 {actual}，{source}{tally.relation.should} {expected}，{gap}；{_cause(view, tally, amount)}"


def for_readers(view: View, tally: Tally, level: Level) -> str:
    """The same for the public, whatever unit the file prints: both figures, and which of them this site added up."""
    amount, where = tally.shown.amount, view.words(tally.shown.cell)
    beside = _beside(view, tally)
    if amount is None:
        return f"{where}是空白，{beside}。"
    actual, gap = in_wan(amount, tally.unit), in_wan(abs(tally.balance.gap), tally.unit)
    if level == Level.NOTICE:
        return f"{where}是 {actual}，{beside}，相差 {gap}，在四舍五入的范围内。"
    return f"{where}是 {actual}，{beside}；{tally.relation.so} {gap}。"


def _beside(view: View, tally: Tally) -> str:
    """What the figure is held against: another figure as it stands, or what this site has added up."""
    first, *others = tally.named
    whole = in_wan(tally.whole, tally.unit)
    if others:
        return f"由本站把{_sum_in_words(view, tally)}相加得 {whole}"
    return f"{view.words(first.cell)}是{'空白' if first.amount is None else ' ' + whole}"


def _source(view: View, tally: Tally) -> str:
    """What the figure should follow from, in words."""
    first, *others = tally.named
    if not others:
        return f"按{view.words(first.cell)}"
    return f"按{_sum_in_words(view, tally)}相加"


def _sum_in_words(view: View, tally: Tally) -> str:
    names = "".join(quoted(_distinct(view, tally.shown, part)) for part in tally.named[:NAMED])
    return f"{names}{'等' if len(tally.named) > NAMED else ''} {len(tally.named)} 项"


def _distinct(view: View, shown: Printed, part: Printed) -> str:
    """What tells a part from the sum: its column in the same row, its row otherwise."""
    same_table = part.cell.table == shown.cell.table
    if same_table and part.cell.row == shown.cell.row:
        return view.naming.column(part.cell)
    name = view.naming.row(part.cell)
    return name if same_table else f"{view.naming.table(part.cell)} {name}"


def _cause(view: View, tally: Tally, amount: Decimal) -> str:
    """What is most likely wrong, for the mistakes that can be told from the figures, the surest first."""
    if slipped := slip(amount, tally.whole):
        return f"{slipped}，请改正。"
    if miscounted := _miscounted(view, tally, amount):
        return f"像是{miscounted}，请核对。"
    if amount in view.last_year:
        return "像是上一年的数，请核对。"
    return "请核对合计和各项。" if len(tally.parts) > 1 else "请核对这两处。"


def _miscounted(view: View, tally: Tally, amount: Decimal) -> str:
    """Which part the sum lacks or holds twice; a single part is no sum that could."""
    if len(tally.parts) < 2:
        return ""
    off = amount - tally.whole
    by_amount = {part.amount: part for part in reversed(tally.parts)}  # of equal parts the first
    if lacking := by_amount.get(-off):
        return f"漏加了{quoted(_distinct(view, tally.shown, lacking))}"
    if doubled := by_amount.get(off):
        return f"把{quoted(_distinct(view, tally.shown, doubled))}加了两次"
    return ""


def slip(one: Decimal | None, other: Decimal | None) -> str:
    """How the one amount may have been meant as the other: 元 for 万元, two digits exchanged; '' for neither."""
    if not one or not other:
        return ""
    if YUAN_PER["万元"] in (one / other, other / one):
        return "像是元与万元弄混了"
    return "像是有两个相邻数字写颠倒了" if _is_swap(one, other) else ""


def _is_swap(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ by two neighbouring digits changing places."""
    a, b = f"{abs(one):.2f}", f"{abs(other):.2f}"
    wrong = [i for i in range(len(a)) if a[i] != b[i]] if len(a) == len(b) else []
    return len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
