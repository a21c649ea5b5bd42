"""Tables that are none of the nine are kept as their file prints them; nothing that a township published is dropped."""

import datetime
from functools import lru_cache

import pytest
from docx import Document
from openpyxl import Workbook

from budget.checks.ledger import check, findings_of
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.drafts.load import load
from budget.drafts.save import save
from budget.figures.as_printed import Area, AsPrinted, merged
from budget.figures.dossier import Dossier, Entries
from budget.figures.number_format import shown, typed
from budget.finding import Level
from budget.intake.identity import Given
from budget.intake.read import read
from budget.models import PrintedTable
from tests.budget import own_tables
from tests.budget.conftest import original, read_original
from tests.budget.layouts import saved
from tests.budget.own_tables import OWN, UNIT, add, alone, headed

EXCEL, WORD = "liujiaying-2024.xlsx", "liujiaying-2024.docx"
PROJECTS, SERVICES = "2024年部门预算项目支出表", "政府购买服务预算表"


def kept(data):
    return read(data).entries.as_printed


def titles(data):
    return [table.title for table in kept(data)]


def told(data, *rules):
    return [finding for finding in read(data).findings if finding.rule in rules]


@lru_cache
def reading_of(data):
    """A file read once for all tests; saving does not change it."""
    return read(data, Given("130324", "909", 2024))


with_own_tables, small = lru_cache(own_tables.with_own_tables), lru_cache(own_tables.small_with_own_tables)


def test_a_file_with_other_tables_says_the_same_and_keeps_them_in_their_order():
    reading = reading_of(with_own_tables())
    assert reading.problems == [] and reading.unmatched == []
    assert reading.entries.lines == read_original(EXCEL).entries.lines and len(reading.tables) == 9
    assert [table.title for table in reading.entries.as_printed] == list(OWN)
    assert [table.number for table in reading.entries.as_printed] == list(range(1, len(OWN) + 1))
    notices = [finding for finding in reading.findings if finding.rule == "R16"]
    assert {finding.level for finding in notices} == {Level.NOTICE} and len(notices) == len(OWN)
    assert "《政府购买服务预算表》不是本站的标准表，按原样保存和公开" in notices[1].message


def test_a_table_is_kept_as_it_is_shown():
    (table,) = kept(alone((PROJECTS, OWN[PROJECTS])))
    assert table == AsPrinted(
        PROJECTS,
        (
            ("项目编码", "项目名称", "本年拨款", "上年结转"),
            ("001", "道路维修", "12.50", ""),
            ("002", "环境整治", "100", "3.25"),
        ),
        heads=1,
        above=(UNIT,),
    )
    assert table.place == PROJECTS and table.cell(2, 3) == ("own1", "2", "3")


def test_headings_of_several_rows_merged_cells_empty_rows_and_notes():
    book = Workbook()
    rows = [("附表10",), ("政府购买服务支出表",), ("编制单位：某某乡", None, None, None, UNIT), (),
            ("项目", None, "资金来源", None, None), (None, None, "财政拨款", None, "其他"),
            (1, None, 2, None, 3), ("保洁", None, 1, None, 2), (), (None, None, 3, None, 4),
            ("备注：含税。",)]  # fmt: skip
    for row in rows:
        book.active.append(row)
    for area in ("A5:B6", "C5:E5", "C6:D6", "A8:A10"):
        book.active.merge_cells(area)
    (table,) = kept(saved(book))
    assert table.title == "政府购买服务支出表"
    assert table.above == ("附表10", "编制单位：某某乡", UNIT) and table.notes == ("备注：含税。",)
    assert table.heads == 3 and table.rows == (
        ("项目", "资金来源", ""),
        ("", "财政拨款", "其他"),
        ("1", "2", "3"),
        ("保洁", "1", "2"),
        ("", "3", "4"),
    )
    assert table.areas == (Area(1, 1, 2, 1), Area(1, 2, 1, 2), Area(4, 1, 2, 1))
    assert [[one.text for one in row] for row in table.laid_out()][1] == ["财政拨款", "其他"]


def test_figures_are_numbers_that_are_no_names():
    (table,) = kept(alone(("财政专户管理资金预算支出表", OWN["财政专户管理资金预算支出表"])))
    assert [table.is_figure(2, column) for column in (1, 2, 3)] == [False, False, True]
    assert table.headings(3) == ["合计"] and not table.is_figure(1, 3)
    counted = AsPrinted("清单", (("项目", "第几"), ("甲", "1"), ("乙", "2")), 1)
    assert not counted.is_figure(2, 2) and not counted.is_figure(3, 2)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [(12.5, "0.00", "12.50"), (12.5, "General", "12.5"), (1234567.891, "#,##0.00", "1,234,567.89"), (-3, "0.0", "-3.0"),
     (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"), (0, "0.00;-0.00;0", "0"),
     (0.1 + 0.2, "General", "0.3"),
     (-1234.5, "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"), (0.256, "0.0%", "25.6%"), (2.50, "0.##", "2.5"),
     (123456, "yyyy", "123456"), (1e15, "General", "1000000000000000"), (5, "#,##0", "5"), (-0.001, "0.00", "0.00")],
)  # fmt: skip
def test_numbers_are_shown_as_their_format_shows_them(value, code, text):
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("text", "is_number"),
    [("1,234.50", True), ("0", True), ("-3", True), ("12.5%", True), ("0.0000", True), ("2010301", True),
     ("007", False), ("1,23", False), ("-", False), ("(100)", False), ("12345678901234567", False), ("１２", False),
     ("=1+1", False), ("-0.00", False)],
)  # fmt: skip
def test_a_printed_number_is_one_only_where_it_prints_the_same_again(text, is_number):
    found = typed(text)
    assert bool(found) == is_number and (not found or shown(*found) == text)


def book_of(*rows, title="Sheet"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


NO_TABLES = {
    "a cover": book_of(("2024年",), ("某某乡人民政府",), ("部门预算",), (2024,)),
    "contents": book_of(("目录",), (1, "部门预算收支总表", 3), (2, "部门预算收入总表", 5), title="目录"),
    "contents without a title": book_of((1, "部门预算收支总表"), (2, "部门预算收入总表")),
    "a text": book_of(("编制说明",), ("本年收入100万元，比上年增加5万元。",)),
    "names alone": book_of(("单位名称", "性质"), ("中心小学", "事业")),
    "our list of findings": book_of(
        ("核对结果",), ("级别", "规则", "位置", "说明", "应为", "实为"), ("错误", "I01", "A1", "…", 5, 6)
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NO_TABLES)
def test_what_holds_no_amount_is_no_table(what):
    reading = read(saved(NO_TABLES[what]))
    assert reading.entries.as_printed == []
    assert len(reading.unmatched) == (what != "a text")  # that one is the narrative
    assert "as_printed" not in reading.entries.parts


def test_a_hidden_sheet_is_never_published():
    book = book_of()
    add(book, SERVICES, OWN[SERVICES]).sheet_state = "hidden"
    reading = read(saved(book))
    assert reading.entries.as_printed == [] and reading.unmatched == [SERVICES]


def test_hidden_rows_are_warned_of():
    book = book_of()
    add(book, SERVICES, OWN[SERVICES]).row_dimensions[4].hidden = True
    (found,) = told(saved(book), "R06")
    assert found.level == Level.WARNING and "隐藏了第4行" in found.message


def test_an_empty_table_is_kept_where_it_names_its_unit():
    rows = [("项目", "承接主体", "金额"), ("无", None, None)]
    assert titles(alone((SERVICES, rows))) == [SERVICES]


def test_a_table_without_a_title_asks_what_it_is():
    (found,) = told(saved(book_of(("项目", "金额"), ("道路", 12.5))), "R16", "R17")
    assert (found.rule, found.level) == ("R17", Level.ERROR) and "请在表的上方写上表题" in found.message


def test_a_sheets_name_is_a_title():
    data = saved(book_of(("项目", "金额"), ("道路", 12.5), title="项目支出表"))
    assert titles(data) == ["项目支出表"] and [f.rule for f in told(data, "R16", "R17")] == ["R16"]


def test_a_table_called_as_one_of_the_nine_is_kept_and_names_its_headings():
    rows = [("科目编码", "科目名称", "本级", "下级"), ("201", "一般公共服务支出", 2, 3)]
    data = alone(("2024年一般公共预算支出表", rows))
    assert titles(data) == ["2024年一般公共预算支出表"]
    (found,) = told(data, "R15", "R16")
    assert (found.rule, found.level, found.places) == ("R15", Level.ERROR, ("2024年一般公共预算支出表",))
    assert "没有找到“合计”“基本支出”“项目支出”" in found.message


def test_forms_of_one_title_are_told_of_once():
    book = book_of()
    for number in (1, 2, 3):
        add(book, "项目绩效自评表", [("项目名称", "预算数"), (f"项目{number}", number)], name=f"自评{number}")
    reading = read(saved(book))
    assert [table.rows[1][0] for table in reading.entries.as_printed] == ["项目1", "项目2", "项目3"]
    (found,) = (finding for finding in reading.findings if finding.rule == "R16")
    assert "（共 3 张）" in found.message and found.places == ("自评1", "自评2", "自评3")


@pytest.mark.parametrize(("value", "words"), [("=SUM(C4:C5)", "没有计算结果的公式"), ("#REF!", "公式出错的结果")])
def test_a_cell_that_would_be_published_without_what_it_says_keeps_the_file_out(value, words):
    book = book_of()
    add(book, SERVICES, [*OWN[SERVICES], ("合计", None, value)])
    (found,) = read(saved(book), Given(otherwise="department_budget")).problems
    assert found.rule == "R01" and "C5" in found.message and words in found.message


def test_dates_and_truths_are_texts():
    rows = [("项目", "开工", "完成", "金额"), ("道路", datetime.datetime(2024, 3, 1), True, 5)]
    (table,) = kept(alone((SERVICES, rows)))
    assert table.rows[1] == ("道路", "2024-03-01", "是", "5")


def test_word_keeps_titles_units_and_merged_cells():
    document = Document()
    document.add_paragraph("（三）其他情况")
    document.add_paragraph("政府购买服务支出表")
    document.add_paragraph(UNIT)
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, (("项目", "金额", ""), ("", "财政", "其他"), ("保洁", "1,234.50", "-")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    document.add_paragraph("注：含税。")
    (found,) = kept(saved(document))
    assert (found.title, found.above, found.notes) == ("政府购买服务支出表", (UNIT,), ("注：含税。",))
    assert found.heads == 2 and found.rows[2] == ("保洁", "1,234.50", "-")
    assert set(found.areas) == {Area(1, 1, 2, 1), Area(1, 2, 1, 2)}


# Numbers, and what an import replaces.


def table(title, *texts):
    return AsPrinted(title, tuple((text,) for text in texts))


def test_an_import_replaces_titles_and_leaves_the_others_alone():
    now = merged([], [table("甲", "1"), table("乙", "2"), table("丙", "3"), table("丙", "4")])
    after = merged(now, [table("丁", "9"), table("丙", "5"), table(" 乙 ", "6")])
    assert [(t.number, t.title, t.rows[0][0]) for t in after] == [
        (1, "甲", "1"), (2, " 乙 ", "6"), (3, "丙", "5"), (5, "丁", "9")]  # fmt: skip
    assert merged(after, after) == after


@pytest.mark.django_db
class TestDraft:
    def save(self, data):
        return save(reading_of(data), data, "a.xlsx")

    def test_what_was_read_is_what_is_loaded(self):
        data = small()
        loaded = load(self.save(data).budget).entries.as_printed
        assert loaded == (read := reading_of(data).entries.as_printed) and [t.place for t in loaded] == [
            t.place for t in read
        ]

    def test_the_same_file_again_changes_nothing(self):
        self.save(small())
        before = list(PrintedTable.objects.values_list("pk", flat=True))
        assert self.save(small()).changed == ()
        assert list(PrintedTable.objects.values_list("pk", flat=True)) == before

    def test_a_file_without_them_leaves_them_alone(self):
        budget = self.save(small()).budget
        save(read_original(WORD), original(WORD), WORD)
        assert [one.title for one in load(budget).entries.as_printed] == list(OWN)

    def test_a_table_of_the_same_title_takes_its_place_and_its_number(self):
        budget = self.save(small()).budget
        book = book_of(("909卢龙县刘家营乡人民政府",))
        add(book, "新增资产", [("资产", "金额"), ("桌椅", 1)])
        add(book, SERVICES, [("购买内容", "承接主体", "金额"), ("法律顾问", "律师事务所", 6)])
        data = saved(book)
        reading = read(data, Given("130324", "909", 2024))
        reading.entries.name = "卢龙县刘家营乡人民政府"
        assert save(reading, data, "b.xlsx").changed == ("as_printed",)
        now = {one.title: one for one in load(budget).entries.as_printed}
        assert len(now) == len(OWN) + 1 and now[SERVICES].rows[1][2] == "6" and now[SERVICES].number == 2
        assert now["新增资产"].number == len(OWN) + 1


def test_personal_data_in_such_a_table_is_an_error():
    def found(*texts):
        own = [AsPrinted("项目支出表", (("项目", "联系"), texts), 1)]
        ledger = check(Dossier(Entries(DEPARTMENT_BUDGET, year=2024, as_printed=own)))
        return [finding for finding in findings_of(ledger) if finding.rule == "X03"]

    (one,) = found("道路", "13800138000")
    assert one.level == Level.ERROR and "《项目支出表》第 2 行第 2 列里像是有手机号" in one.message
    assert found("道路", "5") == []


def test_headed_is_drawn_once_a_cell():
    cells = [one for row in headed().laid_out() for one in row]
    assert len(cells) == 5 * 4 - 4 and sum(one.rows * one.columns for one in cells) == 20
