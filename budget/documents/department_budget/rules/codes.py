"""Codes of function and use: down to the last level, each under its parents, under its official name."""

from collections.abc import Iterator

from budget.cell import Cell
from budget.checks.compare import Compared, differs, passed
from budget.checks.view import View
from budget.codes import ECONOMIC, FUNCTION, Ended, prefixes
from budget.declare.rule import CODES, rule
from budget.declare.tables import Table
from budget.finding import Level
from budget.text import quoted, same_name

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
    rows = set(view.rows(table))
    for code in view.codes(table):
        for above in prefixes(code)[:-1]:
            if above not in rows:
                message = f"表{table.number}有 {code}，却没有它上面的 {above}；请补上这一行。"
                cell, cause = table.cell(code), f"{table.key} {above}"
                yield differs(Level.NOTICE, message, [cell], [view.place(cell)], cause=cause)


@rule("C04", CODES)
def codes_have_their_names(view: View) -> Iterator[Compared]:
    """科目编码和名称与预算所用的科目一致"""
    for table, scheme in _coded(view):
        for code in view.codes(table):
            yield _name(view, table, scheme, code)


def _name(view: View, table: Table, scheme: str, code: str) -> Compared:
    """Whether a code of a table is in the lists, still holds and bears its name; each code is told once."""
    key, cell = (scheme, code), table.cell(code)
    listed = view.listed.get(key)
    printed = view.entries.names.get(key, listed or "")
    if listed is None:
        level, said, expected, actual = Level.NOTICE, "本站科目表未收录；请核对编码，编码没有错就不用改", "", code
    elif ended := view.listed.ended.get(key):
        level, said, expected, actual = Level.WARNING, _ended(view, scheme, ended), "", code
    elif _is_named(printed, listed):
        return passed(cell)
    else:
        level, said, expected, actual = *_misnamed(view, key, printed, listed), listed, printed
    message = f"表{table.number}的科目 {code}{quoted(printed)}{said}。"
    return differs(level, message, [cell], [view.place(cell)], expected, actual, cause=f"{scheme} {code}")


def _ended(view: View, scheme: str, ended: Ended) -> str:
    after = "、".join(f"{code} {view.listed.get((scheme, code), '')}".strip() for code in ended.successors)
    return f"自 {ended.on:%Y-%m-%d} 起停用{f'，改用{quoted(after)}' if after else ''}；请核对"


def _is_named(printed: str, listed: str) -> bool:
    """Many print a class without its 支出, or with it."""
    return same_name(printed.removesuffix("支出"), listed.removesuffix("支出"))


def _misnamed(view: View, key: tuple[str, str], printed: str, listed: str) -> tuple[Level, str]:
    """An official name leaves no other; a name that the code bore before is known as such."""
    if view.listed.is_former(key, printed):
        return Level.NOTICE, f"是旧称，现在的名称是{quoted(listed)}；请核对"
    level = Level.ERROR if key in view.listed.confirmed else Level.NOTICE
    return level, f"与科目表里的名称{quoted(listed)}不同；请核对"
