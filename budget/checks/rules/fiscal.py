"""Tables 4, 5, 7 and 8: the treasury's money by fund."""

from budget.checks.compare import MISSING, at_most, equal, passed
from budget.checks.rule import rule
from budget.checks.rules.cells import (
    BY_FUND,
    CLASSES,
    KINDS,
    T1,
    T3,
    T4,
    TREASURY,
    all_codes,
    has_no_other_money,
    income,
    spending,
    tree,
)

FUND_TABLES = tuple(BY_FUND)


def _fiscal(row):
    return (T4, row, "income")


@rule("I13")
def treasury_income_agrees(view):
    """表4 一般公共预算、政府性基金、国有资本经营预算的本年拨款与表1 相同"""
    if view.has(T4) and view.has(T1):
        for fund in TREASURY:
            yield equal(view, _fiscal(fund), [income(fund)])


@rule("I14")
def fiscal_rows_add_up(view):
    """表4 支出每一行：合计等于一般公共预算、政府性基金、国有资本经营预算之和"""
    for row in view.rows(T4):
        if view.figure((T4, row, "total")):
            yield equal(view, (T4, row, "total"), [(T4, row, fund) for fund in TREASURY])


@rule("I15")
def fiscal_totals_add_up(view):
    """表4 收入总计等于本年收入合计加年初结转，也等于支出总计"""
    if not view.has(T4):
        return
    this_year = _fiscal("income_this_year")
    if view.figure(this_year):
        yield equal(view, this_year, [_fiscal(fund) for fund in TREASURY])
        yield equal(view, _fiscal("income_total"), [this_year, _fiscal("carried_over")])
    else:
        yield equal(view, _fiscal("income_total"), [*map(_fiscal, TREASURY), _fiscal("carried_over")])
    yield equal(view, _fiscal("income_total"), [(T4, "spending_total", "total")])


@rule("I16")
def fiscal_carried_over_adds_up(view):
    """表4 年初结转等于三种资金结转之和，不超过表1 上年结转结余"""
    carried = _fiscal("carried_over")
    if view.figure(carried):
        parts = [_fiscal(f"{fund}_carried_over") for fund in TREASURY]
        if any(view.figure(part) for part in parts):
            yield equal(view, carried, parts)
        yield at_most(view, carried, [income("carried_over")])


@rule("I17")
def fiscal_is_all_there_is(view):
    """没有财政专户管理资金和单位资金时，表4 总计等于表1 总计"""
    if view.has(T4) and has_no_other_money(view):
        yield equal(view, _fiscal("income_total"), [income("income_total")])
        yield equal(view, (T4, "spending_total", "total"), [spending("spending_total")])


@rule("I18")
def fund_tables_agree_with_fiscal_totals(view):
    """表5、表7、表8 合计等于表4 本年支出合计的对应栏"""
    for table, fund in BY_FUND.items():
        if view.has(T4) and view.has(table):
            total = view.first((T4, "spending_this_year", fund), (T4, "spending_total", fund))
            kept = [(T4, "kept", fund)] if total[1] == "spending_total" else []
            if view.figure(total) or view.amount(table, "total", "total"):
                yield (
                    equal(view, (table, "total", "total"), [total])
                    if not kept
                    else equal(view, total, [(table, "total", "total"), *kept])
                )
        elif view.has(T4) != view.has(table):
            yield MISSING


@rule("I19")
def fund_tables_add_up(view):
    """表5、表7、表8 每一行合计等于基本支出加项目支出；类、款、项逐级相加；各类与表4 相同"""
    for table, fund in BY_FUND.items():
        for row in view.rows(table):
            yield equal(view, (table, row, "total"), [(table, row, "basic"), (table, row, "project")])
        for total, parts in tree(view, table):
            yield equal(view, total, parts)
        yield from _classes_agree(view, table, fund)


def _classes_agree(view, table, fund):
    if not (view.has(T4) and view.has(table) and fund in view.columns(T4)):
        return
    for code in CLASSES:
        if view.amount(T4, code, fund) or view.amount(table, code, "total"):
            yield equal(view, (T4, code, fund), [(table, code, "total")])


@rule("I20")
def fund_tables_are_part_of_spending(view):
    """表5、表7、表8 之和不超过表3（每个科目、每种支出）；只有财政资金时相等"""
    tables = [table for table in FUND_TABLES if view.has(table)]
    if not tables or not view.has(T3):
        return
    alone = has_no_other_money(view)
    if alone is None:
        yield MISSING
    for code in ["total", *all_codes(view, T3, *tables)]:
        for kind in KINDS[:2]:
            parts = [(table, code, kind) for table in tables]
            if alone:
                yield equal(view, (T3, code, kind), parts)
            else:
                yield _part_of(view, parts, (T3, code, kind))


def _part_of(view, parts, whole):
    """The parts' sum is no more than the whole; told at the first part that has money."""
    filled = [part for part in parts if view.amount(*part)]
    if len(filled) == 1:
        return at_most(view, filled[0], [whole])
    if sum(view.amount(*part) for part in filled) > (view.amount(*whole) or 0):
        return equal(view, whole, filled)
    return passed(whole, *filled)


RULES = (
    treasury_income_agrees,
    fiscal_rows_add_up,
    fiscal_totals_add_up,
    fiscal_carried_over_adds_up,
    fiscal_is_all_there_is,
    fund_tables_agree_with_fiscal_totals,
    fund_tables_add_up,
    fund_tables_are_part_of_spending,
)
