"""What a citizen asks first: how much, for what, the biggest item, 三公; as sentences whose figures are links.

A nil is told as people tell it (没有安排), or left out of a list; a blank tells no amount, so nothing is said of it.
"""

from decimal import Decimal

from budget.cell import Cell
from budget.text import quoted
from disclosures.pages import forms
from disclosures.pages.bars import percent
from disclosures.pages.disclosure import has_money

T1, T3, T9 = "t1", "t3", "t9"
PROJECTS = "projects"
_ITEMS = (
    ("abroad", "因公出国（境）"),
    ("vehicle_purchase", "购置公务用车"),
    ("vehicle_running", "公务用车运行维护"),
    ("reception", "公务接待"),
)


def sentences(disclosure):
    """The opening paragraph as parts: {text, href, figure}; href is '' for plain words.

    What a document has no table or form for is left out.
    """
    parts = []
    for needed, say in ((T1, _whole), (T3, _kinds), (T3, _biggest_class), (T9, _three_public)):
        if say is _three_public and disclosure.form(PROJECTS):
            parts += _biggest_project(disclosure)
        if disclosure.table(needed):
            parts += say(disclosure)
    return [part if isinstance(part, dict) else {"text": part, "href": "", "figure": False} for part in parts]


def _figure(disclosure, *address):
    """A figure as a link to its cell, 没有填写 for a blank one."""
    cell = Cell(*address)
    return _amount(disclosure.shown(cell), disclosure.address(cell))


def _amount(text, href):
    return {"text": f"{text} 万元" if text else "没有填写", "href": href, "figure": True}


def _amount_at(disclosure, *address):
    """The amount of a figure as content holds it, None for a blank."""
    return disclosure.amounts.get(Cell(*address))


def _word(term):
    return {"text": term, "href": f"/glossary/#{term}", "figure": False}


def _whole(disclosure):
    income = _figure(disclosure, T1, "income_total", "income")
    spending = _figure(disclosure, T1, "spending_total", "spending")
    same = income["text"] == spending["text"]
    year = disclosure.content["year"]
    parts = [f"{year} 年收入和支出各 ", income] if same else [f"{year} 年收入 ", income, "，支出 ", spending]
    if has_money(_amount_at(disclosure, T1, "carried_over", "income")):
        parts += ["（收入里有", _word("上年结转"), " ", _figure(disclosure, T1, "carried_over", "income"), "）"]
    return [*parts, "。"]


def _kinds(disclosure):
    basic = _kind(disclosure, "人员工资和日常办公等", "基本支出", "basic")
    project = _kind(disclosure, "办具体事情的", "项目支出", "project")
    return [*basic, *(["，"] if basic and project else []), *project, *(["。"] if basic or project else [])]


def _kind(disclosure, what, term, column):
    """One kind of spending in words; nothing where it is blank."""
    amount = _amount_at(disclosure, T3, "total", column)
    if amount is None:
        return []
    if not has_money(amount):
        return ["没有安排", _word(term)]
    return [what, _word(term), " ", _figure(disclosure, T3, "total", column)]


def _biggest_class(disclosure):
    most = next((bar for bar in bars(disclosure) if bar["amount"] > 0), None)
    if most is None:
        return []
    name = most["name"].removesuffix("支出")
    share = f"，占 {most['share']}%。" if most["share"] else "。"
    return [f"钱花得最多的是{name}，", _amount(most["text"], most["href"]), share]


def _biggest_project(disclosure):
    found = forms.rows(disclosure, PROJECTS)
    most = max(found, key=lambda row: row["value"], default=None)
    if most is None or most["value"] <= 0:
        return []
    name = quoted(most["name"])
    how_many = f"{len(found)} 个项目里最大的是{name}，" if len(found) > 1 else f"项目是{name}，"
    return [how_many, _amount(most["amount"], most["href"]), "。"]


def _three_public(disclosure):
    whole = _amount_at(disclosure, T9, "total", "total")
    if whole is None and not disclosure.table(T9)["note"]:  # an empty table's note says that there is none
        return [_word("“三公”经费"), "没有填写。"]
    if not has_money(whole):
        return ["没有安排", _word("“三公”经费"), "。"]
    filled = [(row, name) for row, name in _ITEMS if has_money(_amount_at(disclosure, T9, row, "total"))]
    parts = [_word("“三公”经费"), " ", _figure(disclosure, T9, "total", "total")]
    if len(filled) == 1:
        return [*parts, f"，全部是{filled[0][1]}费。"]
    for index, (row, name) in enumerate(filled):
        parts += ["，其中" if not index else "、", f"{name} ", _figure(disclosure, T9, row, "total")]
    return [*parts, "。"]


def bars(disclosure):
    """Spending classes of table 3, largest first: name, text, share, and widths in percent."""
    if not disclosure.table(T3):
        return []
    total = Decimal(disclosure.amounts.get(Cell(T3, "total", "total"), 0))
    halves = [half for row in disclosure.table(T3)["rows"] for half in row["sides"] if half["level"] == "class"]
    found = sorted((_bar(disclosure, half, total) for half in halves), key=lambda bar: -bar["amount"])
    largest = found[0]["amount"] if found else 0
    for bar in found:
        bar["widths"] = {kind: percent(bar[kind], largest) for kind in ("basic", "project")}
    return found


def _bar(disclosure, half, total):
    def amount(column):
        return Decimal(disclosure.amounts.get(Cell(T3, half["key"], column), 0))

    return {
        "name": half["labels"][-1],
        "amount": amount("total"),
        "text": disclosure.shown(Cell(T3, half["key"], "total")),
        "share": f"{amount('total') / total * 100:.1f}" if total else "",
        "basic": amount("basic"),
        "project": amount("project"),
        "basic_text": disclosure.shown(Cell(T3, half["key"], "basic")),
        "project_text": disclosure.shown(Cell(T3, half["key"], "project")),
        "href": disclosure.address(Cell(T3, half["key"], "total")),
    }
