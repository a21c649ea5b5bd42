"""A small budget in which everything agrees: several funds, money carried over, money that is not the treasury's."""

import datetime
from dataclasses import replace
from decimal import Decimal

from budget import codes
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.documents.department_budget.tables import T1
from budget.figures.dossier import Dossier, Entries, Original, Recorded
from budget.figures.fill import fill
from budget.figures.line import sort_key
from budget.figures.printed import Printed
from tests.budget.conftest import again, copied, ledger

LINES = """
income general_public_budget 2010301 100.00
income general_public_budget 2010302 20.00
income general_public_budget 2010302 carried 20.00
income general_public_budget 2080505 8.00
income government_fund 2120803 30.00
income special_account 2050299 5.00
income business 2010350 10.00
spending general_public_budget basic 2010301 100.00
spending general_public_budget project 2010302 40.00
spending general_public_budget basic 2080505 8.00
spending government_fund project 2120803 30.00
spending non_fiscal project 2050299 5.00
spending non_fiscal basic 2010350 10.00
economic general_public_budget staff 30101 60.00
economic general_public_budget staff 30108 8.00
economic general_public_budget running 30201 30.00
economic general_public_budget running 30231 10.00
three_public general_public_budget vehicle_running 12.00
three_public general_public_budget reception 1.00
"""
MORE_NAMES = {
    ("function", "205"): "教育支出", ("function", "20502"): "普通教育", ("function", "2050299"): "其他普通教育支出",
    ("function", "212"): "城乡社区支出", ("function", "21208"): "国有土地使用权出让收入安排的支出",
    ("function", "2120803"): "城市建设支出", ("economic", "30108"): "机关事业单位基本养老保险缴费",
}  # fmt: skip
PROJECTS = (("13032423P001A", "旧路修补", 20), ("13032424P002B", "办公设备", 20), ("13032424P003C", "污水管网", 30),
            ("13032424P004D", "教师培训", 5))  # fmt: skip
TEXT = (
    "2024年预算收入193.00万元，其中：一般公共预算收入128.00万元，基金预算收入30.00万元，上年结转20.00万元。"
    "2024年支出预算193.00万元，其中基本支出118.00万元，包括人员经费68.00万元和日常公用经费40.00万元；"
    "项目支出75.00万元，主要为旧路修补20.00万元；办公设备20.00万元；污水管网30.00万元；教师培训5.00万元。\n"
    "2024年预算收支安排193.00万元，较2023年预算增加3.00万元，增长1.6%，其中：基本支出增加5.00万元，项目支出减少2.00万元。\n"
    "项目支出减少2.00万元，主要为：旧路修补减少1.50万元；教师培训减少0.50万元。\n"
    "1. 一般公共服务支出（201类）政府办公厅（室）及相关机构事务（03款）行政运行（01项）100万元。"
    "2023年当年预算执行数为98.00万元，2024年预算安排100.00万元，比2023年预算执行数增加2.04%。\n"
    "2. “一般公共服务支出-政府办公厅(室)及相关机构事务-一般行政管理事务”科目40.00万元，主要用于办公。\n"
    "3. “社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）”8万元。\n"
    "4. 城乡社区支出（212类）国有土地使用权出让收入安排的支出（08款）城市建设支出（03项）30.00万元。"
)
THREE = (
    "2024年，“三公”经费预算安排13.00万元，其中因公出国（境）费0.00万元；公务用车购置及运维费12.00万元"
    "（其中：公务用车购置费为0.00万元，公务用车运维费12.00万元）；公务接待费1.00万元。"
)
SECTIONS = (
    "部门职责及机构设置情况", "部门预算安排的总体情况", "机关运行经费安排情况",
    "财政拨款“三公”经费预算情况及增减变化原因", "部门整体绩效目标", "部门主管专项资金预算安排情况及绩效目标",
    "部门项目预算安排情况及绩效目标", "政府采购预算情况", "国有资产信息", "名词解释", "其他需要说明的事项",
)  # fmt: skip
TEXTS = {
    2: TEXT,
    3: "2024年机关运行经费40.00万元。",
    4: THREE,
    7: "编报绩效目标的项目4个，涉及项目预算资金75.00万元。",
    8: "2024年政府采购预算2.00万元，其中：政府采购货物预算2.00万元、政府采购工程预算0万元、政府采购服务预算0万元。",
    9: "上年末固定资产金额为100.00万元。本年度拟购置固定资产总额为2.00万元。",
}


def names():
    """The code lists of the year, with the few codes that this budget uses besides."""
    shipped = codes.shipped_names(2024)
    found = codes.Names(shipped | MORE_NAMES)
    found.confirmed = shipped.confirmed | {("function", "2010301")}
    return found


def wan(amount):
    """An amount of 万元 in yuan."""
    return Decimal(str(amount)) * 10_000


def small():
    """The small budget as its file prints it, each figure with a place of its own."""
    entries = Entries(
        DEPARTMENT_BUDGET,
        "130324",
        "909",
        "某乡人民政府",
        2024,
        lines=sorted(ledger(LINES), key=sort_key),
        records={
            "projects": [_project(*project) for project in PROJECTS],
            "procurement": [_purchase()],
            "institutions": [{"name": "某乡人民政府本级", "nature": "行政", "rank": "正科级", "funding": "财政拨款"}],
            "fixed_assets": [_asset(*asset) for asset in ASSETS],
        },
        sections=[
            {"number": n, "title": f"{n}、{title}", "text": TEXTS.get(n, "无。")} for n, title in enumerate(SECTIONS, 1)
        ],
    )
    recorded = Recorded(
        approved_on=datetime.date(2024, 2, 20),
        published_on=datetime.date(2024, 3, 1),
        secrecy_review=("王会计", "2024-02-25"),
        sign_off=("张乡长", "2024-02-26"),
        last_year={T1.cell("spending_total", "spending"): wan(190)},
    )
    return as_printed(Dossier(entries, recorded=recorded))


def as_printed(dossier):
    """The dossier with every figure of the nine tables printed by a file, rounded to 0.01万元."""
    original = Original(lines=list(dossier.entries.lines), years={2024: "收支总表"}, names={"某乡人民政府": "收支总表"})
    for table in dossier.document.tables:
        filled = fill(table, dossier.entries.lines, names())
        original.notes[table.key] = table.empty_note if filled.is_empty else ""
        for cell, (amount, _) in filled.figures().items():
            shown = None if amount is None else amount.quantize(Decimal(100))
            place = f"{table.sheet}!{cell.row}/{cell.column}"
            original.figures.append(Printed(cell, shown, place, "万元", Decimal(100)))
    return replace(dossier, original=original)


def copy(dossier):
    """The dossier, to be changed."""
    return replace(
        dossier,
        entries=copied(dossier.entries),
        original=again(dossier.original),
        recorded=again(dossier.recorded),
    )


ASSETS = (("total", None, 100), ("buildings", 500, 60), ("offices", 300, 40), ("vehicles", 2, 20), ("other", 9, 20))


def _asset(kind, quantity, value):
    return {"kind": kind, "quantity": None if quantity is None else Decimal(quantity), "value": wan(value)}


def _project(code, name, amount):
    cost = {"level1": "产出指标", "level2": "成本指标", "level3": "总成本", "target": f"{amount}万元"}
    rows = [
        {"level1": "产出指标", "level2": "数量指标", "level3": "数量", "target": "1个"}, cost,
        {"level1": "效益指标", "level2": "社会效益指标", "level3": "效益", "target": "≥95%"},
        {"level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "满意", "target": "≥95%"},
    ]  # fmt: skip
    return {
        "code": code, "name": name, "amount": wan(amount), "fiscal_funds": wan(amount), "other_funds": None,
        "purpose": name, "goals": [{"text": f"做好{name}"}],
        "payment_plan": [{"until": "6月底", "percent": Decimal(50 if amount == 20 else 40)},
                         {"until": "12月底", "percent": Decimal(100)}],
        "indicators": [row | {"description": row["level3"], "basis": "计划"} for row in rows],
    }  # fmt: skip


def _purchase():
    return {
        "project": "办公设备", "project_budget": wan(20), "item": "台式计算机", "catalogue_code": "A02010105",
        "unit": "台",
        "quantity": Decimal(4), "unit_price": wan("0.50"), "general_public_budget": wan(2), "government_fund": None,
        "state_capital": None, "special_account": None, "own_funds": None, "carried_over": None,
        "sme_reserved": wan(1), "institution": "某乡人民政府本级",
    }  # fmt: skip


def reprint(dossier, cell, amount):
    """The dossier with one printed figure changed, in 万元; None blanks it."""
    dossier = copy(dossier)
    figures = dossier.original.figures
    for at, printed in enumerate(figures):
        if printed.cell == cell:
            figures[at] = printed._replace(amount=None if amount is None else wan(amount))
            return dossier
    raise KeyError(cell)
