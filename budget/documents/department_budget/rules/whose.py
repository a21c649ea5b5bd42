"""Whether a body speaks of itself as what it is: of its own kind of budget, under its own name."""

import re
from collections.abc import Iterator

from budget.checks.compare import Compared, differs, passed
from budget.checks.passages import Passage, passages_of
from budget.checks.view import View
from budget.checks.wording import NAMED
from budget.declare.rule import INSPECTION, rule
from budget.finding import Level
from budget.text import label, quoted

# What a body calls its budget where it speaks of its own; 主管部门预算 and 所属单位预算 are others'.
_OTHERS = ("主管", "上级", "所属", "下属", "基层", "二级", "预算", "本级", "各", "及", "和", "与", "、")
_OF_ITSELF = {kind: re.compile(rf"{kind}(?=安排|编制说明|编制情况|总体情况)") for kind in ("部门预算", "单位预算")}
_BODY = r"(?P<body>[\u4e00-\u9fff]{3,30}?(?:局|委员会|办公室|政府|办事处|中心|街道|部|院|站|所|队|校|学|园|馆|会|处))"
_TITLED = re.compile(_BODY + r"(?:（部门）|（单位）)?(?:的)?(?:主要职能|主要职责|职责|机构设置)(?:情况)?$")
_OPENING = re.compile(rf"^\s*\d{{4}}年度?[，,]?\s*{_BODY}(?:预算收入|预算支出|收入预算|支出预算)")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,8}?(?:省|自治区|市|州|盟|县|区|旗)(?=[\u4e00-\u9fff]{3})")


@rule("X06", INSPECTION, of_text=True)
def body_speaks_of_itself(view: View) -> Iterator[Compared]:
    """文字说的是本单位、本种预算，不是别的单位或别种预算"""
    passages = passages_of(view.entries)
    yield from _of_another_kind(view, passages)
    yield from _of_another_body(view, passages)


def of_another_kind(view: View) -> dict[str, list[Passage]]:
    """{the kind that this budget is none of: the paragraphs that speak of it as their own, once for each time}."""
    passages = passages_of(view.entries)
    return {
        kind: [passage for passage in passages for _ in range(_count(form, passage.written))]
        for kind, form in _OF_ITSELF.items()
        if kind != view.document.name
    }


def _count(form: re.Pattern[str], text: str) -> int:
    return sum(not text.endswith(_OTHERS, 0, match.start()) for match in form.finditer(text))


def _of_another_kind(view: View, passages: tuple[Passage, ...]) -> Iterator[Compared]:
    if view.document.name not in _OF_ITSELF:
        return
    for kind, found in of_another_kind(view).items():
        if found:
            few = "、".join(dict.fromkeys(passage.words() for passage in found[:NAMED]))
            message = f"{few}有 {len(found)} 处把本预算叫作{quoted(kind)}；这是{view.document.name}，请改正。"
            cells, places = [passage.cell for passage in found], dict.fromkeys(p.words() for p in found)
            yield differs(Level.WARNING, message, dict.fromkeys(cells), places, view.document.name, kind)
        elif passages:
            yield passed()


def _of_another_body(view: View, passages: tuple[Passage, ...]) -> Iterator[Compared]:
    """A name that stands for the body itself, and is another's.

    A heading 某某中心主要职责 may be about a part of the body; only where none is about the body itself, it is wrong.
    """
    name = view.entries.name
    titled, opening = _titled(passages), _opening(passages)
    if name and any(_is_same(called, name) for called in titled):
        titled = {}
    for called, passage in (titled | opening).items() if name else ():
        if _is_same(called, name):
            yield passed(passage.cell)
        else:
            message = (
                f"{passage.words()}写的单位是{quoted(called)}，这是{quoted(name)}的预算；请核对是不是别的单位的文字。"
            )
            yield differs(Level.WARNING, message, [passage.cell], [passage.words()], name, called)


def _titled(passages: tuple[Passage, ...]) -> dict[str, Passage]:
    """{the name that a section's title gives to the body: the first paragraph of the section}."""
    found = dict[str, Passage]()
    for passage in passages:
        if passage.at == 1 and (match := _TITLED.search(passage.headings.split(" ")[0])):
            found.setdefault(match["body"], passage)
    return found


def _opening(passages: tuple[Passage, ...]) -> dict[str, Passage]:
    """{the name in 2024年，某某局收入预算…: its paragraph}."""
    matches = ((_OPENING.match(passage.written), passage) for passage in passages)
    return {match["body"]: passage for match, passage in matches if match}


def _is_same(one: str, other: str) -> bool:
    """Whether two names are of the same body: one holds the other, with or without the places before it."""
    bare, known = _bare(one), _bare(other)
    return bare in known or known in bare


def _bare(name: str) -> str:
    bare = label(name)
    while (shorter := _PLACE.sub("", bare)) != bare:
        bare = shorter
    return bare
