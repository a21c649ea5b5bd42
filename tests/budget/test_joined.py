"""Tables in pieces: what a page break cut is one table again, and tables that only stand one after another stay two."""

from dataclasses import replace
from itertools import pairwise

import pytest

from budget.intake.between import may_stand_between
from budget.intake.grid import Grid
from budget.intake.joined import join, join_sheets

SPENDING = [
    ["部门预算支出总表", None, None, None],
    ["909某乡人民政府", None, "预算年度：2024", "单位：万元"],
    ["科目", None, "合计", "基本支出"],
    ["编码", "名称", None, None],
    ["栏次", "1", "2", "3"],
    [None, "合计", "3.00", "3.00"],
    ["201", "一般公共服务支出", "1.00", "1.00"],
    ["20103", "政府办公厅（室）", "1.00", "1.00"],
    ["208", "社会保障和就业支出", "2.00", "2.00"],
]
TITLE, PREFACE, HEADINGS, DATA = SPENDING[:1], SPENDING[1:2], SPENDING[2:5], SPENDING[5:]
SPANS = {(1, 1): (1, 4), (3, 1): (1, 2)}  # {first cell: (rows, columns)} of what is merged on the top


def grid(rows, name="支出总表", continues=False, spans=None, **more):
    """A table of a Word file; spans: {first cell: (rows, columns)}."""
    values = {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v is not None}
    merged = {
        (row + down, column + right): (row, column)
        for (row, column), (rows, columns) in (spans or {}).items()
        for down in range(rows)
        for right in range(columns)
    }
    return Grid(name, values, merged, word=True, width=len(rows[0]), continues=continues, **more)


def rows_of(one):
    return [[one.value(row, column) for column in range(1, one.columns + 1)] for row in range(1, one.rows + 1)]


def go_on(text):
    return [[text, None, None, None]]


REPEATED = {
    "nothing": [],
    "headings": HEADINGS,
    "headings but the 栏次 row": HEADINGS[:2],
    "unit and headings": PREFACE + HEADINGS,
    "title, unit and headings": TITLE + PREFACE + HEADINGS,
    "续表": go_on("续表"),
    "续表 and headings": go_on("续表") + HEADINGS,
    "title with （续）, unit and headings": go_on("部门预算支出总表（续）") + PREFACE + HEADINGS,
    "the unit alone, and headings": [[None, None, None, "单位：万元"]] + HEADINGS,
}


@pytest.mark.parametrize("repeated", REPEATED)
@pytest.mark.parametrize("at", range(5, len(SPENDING)))
def test_a_table_broken_anywhere_is_one_again(at, repeated):
    pieces = [grid(SPENDING[:at], spans=SPANS), grid(REPEATED[repeated] + SPENDING[at:], "第2个表格", True)]
    (one,) = join(pieces)
    assert rows_of(one) == SPENDING and one.name == "支出总表"


@pytest.mark.parametrize("said", ["{}（续）", "续表：{}", "{}（续表）", "（续表）", "续表"])
@pytest.mark.parametrize("title", ["部门预算支出总表", "部门预算支出总表（功能分类）", "“三公”经费支出表（一）"])
def test_the_line_above_a_piece_may_repeat_the_title_with_its_brackets(title, said):
    first = grid(SPENDING[1:7], title, captions=(title,))
    second = grid(SPENDING[7:], "第2个表格", True, captions=(said.format(title),))
    assert [rows_of(one) for one in join([first, second])] == [SPENDING[1:]]


def test_many_pieces_are_one_table():
    pieces = [grid(HEADINGS + [row], f"第{n}个表格", n > 0) for n, row in enumerate(DATA)]
    (one,) = join(pieces)
    assert rows_of(one) == HEADINGS + DATA


def test_a_joined_cell_names_the_piece_in_which_it_stands():
    (one,) = join([grid(SPENDING[:7]), grid(HEADINGS + SPENDING[7:], "第2个表格", True)])
    assert one.place(7, 2) == "支出总表 第7行第2列"
    assert one.place(8, 2) == "支出总表（续：第2个表格） 第4行第2列"


def test_problems_notes_and_spans_move_with_their_rows():
    first = grid(SPENDING[:7], notes=("注：甲。",))
    second = grid(
        HEADINGS + DATA[2:], "第2个表格", True, {(4, 3): (2, 1)}, problems={(4, 3): "错"}, notes=("注：乙。",)
    )
    (one,) = join([first, second])
    assert one.problems == {(8, 3): "错"} and one.notes == ("注：甲。", "注：乙。")
    assert one.merged == {(8, 3): (8, 3), (9, 3): (8, 3)}


def test_a_span_over_the_break_stays_one():
    first = grid([["指标", "说明"], ["产出", "修路3公里"], [None, "修桥1座"]], spans={(2, 1): (2, 1)})
    second = grid([[None, "修渠2公里"], ["效益", "惠及5村"]], "第2个表格", True)
    (one,) = join([first, second])
    assert [one.text(row, 1) for row in range(2, 6)] == ["产出", "产出", "产出", "效益"]


WORDS = [["单位名称", "单位性质", "经费保障形式"], ["某乡本级", "行政", "财政拨款"], ["某站", "事业", "财政性资金"]]


@pytest.mark.parametrize("at", [1, 2])
def test_a_list_of_words_goes_on_without_headings(at):
    (one,) = join([grid(WORDS[:at]), grid(WORDS[at:], "第2个表格", True)])
    assert rows_of(one) == WORDS


FORM = [
    ["项目绩效目标表", None, None, None],
    ["主管部门", "某乡人民政府", "实施单位", "某站"],
    ["项目编码", "P001", "项目名称", "修路"],
    ["预算数", "2.00", "其他资金", None],
]
OTHER_FORM = [*FORM[:2], ["项目编码", "P002", "项目名称", "修桥"], ["预算数", "3.00", "其他资金", None]]
OTHERS = {
    "something stands between": (grid(SPENDING), grid(SPENDING[6:])),
    "another number of columns": (grid(SPENDING), grid([["211", "节能", "1"]], continues=True)),
    "the same form again": (grid(FORM, spans=SPANS), grid(OTHER_FORM, spans=SPANS, continues=True)),
    "the same form without a title": (grid(FORM[1:]), grid(OTHER_FORM[1:], continues=True)),
    "empty, with a title of its own": (
        grid(go_on("政府性基金支出表") + HEADINGS, spans=SPANS),
        grid(go_on("国有资本支出表") + HEADINGS, spans=SPANS, continues=True),
    ),
    "empty, with a numbered title of its own": (
        grid(go_on("七、政府性基金支出表") + HEADINGS, spans=SPANS),
        grid(go_on("八、国有资本支出表（空表）") + HEADINGS, spans=SPANS, continues=True),
    ),
    "the same headings and 合计 again": (grid(SPENDING[2:]), grid(SPENDING[2:], continues=True)),
    "other headings": (
        grid(SPENDING[2:]),
        grid([["资产名称", "数量", "价值", "备注"], ["房屋", "1", "2.00", None]], continues=True),
    ),
    "other headings of a list of words": (
        grid([["级别", "规则", "位置"], ["错误", "甲", "收支总表"]]),
        grid([["单位名称", "单位性质", "经费保障形式"], ["某站", "事业", "财政拨款"]], continues=True),
    ),
    "words where figures stand": (
        grid(SPENDING[2:]),
        grid([["房屋", "车辆", "设备", "其他"], ["1", "2", "2.00", "3"]], continues=True),
    ),
    "another unit": (
        grid(SPENDING),
        grid([[None, None, None, "单位：元"], *SPENDING[6:]], continues=True),
    ),
    "续 of another table": (grid(SPENDING), grid(go_on("收入总表（续）") + SPENDING[6:], continues=True)),
    "under the name of another": (grid(SPENDING), grid(SPENDING[6:], continues=True, captions=("收入总表（续）",))),
    "nothing new in it": (grid(HEADINGS), grid(HEADINGS, continues=True)),
}


@pytest.mark.parametrize("why", OTHERS)
def test_two_tables_stay_two(why):
    tables = OTHERS[why]
    assert join(tables) == list(tables)


def test_what_goes_on_is_compared_with_the_table_not_with_its_last_piece():
    pieces = [
        grid(SPENDING[:7]),
        grid(SPENDING[7:8], "第2个表格", True),
        grid(HEADINGS + SPENDING[8:], "第3个表格", True),
    ]
    (one,) = join(pieces)
    assert rows_of(one) == SPENDING and one.place(9, 1) == "支出总表（续：第3个表格） 第4行第1列"


@pytest.mark.parametrize("name", ["第2页", "Sheet2", "政府性基金支出表"])
def test_a_sheet_that_begins_with_data_goes_on_with_the_one_before(name):
    pieces = {"支出总表": SPENDING[:7], name: SPENDING[7:]}
    sheets = [replace(grid(rows, name), word=False) for name, rows in pieces.items()]
    (one,) = join_sheets(sheets)
    assert rows_of(one) == SPENDING and one.place(8, 1) == f"{name}!A1"


def test_a_sheet_does_not_show_its_blank_columns_on_the_right():
    rest = [[*row[:3], None] for row in SPENDING[7:]]
    sheets = [
        replace(grid(rows, name), word=False, width=0) for name, rows in (("第1页", SPENDING[:7]), ("第2页", rest))
    ]
    assert [rows_of(one) for one in join_sheets(sheets)] == [SPENDING[:7] + rest]


@pytest.mark.parametrize(("name", "tables"), [("第2页", 1), ("Sheet2", 1), ("政府性基金支出表", 2)])
def test_headings_repeated_make_a_table_of_a_sheet_that_has_a_name(name, tables):
    pieces = {"支出总表": SPENDING[:7], name: HEADINGS + SPENDING[7:]}
    assert len(join_sheets(replace(grid(rows, name), word=False) for name, rows in pieces.items())) == tables


@pytest.mark.parametrize("rows", [SPENDING, SPENDING[2:], [["注：空表", None, None, None]]])
def test_a_sheet_that_begins_anew_is_a_table(rows):
    sheets = [replace(grid(rows, name), word=False) for name, rows in (("Sheet1", SPENDING), ("Sheet2", rows))]
    assert [rows_of(one) for one in join_sheets(sheets)] == [SPENDING, rows]


def test_pieces_of_other_kinds_of_file_are_left_alone():
    sheets = [replace(grid(SPENDING[:7]), word=False), replace(grid(SPENDING[7:]), word=False)]
    assert join(sheets) == sheets


BETWEEN = (
    "",
    "　",
    "3",
    "第3页",
    "第 3 页 共 9 页",
    "3/9",
    "- 3 -",
    "—3—",
    "续表",
    "（续）",
    "（续表）",
    "续表1",
    "支出表（续表）",
)
OF_THEIR_OWN = ("部门预算支出总表", "一、说明", "2024", "注：空表", "手续", "单位：万元")


@pytest.mark.parametrize("line, may", [(line, True) for line in BETWEEN] + [(line, False) for line in OF_THEIR_OWN])
def test_what_may_stand_between_two_pieces(line, may):
    assert may_stand_between(line) == may


@pytest.mark.parametrize("rows", [SPENDING, SPENDING[2:]], ids=["with a title", "without"])
@pytest.mark.parametrize(("at", "again"), [(1, 2), (1, 3), (2, 3)])
def test_a_break_may_go_through_headings_repeated_in_the_middle(rows, at, again):
    headings = HEADINGS[:again]
    first = [*rows[:-2], *headings[:at]]
    rest = [*headings[at:], *rows[-2:]]
    assert [rows_of(one) for one in join([grid(first), grid(rest, "第2个表格", True)])] == [first + rest]


def test_half_a_heading_alone_is_another_table():
    first, rest = SPENDING[:-1], [*HEADINGS[1:], *SPENDING[-1:]]
    assert len(join([grid(first), grid(rest, "第2个表格", True)])) == 2


SHEET = [
    ["项目编码", "P001", "项目名称", "修路"],
    ["预算数", "2.00", "其他资金", None],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "修路", "3公里"],
]


@pytest.mark.parametrize("cuts", [[1], [2], [3], [1, 2], [1, 2, 3], [2, 3]])
def test_a_form_broken_anywhere_is_one_again(cuts):
    edges = [0, *cuts, len(SHEET)]
    pieces = [grid(SHEET[a:b], f"第{n}个表格", n > 0) for n, (a, b) in enumerate(pairwise(edges))]
    assert [rows_of(one) for one in join(pieces)] == [SHEET]


def test_the_headings_of_a_form_go_on_with_no_other_table():
    other = [["主管部门", "某乡", "名称", "修路"], ["预算数", "2.00", "其他资金", None]]
    for before in (other, [*SHEET, *other]):
        assert len(join([grid(before), grid(SHEET[2:], "第2个表格", True)])) == 2


def test_a_table_cut_after_its_first_row_of_headings_is_one():
    first, rest = grid(SPENDING[:3]), grid(SPENDING[3:], name="第2个表格", continues=True)
    (whole,) = join([first, rest])
    assert rows_of(whole) == SPENDING
