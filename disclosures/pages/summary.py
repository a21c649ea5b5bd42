"""What a citizen asks first: how much, for what, the biggest item, 三公; as sentences whose figures are links."""

from decimal import Decimal

from budget.cell import Cell
from disclosures.pages import forms
from disclosures.pages.bars import percent

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
    """A figure as a link to its cell; a blank one is said to be none."""
    cell = Cell(*address)
    return _amount(disclosure.shown(cell) or "0.00", disclosure.address(cell))


def _amount(text, href):
    return {"text": f"{text} 万元", "href": href, "figure": True}


def _word(term):
    return {"text": term, "href": f"/glossary/#{term}", "figure": False}


def _whole(disclosure):
    income = _figure(disclosure, T1, "income_total", "income")
    spending = _figure(disclosure, T1, "spending_total", "spending")
    same = income["text"] == spending["text"]
    year = disclosure.content["year"]
    parts = [f"{year} 年收入和支出各 ", income] if same else [f"{year} 年收入 ", income, "，支出 ", spending]
    if disclosure.amounts.get(Cell(T1, "carried_over", "income")):
        parts += ["（收入里有", _word("上年结转"), " ", _figure(disclosure, T1, "carried_over", "income"), "）"]
    return [*parts, "。"]


def _kinds(disclosure):
    return [
        "人员工资和日常办公等",
        _word("基本支出"),
        " ",
        _figure(disclosure, T3, "total", "basic"),
        "，办具体事情的",
        _word("项目支出"),
        " ",
        _figure(disclosure, T3, "total", "project"),
        "。",
    ]


def _biggest_class(disclosure):
    most = next((bar for bar in bars(disclosure) if bar["amount"]), None)
    if most is None:
        return []
    name = most["name"].removesuffix("支出")
    return [f"钱花得最多的是{name}，", _amount(most["text"], most["href"]), f"，占 {most['share']}%。"]


def _biggest_project(disclosure):
    found = [row for row in forms.rows(disclosure, PROJECTS) if row["amount"]]
    if not found:
        return []
    most = max(found, key=lambda row: row["value"])
    how_many = f"{len(found)} 个项目里最大的是“{most['name']}”，" if len(found) > 1 else f"项目是“{most['name']}”，"
    return [how_many, _amount(most["amount"], most["href"]), "。"]


def _three_public(disclosure):
    if not disclosure.amounts.get(Cell(T9, "total", "total")):
        return ["没有安排", _word("“三公”经费"), "。"]
    filled = [(row, name) for row, name in _ITEMS if disclosure.amounts.get(Cell(T9, row, "total"))]
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
