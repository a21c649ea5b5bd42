"""Table 6: basic spending by economic code, against tables 3, 5 and 9."""

from budget.checks.compare import MISSING, at_most, equal, found, passed
from budget.checks.finding import Level
from budget.checks.rule import rule
from budget.checks.rules.cells import T3, T5, T6, T9, tree
from budget.money import WAN, plain

ONLY = {"staff": ("301", "303"), "running": ("302", "310")}
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
def basic_spending_agrees(view):
    """表6 合计等于表5 基本支出合计"""
    if view.has(T6) or view.has(T5):
        yield equal(view, (T6, "total", "total"), [(T5, "total", "basic")])


@rule("I22")
def basic_spending_adds_up(view):
    """表6 每一行：合计等于人员经费加公用经费；类等于款之和，合计等于类之和"""
    for row in view.rows(T6):
        yield equal(view, (T6, row, "total"), [(T6, row, "staff"), (T6, row, "running")])
    for total, parts in tree(view, T6):
        yield equal(view, total, parts)


@rule("I23")
def staff_and_running_stay_apart(view):
    """表6：工资福利（301）、对个人和家庭的补助（303）只列人员经费，商品服务（302）、资本性支出（310）只列公用经费"""
    for code in view.codes(T6):
        for right, classes in ONLY.items():
            if code.startswith(classes):
                yield _on_its_side(view, code, "running" if right == "staff" else "staff", right)


def _on_its_side(view, code, wrong, right):
    cell = (T6, code, wrong)
    shown = view.figure(cell)
    if not shown or not shown.amount:
        return passed(cell)
    message = (
        f"{view.words(cell)}是 {shown.text}{shown.unit}，"
        f"{code[:3]} 类只应列在“{view.column_name(T6, right)}”，请改到那一栏。"
    )
    return found(Level.ERROR, message, [cell, (T6, code, right)], [shown.place], "", shown.text)


@rule("I27")
def three_public_hold_basic_spending(view):
    """表6 的因公出国（境）费用、公务接待费、公务用车运行维护费、公务用车购置不超过表9 的同一项（余下的来自项目支出）"""
    for code, item in PARTS_OF:
        if view.amount(T6, code, "total"):
            yield _part_of_three_public(view, code, item)


def _part_of_three_public(view, code, item):
    whole = view.first((T9, item, "total"), (T9, item, "general_public_budget"))
    compared = at_most(view, (T6, code, "total"), [whole])
    if compared.finding or compared.missing:
        return compared
    part, all_ = view.amount(T6, code, "total"), view.amount(*whole)
    remark = f"{view.row_name(T6, code)} {plain(part, WAN)} 万元，表9 {plain(all_, WAN)} 万元，"
    return passed((T6, code, "total"), whole, remark=f"{remark}相差的 {plain(all_ - part, WAN)} 万元来自项目支出")


@rule("I45")
def social_insurance_agrees(view):
    """养老保险、职业年金、住房公积金、医疗、离退休费在表6（经济分类）和表3（功能分类）里通常相同"""
    if not (view.has(T6) and view.has(T3)):
        return
    for economic, function in SAME_MONEY:
        by_use = [view.amount(T6, code, "total") for code in economic]
        by_kind = [view.amount(T3, code, "basic") for code in function]
        if None in by_use or None in by_kind:
            yield MISSING
        elif any(by_use) and any(by_kind):
            yield _usually_the_same(view, economic, function, sum(by_use), sum(by_kind))


def _usually_the_same(view, economic, function, by_use, by_kind):
    cells = [(T6, code, "total") for code in economic] + [(T3, code, "basic") for code in function]
    if by_use == by_kind:
        return passed(*cells)
    names = "、".join(view.row_name(T6, code) for code in economic), "、".join(view.row_name(T3, c) for c in function)
    message = (
        f"表6“{names[0]}”是 {plain(by_use, WAN)}万元，表3“{names[1]}”的基本支出是 {plain(by_kind, WAN)}万元，"
        "通常相同，请核对。"
    )
    places = [view.place(*cell) for cell in cells]
    return found(Level.NOTICE, message, cells, places, plain(by_kind, WAN), plain(by_use, WAN))


@rule("I46")
def running_codes_hold_basic_spending(view):
    """“行政运行”和“事业运行”科目一般只列基本支出"""
    for code in view.codes(T3):
        name = view.names.get(("function", code), "")
        if len(code) == 7 and (code.endswith(("01", "50")) and name in ("行政运行", "事业运行")):
            yield _basic_only(view, code)


def _basic_only(view, code):
    cell = (T3, code, "project")
    shown = view.figure(cell)
    if not shown or not shown.amount:
        return passed(cell)
    message = (
        f"{view.words(cell)}是 {shown.text}{shown.unit}；“{view.names['function', code]}”科目一般只列基本支出，"
        "请核对这笔项目支出的科目。"
    )
    return found(Level.WARNING, message, [cell], [shown.place], "", shown.text)


RULES = (
    basic_spending_agrees,
    basic_spending_adds_up,
    staff_and_running_stay_apart,
    three_public_hold_basic_spending,
    social_insurance_agrees,
    running_codes_hold_basic_spending,
)
