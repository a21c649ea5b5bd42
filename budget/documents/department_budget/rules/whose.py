"""Whether a body speaks of itself as what it is: of its own kind of budget, under its own name."""

import re
from collections.abc import Iterator

from budget.checks.compare import NAMED, Compared, differs, passed
from budget.checks.passages import Passage, passages_of
from budget.checks.view import View
from budget.declare.rule import INSPECTION, rule
from budget.finding import Level
from budget.text import label

_SPEAKS = r"(?:安排|编制说明|编制情况|拟|收入|支出|总体情况|公开)"
# What a body calls its budget where it speaks of its own; 主管部门预算, 部门预算经济分类 and 所属单位预算 are others'.
_OF_ITSELF = {
    "部门预算": re.compile(rf"(?<!主管)(?<!各)部门预算(?={_SPEAKS})(?!支出经济分类)"),
    "单位预算": re.compile(rf"(?<!预算)(?<!所属)(?<!下属)(?<!基层)(?<!各)单位预算(?={_SPEAKS})"),
}
_BODY = r"(?P<body>[\u4e00-\u9fff]{3,30}?(?:局|委员会|办公室|政府|办事处|中心|街道|部|院|站|所|队|校|学|园|馆|会|处))"
_TITLED = re.compile(_BODY + r"(?:（部门）|（单位）)?(?:的)?(?:主要职能|主要职责|职责|机构设置)(?:情况)?$")
_OPENING = re.compile(rf"^\s*\d{{4}}年度?[，,]?\s*{_BODY}(?:预算收入|预算支出|收入预算|支出预算)")
_PLACE = re.compile(r"^.*?(?:省|自治区|市|州|盟)?(?:[\u4e00-\u9fff]{1,8}?[县区市旗])(?=[\u4e00-\u9fff]{3})")


@rule("X06", INSPECTION, of_text=True)
def body_speaks_of_itself(view: View) -> Iterator[Compared]:
    """文字说的是本单位、本种预算：单位预算里不写“部门预算安排”，部门预算里不写“单位预算安排”，不写别的单位的名称"""
    passages = passages_of(view.entries)
    yield from _of_another_kind(view, passages)
    yield from _of_another_body(view, passages)


def of_another_kind(view: View) -> dict[str, list[Passage]]:
    """{the kind that this budget is none of: the paragraphs that speak of it as their own, once for each time}."""
    passages = passages_of(view.entries)
    return {
        kind: [passage for passage in passages for _ in form.findall(passage.written)]
        for kind, form in _OF_ITSELF.items()
        if kind != view.document.name
    }


def _of_another_kind(view: View, passages: tuple[Passage, ...]) -> Iterator[Compared]:
    if view.document.name not in _OF_ITSELF:
        return
    for kind, found in of_another_kind(view).items():
        if found:
            few = "、".join(dict.fromkeys(passage.words() for passage in found[:NAMED]))
            message = f"{few}有 {len(found)} 处把本预算叫作“{kind}”；这是{view.document.name}，请改正。"
            cells, places = [passage.cell for passage in found], dict.fromkeys(p.words() for p in found)
            yield differs(Level.WARNING, message, dict.fromkeys(cells), places, view.document.name, kind)
        elif passages:
            yield passed()


def _of_another_body(view: View, passages: tuple[Passage, ...]) -> Iterator[Compared]:
    name = view.entries.name
    for called, passage in _bodies(view, passages) if name else ():
        if _is_same(called, name):
            yield passed(passage.cell)
        else:
            message = f"{passage.words()}写的单位是“{called}”，这是“{name}”的预算；请核对是不是别的单位的文字。"
            yield differs(Level.WARNING, message, [passage.cell], [passage.words()], name, called)


def _bodies(view: View, passages: tuple[Passage, ...]) -> Iterator[tuple[str, Passage]]:
    """The names that headings and opening sentences give to the body that speaks, each with a paragraph."""
    seen = set[str]()
    for passage in passages:
        title = passage.headings.split(" ")[0]
        for match in filter(None, (_TITLED.search(title), _OPENING.match(passage.written))):
            if match["body"] not in seen:
                seen.add(match["body"])
                yield match["body"], passage


def _is_same(one: str, other: str) -> bool:
    """Whether two names are of the same body: one holds the other, with or without its county before it."""
    bare, known = (_PLACE.sub("", label(name)) or label(name) for name in (one, other))
    return bare in known or known in bare
