"""Tables 4, 5, 7 and 8: the treasury's money by fund."""

from collections.abc import Iterator

from budget.cell import Cell
from budget.checks.compare import MISSING, Compared, at_least, at_most, equal, equal_if_any, passed
from budget.checks.view import View
from budget.declare.rule import rule
from budget.declare.tables import Table
from budget.documents.department_budget.rules.vocabulary import (
    BY_FUND,
    CLASSES,
    TREASURY,
    TREASURY_KINDS,
    all_codes,
    has_no_other_money,
    income,
    spending,
    tree,
)
from budget.documents.department_budget.tables.t1 import T1
from budget.documents.department_budget.tables.t3 import T3
from budget.documents.department_budget.tables.t4 import T4


def _fiscal(row: str) -> Cell:
    return T4.cell(row, "income")


@rule("I13")
def treasury_income_agrees(view: View) -> Iterator[Compared]:
    """表4 一般公共预算、政府性基金、国有资本经营预算的本年拨款与表1 相同"""
    if view.has(T4) and view.has(T1):
        for fund in TREASURY:
            yield equal(view, _fiscal(fund), [income(fund)])


@rule("I14")
def fiscal_rows_add_up(view: View) -> Iterator[Compared]:
    """表4 支出每一行：合计等于一般公共预算、政府性基金、国有资本经营预算之和"""
    for row in view.rows(T4):
        if view.figure(T4.cell(row)):  # a row of the income side has no such column
            yield equal(view, T4.cell(row), [T4.cell(row, fund) for fund in TREASURY])


@rule("I15")
def fiscal_totals_add_up(view: View) -> Iterator[Compared]:
    """表4 收入总计等于本年收入合计加年初结转，也等于支出总计"""
    if not view.has(T4):
        return
    this_year = _fiscal("income_this_year")
    if view.figure(this_year):
        yield equal(view, this_year, [_fiscal(fund) for fund in TREASURY])
        yield equal(view, _fiscal("income_total"), [this_year, _fiscal("carried_over")])
    else:
        yield equal(view, _fiscal("income_total"), [*map(_fiscal, TREASURY), _fiscal("carried_over")])
    yield equal(view, _fiscal("income_total"), [T4.cell("spending_total")])


@rule("I16")
def fiscal_carried_over_adds_up(view: View) -> Iterator[Compared]:
    """表4 年初结转等于三种资金结转之和，不超过表1 上年结转结余"""
    carried = _fiscal("carried_over")
    if view.figure(carried):  # a layout may print the sum alone, or neither
        parts = [_fiscal(f"{fund}_carried_over") for fund in TREASURY]
        if any(view.figure(part) for part in parts):
            yield equal(view, carried, parts)
        yield at_most(view, carried, [income("carried_over")])


@rule("I17")
def fiscal_is_all_there_is(view: View) -> Iterator[Compared]:
    """没有财政专户管理资金和单位资金时，表4 总计等于表1 总计"""
    if view.has(T4) and has_no_other_money(view):
        yield equal(view, _fiscal("income_total"), [income("income_total")])
        yield equal(view, T4.cell("spending_total"), [spending("spending_total")])


@rule("I18")
def fund_tables_agree_with_fiscal_totals(view: View) -> Iterator[Compared]:
    """表5、表7、表8 合计等于表4 本年支出合计的对应栏"""
    for table, fund in BY_FUND.items():
        if view.has(T4) != view.has(table):
            yield MISSING
        elif view.has(T4):
            yield from _totals_agree(view, table, fund)


def _totals_agree(view: View, table: Table, fund: str) -> Iterator[Compared]:
    """Where table 4 prints no total of this year's spending, its 支出总计 holds what is kept for next year besides."""
    this_year, all_ = T4.cell("spending_this_year", fund), T4.cell("spending_total", fund)
    if view.figure(this_year):
        yield equal(view, table.cell("total"), [this_year])
    elif view.figure(all_):
        yield equal(view, all_, [table.cell("total"), T4.cell("kept", fund)])
    elif view.amount(table.cell("total")):
        yield MISSING


@rule("I19")
def fund_tables_add_up(view: View) -> Iterator[Compared]:
    """表5、表7、表8 每一行合计等于基本支出加项目支出；类、款、项逐级相加；各类与表4 相同"""
    for table, fund in BY_FUND.items():
        for row in view.rows(table):
            yield equal(view, table.cell(row), [table.cell(row, kind) for kind in TREASURY_KINDS])
        for total, parts in tree(view, table):
            yield equal(view, total, parts)
        yield from _classes_agree(view, table, fund)


def _classes_agree(view: View, table: Table, fund: str) -> Iterator[Compared]:
    if view.has(T4) and view.has(table) and fund in view.columns(T4):
        for code in CLASSES:
            yield from equal_if_any(view, T4.cell(code, fund), table.cell(code))


@rule("I20")
def fund_tables_are_part_of_spending(view: View) -> Iterator[Compared]:
    """表5、表7、表8 之和不超过表3（每个科目、每种支出）；只有财政资金时相等"""
    tables = [table for table in BY_FUND if view.has(table)]
    if tables and view.has(T3):
        yield from _within_spending(view, tables, has_no_other_money(view))


def _within_spending(view: View, tables: list[Table], alone: bool | None) -> Iterator[Compared]:
    """alone: whether the treasury's is the only money; while nobody can tell, no more than "not above" is asked for."""
    if alone is None:
        yield MISSING
    for code in ["total", *all_codes(view, T3, *tables)]:
        for kind in TREASURY_KINDS:
            whole, parts = T3.cell(code, kind), [table.cell(code, kind) for table in tables]
            yield equal(view, whole, parts) if alone else _part_of(view, parts, whole)


def _part_of(view: View, parts: list[Cell], whole: Cell) -> Compared:
    """The parts' sum is no more than the whole; told at the part that has money, where only one has."""
    filled = [part for part in parts if view.amount(part)]
    if not filled:
        return passed(whole)
    return at_most(view, filled[0], [whole]) if len(filled) == 1 else at_least(view, whole, filled)
