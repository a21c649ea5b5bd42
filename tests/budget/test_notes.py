"""Notes of the text and its sentences: each way to be wrong, and what looks like it and is right."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budget.checks.ledger import Outcome, check
from budget.documents.department_budget.tables import T9
from budget.documents.unit_budget import UNIT_BUDGET
from budget.figures.printed import Printed
from budget.finding import Level
from tests.budget.small import copy, names, small, wan

BASE = small()


def budget(*lines, title="其他相关情况说明", number=101, kind=None, name=None, more=()):
    """The small budget with a text of another outline: one section with these lines, and more of them."""
    dossier = copy(BASE)
    entries = dossier.entries
    entries.sections = [{"number": number, "title": title, "text": "\n".join(lines)}, *more]
    entries = replace(entries, document=kind or entries.document, name=name or entries.name)
    return replace(dossier, entries=entries)


def found(dossier, rule):
    """(level, expected, found) of a rule's findings."""
    (entry,) = [entry for entry in check(dossier, names()) if entry.rule.id == rule]
    return [(f.level, f.expected, f.found) for f in entry.findings]


UNFINISHED = {
    "没有选定的“增加（减少）”": ("支出增加（减少）的原因是项目。", "支出增长(下降)3万元。", "比上年增加/减少5万元。"),
    "“原因是”后面没有写原因的句子": (
        "与上年持平，主要原因是。",
        "增加5万元，原因为；",
        "主要原因：。",
        "减少5万元，主要原因是",
    ),
    "多写或错写的标点": ("收入10万元。。", "收入10万元，。", "包括人员、，公用。"),
    "不成对的括号或引号": ("因公出国（境费0万元。", "“三公经费0万元。", "《预算法规定。", "其他）支出0万元。"),
    "显示不出来的字": ("完成\ue000率高。", "收入\ufffd万元。"),
    "没有句号的段落": ("本部门按照全县统一要求，结合工作实际，统筹安排全年收支，确保重点工作需要",),
}
FINISHED = (
    "支出增加的主要原因是业务量增加。",
    "增加的主要原因是：",
    "（三）增减变化原因",
    "1)第一项工作已经完成。",
    "一）第一项工作已经完成。",
    "因公出国(境）费0万元。",
    "（一）本部门按照全县统一要求，结合工作实际，统筹安排全年收支，确保重点工作需要",
    "二、机关运行经费预算",
    "共有设备2台（套）。",
    "增减变化不大。",
)


@pytest.mark.parametrize("what", UNFINISHED)
def test_each_way_to_be_unfinished_is_one_finding_with_all_its_places(what):
    level = Level.NOTICE if what == "没有句号的段落" else Level.WARNING
    for text in UNFINISHED[what]:
        assert found(budget(text), "X05") == [(level, "", what)], text
    assert found(budget(*UNFINISHED[what]), "X05") == [(level, "", what)]


@pytest.mark.parametrize("text", FINISHED)
def test_what_is_finished_is_no_finding(text):
    assert found(budget(text), "X05") == []


OWN = "2024年单位预算安排购置车辆0辆，单位预算安排购置设备0台。"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (OWN, None, [(Level.WARNING, "部门预算", "单位预算")]),
        (OWN, UNIT_BUDGET, []),
        (OWN.replace("单位", "部门"), UNIT_BUDGET, [(Level.WARNING, "单位预算", "部门预算")]),
        (OWN.replace("单位", "部门"), None, []),
        ("是主管部门和下属预算单位的收支计划，所属单位预算安排在各单位公开。", None, []),
        ("一般公共预算基本支出部门预算经济分类预算表见附件。", UNIT_BUDGET, []),
    ],
)
def test_a_body_speaks_of_its_own_kind_of_budget(text, kind, expected):
    """Told once: that the two words are mixed is not said again (C09)."""
    dossier = budget(text, kind=kind)
    assert found(dossier, "X06") == expected
    assert not (expected and found(dossier, "C09"))


@pytest.mark.parametrize(
    ("title", "line", "expected"),
    [
        ("某县某镇人民政府主要职能", "本镇管理本镇的事。", []),
        ("某镇人民政府主要职能", "2024年，某县某镇人民政府收入预算193万元。", []),
        ("某县水务局主要职能", "管理水务。", [(Level.WARNING, "某县某镇人民政府", "某县水务局")]),
        ("编制说明", "2024年，某县水务局收入预算193万元。", [(Level.WARNING, "某县某镇人民政府", "某县水务局")]),
    ],
)
def test_a_body_speaks_under_its_own_name(title, line, expected):
    assert found(budget(line, title=title, name="某县某镇人民政府"), "X06") == expected


def test_a_part_of_the_body_may_have_a_section():
    part = {"number": 102, "title": "某县某镇文化中心主要职责", "text": "管理文化。"}
    assert (
        found(budget("管理本镇。", title="某县某镇人民政府主要职能", name="某县某镇人民政府", more=[part]), "X06") == []
    )


BOUGHT = "2024年政府采购预算{whole}万元，其中：政府采购货物预算{a}万元、工程预算{b}万元、服务预算{c}万元。"


@pytest.mark.parametrize(
    ("whole", "a", "b", "c", "expected"),
    [
        ("2.00", "2", "0", "0.00", []),
        ("2", "1.2", "0.3", "0.5", ["1.20", "0.30", "0.50"]),  # the list of purchases has goods for 2.00 alone
        ("3", "2", "0", "1", ["3.00", "1.00"]),
        ("2.00", "2.00", "0.00", "1.00", ["1.00"]),  # one cause: that they do not add up is not told as well
    ],
)
def test_purchases_add_up_and_are_those_of_the_list(whole, a, b, c, expected):
    text = BOUGHT.format(whole=whole, a=a, b=b, c=c)
    assert [f[2] for f in found(budget("三、政府采购预算情况", text), "I50")] == expected


def test_without_a_list_the_kinds_still_add_up_to_the_whole():
    dossier = budget(BOUGHT.format(whole="2.00", a="2.00", b="0.00", c="1.00"))
    dossier.entries.records["procurement"] = []
    assert found(dossier, "I50") == [(Level.ERROR, "3.00", "2.00")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共有车辆2辆，其中：执法执勤用车1辆、其他用车1辆。", []),
        ("共有车辆2辆，其中：执法执勤用车1辆、其他用车0辆。", [("1", "2")]),
        ("共有车辆2辆，其中：执法执勤用车1辆、特种车1辆。", []),
        ("共有车辆3辆。", [("2", "3")]),
        ("截至2023年8月31日，共有车辆3辆。", []),  # the list of assets is of another day, or of an unknown one
    ],
)
def test_vehicles_add_up_and_are_those_of_the_list(text, expected):
    assert [f[1:] for f in found(budget(text), "I50")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单价20万元以上的设备3台。", []),
        ("单价在20万元（含）以上设备2台/套。", [("3", "2")]),
        ("单价20万元以上通用设备1台（套），单价20万元以上专用设备2台（套）。", []),
        ("单价50万元以上通用设备2台/套；专用设备818台/套（其中：单价100万元以上专用设备0台/套）。", []),
        ("单价50万元以上通用设备4台/套；单价100万元以上专用设备0台/套。", [("3", "4")]),
        ("截至2023年8月31日，单价20万元以上设备2台。", []),
        ("单价5万元以上设备9台。", []),
    ],
)
def test_devices_above_a_limit_are_those_of_the_list(text, expected):
    dossier = budget(text)
    dossier.entries.records["fixed_assets"].append({"kind": "equipment", "quantity": Decimal(3), "value": Decimal(0)})
    assert [f[1:] for f in found(dossier, "I50")] == expected


def test_without_devices_in_the_list_there_is_nothing_to_hold_them_to():
    assert found(budget("单价20万元以上的设备3台。"), "I50") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("编报绩效目标的项目共4个，涉及项目预算资金75万元。", []),
        ("编报绩效目标的项目共4个，涉及项目预算资金60万元。", []),
        ("编报绩效目标的项目共4个，涉及项目预算资金75.02万元。", [("75.00", "75.02")]),
        ("项目支出75.00万元，主要为农村公路修补20.00万元；农村公路养护30.00万元。\n农村公路养护项目30万元。", []),
        ("项目支出75.00万元，主要为农村公路修补20.00万元；农村公路养护30.00万元。\n农村公路养护项目31万元。",
         [("30.00", "31.00")]),
        ("项目支出75.00万元，主要为农村公路修补20.00万元；农村公路养护30.00万元。\n农村公路养护减少3万元。", []),
    ],
)  # fmt: skip
def test_projects_have_one_amount(text, expected):
    assert [f[1:] for f in found(budget(*text.split("\n"), title="编制说明"), "I51")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目支出减少10.00万元，主要为：修路减少12.00万元；办公增加2.00万元。", []),
        ("项目支出减少10.00万元，主要为：修路减少7.00万元；办公1.00万元。", [("减少 10.00万元", "减少 8.00万元")]),
        ("项目支出减少10.00万元，主要原因是：业务量减少。", []),
    ],
)
def test_the_part_that_no_reason_explains_is_shown(text, expected):
    notices = found(budget(text, title="编制说明"), "I53")
    assert [f[1:] for f in notices] == expected and all(f[0] == Level.NOTICE for f in notices)


def test_another_outline_has_to_speak_of_everything_and_is_no_error():
    lines = (
        "职能。",
        "机构设置。",
        "收入预算1万元。",
        "“三公”经费0万元。",
        "机关运行经费1万元。",
        "政府采购。",
        "车辆0辆。",
        "绩效。",
    )
    glossary = {"number": 10, "title": "名词解释", "text": "机关运行经费：公用经费。"}
    whole = budget(*lines, more=[glossary])
    assert found(whole, "C05") == []
    (one,) = found(budget(*lines[:4], lines[7], more=[glossary]), "C05")
    assert one == (Level.WARNING, "机关运行经费、政府采购、国有资产", "")  # what the glossary explains is not told
    assert found(budget(*lines), "C05") == [(Level.WARNING, "名词解释", "")]


def test_headings_inside_a_section_say_what_its_amounts_are():
    """As the declared sections 三 and 四 do: 三公 against table 9, running cost against table 6."""
    lines = (
        "一、“三公”经费预算情况",
        "2024年“三公”经费预算数为13万元，公务接待费2万元。",
        "二、机关运行经费",
        "机关运行经费为41万元。",
    )
    dossier = budget(*lines)
    assert [f[1:] for f in found(dossier, "I28")] == [("1.00", "2.00")]
    assert [f[1:] for f in found(dossier, "I31")] == [("40.00", "41.00")]


def test_amounts_of_the_text_are_judged_by_rounding():
    """Table 1 says 193.00, the text 193: the same."""
    dossier = budget("2024年，本级收入预算193万元，支出预算193.00万元。", title="编制说明")
    (entry,) = [entry for entry in check(dossier, names()) if entry.rule.id == "I29"]
    assert entry.outcome == Outcome.PASSED and entry.findings == () and entry.compared > 2


@pytest.mark.parametrize(
    ("printed", "expected"),
    [(41, []), (40, [("I50", "40.00", "41.00")]), (None, [("I31", "40.00", "41.00")])],
)
def test_the_running_cost_is_that_of_table_9_or_bounded_by_table_6(printed, expected):
    """Told once, by the table that has the very figure; table 6 has 40.00 of running cost in all."""
    dossier = budget("二、机关运行经费", "机关运行经费为41万元。")
    cell = T9.cell("agency_operating_cost")
    amount = printed and wan(printed)
    dossier.original.figures = [p for p in dossier.original.figures if p.cell != cell]
    dossier.original.figures.append(Printed(cell, amount, "三公!1", "万元", Decimal(100)))
    assert [(rule, *f[1:]) for rule in ("I31", "I50") for f in found(dossier, rule)] == expected
