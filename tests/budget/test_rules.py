"""Every rule: a small budget that agrees with it, and the one bad line that breaks it."""

import datetime
import random
import re
from decimal import Decimal

import pytest

from budget.checks.ledger import Outcome, check
from budget.documents.department_budget import RULES
from budget.documents.department_budget.tables import T1, T2, T3, T4, T5, T6, T7, T9
from budget.finding import Level
from budget.intake.read import read
from tests.budget.conftest import read_original
from tests.budget.layouts import LAYOUTS, open_reference, saved
from tests.budget.mutants import is_found, mutants, random_budget, wrongly_found
from tests.budget.small import copy, names, reprint, small, wan

BASE = small()


def printed(table, row, column, amount):
    """The small budget with one printed figure changed."""
    return reprint(BASE, table.cell(row, column), amount)


def changed(change):
    """The small budget after a change of its records or texts."""
    dossier = copy(BASE)
    change(dossier)
    return dossier


def record(key, at, **fields):
    """The small budget with some fields of a record changed."""
    return changed(lambda dossier: dossier.entries.records[key][at].update(fields))


def project(**fields):
    return record("projects", 1, **fields)


def purchase(**fields):
    return record("procurement", 0, **fields)


def asset(at, **fields):
    return record("fixed_assets", at, **fields)


def recorded(**fields):
    """The small budget of which people recorded something else."""
    return changed(lambda dossier: vars(dossier.recorded).update(fields))


def text(number, old, new):
    """One section with some words exchanged."""

    def change(dossier):
        section = dossier.entries.sections[number - 1]
        assert old in section["text"]
        section["text"] = section["text"].replace(old, new)

    return changed(change)


def target(at, value):
    return changed(lambda dossier: dossier.entries.records["projects"][1]["indicators"][at].update(target=value))


def without(table):
    """The small budget whose file lacks a table."""
    return changed(lambda dossier: (_unprint(dossier.original, table.key), dossier.original.notes.pop(table.key)))


def _unprint(original, key):
    original.figures = [p for p in original.figures if p.cell.table != key]


def _stop_at_sections(original):
    for at, p in enumerate(original.figures):
        if p.cell[:2] == (T3.key, "2120803"):
            original.figures[at] = p._replace(cell=T3.cell("21208", p.cell.column), place=p.place)
    original.figures = list({p.cell: p for p in original.figures}.values())


def with_staff(total):
    """Table 5 with 人员经费 beside 基本支出, as other places print it; its total says so many 万元."""

    def change(dossier):
        basic = [p for p in dossier.original.figures if p.cell.table == T5.key and p.cell.column == "basic"]
        staff = [p._replace(cell=p.cell._replace(column="staff")) for p in basic]
        whole = T5.cell("total", "staff")
        dossier.original.figures += [p._replace(amount=wan(total)) if p.cell == whole else p for p in staff]

    return changed(change)


LAST = T1.cell("spending_total", "spending")
MOBILE = "138" + "12345678"
# rule: (the budget that breaks it, its level, words of its sentence)
BROKEN = {
    "I01": (printed(T1, "income_total", "income", 193.10), "error", "表1“收入总计”的“预算数”是 193.1万元"),
    "I02": (printed(T1, "income_this_year", "income", 137), "error", "应为 173万元"),
    "I03": (printed(T1, "205", "spending", 6), "error", "表1“本年支出合计”"),
    "I04": (printed(T1, "carried_over", "income", 2), "error", "表1“收入总计”"),
    "I05": (printed(T2, "2010301", "fiscal", 101), "error", "表2“2010301 行政运行”的“小计”是 100万元"),
    "I06": (printed(T2, "20103", "total", 51), "error", "应为 150万元"),
    "I07": (printed(T2, "total", "carried_over", 21), "error", "表2“合计”的“上年结转”是 21万元"),
    "I08": (printed(T1, "special_account", "income", 6), "error", "表2“合计”的“财政专户收入”"),
    "I09": (printed(T3, "2010301", "basic", 10), "error", "的“基本支出”应为 10万元"),
    "I10": (printed(T3, "201", "project", 45), "error", "表3“201 一般公共服务支出”的“项目支出”"),
    "I11": (printed(T1, "spending_this_year", "spending", 190), "error", "表3“合计”的“合计”应为 193万元"),
    "I12": (printed(T1, "201", "spending", 105), "error", "像是有两个相邻数字写颠倒了"),
    "I13": (printed(T4, "general_public_budget", "income", 120), "error", "应为 128万元"),
    "I14": (printed(T4, "212", "total", 3), "error", "表4“十二、城乡社区支出”"),
    "I15": (printed(T4, "spending_total", "total", 187), "error", "表4“支出总计”的“合计”应为 187万元"),
    "I16": (printed(T4, "carried_over", "income", 22), "error", "不应超过 20万元"),
    "I17": (None, "error", "表4“收入总计”"),
    "I18": (printed(T7, "total", "total", 31), "error", "表7“合计”的“合计”是 31万元"),
    "I19": (printed(T5, "2010302", "project", 4), "error", "应为 4万元，相差 36万元"),
    "I20": (printed(T3, "2120803", "project", 29), "error", "不应超过 29万元"),
    "I21": (printed(T6, "total", "total", 107), "error", "表5“合计”的“基本支出”应为 108万元"),
    "I22": (printed(T6, "30101", "staff", 50), "error", "应为 50万元"),
    "I23": (printed(T6, "30101", "running", 5), "error", "301 类只应列在“人员经费”"),
    "I24": (printed(T9, "total", "total", None), "error", "是空白"),
    "I25": (printed(T9, "vehicles", "total", None), "error", "像是漏填了"),
    "I26": (printed(T9, "reception", "total", 2), "error", "表9“三、公务接待费”的“合计”是 2万元"),
    "I27": (printed(T6, "30231", "total", 20), "error", "不应超过 12万元"),
    "I28": (text(4, "公务接待费1.00", "公务接待费1.50"), "error",
            "“公务接待费”是 1.5万元，按表9“三、公务接待费”的“合计”应为 1万元"),
    "I29": (text(2, "人员经费68.00", "人员经费86.00"), "error",
            "“人员经费”是 86万元，按表6“合计”的“人员经费”应为 68万元"),
    "I30": (text(2, "项目支出减少2.00", "项目支出增加2.00"), "error", "合起来是增加 7万元"),
    "I31": (text(3, "2024年机关运行经费40.00万元。", ""), "error", "没有文字，但表6 有公用经费 40万元"),
    "I32": (project(amount=wan(21), fiscal_funds=wan(21)), "error", "4 项相加应为 76万元，相差 1万元"),
    "I33": (project(fiscal_funds=wan(19)), "error", "的“其中：财政资金”应为 19万元"),
    "I34": (project(payment_plan=[{"until": "12月底", "percent": Decimal(90)}]), "error", "最后应为 100%"),
    "I35": (target(1, "200000万元"), "error", "像是元与万元弄混了"),
    "I36": (text(2, "；教师培训5.00万元", "；教师培训6.00万元"), "warning", "没有找到金额相同的绩效目标表"),
    "I37": (record("projects", 0, code="13032424P001A"), "warning", None),
    "I38": (purchase(unit_price=wan("0.60")), "error", "数量 4 × 单价 0.6 = 2.4，合计是 2"),
    "I39": (purchase(project_budget=wan(22)), "error", "的“预算资金”是 22万元，按项目“办公设备”的“预算数”应为 20万元"),
    "I40": (purchase(sme_reserved=wan(3)), "error", "的“合计”不应超过 2万元"),
    "I41": (asset(0, value=wan(90)), "error", "相差 10万元"),
    "I42": (text(9, "总额为2.00", "总额为3.00"), "error", "“拟购置固定资产”是 3万元"),
    "I43": (None, "warning", "没有车辆"),
    "I44": (None, None, None),
    "I45": (printed(T6, "30108", "total", 9), "notice", "通常相同"),
    "I46": (printed(T3, "2010301", "project", 1), "warning", "一般只列基本支出"),
    "I47": (changed(lambda dossier: dossier.recorded.last_year.update({LAST: wan(180)})), "warning",
            "说上年是 190万元，上年公开的是 180万元"),
    "I54": (with_staff(117), "error", "表5“合计”的“人员经费”是 117万元"),
    "C01": (without(T4), "error", "缺少表4"),
    "C02": (changed(lambda dossier: dossier.original.years.update({2023: "支出总表"})), "error", "预算年度是 2023"),
    "C03": (changed(lambda dossier: _stop_at_sections(dossier.original)), "warning", "应列到项（7 位）"),
    "C04": (changed(lambda dossier: dossier.entries.names.update({("function", "2010301"): "行政支行"})), "error",
            "“行政支行”"),
    "C05": (text(11, "无。", ""), "warning", "没有文字"),
    "C06": (target(0, "%"), "warning", "不是完整的指标值"),
    "C07": (purchase(unit="元"), "warning", "计量单位写的是“元”"),
    "C08": (purchase(item="便携式计算机"), "warning", "“台式计算机”"),
    "C09": (text(1, "无。", "部门预算与单位预算。"), "warning", "混用"),
    "C10": (recorded(published_on=datetime.date(2024, 4, 1)), "warning", "隔了 41 天"),
    "C11": (recorded(sign_off=()), None, None),
    "X01": (text(5, "无。", "各位代表：无。"), "warning", "各位代表"),
    "X02": (text(5, "无。", "2021年完成。"), "warning", "2021 年"),
    "X03": (text(5, "无。", f"联系电话{MOBILE}。"), "error", "手机号"),
    "X04": (text(5, "无。", "花了3.125万元。"), "warning", "小数多于两位"),
}  # fmt: skip


def entry(dossier, rule):
    return next(entry for entry in check(dossier, names()) if entry.rule.id == rule)


def test_each_rule_has_the_bad_line_that_breaks_it():
    """None can be taken out unseen: how many there are is pinned in test_documents."""
    assert [rule.id for rule in RULES] == list(BROKEN)


def test_everything_agrees_in_the_small_budget():
    ledger = check(BASE, names())
    assert [(e.rule.id, f.message) for e in ledger for f in e.findings] == []
    idle = {e.rule.id for e in ledger if e.outcome == Outcome.NOT_APPLICABLE}
    assert {e.rule.id for e in ledger if e.outcome == Outcome.UNKNOWN} == set()
    assert idle == {"I17", "I43", "I54", "T8"}  # no other layout, no vehicle, no state capital


@pytest.mark.parametrize("rule", [rule for rule, (_, level, words) in BROKEN.items() if words])
def test_one_bad_line_breaks_the_rule(rule):
    dossier, level, words = BROKEN[rule]
    found = entry(dossier or OTHERS[rule](), rule)
    said = [re.sub(r"\.00|(?<=\.\d)0(?=\D)", "", f.message) for f in found.findings]
    assert any(words in message for message in said), said
    assert level in {f.level for f in found.findings}
    assert found.outcome == (Outcome.PASSED if level == Level.NOTICE else Outcome.FAILED)
    assert all(f.message.endswith("。") and f.rule == rule for f in found.findings)


def treasury_only():
    """Table 4 must then be all there is: here it says 1.00 less."""
    dossier = BASE
    for row in ("special_account", "own_funds"):
        dossier = reprint(dossier, T1.cell(row, "income"), None)
    return dossier


def bought_a_vehicle():
    return printed(T9, "vehicle_purchase", "total", 30)


OTHERS = {"I17": treasury_only, "I43": bought_a_vehicle}


@pytest.mark.parametrize("percent, said", [("50", []), ("7.14", ["-50.00%"])])
def test_a_percentage_is_held_against_its_own_item(percent, said):
    """公务接待费 against its own row of table 9, not against the total of the table."""
    dossier = text(4, "公务接待费1.00万元", f"公务接待费1.00万元，公务接待费减少1.00万元，下降{percent}%")
    assert [f.expected for f in entry(dossier, "I30").findings] == said


@pytest.mark.parametrize("percent, said", [("4.42", []), ("1.6", ["4.42%"])])
def test_a_bare_percentage_is_of_what_was_just_said_to_change(percent, said):
    """基本支出 113 → 118; the whole budget's own 1.6 % stands in the same sentence before it."""
    dossier = text(2, "基本支出增加5.00万元", f"基本支出增加5.00万元，增长{percent}%")
    assert [f.expected for f in entry(dossier, "I30").findings] == said


def test_a_carried_over_project_is_not_missed():
    found = entry(BROKEN["I37"][0], "I37")
    assert found.outcome == Outcome.NOT_APPLICABLE
    (finding,) = entry(record("projects", 0, amount=wan(25)), "I37").findings
    assert finding.level == Level.WARNING and (finding.expected, finding.found) == ("25.00", "20.00")


def test_the_cost_of_a_vehicle_is_shown():
    (remark,) = entry(BASE, "I44").remarks
    assert remark == "公务用车运行维护费 12.00 万元，2 辆车，每辆 6.00 万元"


def test_a_wrong_total_of_one_purchase_is_told_there_alone():
    """The 合计 and 小计 above it are held to what is paid, not to the printed totals of the rows."""
    book = open_reference()
    book["政府采购预算"]["H8"] = 3
    ledger = check(read(saved(book)).dossier)
    errors = [f for e in ledger if e.rule.id == "I38" for f in e.findings if f.level == Level.ERROR]
    assert [(str(f.cell), f.found, f.expected) for f in errors] == [("procurement-2-total", "3.00", "2.50")]


def test_what_is_not_signed_is_unknown():
    assert entry(BASE, "C11").outcome == Outcome.PASSED
    assert entry(BROKEN["C11"][0], "C11").outcome == Outcome.UNKNOWN


@pytest.mark.parametrize("rule", ["I01", "I05", "I09", "I13", "I21", "I24"])
def test_a_rule_without_its_figure_is_unknown_never_passed(rule):
    table = {"I01": T1, "I05": T2, "I09": T3, "I13": T1, "I21": T5, "I24": T9}[rule]
    assert entry(without(table), rule).outcome in (Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)


def test_rounding_alone_is_a_notice_that_says_so():
    found = entry(printed(T1, "income_total", "income", "193.01"), "I01")
    (finding,) = found.findings
    assert finding.level == Level.NOTICE and "在四舍五入的范围内" in finding.message
    assert found.outcome == Outcome.PASSED


@pytest.mark.parametrize(
    ("dossier", "rule", "cause"),
    [
        (printed(T3, "total", "basic", 181), "I10", "像是有两个相邻数字写颠倒了"),
        (printed(T1, "income_total", "income", 1_930_000), "I01", "像是元与万元弄混了"),
        (printed(T2, "total", "total", 163), "I06", "像是漏加了“212"),
        (printed(T2, "total", "total", 223), "I06", "像是把“212"),
        (printed(T1, "spending_total", "spending", 190), "I04", "像是上一年的数"),
    ],
)
def test_the_likeliest_cause_is_named(dossier, rule, cause):
    assert any(cause in f.message for f in entry(dossier, rule).findings)


@pytest.mark.parametrize("name", ["liujiaying-2024.xlsx", "liujiaying-2024.docx"])
def test_the_reference_document(name):
    """What RULES marks as failing, warning or notice is found; nothing else is an error."""
    found = [f for e in check(read_original(name).dossier) for f in e.findings]
    of = {level: {f.rule for f in found if f.level == level} for level in Level}
    text = name.endswith("docx")
    assert of["error"] == {"I24", "I25", "I35", "I41"} | ({"I31", "I42"} if text else set())
    assert {"I46"} | ({"I36"} if text else set()) == {r for r in of["warning"] if r.startswith("I")}
    assert {r for r in of["notice"] if r.startswith("I")} == {"I34", "I38"}
    figures = {(f.rule, f.expected, f.found) for f in found}
    assert {("I24", "22.39", ""), ("I25", "22.39", ""), ("I41", "2646.68", "2337.09"), ("I46", "", "211.65"),
            ("I35", "124.38万元", "1243800万元")} <= figures  # fmt: skip
    if text:
        assert {("I31", "58.36", ""), ("I42", "5.00", "10.00")} <= figures
        assert ("I36", "冀财农【2022】144号", "冀财农[2023]21号") in figures


def test_what_the_reference_marks_ok_passes():
    ledger = {e.rule.id: e for e in check(read_original("liujiaying-2024.docx").dossier)}
    wrong = {"I24", "I25", "I28", "I31", "I35", "I36", "I41", "I42", "I43", "I46", "I47", "I54"}
    assert {rule for rule, e in ledger.items() if rule[0] == "I" and e.outcome != Outcome.PASSED} == wrong
    assert ledger["I28"].outcome == Outcome.UNKNOWN and ledger["I28"].compared == 4
    assert ledger["I47"].outcome == Outcome.UNKNOWN
    assert ledger["I43"].outcome == ledger["I54"].outcome == Outcome.NOT_APPLICABLE
    assert "每辆 3.73 万元" in ledger["I44"].remarks[0] and "17.89 万元来自项目支出" in ledger["I27"].remarks[0]


def test_figures_that_follow_from_changed_lines_are_checked_as_they_follow_now():
    def change(dossier):
        lines = dossier.entries.lines
        dossier.entries.lines = [
            line._replace(amount=wan(130)) if line.function == "2010301" and line.book == "income" else line
            for line in lines
        ]

    dossier = changed(change)
    assert entry(dossier, "I12").outcome == Outcome.FAILED and entry(dossier, "I05").outcome == Outcome.PASSED


def test_changed_figures_are_found():
    """A sample of the mutation run (`python -m tests.bench.mutations`): every tenth change is found at its cell."""
    sample = list(mutants(BASE))[::10]
    assert len(sample) > 60
    assert [(kind, cells) for kind, cells, dossier in sample if not is_found(dossier, cells)] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_consistent_budgets_raise_nothing_in_any_layout(layout):
    assert wrongly_found(random_budget(random.Random(layout)), layout) == []
