"""A text of any outline: which headings open sections, what is no text, and that nothing of it is lost."""

import json

import pytest

from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.drafts.load import load
from budget.drafts.save import save
from budget.intake.grid import Grid, Paragraph
from budget.intake.narrative import read_narrative
from budget.intake.prose import is_prose, paragraphs_of
from budget.intake.read import read
from budget.models import Section
from disclosures.content import thaw
from disclosures.publish import content_of, publish
from tests.budget.conftest import original, read_original
from tests.budget.layouts import open_reference, saved

EXCEL = "liujiaying-2024.xlsx"
TITLES = DEPARTMENT_BUDGET.narrative.titles


def sections(*lines, style="Normal"):
    """[(number, title, text)] of paragraphs."""
    texts = [line if isinstance(line, Paragraph) else Paragraph(line, style) for line in lines]
    found = read_narrative(texts, DEPARTMENT_BUDGET)
    return [(s["number"], s["title"], s["text"]) for s in found.sections]


BODY = "某局主管本县某项工作，为正科级。"
DISTRICT = (
    "某县2024年部门预算", "预算主管部门：某县某局",
    "目 录", "一、部门主要职能", "二、名词解释", "三、部门预算表", "1. 2024年部门收支总表", "四、其他相关情况说明",
    "某县某局主要职能", BODY, "（一）拟订规划。",
    "名词解释", "（一）基本支出：是保障运转的支出。",
    "2024年部门收支预算总表", "编制部门：某县某局", "单位：元", "注：本部门没有这项支出，故本表为空表。",
    "其他相关情况说明", "一、“三公”经费预算情况说明", "“三公”经费0万元。", "二、国有资产占有情况", "共有车辆0辆。",
)  # fmt: skip


def test_titles_open_sections_and_inner_headings_stay_in_the_text():
    assert sections(*DISTRICT) == [
        (101, "某县某局主要职能", f"{BODY}\n（一）拟订规划。"),
        (10, "名词解释", "（一）基本支出：是保障运转的支出。"),
        (
            102,
            "其他相关情况说明",
            "一、“三公”经费预算情况说明\n“三公”经费0万元。\n二、国有资产占有情况\n共有车辆0辆。",
        ),
    ]


@pytest.mark.parametrize(
    "contents",
    [
        ("目录", "一、主要职责 ……………… 1", "（一）机关 ……………… 2", "二、收支情况 ……………… 3"),
        ("目录", "一、主要职责\t1", "二、收支情况\t3"),
        ("目  录", "一、主要职责", "1. 表格", "二、收支情况"),
        (),
    ],
)
@pytest.mark.parametrize("mark", ["一、{}", "第一部分 {}", "（一）{}"])
def test_numbers_open_sections_where_they_are_the_outermost(contents, mark):
    one, two = mark.format("主要职责"), mark.replace("一", "二").format("收支情况")
    found = sections(*contents, one, BODY, "1. 拟订规划。", two, "收入10万元。", "（1）其中拨款10万元。")
    assert found == [(101, one, f"{BODY}\n1. 拟订规划。"), (102, two, "收入10万元。\n（1）其中拨款10万元。")]


def test_a_list_that_starts_again_from_one_is_inside_its_section():
    found = sections(
        "一、主要职责", BODY, "二、工作安排", "一、修路", "二、架桥", "修路架桥。", "三、预算安排", "收入10万元。"
    )
    assert [number for number, _, _ in found] == [101, 102, 103]
    assert found[1][2] == "一、修路\n二、架桥\n修路架桥。"


def test_heading_styles_of_word_open_sections():
    found = sections(
        Paragraph("本局概览", "heading 1"), BODY, Paragraph("人员", "heading 2"), "共有10人。",
        Paragraph("钱从哪里来", "heading 1"), "收入10万元。",
    )  # fmt: skip
    assert found == [(101, "本局概览", f"{BODY}\n人员\n共有10人。"), (102, "钱从哪里来", "收入10万元。")]


def test_a_heading_worded_as_declared_takes_its_number_and_its_own_place():
    found = sections(
        "名词解释", "基本支出：保障运转。", "2024年政府采购预算情况", "没有采购。", "其他相关情况说明", "无。"
    )
    assert [(number, title) for number, title, _ in found] == [
        (10, "名词解释"),
        (8, "2024年政府采购预算情况"),
        (101, "其他相关情况说明"),
    ]


def test_the_declared_outline_stays_as_it_is():
    lines = [line for title in TITLES for line in (title, "无。")]
    assert sections(*lines) == [(number, title, "无。") for number, title in enumerate(TITLES, 1)]
    more = sections(*lines, "十二、附则", "从今年起。")
    assert more[:11] == sections(*lines) and more[11] == (112, "十二、附则", "从今年起。")


def test_a_paragraph_that_breaks_off_inside_a_bracket_goes_on_in_the_next():
    found = sections(
        "一、机构设置", "本局设两科：办公室（信访", "科）、财务科。", "二、其他情况", "（一）没有其他（无）。"
    )
    assert [text for _, _, text in found] == ["本局设两科：办公室（信访科）、财务科。", "（一）没有其他（无）。"]


def test_no_file_has_more_sections_than_there_are_numbers():
    """What hundreds of headings hold stays in the last section."""
    found = sections(*(f"第{n}件事的情况" for n in range(1, 1001)))
    assert [found[0][0], found[-1][0]] == [101, 999] and found[-1][2].endswith("第1000件事的情况")


def prose(*texts, name="其他情况"):
    return Grid(name, {(row, 1): text for row, text in enumerate(texts, 1)})


LONG = "本乡一年的收入和支出都写在这里，收入10万元，支出10万元，没有上年留下的钱。"


def test_a_sheet_of_text_is_no_table():
    assert is_prose(prose("部门机构设置", LONG)) and is_prose(prose("某局主要职能", "修路。"))
    assert not is_prose(prose("某县2024年部门预算", "预算主管部门：某县某局"))
    assert not is_prose(Grid("收支总表", {(1, 1): LONG, (2, 1): "收入", (2, 2): "支出"}))
    assert not is_prose(Grid("收支总表", {(1, 1): LONG, (2, 1): 10}))
    assert not is_prose(prose("目  录", "一、部门主要职能 ……………… 1", "二、名词解释 ……………… 2"))


def test_an_ellipsis_is_no_table_of_contents():
    assert sections("一、主要职责", "1. 修路，主要用于……", "二、其他情况", "无。")[0][2] == "1. 修路，主要用于……"


def test_a_sheet_without_a_title_opens_under_its_name():
    texts = paragraphs_of([prose("部门机构设置", f"{LONG}\n1. 本级\n"), prose(LONG, name="编制说明")])
    found = sections(*texts)
    assert found == [(101, "部门机构设置", f"{LONG}\n1. 本级"), (102, "编制说明", LONG)]


def workbook():
    """The reference workbook with two sheets of text."""
    book = open_reference()
    for name, text in (
        ("主要职能", BODY + LONG),
        ("名词解释", "（一）基本支出：是保障机构运转、完成日常任务的支出计划，包括人员和公用。"),
    ):
        sheet = book.create_sheet(name)
        sheet["A1"], sheet["A3"] = f"某乡{name}" if name == "主要职能" else name, text
    return saved(book)


def test_text_in_a_workbook_is_the_narrative():
    reading = read(workbook())
    assert [(s["number"], s["title"]) for s in reading.entries.sections] == [(101, "某乡主要职能"), (10, "名词解释")]
    assert reading.unmatched == [] and "sections" in reading.entries.parts and reading.problems == []
    assert read_original(EXCEL).entries.sections == []


@pytest.mark.django_db
def test_own_sections_keep_number_and_order_for_ever(client):
    """Draft, content, page and JSON; an import of the same file changes nothing."""
    data = workbook()
    budget = save(read(data), data, "预算.xlsx").budget
    kept = [(s["number"], s["title"]) for s in load(budget).entries.sections]
    assert kept == [(101, "某乡主要职能"), (10, "名词解释")]
    assert save(read(data), data, "预算.xlsx").changed == ()
    content = content_of(budget)
    assert [s["number"] for s in content["narrative"]["sections"]] == [101, 10]
    assert json.loads(json.dumps(content, default=str))["narrative"]["sections"][0]["title"] == "某乡主要职能"
    assert thaw(content).entries.sections == load(budget).entries.sections
    publish(budget, "李股长", "合计漏填，已按明细补列。")
    page = client.get("/130324/909/2024/narrative/101/").content.decode()
    assert "某乡主要职能" in page and BODY in page and 'href="/130324/909/2024/narrative/10/"' in page
    whole = client.get("/130324/909/2024/narrative/").content.decode()
    assert whole.index('id="section-101"') < whole.index('id="section-10"')


@pytest.mark.django_db
def test_a_section_typed_in_by_hand_stands_where_its_number_puts_it():
    budget = save(read(original(EXCEL)), original(EXCEL), EXCEL).budget
    for number in (5, 3, 101):
        section = Section(budget=budget, number=number, title=f"{number}")
        section.full_clean()
        section.save()
    assert [section.number for section in budget.sections.all()] == [3, 5, 101]
