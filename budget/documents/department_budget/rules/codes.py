"""Codes of function and use: down to the last level, each under its parents, under its official name."""

from collections.abc import Iterator

from budget.cell import Cell
from budget.checks.compare import Compared, differs, passed
from budget.checks.view import View
from budget.codes import ECONOMIC, FUNCTION, prefixes
from budget.declare.rule import CODES, rule
from budget.declare.tables import Table
from budget.finding import Level
from budget.text import quoted

LOWEST = {FUNCTION: (7, "项"), ECONOMIC: (5, "款")}  # 《预算法》第四十六条: how far down a budget is divided


def _coded(view: View) -> Iterator[tuple[Table, str]]:
    """The tables whose rows are codes of one list, with the list."""
    for table in view.document.tables:
        side = table.sides[0]
        if side.is_tree and not side.tree.within:
            yield table, side.tree.facet


@rule("C03", CODES)
def codes_go_all_the_way_down(view: View) -> Iterator[Compared]:
    """功能分类列到项（7 位），基本支出经济分类列到款（5 位），每个科目上面的类、款也列出"""
    for table, scheme in _coded(view):
        length, name = LOWEST[scheme]
        for code in view.leaves(table):
            yield _goes_down(view, table.cell(code), length, name)
        yield from _codes_above(view, table)


def _goes_down(view: View, cell: Cell, length: int, name: str) -> Compared:
    """A code without money needs none below it."""
    digits = len(cell.row)
    if digits >= length or not view.amount(cell):
        return passed(cell)
    message = f"{view.words(cell)}只列到 {digits} 位编码，应列到{name}（{length} 位）；请补上明细科目。"
    return differs(Level.WARNING, message, [cell], [view.place(cell)])


def _codes_above(view: View, table: Table) -> Iterator[Compared]:
    codes = view.codes(table)
    for code in codes:
        for above in prefixes(code)[:-1]:
            if above not in codes:
                message = f"表{table.number}有 {code}，却没有它上面的 {above}；请补上这一行。"
                yield differs(Level.NOTICE, message, [table.cell(code)], [view.place(table.cell(code))])


@rule("C04", CODES)
def codes_have_their_names(view: View) -> Iterator[Compared]:
    """科目编码和名称与当年的科目一致"""
    for table, scheme in _coded(view):
        for code in view.codes(table):
            yield _name(view, table, scheme, code)


def _name(view: View, table: Table, scheme: str, code: str) -> Compared:
    cell, listed = table.cell(code), view.listed.get((scheme, code))
    printed = view.entries.names.get((scheme, code), listed or "")
    place, where, year = view.place(cell), f"表{table.number}", view.entries.year
    if listed is None:
        message = f"{where}的科目编码 {code}{quoted(printed)}不在 {year} 年的科目里，请核对。"
        return differs(Level.WARNING, message, [cell], [place], "", code)
    if printed.removesuffix("支出") == listed.removesuffix("支出"):
        return passed(cell)
    confirmed: frozenset[tuple[str, str]] = getattr(view.listed, "confirmed", frozenset())
    level = Level.ERROR if (scheme, code) in confirmed else Level.NOTICE
    message = f"{where}的 {code} 写的是{quoted(printed)}，{year} 年的科目是{quoted(listed)}；请核对。"
    return differs(level, message, [cell], [place], listed, printed)
