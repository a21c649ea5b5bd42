"""What must be there before a budget goes out: shown from the first day, asked for at submission and publication."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from budget.cell import Cell
from budget.declare.fields import Rows
from budget.figures.dossier import SECTIONS, Dossier
from budget.figures.facets import Kind
from budget.finding import Finding, Level
from budget.sentences.compose import composed_of
from budget.text import quoted


class Lack(NamedTuple):
    """Something that is missing. key: of what kind; part: where it is to be put right; sentence: what to do.

    cell: the address of the very field, where there is one.
    """

    key: str
    part: str
    sentence: str
    cell: Cell | None = None


def lacks(dossier: Dossier, findings: list[Finding]) -> list[Lack]:
    """Everything that keeps a budget from going out, in the order in which one does it; findings: all of its own."""
    return [lack for of in _MUSTS for lack in of(dossier, findings)]


def _amounts(dossier: Dossier, findings: list[Finding]) -> Iterator[Lack]:
    if not dossier.entries.lines:
        yield Lack("amounts", "t5", "还没有任何金额，请在表里填写，或导入文件。")


def _errors(dossier: Dossier, findings: list[Finding]) -> Iterator[Lack]:
    for finding in findings:
        if finding.level == Level.ERROR and not dossier.recorded.explanation_of(finding.fingerprints):
            yield Lack(f"error {finding.fingerprint}", "findings", finding.message)


def _sections(dossier: Dossier, findings: list[Finding]) -> Iterator[Lack]:
    """Every declared section has a text, or a list that stands for it; a text of another outline has its own."""
    declared, entries = dossier.document.narrative, dossier.entries
    there = {section["number"] for section in entries.sections if section["text"].strip()}
    if any(number > len(declared.titles) for number in there):
        return
    gaps = {number: one.gaps for number, one in composed_of(dossier).items()}
    for number, heading in enumerate(declared.titles, 1):
        listed = entries.records.get(declared.lists.get(number, ""))
        if number not in there and not listed:
            yield Lack(f"section {number}", SECTIONS, f"情况说明“{heading}”还没有写；没有这方面内容的，请写明“无”。")
        if missing := gaps.get(number):
            yield Lack(f"section {number}", SECTIONS, f"情况说明“{heading}”还差 {len(missing)} 处：{missing[0]}。")


def _projects(dossier: Dossier, findings: list[Finding]) -> Iterator[Lack]:
    entries = dossier.entries
    for form in dossier.document.forms:
        found = entries.records[form.key]
        if not found and any(line.kind == Kind.PROJECT and line.amount for line in entries.lines):
            yield Lack(form.key, form.key, f"有项目支出，还没有{form.title}；每个项目都要有一张。")
        for record in found:
            identity, called = record[form.identity], quoted(record[form.naming].strip())
            if blank := [f for f in form.fields if isinstance(f, Rows) and f.is_table and not record[f.key]]:
                sentence = f"{form.called}{called}还没有填{'、'.join(f.label for f in blank)}。"
                yield Lack(f"{form.key} {identity}", form.key, sentence, Cell(form.key, identity, blank[0].key))


def _approval(dossier: Dossier, findings: list[Finding]) -> Iterator[Lack]:
    if dossier.recorded.approved_on is None:
        yield Lack("approved_on", "head", "请填写财政批复日期；批复后 20 日内要公开。")


def _signatures(dossier: Dossier, findings: list[Finding]) -> Iterator[Lack]:
    recorded = dossier.recorded
    for key, said, what in (
        ("secrecy_review", recorded.secrecy_review, "保密审查人和审查日期"),
        ("sign_off", recorded.sign_off, "签发人（单位负责人）和签发日期"),
    ):
        if not all(said):
            yield Lack(key, "head", f"请填写{what}。")


_MUSTS: tuple[Callable[[Dossier, list[Finding]], Iterator[Lack]], ...] = (
    _amounts,
    _errors,
    _projects,
    _sections,
    _approval,
    _signatures,
)
