"""Changes that sentences state: every form, right and wrong, made up at random; what is open is not compared."""

import random
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest

from budget.checks.judged import faults_of
from budget.checks.ledger import check
from budget.checks.passages import read_passages
from budget.checks.statements import statements_in
from budget.finding import Level
from tests.budget.small import copy, names, small

CENT = Decimal("0.01")
BASE = small()


def statements(text):
    return [found for passage in read_passages((("101", "编制说明", text),)) for found in statements_in(passage)]


def found(text):
    """[(said, should)] of all statements of a text."""
    return [(fault.said, fault.should) for one in statements(text) for fault in faults_of(one)]


def shown(amount, places):
    return f"{amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


def way(change):
    return ("增加", "增长") if change > 0 else ("减少", "下降")


# Each form from the exact amounts: {a} before, {b} now, {c} the change, {z} its percentage; {up} and {grown} are words.
FORMS = {
    "executed, planned, percent": "2023年当年预算执行数为{a}万元，2024年预算安排{b}万元，比2023年预算执行数{up}{z}%。",
    "amount and percent": "2023年预算{a}万元，2024年预算{b}万元，比2023年预算{up}{c}万元，{grown}{z}%。",
    "now, change, percent": "2024年办公经费预算{b}万元，比2023年预算{up}{c}万元，{grown}{z}%，主要原因是任务变化。",
    "from, to": "办公经费由{a}万元{up}到{b}万元，{up}{c}万元。",
    "after a full stop": "办公经费{b}万元。较上年{up}{c}万元，{grown}{z}%。",
    "of which": "支出预算9,999.00万元，其中：财政拨款支出{b}万元，比2023年预算{up}{c}万元，{grown}{z}%。",
    "earlier without its number": "上年预算{a}万元，本年预算{b}万元，同比{grown}{z}%。",
}


def sentence(form, before, now, places=2, percent=None, change=None, turned=False):
    """A form filled in; percent, change: printed instead of the right ones; turned: with the other direction."""
    c = abs(now - before) if change is None else change
    z = c / before * 100 if percent is None else percent
    up, grown = way((before - now) if turned else (now - before))
    return FORMS[form].format(
        a=shown(before, places), b=shown(now, places), c=shown(c, places), z=shown(z, places), up=up, grown=grown
    )


def amounts(seed, count=60):
    """Pairs of exact amounts, three places more exact than they are printed, far enough apart to tell."""
    rng = random.Random(seed)
    for _ in range(count):
        before, now = (Decimal(rng.randrange(2_000_000, 900_000_000)) / 100_000 for _ in range(2))
        if abs(now - before) > before / 20:
            yield before, now, rng


@pytest.mark.parametrize("form", FORMS)
def test_what_is_right_raises_nothing(form):
    """However the exact amounts round, and with fewer places, too."""
    for before, now, rng in amounts(form):
        text = sentence(form, before, now, rng.choice((0, 1, 2)))
        assert len(statements(text)) == 1 and found(text) == [], text


@pytest.mark.parametrize("form", [form for form in FORMS if "{z}" in FORMS[form]])
def test_a_wrong_percentage_is_one_finding(form):
    for before, now, _ in amounts(form):
        right = abs(now - before) / before * 100
        text = sentence(form, before, now, percent=right * Decimal("1.3") + 1)
        ((_, should),) = found(text)
        assert abs(Decimal(should.strip("增加减少 %")) - right) < right / 500, text


@pytest.mark.parametrize("form", [form for form in FORMS if "{a}" in FORMS[form] and "{c}" in FORMS[form]])
def test_a_wrong_amount_is_one_finding(form):
    for before, now, _ in amounts(form):
        text = sentence(form, before, now, percent=abs(now - before) / before * 100, change=abs(now - before) + 1)
        ((said, should),) = found(text)
        assert said != should and "万元" in should, text


@pytest.mark.parametrize("form", ["executed, planned, percent", "from, to", "earlier without its number"])
def test_a_wrong_direction_is_found(form):
    for before, now, _ in amounts(form, 20):
        assert found(sentence(form, before, now, turned=True)), form


def test_a_percentage_that_was_cut_off_is_not_what_it_rounds_to():
    before, now = Decimal("300.00"), Decimal("350.00")
    cut = (Decimal(50) / 3).quantize(CENT, ROUND_DOWN)
    assert found(sentence("executed, planned, percent", before, now)) == []
    assert found(sentence("executed, planned, percent", before, now, percent=cut)) == []  # 299.995 may stand there
    assert found(sentence("executed, planned, percent", before, now, percent=Decimal("16.60"))) == [
        ("增加 16.60%", "增加 16.67%")
    ]


@pytest.mark.parametrize("printed, right", [("22.22", True), ("24.00", True), ("30.00", False), ("20.00", False)])
def test_printed_amounts_stand_for_all_that_rounds_to_them(printed, right):
    text = f"2023年预算执行数为0.50万元，2024年预算安排0.62万元，比2023年预算执行数增加{printed}%。"
    assert (found(text) == []) is right


LEFT_OPEN = (
    "“三公”经费13.00万元，其中因公出国费0.00万元，公务用车费12.00万元，公务接待费1.00万元，较上年增加5.00万元。",
    "2023年预算100.00万元，2024年预算120.00万元，比2022年预算增加60.00%。",
    "2023年预算100.00万元，2024年预算安排120.00万元，比2023年预算执行数增加60.00%。",
    "2023年基本支出100.00万元，2024年项目支出120.00万元，增长60.00%。",
    "支出预算193.00万元，其中：基本支出增加5.00万元，增长4.42%。",
    "货物1.00万元、工程2.00万元、服务3.00万元，比上年增加20.00万元。",
    "单价100元/人，增加3人。",
    "满意度95%，完成率提高到98%。",
    "办公经费1.00万元，与上年持平。",
)


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_what_a_sentence_leaves_open_is_not_compared(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年预算15.00万元，2024年预算15.00万元，与2023年预算持平。", []),
        ("2023年预算15.00万元，2024年预算16.00万元，与2023年预算持平。", [("持平", "增加 1.00万元")]),
        ("2023年预算执行数为0万元，2024年预算安排3.00万元，比2023年预算执行数增加100.00%。", [("增加 100.00%", "")]),
        ("基金预算0万元，比2023年预算增加8.00万元。", [("增加 8.00万元", "")]),
        ("支出１２０．００万元，比上年增加２０．００万元，增长２５％。", [("增加 25%", "增加 20%")]),
        ("由10万元降至8万元，下降30%。", [("减少 30%", "减少 20%")]),
        ("公务接待费1.00万元，较上年减少1.00万元，下降40%；公务用车费2.00万元，较上年增加1.00万元，增长100%。",
         [("减少 40%", "减少 50%")]),
    ],
)  # fmt: skip
def test_each_kind_of_statement(text, expected):
    assert found(text) == expected


# Items that name a code: how the names are written (OURS), and what follows.
TAIL = "。2023年当年预算执行数为{a}万元，2024年预算安排{b}万元，比2023年预算执行数{up}{z}%。"


def budget(*lines):
    """The small budget with these lines instead of its text; table 5 has 100.00 in 2010301."""
    dossier = copy(BASE)
    for section in dossier.entries.sections:
        section["text"] = "无。"
    dossier.entries.sections[1]["text"] = "\n".join(lines)
    return dossier


def told(dossier, *rules):
    """(rule, level, expected, found) of what these rules find, notices of what is left out aside."""
    return [
        (f.rule, f.level, f.expected, f.found)
        for e in check(dossier, names())
        if e.rule.id in (rules or ("I28", "I29", "I30", "I48", "I49"))
        for f in e.findings
        if f.level != Level.NOTICE
    ]


OURS = (
    "{n}一般公共服务支出（201类）政府办公厅（室）及相关机构事务（03款）行政运行（01项）{head}万元",
    "{n}“一般公共服务支出（类）政府办公厅(室)及相关机构事务（款）行政运行（项）”{head}万元，主要用于运行",
    "{n}“一般公共服务支出-政府办公厅（室）及相关机构事务-行政运行”科目{head}万元，主要用于运行",
)
WRONG = [
    ({}, []),
    ({"head": "101.00"}, "开头写 101.00万元"),
    ({"b": "99.00", "z": "10.00"}, "文中写 99.00万元"),
    ({"z": "12.00"}, "增加 12.00%"),
    ({"b": "70.00", "z": "21.74"}, "文中写 70.00万元增加 21.74%"),
    ({"head": "10.00", "b": "70.00", "z": "21.74"}, "开头写 10.00万元、文中写 70.00万元增加 21.74%"),
]


@pytest.mark.parametrize("number", ["1、", "12. ", "（3）", ""])
@pytest.mark.parametrize("head", OURS)
@pytest.mark.parametrize(("change", "expected"), WRONG)
def test_an_item_is_told_once_however_much_of_it_is_wrong(number, head, change, expected):
    """90.91 → 100.00 is 10.00 %; table 5 has 100.00."""
    words = {"n": number, "head": "100.00", "a": "90.91", "b": "100.00", "z": "10.00", "up": "增加"} | change
    findings = told(budget((head + TAIL).format(**words)))
    assert [f[3] for f in findings] == ([expected] if expected else [])


def test_an_item_with_another_name_of_its_class():
    line = "一般性服务支出（201类）政府办公厅（室）及相关机构事务（03款）行政运行（01项）100.00万元。"
    assert told(budget(line)) == [("I49", Level.WARNING, "一般公共服务支出", "一般性服务支出")]


def test_an_item_that_may_be_several_codes_is_not_compared():
    """Neither section nor class is known, so 行政运行 may be anybody's."""
    assert told(budget("“教育支出（类）普通教育（款）行政运行（项）”5.00万元。")) == []
    ledger = {e.rule.id: e for e in check(budget("“教育支出（类）普通教育（款）行政运行（项）”5.00万元。"), names())}
    assert ledger["I49"].missing == 1


def test_codes_that_the_items_leave_out_are_a_notice():
    line = OURS[0].format(n="1、", head="100.00") + "。"
    (found_,) = [f for e in check(budget(line), names()) if e.rule.id == "I49" for f in e.findings]
    assert found_.level == Level.NOTICE and "还有 2 个科目没有写到：2010302" in found_.message


def test_a_bare_change_in_a_list_is_that_of_the_item_just_named():
    """公务接待费 fell by one, not all of 三公: the whole's own percentage stays unharmed."""
    text = "“三公”经费13.00万元，比上年减少3.00万元；公务接待费1.00万元，较上年减少1.00万元。"
    dossier = budget("无。")
    dossier.entries.sections[3]["text"] = text
    assert told(dossier) == []
