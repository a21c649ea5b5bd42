"""Whether sentences are finished, and whether a body speaks of itself: what copying from a form leaves behind."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from budget.checks.compare import MISSING, Compared, differs, passed
from budget.checks.passages import Passage, passages_of
from budget.checks.view import View
from budget.checks.wording import few
from budget.declare.rule import INSPECTION, rule
from budget.finding import Level
from budget.text import is_heading, narrow

_UP, _DOWN = "(?:增加|增长|上升)", "(?:减少|下降|降低)"
_UNDECIDED = re.compile(rf"[（(](?<={_UP}.)\s*{_DOWN}\s*[)）]|/(?<={_UP}/){_DOWN}")
# A colon at the end of a paragraph announces a list, and 增减变化原因 is a heading.
_REASON = re.compile(r"(?:原因(?:是|为)|原因(?=\s*[：:])|主要(?:是|为))(?:\s*[：:]?\s*(?=[。；;])|\s*$)")
_DOUBLED = re.compile(r"[。，、；]\s?[。，、；]")
_UNSHOWN = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")
_PAIRS = (("(（", ")）"), ("《", "》"), ("“", "”"), ("【", "】"), ("[［", "]］"), ("〔", "〕"))
_ORDINAL = re.compile(r"^\s*[\dA-Za-z一二三四五六七八九十]{1,3}[)）]")  # 1) and 一）begin an item, they close nothing
_IS_ITEM = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）]?[、.．)）]|[（(][\d一二三四五六七八九十]{1,3}[)）]|[-—•·●])"
)
_ENDED = re.compile(r"[。！？!?；;：:…][”’\"）)】》]*$")
_ENDS = "。！？；："  # what nearly every paragraph ends in: most need no closer look
_LONG = 30  # characters; a shorter line without a full stop may be a heading or an entry of a list


class Unfinished(NamedTuple):
    """A way in which a sentence is not finished: how it shows in a paragraph, what to say of it."""

    found_in: Callable[[str], object]
    what: str
    remedy: str
    level: Level = Level.WARNING


def _without_reason(text: str) -> bool:
    return ("原因" in text or "主要" in text) and bool(_REASON.search(text))


def _without_partner(text: str) -> bool:
    return any(map(_differ, repeat(text), _PAIRS)) and any(map(_differ, repeat(_ORDINAL.sub("", text)), _PAIRS))


def _differ(text: str, pair: tuple[str, str]) -> bool:
    one, other = (sum(map(text.count, marks)) for marks in pair)
    return one != other


def _without_stop(text: str) -> bool:
    """Whether a paragraph of text just breaks off: no heading, no item of a list."""
    bare = text.strip()
    if bare[-1] in _ENDS or len(narrow(bare)) < _LONG or is_heading(bare) or _IS_ITEM.match(bare):
        return False
    return bool(re.search(r"[，。]", bare)) and not _ENDED.search(bare)


_WAYS = (
    Unfinished(_UNDECIDED.search, "没有选定的“增加（减少）”", "请写明是增加还是减少"),
    Unfinished(_without_reason, "“原因是”后面没有写原因的句子", "请写完整"),
    Unfinished(_DOUBLED.search, "多写或错写的标点", "请改正"),
    Unfinished(_without_partner, "不成对的括号或引号", "请补上或删去"),
    Unfinished(_UNSHOWN.search, "显示不出来的字", "请重新输入"),
    Unfinished(_without_stop, "没有句号的段落", "请看是不是没有写完", Level.NOTICE),
)


@rule("X05", INSPECTION, of_text=True)
def sentences_are_finished(view: View) -> Iterator[Compared]:
    """文字写完整：增减选定，原因写出，标点、括号、引号没有多缺，没有显示不出来的字"""
    passages = passages_of(view.entries)
    if not passages:
        yield MISSING
    for way, found in zip(_WAYS, _found(passages), strict=True) if passages else ():
        yield _unfinished(way, found)


@lru_cache(maxsize=32)  # the preview of an import checks the same text again and again
def _found(passages: tuple[Passage, ...]) -> tuple[tuple[Passage, ...], ...]:
    """For each way the paragraphs that are unfinished so."""
    return tuple(tuple(passage for passage in passages if way.found_in(passage.written)) for way in _WAYS)


def _unfinished(way: Unfinished, passages: tuple[Passage, ...]) -> Compared:
    """One way in all paragraphs: it stands in many places, and one finding names them."""
    if not passages:
        return passed()
    places = [passage.words() for passage in passages]
    message = f"{few(places)}有 {len(passages)} 处{way.what}，{way.remedy}。"
    return differs(way.level, message, [p.cell for p in passages], dict.fromkeys(places), "", way.what)
