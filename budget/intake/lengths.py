"""Texts longer than there is room for, said before anything is saved; lengths in characters, as declared."""

from collections.abc import Iterator

from budget.declare.fields import Text
from budget.figures.dossier import Entries
from budget.finding import Finding
from budget.intake.problems import problem

NAME_LENGTH = 100  # of a department, and of a code where the township words it otherwise

Measured = tuple[str, int, str]  # (what it is, its longest, the text)


def too_long(entries: Entries) -> list[Finding]:
    """A problem for each text of the entries that is longer than its field."""
    found = [_misfit(*measured) for measured in _texts(entries) if len(measured[2]) > measured[1]]
    return [problem("R11", message) for message in found]


def _misfit(what: str, longest: int, text: str) -> str:
    beginning = f"“{text.strip()[:20]}…”太长"
    return f"{beginning}：{what}有 {len(text)} 字，最多 {longest} 字，请缩短后再导入。"


def _texts(entries: Entries) -> Iterator[Measured]:
    """Everything that a person wrote."""
    narrative = entries.document.narrative
    yield "单位名称", NAME_LENGTH, entries.name
    yield "情况说明开头", narrative.opening_length, entries.preamble
    for name in entries.names.values():
        yield "本单位所用名称", NAME_LENGTH, name
    for section in entries.sections:
        yield "标题", narrative.title_length, section["title"]
        yield "正文", narrative.text_length, section["text"]
    for records in entries.document.records:
        for _, field, value in records.cells(entries.records[records.key]):
            if isinstance(field, Text):
                yield field.label, field.length, value
