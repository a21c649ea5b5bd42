"""Whose a file is, of which year and kind, is asked where it does not say so or says two things; never guessed."""

import re

import pytest

from budget.checks.ledger import check, findings_of
from budget.finding import Level
from budget.intake.identity import Given, missing_identity
from budget.intake.read import read
from tests.budget.bends.files import docx, xlsx
from tests.budget.bends.paper import sound

WRITERS = pytest.mark.parametrize("write", [xlsx, docx])
OTHER = "青石县枫林镇人民政府"


@pytest.fixture
def paper():
    """A sound budget of 2026."""
    made = sound(1)
    assert (made.year, made.name) == (2026, "青石县柳林镇人民政府")
    return made


def problems(reading, rule):
    """What of one rule keeps the file from being saved."""
    found = [*reading.problems, *missing_identity(reading.entries, reading.original)]
    return [problem.message for problem in found if problem.rule == rule]


def told(reading):
    """Everything that is asked or said of the file, whatever its level."""
    asked = [*reading.problems, *missing_identity(reading.entries, reading.original)]
    return [finding.message for finding in [*asked, *reading.findings, *findings_of(check(reading.dossier))]]


@WRITERS
@pytest.mark.parametrize("wrong", [(5,), (2, 3, 4, 6)], ids=["one table", "four tables"])
def test_two_years_in_titles_are_asked(paper, write, wrong):
    for sheet in paper.of(*wrong):
        sheet.above[0] = {0: sheet.above[0][0].replace("2026", "2025")}
    (message,) = problems(read(write(paper)), "R03")
    assert "2025" in message and "2026" in message
    assert re.search(r"(收|支|支出|收入)总表|支出表", message)  # where, in words that tell one table from the other
    assert problems(read(write(paper), Given(year=2026)), "R03") == []
    assert read(write(paper), Given(year=2026)).entries.year == 2026


def test_a_cover_of_another_year_is_asked(paper):
    paper.before += ["2025年部门预算", paper.name]
    (message,) = problems(read(docx(paper)), "R03")
    assert "2025" in message and "2026" in message


@WRITERS
def test_no_year_anywhere_is_asked(paper, write):
    for sheet in paper.sheets:
        sheet.replace("2026年", "")
    reading = read(write(paper))
    assert reading.entries.year is None and len(problems(reading, "R03")) == 1
    assert read(write(paper), Given(year=2026)).entries.lines == paper.lines


def test_years_of_the_text_are_no_year_of_the_budget(paper):
    """Where only the story names years, none is taken from it."""
    for sheet in paper.sheets:
        sheet.replace("2026年", "")
    paper.after += ["2025年收入比2024年增加，2025年资产与2024年相同。"] * 3
    reading = read(docx(paper))
    assert reading.entries.year is None and len(problems(reading, "R03")) == 1


@WRITERS
def test_last_year_in_a_heading_is_no_year_of_the_budget(paper, write):
    for sheet in paper.of(3, 5):
        sheet.cols[-1].path = (*sheet.cols[-1].path[:-1], "项目支出")
        sheet.cols[2].path = ("2026年预算数（2025年执行数见附表）", *sheet.cols[2].path)
    reading = read(write(paper))
    assert reading.entries.year == 2026 and problems(reading, "R03") == []


def test_a_cover_of_another_kind_is_asked(paper):
    paper.before += ["2026年单位预算", paper.name]
    (message,) = problems(read(docx(paper)), "R13")
    assert "部门预算" in message and "单位预算" in message
    assert problems(read(docx(paper), Given(document="unit_budget")), "R13") == []


@WRITERS
def test_tables_of_two_kinds_are_asked(paper, write):
    paper.sheet(3).above[0] = {0: paper.sheet(3).above[0][0].replace("部门", "单位")}
    assert len(problems(read(write(paper)), "R13")) == 1


@WRITERS
def test_where_no_title_names_a_kind_a_person_says_which(paper, write):
    for sheet in paper.sheets:
        sheet.above[0] = {0: f"{paper.year}年{sheet.table.title.removeprefix('部门预算')}"}
    (message,) = problems(read(write(paper)), "R13")
    assert message == "文件的标题没有写明是哪一种预算；请在导入时选择（--type）。"
    reading = read(write(paper), Given(otherwise="department_budget"))
    assert reading.problems == [] and reading.entries.lines == paper.lines
    (said,) = [finding for finding in reading.findings if finding.rule == "R13"]
    assert said.level == Level.NOTICE and "没有写明种类，按部门预算读取；如果是单位预算" in said.message
    chosen = read(write(paper), Given(document="unit_budget"))
    assert chosen.document.key == "unit_budget" and not [one for one in chosen.findings if one.rule == "R13"]


def test_another_name_on_the_cover_is_told(paper):
    paper.before += ["2026年部门预算", f"预算部门：{OTHER}"]
    assert any(OTHER in message and paper.name in message for message in told(read(docx(paper))))


@WRITERS
def test_another_name_over_a_table_is_told(paper, write):
    paper.sheet(6).above[1] = {0: f"编制部门：{OTHER}", -1: "单位：万元"}
    assert any(OTHER in message and paper.name in message for message in told(read(write(paper))))


@WRITERS
def test_a_name_without_a_code_is_not_given_one(paper, write):
    for sheet in paper.sheets:
        sheet.replace(paper.unit, "")
    reading = read(write(paper))
    assert (reading.entries.name, reading.entries.unit) == (paper.name, "")
    assert any("单位编码" in message for message in problems(reading, "R04"))


@WRITERS
def test_two_units_of_money_in_one_table_are_asked(paper, write):
    paper.sheet(2).above[0] = {0: paper.sheet(2).above[0][0] + "（单位：元）"}
    assert len(problems(read(write(paper)), "R02")) == 1
