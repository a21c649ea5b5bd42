"""Table 6: basic spending by economic code, against tables 3, 5 and 9."""

from collections.abc import Iterator
from decimal import Decimal

from budget.cell import Cell
from budget.checks.compare import MISSING, Compared, at_most, differs, equal, passed
from budget.checks.view import View
from budget.checks.wording import in_wan
from budget.declare.rule import rule
from budget.documents.department_budget.rules.three_public import whole
from budget.documents.department_budget.rules.vocabulary import tree
from budget.documents.department_budget.tables.t3 import T3
from budget.documents.department_budget.tables.t5 import T5
from budget.documents.department_budget.tables.t6 import T6
from budget.finding import Level
from budget.money import WAN, plain
from budget.text import quoted

STAFF, RUNNING = "staff", "running"
ONLY = {STAFF: ("301", "303"), RUNNING: ("302", "310")}
# The codes of table 6 under which the items of table 9 are basic spending.
PARTS_OF = (
    ("30212", "abroad"),
    ("30217", "reception"),
    ("30231", "vehicle_running"),
    ("31013", "vehicle_purchase"),
)
# (economic codes of table 6, function codes of table 3): the same people's money twice, by use and by kind
SAME_MONEY = (
    (("30108",), ("2080505",)),
    (("30109",), ("2080506",)),
    (("30113",), ("2210201",)),
    (("30110",), ("21011",)),
    (("30301", "30302"), ("2080501", "2080502")),
)


@rule("I21")
def basic_spending_agrees(view: View) -> Iterator[Compared]:
    """表6 合计等于表5 基本支出合计"""
    if view.has(T6) or view.has(T5):
        yield equal(view, T6.cell("total"), [T5.cell("total", "basic")])


@rule("I22")
def basic_spending_adds_up(view: View) -> Iterator[Compared]:
    """表6 每一行：合计等于人员经费加公用经费；类等于款之和，合计等于类之和"""
    for row in view.rows(T6):
        yield equal(view, T6.cell(row), [T6.cell(row, STAFF), T6.cell(row, RUNNING)])
    for total, parts in tree(view, T6):
        yield equal(view, total, parts)


@rule("I23")
def staff_and_running_stay_apart(view: View) -> Iterator[Compared]:
    """表6：工资福利（301）、对个人和家庭的补助（303）只列人员经费，商品服务（302）、资本性支出（310）只列公用经费"""
    for code in view.codes(T6):
        for right, classes in ONLY.items():
            if code.startswith(classes):
                yield _on_its_side(view, code, RUNNING if right == STAFF else STAFF, right)


def _on_its_side(view: View, code: str, wrong: str, right: str) -> Compared:
    cell = T6.cell(code, wrong)
    shown = view.figure(cell)
    if not shown or not shown.amount:
        return passed(cell)
    message = (
        f"{view.words(cell)}是 {shown.text}{shown.unit}，"
        f"{code[:3]} 类只应列在{quoted(view.naming.column(T6.cell(code, right)))}，请改到那一栏。"
    )
    right_cell = T6.cell(code, right)
    reader = (
        f"{view.words(cell)}是 {in_wan(shown.amount)}，{code[:3]} 类只应列在{quoted(view.naming.column(right_cell))}。"
    )
    return differs(Level.ERROR, message, [cell, right_cell], [shown.place], "", shown.text, reader=reader)


@rule("I27")
def three_public_hold_basic_spending(view: View) -> Iterator[Compared]:
    """表6 的因公出国（境）费用、公务接待费、公务用车运行维护费、公务用车购置不超过表9 的同一项（余下的来自项目支出）"""
    for code, item in PARTS_OF:
        if part := view.amount(T6.cell(code)):
            yield _part_of_three_public(view, T6.cell(code), part, whole(view, item))


def _part_of_three_public(view: View, cell: Cell, part: Decimal, item: Cell) -> Compared:
    compared = at_most(view, cell, [item])
    if compared.finding or compared.missing:
        return compared
    all_ = view.amount(item) or Decimal(0)
    name, rest = f"{view.naming.row(cell)} {plain(part, WAN)} 万元", all_ - part
    if not rest:
        return passed(cell, item, remark=f"{name}，与表9 相同")
    remark = f"{name}，表9 {plain(all_, WAN)} 万元，相差的 {plain(rest, WAN)} 万元来自项目支出"
    return passed(cell, item, remark=remark)


@rule("I45")
def social_insurance_agrees(view: View) -> Iterator[Compared]:
    """养老保险、职业年金、住房公积金、医疗、离退休费在表6（经济分类）和表3（功能分类）里通常相同"""
    if view.has(T6) and view.has(T3):
        for economic, function in SAME_MONEY:
            use, kind = [T6.cell(code) for code in economic], [T3.cell(code, "basic") for code in function]
            yield from _usually_the_same(view, use, kind)


def _usually_the_same(view: View, use: list[Cell], kind: list[Cell]) -> Iterator[Compared]:
    by_use, by_kind = _together(view, use), _together(view, kind)
    if by_use is None or by_kind is None:
        yield MISSING
    elif by_use and by_kind:  # where one is nil, the money stands under another code
        yield passed(*use, *kind) if by_use == by_kind else _not_the_same(view, use, kind, by_use, by_kind)


def _not_the_same(view: View, use: list[Cell], kind: list[Cell], by_use: Decimal, by_kind: Decimal) -> Compared:
    names, cells = ["、".join(map(view.naming.row, cells)) for cells in (use, kind)], use + kind
    actual, expected = plain(by_use, WAN), plain(by_kind, WAN)
    message = (
        f"表6{quoted(names[0])}是 {actual}万元，表3{quoted(names[1])}的基本支出是 {expected}万元，通常相同，请核对。"
    )
    return differs(Level.NOTICE, message, cells, map(view.place, cells), expected, actual)


def _together(view: View, cells: list[Cell]) -> Decimal | None:
    """What cells add up to; None where one of them is missing."""
    amounts = [view.amount(cell) for cell in cells]
    return None if None in amounts else sum(filter(None, amounts), Decimal(0))


@rule("I46")
def running_codes_hold_basic_spending(view: View) -> Iterator[Compared]:
    """“行政运行”和“事业运行”科目一般只列基本支出"""
    for code in view.codes(T3):
        name = view.names.get(("function", code), "")
        if len(code) == 7 and code.endswith(("01", "50")) and name in ("行政运行", "事业运行"):
            yield _basic_only(view, code)


def _basic_only(view: View, code: str) -> Compared:
    cell = T3.cell(code, "project")
    shown = view.figure(cell)
    if not shown or not shown.amount:
        return passed(cell)
    message = (
        f"{view.words(cell)}是 {shown.text}{shown.unit}；{quoted(view.names['function', code])}科目一般只列基本支出，"
        "请核对这笔项目支出的科目。"
    )
    reader = (
        f"{view.words(cell)}是 {in_wan(shown.amount)}；{quoted(view.names['function', code])}科目一般只列基本支出。"
    )
    return differs(Level.WARNING, message, [cell], [shown.place], "", shown.text, reader=reader)
