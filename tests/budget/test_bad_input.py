"""Bad input gets one clear Chinese sentence that names the place and the way out, and nothing is saved."""

import pytest
from docx import Document
from openpyxl.comments import Comment

from budget.checks.ledger import Outcome, check, findings_of
from budget.drafts.handed_in import problems_of
from budget.finding import Level
from budget.intake import workbook
from budget.intake.agreement import disagreements
from budget.intake.guard import Refused
from budget.intake.identity import Given, missing_identity
from budget.intake.read import read
from tests.budget.conftest import original
from tests.budget.hostile import SHEET, packed, parts, with_parts
from tests.budget.layouts import amounts, open_reference, saved


def problems(book, **given):
    """What keeps a workbook from being saved: [(rule, message)]."""
    reading = read(saved(book), Given(**given))
    return [(p.rule, p.message) for p in reading.problems + missing_identity(reading.entries, reading.original)]


def only(found, rule, *words):
    assert [r for r, _ in found] == [rule]
    for word in words:
        assert word in found[0][1]


def test_text_in_an_amount():
    book = open_reference()
    book["收入总表"]["F11"] = "约四百万"
    only(problems(book), "R01", "工作表“收入总表”的 F11 单元格", "“约四百万”不是数字")


def test_a_broken_reference():
    book = open_reference()
    book["支出总表"]["E7"] = "#REF!"
    only(problems(book), "R01", "“支出总表”的 E7", "公式出错")


def test_a_formula_without_value():
    book = open_reference()
    book["一般公共预算支出表"]["D6"] = "=SUM(D7:D9)"
    only(problems(book), "R01", "“一般公共预算支出表”的 D6", "没有计算结果的公式")


def test_a_date_in_an_amount():
    import datetime

    book = open_reference()
    book["收支总表"]["C6"] = datetime.datetime(2024, 1, 1)
    only(problems(book), "R01", "“收支总表”的 C6", "日期")


@pytest.mark.parametrize("glued", ["448.01①", "448.01²", "448.01\n12", "448 .01", "\u202e448.01"])
def test_what_stands_glued_to_an_amount_never_becomes_part_of_it(glued):
    book = open_reference()
    book["收入总表"]["F11"] = glued
    only(problems(book), "R01", "“收入总表”的 F11", "不是数字")


@pytest.mark.parametrize("value, why", [(20240230, "太大"), ("10²³", "不是数字"), (33.333, "小数超过 2 位")])
def test_a_percentage_that_cannot_be_kept(value, why):
    book = open_reference()
    book["绩效01 武装工作经费"]["D7"] = value  # 资金支出计划（%），10月底
    only(problems(book), "R01", "“绩效01 武装工作经费”的 D7", why)


def test_a_count_that_cannot_be_kept():
    book = open_reference()
    book["固定资产占用情况"]["B5"] = 10**23
    only(problems(book), "R01", "“固定资产占用情况”的 B5", "太大")


def test_every_bad_cell_is_named():
    book = open_reference()
    book["收入总表"]["F11"], book["收入总表"]["F12"] = "甲", "乙"
    assert [rule for rule, _ in problems(book)] == ["R01", "R01"]


def test_two_sheets_for_one_table():
    book = open_reference()
    book.copy_worksheet(book["支出总表"])
    only(problems(book), "R05", "支出总表", "请只保留一张")


def test_no_money_unit():
    book = open_reference()
    book["支出总表"]["G2"] = None
    only(problems(book), "R02", "支出总表", "单位：万元")


def test_two_money_units():
    book = open_reference()
    book["支出总表"]["D2"] = "预算年度：2024  单位：元"
    only(problems(book), "R02", "支出总表", "只保留一种")


def test_no_year():
    book = open_reference()
    for sheet in book:
        for row in sheet.iter_rows(max_row=2):
            for cell in row:
                if "预算年度" in str(cell.value):
                    cell.value = None
    only(problems(book), "R03", "--year")
    assert problems(book, year=2024) == []


def test_no_department():
    book = open_reference()
    for sheet in book:
        if str(sheet["A2"].value).startswith("909"):
            sheet["A2"] = None
    assert [rule for rule, _ in problems(book)] == ["R04", "R04"]


def with_two_years():
    book = open_reference()
    book["支出总表"]["D2"] = "预算年度：2023"
    return book


def test_two_years_in_one_file_are_asked_about():
    only(problems(with_two_years()), "R03", "“收支总表”写的是 2024", "“支出总表”写的是 2023", "--year")
    (found,) = [f for f in findings_of(check(read(saved(with_two_years())).dossier)) if f.rule == "C02"]
    assert found.level == Level.ERROR and "“支出总表”写的是 2023" in found.message


def test_once_a_person_says_which_year_it_is_the_other_is_a_finding():
    reading = read(saved(with_two_years()), Given(year=2024))
    found = [f for f in findings_of(check(reading.dossier)) if f.rule == "C02"]
    assert [(f.found, f.expected, f.places) for f in found] == [("2023", "2024", ("支出总表",))]


def test_a_hidden_sheet_with_a_standard_table():
    book = open_reference()
    book["支出总表"].sheet_state = "hidden"
    only(problems(book), "R06", "支出总表", "取消隐藏")


def test_hidden_rows_are_warned_of():
    book = open_reference()
    book["支出总表"].row_dimensions[8].hidden = True
    reading = read(saved(book))
    assert reading.problems == [] and [f.rule for f in reading.findings] == ["R06"]
    assert "第8行" in reading.findings[0].message


def test_an_amount_in_an_unknown_column():
    book = open_reference()
    sheet = book["一般公共预算支出表"]
    sheet["G3"], sheet["G7"] = "其他支出事项", 5
    only(problems(book), "R07", "G7", "“其他支出事项”这一栏")


def test_an_amount_in_an_unknown_row():
    book = open_reference()
    sheet = book["三公经费支出表"]
    sheet["B13"], sheet["C13"] = "四、会议费", 3
    only(problems(book), "R07", "C13", "四、会议费")


def test_a_code_twice_in_one_table():
    book = open_reference()
    book["支出总表"]["B10"] = "2010301"
    assert {rule for rule, _ in problems(book)} == {"R08"}


def test_a_code_that_is_none():
    book = open_reference()
    book["支出总表"]["B11"] = "20103X1"
    assert problems(book)[0][0] == "R09" and "B11" in problems(book)[0][1]


def test_nothing_to_import():
    book = open_reference()
    for sheet in list(book)[1:]:
        book.remove(sheet)
    book.active.delete_rows(1, 50)
    book.active["A1"] = "会议纪要"
    assert problems(book)[0][0] == "R10"


def test_a_negative_amount_in_brackets_is_read_and_warned_of():
    book = open_reference()
    book["收入总表"]["F11"] = "（448.01）"
    reading = read(saved(book))
    assert reading.problems == [] and "负数" in reading.findings[0].message


def test_a_formula_without_value_is_found_under_any_prefix_and_part_name():
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = b'<x:worksheet xmlns:x="%s"><x:sheetData><x:row r="1"><x:c r="A1"><x:f>1+1</x:f></x:c></x:row>' % main
    data = with_parts({SHEET: rows + b"</x:sheetData></x:worksheet>"})
    grid = workbook.read(renamed(data, SHEET, "xl/pages/one.xml"))[0]
    assert "没有计算结果的公式" in grid.problems[1, 1]


def test_comments_and_formulas_with_values_do_no_harm():
    book = open_reference()
    book["收支总表"]["C6"].comment = Comment("请核对", "王会计")
    assert problems(book) == []


def renamed(data, old, new):
    """The package with one part under another name, and everything that names it."""
    return packed(
        (name.replace(old, new), content.replace(old.removeprefix("xl/").encode(), new.removeprefix("xl/").encode()))
        for name, content in parts(data).items()
    )


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_not_a_workbook(data):
    with pytest.raises(Refused, match="。"):
        read(data)


def test_a_truncated_file():
    with pytest.raises(Refused):
        read(original("liujiaying-2024.xlsx")[:30_000])


def test_where_no_table_is_found_no_rule_over_tables_has_passed():
    """A Word file of text alone: each table is missing, none of its sums holds."""
    document = Document()
    for text in (
        "一、部门职责及机构设置情况",
        "本乡2024年预算收入100.00万元。",
        "二、部门预算安排的总体情况",
        "支出100.00万元。",
    ):
        document.add_paragraph(text)
    reading = read(saved(document))
    ledger = {entry.rule.id: entry.outcome for entry in check(reading.dossier)}
    assert {rule for rule, outcome in ledger.items() if rule[0] in "IT" and outcome == Outcome.PASSED} == set()
    assert ledger["C01"] == Outcome.FAILED


@pytest.mark.parametrize("mark", [None, "—"], ids=["blank", "dashes"])
def test_a_form_that_is_not_filled_in_is_told_as_such(mark):
    book = open_reference()
    for sheet in book.worksheets[:9]:
        for cell in amounts(sheet):
            cell.value = mark
    for sheet in book.worksheets[9:]:
        del book[sheet.title]
    reading = read(saved(book))
    assert [f.rule for f in [*reading.problems, *disagreements(reading, check(reading.dossier))]] == ["R10"]
    assert [p.message for p in problems_of(reading)] == ["表里一个数也没有，像是还没有填写的样表；请填好以后再导入。"]
