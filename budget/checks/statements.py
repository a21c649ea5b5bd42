"""Two figures and their change, as sentences state them: 2023年执行数A，2024年预算安排B，比2023年减少C万元，下降Z%.

A printed figure stands for everything that rounds to it (`Span`); a bare 0 is nil. What a sentence
leaves open (a change after a list of amounts, two bases) is left out: it is not compared.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from budget.checks.passages import Passage, Texts, read_passages, whole_text_of
from budget.figures.dossier import Entries
from budget.money import YUAN_PER

UNITS = YUAN_PER | {"亿元": Decimal(100_000_000)}
UP = ("增加", "增长", "上升", "提高", "上涨", "增幅")
DOWN = ("减少", "下降", "降低", "压减", "下调", "缩减", "降幅")
_WAY = f"(?P<way>{'|'.join((*UP, *DOWN))})"
_TOKEN = re.compile(r"(?P<digits>[-−]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|亿元|元(?!/)|%)|(?P<level>持平)")
# A full stop before 与上年…相比 parts no statement from its figure.
_SEGMENT = re.compile(r"[；;！？\n]|。(?!(?:与|比|较|同|和)(?:\d{4}\s*年|上年|上一?年|去年))")
_STOP = re.compile(r"[；;！？\n。]")
_NEAR = 20
_CLAUSE = re.compile(r"[，,；;。：:、]|[（(](?!境)|其中")
_CHANGED = re.compile(rf"{_WAY}了?$")
_PERCENT = re.compile(rf"{_WAY}(?:了|幅度?|比例)?(?:为|约|达)?$")
_BECAME = re.compile(rf"(?:{_WAY})?(?:到|至)$")
_FROM = re.compile(r"(?:由|从)[^，,。；]*$")
_COMPARED = re.compile(r"(?:比|较|与|同比|环比|相比)")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年|(上年|上一年|去年)|(本年|今年)")
_EXECUTED = re.compile(r"执行|决算|完成|支出数")
# What says no subject: years, the kind of figure, filler, and what it is compared with.
_NO_SUBJECT = re.compile(
    r"(?:比|较|与|同|和)?(?:(?:19|20)\d\d\s*年度?|上年度?|上一年度?|去年|本年度?|今年|当年|年初)|其中|预算|执行|决算|安排|实际|完成|拟|"
    r"总额|金额|数|额|为|是|共计|共|合计|约|的|与|比|较|同比|相比|同期|由|从|达|度|[\s，,：:（）()“”\"]|上一年度，下同"
)

_ORDINAL = re.compile(r"^[一二三四五六七八九十]{1,3}[)）]、?")


class Span(NamedTuple):
    """A printed figure: what it says, and its last printed place (0 for a bare 0, which is exact)."""

    value: Decimal
    step: Decimal

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest number that rounds to it."""
        return self.value - self.step / 2, self.value + self.step / 2

    def may_be(self, other: "Span") -> bool:
        """Whether both may stand for the same number."""
        return abs(self.value - other.value) <= (self.step + other.step) / 2


class Statement(NamedTuple):
    """A change as a sentence states it, amounts in yuan; what it does not state is None.

    before, now: the two figures; change: the amount, negative for less; percent likewise; level: 持平.
    way: 1 for more, -1 for less, 0 where no word says. sentence: from its figure on. spot: where its percentage stands.
    """

    passage: Passage
    sentence: str
    now: Span
    before: Span | None = None
    change: Span | None = None
    percent: Span | None = None
    level: bool = False
    way: int = 0
    spot: str = ""


class _Figure(NamedTuple):
    """A token of a segment: an amount, a percentage or 持平; before: the words of its clause, gap: since the last."""

    kind: str
    span: Span
    before: str
    gap: str
    way: int
    start: int
    end: int


def statements_of(entries: Entries) -> tuple[Statement, ...]:
    """Every statement of the text, in order."""
    return _read(whole_text_of(entries))


@lru_cache(maxsize=32)
def _read(texts: Texts) -> tuple[Statement, ...]:
    return tuple(one for passage in read_passages(texts) for one in statements_in(passage))


def statements_in(passage: Passage) -> Iterator[Statement]:
    """The statements of one passage."""
    if not any(word in passage.written for word in ("持平", *UP, *DOWN)):
        return
    for segment in _SEGMENT.split(passage.written):
        yield from _in_segment(passage, segment)


def figures_in(segment: str) -> list[_Figure]:
    """The amounts, percentages and 持平 of a segment, in order."""
    found, last = list[_Figure](), 0
    for match in _TOKEN.finditer(segment):
        gap = segment[last : match.start()]
        before = _CLAUSE.split(gap)[-1].strip()
        found.append(_figure(match, before, gap))
        last = match.end()
    return found


def _figure(match: re.Match[str], before: str, gap: str) -> _Figure:
    if match["level"]:
        return _Figure("level", Span(Decimal(0), Decimal(0)), before, gap, 0, match.start(), match.end())
    is_percent = match["unit"] == "%"
    changed = (_PERCENT if is_percent else _CHANGED).search(before)
    became = None if is_percent else _BECAME.search(before)
    way = way_of(changed or became)
    kind = ("percent" if changed else "") if is_percent else "change" if changed else "now" if became else "plain"
    span = span_of(match["digits"], Decimal(1) if is_percent else UNITS[match["unit"]])
    return _Figure(kind, span, before, gap, way, match.start(), match.end())


def way_of(match: re.Match[str] | None) -> int:
    """1 where a word says more, -1 where it says less, 0 where none says."""
    return 0 if not match or not match["way"] else 1 if match["way"] in UP else -1


def span_of(digits: str, unit: Decimal) -> Span:
    """A printed number in a unit, in yuan: 0.01万元 is a step of a hundred yuan; a bare 0 is exact."""
    bare = digits.replace(",", "").replace("−", "-")
    value = Decimal(bare) * unit
    return Span(value, unit / 10 ** len(bare.partition(".")[2]) if value or "." in bare else Decimal(0))


def _in_segment(passage: Passage, segment: str) -> Iterator[Statement]:
    """Each run of changes with the figures before it; a new 比… begins a new run about the same figure."""
    run, plain = list[_Figure](), list[_Figure]()
    for figure in figures_in(segment):
        if figure.kind in ("plain", "now"):
            yield from _stated(passage, segment, plain, run)
            plain = ([] if run else plain) + [figure]
            run = []
        elif figure.kind:
            if run and _COMPARED.search(figure.gap):
                yield from _stated(passage, segment, plain, run)
                run = []
            run.append(figure)
    yield from _stated(passage, segment, plain, run)
    if not run and plain and plain[-1].kind == "now":
        yield from _stated(passage, segment, plain, [])


def _stated(passage: Passage, segment: str, plain: list[_Figure], run: list[_Figure]) -> Iterator[Statement]:
    """The statement that a run of changes makes about the amounts before it, if it is clear about which."""
    if not plain or not (run or plain[-1].kind == "now"):
        return
    now, before = plain[-1], _pair(plain)
    about = _subject(run[0].before) if run else ""
    if about and about != _subject(now.before):
        return
    if run and not before and _is_in_list(plain):
        return
    if before and run and not _same_base(before, run[0]):
        before = None
    sentence = _ORDINAL.sub("", segment[_start(segment, before or now) :])
    statement = Statement(passage, sentence, now.span, before and before.span)
    yield _with_changes(statement._replace(way=now.way), run, segment)


def _start(segment: str, figure: _Figure) -> int:
    return segment.rfind(figure.before, 0, figure.start) if figure.before else figure.start


def _with_changes(statement: Statement, run: list[_Figure], segment: str) -> Statement:
    for figure in run:
        signed = Span(figure.span.value * figure.way, figure.span.step)
        if figure.kind == "level":
            statement = statement._replace(level=True)
        elif figure.kind == "change" and statement.change is None:
            statement = statement._replace(change=signed, way=statement.way or figure.way)
        elif figure.kind == "percent" and statement.percent is None:
            where = spot(segment, figure.end)
            statement = statement._replace(percent=signed, way=statement.way or figure.way, spot=where)
    return statement


def _pair(plain: list[_Figure]) -> _Figure | None:
    """The figure of the year before, where the amount before the last is that: 由A到B, or the same of another year."""
    if len(plain) < 2:
        return None
    other, now = plain[-2:]
    if now.kind == "now":
        return other if _FROM.search(other.gap) else None
    if _subject(now.before) not in ("", _subject(other.before)):
        return None
    one, two = _year(other.before), _year(now.before)
    return other if one and two and _is_before(one, two) else None


def _is_before(one: str, two: str) -> bool:
    if one.isdigit() and two.isdigit():
        return int(one) == int(two) - 1
    return one == "last" and two != "last"


def _year(words: str) -> str:
    """The last year that words name: its number, "last" for 上年, "this" for 本年, "" for none."""
    years = list(_YEAR.finditer(words))
    if not years:
        return ""
    return years[-1][1] or ("last" if years[-1][2] else "this")


def _same_base(before: _Figure, change: _Figure) -> bool:
    """Whether a change is one on this very figure: 比2023年执行数 is none on 2023年预算."""
    compared = change.gap[change.gap.rfind("比") :] if "比" in change.gap else change.before
    one, two = _year(before.before), _year(compared)
    if one.isdigit() and two.isdigit() and one != two:
        return False
    named = any(word in compared for word in ("执行", "决算", "预算"))
    return not named or bool(_EXECUTED.search(before.before)) == bool(_EXECUTED.search(compared))


def _is_in_list(plain: list[_Figure]) -> bool:
    """Whether the last amount ends a list, so that a bare change after it may be that of the whole."""
    count = 1
    for figure in reversed(plain):
        if "其中" in figure.gap or figure is plain[0]:
            return count > 1
        count += 1
    return False


def _subject(words: str) -> str:
    return re.sub(_WAY, "", _NO_SUBJECT.sub("", _CHANGED.sub("", words))).strip("持平")


def ratio(statement: Statement) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest percentage that the printed amounts allow; None with nothing to divide by."""
    found = list(_ratios(statement))
    return (min(found), max(found)) if found else None


def _ratios(statement: Statement) -> Iterator[Decimal]:
    if statement.before:
        for one, two in product(statement.before.ends, statement.now.ends):
            if one > 0:
                yield (two - one) / one * 100
    elif statement.change:
        for two, change in product(statement.now.ends, statement.change.ends):
            if two - change > 0:
                yield change / (two - change) * 100


def spot(text: str, end: int) -> str:
    """The words up to a percentage, by which it is found again in its sentence."""
    return _STOP.split(text[:end])[-1][-_NEAR:]


def judged(statements: Iterable[Statement]) -> set[tuple[str, str]]:
    """{(section, spot)} of the percentages whose statement says enough for them to be held to it."""
    return {(one.passage.section, one.spot) for one in statements if one.percent and (one.before or one.change)}
