"""The projects that the text lists: each has its sheet, amounts agree wherever a project is named."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from budget.checks.claims import Listed, project_list
from budget.checks.compare import MISSING, Compared, differs, equal, passed
from budget.checks.view import View
from budget.declare.fields import Record
from budget.declare.rule import rule
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.rules import projects as performance
from budget.documents.department_budget.tables.t3 import T3
from budget.finding import Level
from budget.money import WAN, plain
from budget.text import narrow, quoted

SAME_END = 7  # characters in which names must end alike: fewer are a mere 建设项目资金
# The number of an official document: 冀财农〔2023〕12号.
_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,6})[\[【〔(（](\d{4})[\]】〕)）](\d+)号")
_BRACKETS = re.compile(r"[\s\[\]【】〔〕()（）]")


@rule("I36", of_text=True)
def listed_projects_have_sheets(view: View) -> Iterator[Compared]:
    """情况说明列出的每个项目都有绩效目标表，金额相同（两行可以合成一张表），合计等于项目支出；文件号一致"""
    listed, projects = project_list(view.entries), view.records(PROJECTS)
    if not view.entries.sections:
        yield MISSING
    if not listed.items or not projects:
        return
    yield equal(view, listed.cell, [T3.cell("total", "project")], Level.WARNING)
    without_sheet, sheets = _matched(listed.items, projects)
    for project in sheets:
        yield passed(performance.cell(project))
    for name, amount in without_sheet:
        message = f"{listed.where}列出{quoted(name)}{plain(amount, WAN)}万元，没有找到金额相同的绩效目标表；请核对。"
        yield differs(Level.WARNING, message, [listed.cell], [listed.where], "", plain(amount, WAN))
    yield from _document_numbers(view, listed, projects)


Item = tuple[str, Decimal]  # (name, amount) as the text lists it


def _matched(items: list[Item], projects: list[Record]) -> tuple[list[Item], list[Record]]:
    """(items without a sheet, sheets that an item or two items together fit).

    Single items are given out first: a pair must not take what another sheet fits alone.
    """
    left, open_, sheets = list(items), list(projects), list[Record]()
    for fitting in (_single, _pair):
        for project in list(open_):
            if chosen := fitting(left, project):
                for item in chosen:
                    left.remove(item)
                open_.remove(project)
                sheets.append(project)
    return left, sheets


def _single(items: list[Item], project: Record) -> tuple[Item, ...]:
    return next(((item,) for item in items if item[1] == project["amount"] and _is_like(item, project)), ())


def _pair(items: list[Item], project: Record) -> tuple[Item, ...]:
    """Two lines that one sheet holds together, this year's money and last year's; the first bears its name."""
    pairs = permutations(items, 2)
    return next((p for p in pairs if p[0][1] + p[1][1] == project["amount"] and _is_like(p[0], project)), ())


def _is_like(item: Item, project: Record) -> bool:
    """Whether a reader takes two names for one: one holds the other, or they end alike after different beginnings."""
    one, other = _key(item[0]), _key(project["name"])
    return one in other or other in one or (len(one) >= SAME_END and one[-SAME_END:] == other[-SAME_END:])


def _key(name: str) -> str:
    return _BRACKETS.sub("", narrow(name)).removesuffix("经费")


def _document_numbers(view: View, listed: Listed, projects: list[Record]) -> Iterator[Compared]:
    """Document numbers in the names of a listed project and of its sheet: the one with the same amount."""
    for name, amount in listed.items:
        for project in projects:
            if project["amount"] == amount:
                yield from _number(view, listed, name, project)


def _number(view: View, listed: Listed, name: str, project: Record) -> Iterator[Compared]:
    text, sheet = _NUMBER.search(name), _NUMBER.search(project["name"])
    if text and sheet:
        yield _same_number(view, listed, project, text, sheet)


def _same_number(view: View, listed: Listed, project: Record, text: re.Match[str], sheet: re.Match[str]) -> Compared:
    cells = [performance.cell(project, "name"), listed.cell]
    if text.groups()[1:] == sheet.groups()[1:]:  # year and number: the sender's short name is written in many ways
        return passed(*cells)
    message = f"{listed.where}写文件号{quoted(text[0])}，绩效目标表写{quoted(sheet[0])}；请核对是哪一个。"
    return differs(Level.WARNING, message, cells, [listed.where, view.place(cells[0])], sheet[0], text[0])
