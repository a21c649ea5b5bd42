"""The eleven sections of the narrative in a Word document's paragraphs."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from budget.checks.finding import Finding, Level
from budget.intake.document import CONTENTS_LINE, NOTE
from budget.text import label

TITLES = (
    "一、部门职责及机构设置情况",
    "二、部门预算安排的总体情况",
    "三、机关运行经费安排情况",
    "四、财政拨款“三公”经费预算情况及增减变化原因",
    "五、部门整体绩效目标",
    "六、部门主管专项资金预算安排情况及绩效目标",
    "七、部门项目预算安排情况及绩效目标",
    "八、政府采购预算情况",
    "九、国有资产信息",
    "十、名词解释",
    "十一、其他需要说明的事项",
)
_HEADING = re.compile(r"^\s*(十一|十|[一二三四五六七八九])、\s*(.+?)\s*$")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")
_ALIKE = 0.6  # how much of a title must be the same for a heading worded a little differently
_LONGEST = 40


@dataclass
class Narrative:
    """sections: [{number, title, text}]; preamble: what stands between the tables and section one."""

    preamble: str = ""
    sections: list[dict] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(texts, skip):
    """The narrative in paragraphs in document order; `skip(text)` tells titles of tables from text."""
    paragraphs = {0: []}
    titles, current = {}, 0
    for text in texts:
        if CONTENTS_LINE.search(text.text):
            continue
        number = _section_number(text.text, current)
        if number:
            current = number
            titles[number] = text.text.strip()
            paragraphs[number] = []
        elif not (_is_sub_heading(text) or (current == 0 and (skip(text.text) or NOTE.match(text.text)))):
            paragraphs[current].append(text.text.strip())
    if not titles:
        return Narrative()
    return _narrative(paragraphs, titles)


def _is_sub_heading(text):
    """Headings inside a section that only name a performance sheet."""
    return text.style.lower().startswith("heading") and text.text.strip().endswith("绩效目标表")


def _section_number(text, current):
    """The number of the section whose heading a paragraph is, 0 when it is none; sections only go forward."""
    match = _HEADING.match(text)
    if not match or len(text.strip()) > _LONGEST:
        return 0
    number = _NUMERALS.index(match[1]) + 1
    alike = SequenceMatcher(None, label(text), label(TITLES[number - 1])).ratio()
    return number if number > current and alike >= _ALIKE else 0


def _narrative(paragraphs, titles):
    found = Narrative(preamble="\n".join(_preamble(paragraphs[0])))
    for number, title in enumerate(TITLES, 1):
        if number not in titles:
            _recover(number, title, paragraphs, found)
    for number, title in enumerate(TITLES, 1):
        text = "\n".join(paragraphs.get(number, []))
        found.sections.append({"number": number, "title": titles.get(number, title), "text": text})
    return found


def _preamble(paragraphs):
    """From the paragraph that opens the narrative on; the contents list before it is left out."""
    starts = [i for i, text in enumerate(paragraphs) if "情况说明" in text and "目录" not in text]
    return paragraphs[starts[-1] :] if starts else []


def _recover(number, title, paragraphs, found):
    """A section without a heading: the tail of the section before it that speaks of its subject."""
    before = max((n for n in paragraphs if n < number), default=0)
    subject = label(title)
    texts = paragraphs[before] if before else []
    start = next((i for i, text in enumerate(texts) if i and subject in label(text)), None)
    if start is not None:
        paragraphs[number] = texts[start:]
        paragraphs[before] = texts[:start]
    where = f"，它的内容接在第{_NUMERALS[before - 1]}部分之后" if start is not None else "，也没有内容"
    message = f"情况说明缺少标题“{title}”{where}；请补上标题。"
    found.findings.append(Finding("C05", Level.ERROR if start is None else Level.NOTICE, message, (title,)))
