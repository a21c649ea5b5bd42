"""Whose a file is: names without their neighbours, years from titles, a question where they disagree."""

from itertools import product

import pytest

from budget.intake.identity import missing_identity
from budget.intake.preface import owners, years_in
from budget.intake.read import read
from tests.budget.layouts import open_reference, saved

NAMES = ("卢龙县刘家营乡人民政府", "上海市普陀区万里街道办事处", "乐安镇人民政府（本级）", "县侨联")
LABELS = (
    "编制部门：",
    "编制单位: ",
    "填报单位（盖章）：",
    "预算主管部门：",
    "部门（单位）名称：",
    "单位名称：",
    "预算单位:",
)
BEFORE = ("", "公开01表  ", "金额单位：万元　　")
CODES = ("", "[501001]", "501001-", "501001 ", "（501001）")
AFTER = ("", "　　单位：元", "   金额单位：万元", "\t预算年度：2024", "  2024年2月", "\n单位：元", "单位：万元")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_without_its_neighbours(name):
    for before, label, code, after in product(BEFORE, LABELS, CODES, AFTER):
        line = f"{before}{label}{code}{name}{after}"
        assert list(owners([line])) == [("501001" if code else "", name)], line


@pytest.mark.parametrize("line", ["909卢龙县刘家营乡", "[909]卢龙县刘家营乡", "909-卢龙县刘家营乡   单位：元"])
def test_a_code_with_a_name_needs_no_label(line):
    assert list(owners([line])) == [("909", "卢龙县刘家营乡")]


def test_code_and_name_may_have_a_label_each():
    assert list(owners(["单位编码：909  单位名称：卢龙县刘家营乡人民政府"])) == [("909", "卢龙县刘家营乡人民政府")]


@pytest.mark.parametrize(
    "line",
    [
        "单位：万元", "金额单位：人民币元", "编制部门：", "编制单位：XX局", "2024年部门预算",
        "计量单位：千元", "卢龙县刘家营乡部门预算", "2024年，本部门收入预算100万元，其中：财政拨款100万元。",
    ],
)  # fmt: skip
def test_what_names_nobody(line):
    assert list(owners([line])) == []


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2024年部门预算收支总表", {2024}),
        ("刘家营乡2024年度部门预算公开", {2024}),
        ("二〇二四年部门预算", {2024}),
        ("2024 部门预算", {2024}),
        ("部门预算（2024年2月8日）", set()),
        ("2023-2024年", {2024}),
        ("2024年预算与2023年预算对比表", {2023, 2024}),
        ("2010301 行政运行", set()),
    ],
)
def test_the_years_of_a_title(title, years):
    assert years_in(title) == years


def asked(book):
    reading = read(saved(book))
    return [problem.message for problem in missing_identity(reading.entries, reading.original)]


def test_names_that_disagree_are_asked_about():
    book = open_reference()
    book["支出总表"]["A2"] = "909卢龙县木井镇人民政府"
    (message,) = asked(book)
    assert "“收支总表”写的是 卢龙县刘家营乡人民政府" in message and "“支出总表”写的是 卢龙县木井镇人民政府" in message
    assert "--name" in message


def test_brackets_and_blanks_make_no_other_name():
    book = open_reference()
    for sheet in book.worksheets:
        if str(sheet["A2"].value).startswith("909"):
            sheet["A2"] = (
                "909卢龙县刘家营乡 人民政府(本级)" if sheet.title == "收支总表" else "909卢龙县刘家营乡人民政府（本级）"
            )
    assert asked(book) == []


def test_running_text_names_no_year():
    """A sheet of words, full of other years, before the tables."""
    book = open_reference()
    words = book.create_sheet("说明", 0)
    words["A1"] = "2023年当年预算执行数为1.00万元，比2022年减少；" * 3
    words["A2"] = "2023年执行情况说明"
    assert read(saved(book)).entries.year == 2024


def test_a_cover_that_names_another_year_is_asked_about():
    book = open_reference()
    book.create_sheet("封面", 0)["A3"] = "刘家营乡2023年部门预算"
    (message,) = asked(book)
    assert "“封面”写的是 2023" in message and "“收支总表”写的是 2024" in message
