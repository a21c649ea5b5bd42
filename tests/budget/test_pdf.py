"""PDF: cells, captions, pages and paragraphs as they are drawn; what cannot be told is refused, never guessed."""

import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from budget import money
from budget.intake import pdf as reader
from budget.intake.guard import Refused
from budget.intake.opening import open_file
from budget.intake.pdf import page as read_pages
from budget.intake.pdf.unclear import check_pages, pictures
from budget.intake.problems import at
from budget.intake.read import read

from .conftest import original, read_original
from .small_pdf import HEIGHT, PITCH, WIDTH, Page, height_of, pdf

TITLE, OWNER, UNIT = "2024年部门收入预算总表", "编制部门：某县某乡人民政府", "单位：元"
HEADINGS = ["科目编码", "科目名称", "合计", "财政拨款"]
WIDTHS = [80, 200, 180, 120]
ROWS = [
    ["201", "一般公共服务支出", "2,976,800", "2,976,800"],
    ["20103", "政府办公厅及相关机构事务", "1,000.50", ""],
    ["208", "社会保障和就业支出", "0", "-12.00"],
]
REAL = Path(__file__).parents[3] / "shared" / "reference" / "real"
BUDGETS = (
    "wanli-department-2023",
    "office-department-2025",
    "office-unit-2025",
    "commerce-unit-2025",
    "justice-unit-2026",
)


def opened(*pages):
    return reader.opened(pdf(*pages))


def page_of(rows, top=True, y=130.0):
    """A page with a table, its title, owner and unit standing above it."""
    page = Page()
    if top:
        page.text(300, 90, TITLE, 16).text(60, 120, OWNER).text(520, 120, UNIT)
    page.table(60, y, WIDTHS, rows)
    return page


def rows_of(grid):
    return [[grid.text(r, c) for c in range(1, grid.columns + 1)] for r in range(1, grid.rows + 1)]


def refuses(*pages):
    with pytest.raises(Refused) as caught:
        opened(*pages)
    said = str(caught.value)
    assert said.endswith("。") and said.count("。") == 1 and "请" in said, said
    return said


# Tables


def test_a_ruled_table_is_read_cell_by_cell_with_what_stands_around_it():
    page = page_of([HEADINGS, *ROWS]).text(60, 300, "注：本表单位为元。").text(400, 580, "- 3 -")
    (grid,) = opened(page, Page().text(60, 100, "一、部门职责说明如下文字").text(400, 580, "- 4 -")).grids
    assert rows_of(grid) == [HEADINGS, *ROWS]
    assert grid.name == TITLE and grid.captions == (TITLE, OWNER, UNIT) and grid.notes == ("注：本表单位为元。",)
    assert grid.place(3, 2) == at(grid, 3, 2) == f"第1页 “{TITLE}” 第3行第2列"


def test_a_table_that_goes_on_keeps_the_page_of_each_row():
    pages = [page_of([HEADINGS, *ROWS]), page_of([HEADINGS, *reversed(ROWS)], top=False), page_of(ROWS[:1], top=False)]
    (grid,) = opened(*pages).grids
    assert rows_of(grid) == [HEADINGS, *ROWS, *reversed(ROWS), *ROWS[:1]]
    assert grid.place(5, 1).startswith("第2页 ") and grid.place(5, 1).endswith("第2行第1列")
    assert grid.place(8, 1).startswith("第3页 ") and grid.place(8, 1).endswith("第1行第1列")


def test_a_piece_whose_cells_are_merged_has_the_columns_of_the_whole():
    whole, piece = page_of([HEADINGS, *ROWS]), Page()
    piece.table(60, 40, [280, 180, 120], [["合计", "3.00", "2.00"]])
    (grid,) = opened(whole, piece).grids
    assert rows_of(grid)[-1] == ["合计", "合计", "3.00", "2.00"] and grid.merged[5, 2] == (5, 1)


LONG = "对村民委员会和村党组织的补助以及其他各项经费支出"  # in a cell of 19 letters


@pytest.mark.parametrize("at", range(18, 20))
@pytest.mark.parametrize("again", [[], [HEADINGS]], ids=["without headings", "headings repeated"])
def test_a_row_that_the_break_went_through_is_one(at, again):
    code, _, *figures = ROWS[-1]
    first = page_of([HEADINGS, *ROWS[:-1], [code, LONG[:at], *figures]])
    rest = page_of([*again, ["", LONG[at:], *[""] * len(figures)], *ROWS[:1]], top=False)
    (grid,) = opened(first, rest).grids
    assert rows_of(grid) == [HEADINGS, *ROWS[:-1], [code, LONG, *figures], *ROWS[:1]]
    assert grid.place(len(ROWS) + 2, 1).startswith("第2页 ")


@pytest.mark.parametrize(
    "row",
    [["", "其中：上年结转", "1.00", ""], ["209", "", "", ""], ["", "二、其他", "", ""]],
    ids=["a figure of its own", "a code of its own", "an item of its own"],
)
def test_a_row_of_its_own_stays_one(row):
    name = "二" * 17 + "。" if row[1].startswith("二") else LONG[:19]
    code, _, *figures = ROWS[-1]
    pages = page_of([HEADINGS, [code, name, *figures]]), page_of([row, *ROWS[:1]], top=False)
    (grid,) = opened(*pages).grids
    assert rows_of(grid)[1:3] == [[code, name, *figures], row]


def test_closing_marks_alone_begin_no_row():
    first = page_of([HEADINGS, *ROWS[:-1], ["绩效目标", "保障经费。", "", ""]])
    (grid,) = opened(first, page_of([["", "”", "", ""], *ROWS[:1]], top=False)).grids
    assert rows_of(grid)[-2:] == [["绩效目标", "保障经费。”", "", ""], ROWS[0]]


def test_a_word_that_found_no_room_on_the_last_line_goes_on():
    code, _, *figures = ROWS[-1]
    pages = (
        page_of([HEADINGS, [code, "根据某某某某某某某某某号QHYXB-2019-", *figures]]),
        page_of([["", "649号文件", "", ""]], top=False),
    )
    (grid,) = opened(*pages).grids
    assert rows_of(grid)[1:] == [[code, "根据某某某某某某某某某号QHYXB-2019-649号文件", *figures]]


def test_a_row_without_room_left_above_it_does_not_go_on():
    pages = page_of([HEADINGS, *ROWS]), page_of([["", "其中", "", ""], *ROWS[:1]], top=False)
    (grid,) = opened(*pages).grids
    assert rows_of(grid)[len(ROWS) + 1] == ["", "其中", "", ""]


def test_another_title_begins_another_table():
    second = Page().text(300, 90, "2024年部门支出预算总表", 16)
    second.table(60, 130, WIDTHS, [HEADINGS, *ROWS])
    assert [grid.name for grid in opened(page_of([HEADINGS, *ROWS]), second).grids] == [TITLE, "2024年部门支出预算总表"]


@pytest.mark.parametrize("uprights", [(1, 2, 3), (0, 1, 2, 3), (1, 2, 3, 4)], ids=["no sides", "no right", "no left"])
def test_sides_that_are_not_drawn_stand_where_the_strokes_end(uprights):
    page = Page().text(300, 90, TITLE, 16)
    page.table(60, 130, WIDTHS, [HEADINGS, *ROWS], uprights=uprights)
    (grid,) = opened(page).grids
    assert rows_of(grid) == [HEADINGS, *ROWS]


@pytest.mark.parametrize("uprights", [(), (0, 4)], ids=["no upright strokes", "a frame only"])
def test_columns_without_strokes_between_them_are_not_guessed(uprights):
    page = Page().text(300, 90, TITLE, 16)
    page.table(60, 130, WIDTHS, [HEADINGS, *[[*row[:2], "1.00", "2.00"] for row in ROWS]], uprights=uprights)
    assert "第1页" in (said := refuses(page)) and "竖线" in said


def test_a_frame_around_text_is_no_table():
    page = Page()
    page.table(60, 130, [400], [["一、部门职责"], ["负责本乡的各项工作。"]])
    found = opened(page)
    assert found.grids == [] and [p.text for p in found.paragraphs] == ["一、部门职责", "负责本乡的各项工作。"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("机关事业单位基本养老保险缴费支\n出", "机关事业单位基本养老保险缴费支出"),
        ("项目资金\n（元）", "项目资金（元）"),
        ("提高GDP\nGrowth rate", "提高GDP Growth rate"),
        ("1.做好接待；\n2.做好调查。", "1.做好接待；\n2.做好调查。"),
        ("164,978,\n640", "164,978,640"),
        ("164,97\n8,640.25", "164,978,640.25"),
        ("12\n3,456", "12\n3,456"),
        ("1234\n56", "1234\n56"),
        ("1,23\n4", "1,234"),
        ("100\n200", "100\n200"),
    ],
)
def test_what_the_width_of_a_cell_broke_is_joined_only_where_that_is_sure(cell, text):
    (grid,) = opened(page_of([HEADINGS, ["201", "名称", cell, ""]])).grids
    assert grid.value(2, 3) == text
    if "\n" in text and text[0].isdigit() and "." not in text:
        with pytest.raises(money.Unreadable):
            money.read(text, money.YUAN)


def test_a_small_digit_beside_a_figure_and_letters_printed_twice_change_none():
    page = page_of([HEADINGS, ["201", "名称", "1234", "5,678"]])
    page.text(60 + 280 + 2 + 20, 130 + 16 + PITCH - 3, "2", 6)  # 1234²
    page.text(60 + 460 + 2.4, 130 + 16 + PITCH, "5,678")  # bold, by printing it twice
    (grid,) = opened(page).grids
    assert grid.value(2, 3) == "1234 2" and grid.value(2, 4) == "5,678"


def test_letters_that_no_font_tells_are_named_at_their_cell():
    (grid,) = opened(page_of([HEADINGS, *ROWS, ["201", "名称", "1\ue0002", ""]])).grids
    assert list(grid.problems) == [(5, 3)] and "字体" in grid.problems[5, 3]
    assert "第1页" in refuses(Page().text(60, 90, "\ue000" * 30 + "一般公共预算"))


def test_a_page_turned_by_its_own_setting_is_read_and_a_lying_one_refused():
    turned = page_of([HEADINGS, *ROWS])
    turned.more = b"/MediaBox[0 0 %d %d]/Rotate 90" % (HEIGHT, WIDTH)
    turned.drawn.insert(0, f"0 1 -1 0 {HEIGHT} 0 cm")
    (grid,) = opened(turned).grids
    assert rows_of(grid) == [HEADINGS, *ROWS] and grid.captions == (TITLE, OWNER, UNIT)
    lying = Page(
        [
            f"BT /F 10 Tf 0 1 -1 0 {100 + 20 * n} 100 Tm <{'一般公共预算支出'.encode('utf-16-be').hex()}> Tj ET"
            for n in range(5)
        ]
    )
    assert "横躺" in refuses(lying)


def test_a_name_that_runs_over_the_edge_of_its_cell_stays_whole():
    name = "机关事业单位基本养老保险缴费支出"
    page = page_of([HEADINGS, ["909", name + "及其他各项缴费支出", "", "1.00"], ["201", name, "2.00", "3.00"]])
    (grid,) = opened(page).grids
    assert rows_of(grid)[1:] == [["909", name + "及其他各项缴费支出", "", "1.00"], ["201", name, "2.00", "3.00"]]


def test_letters_of_two_cells_at_nearly_one_height_stay_in_their_cells():
    page = page_of([HEADINGS, ["", "名称", "1.00", "企业份额"]])
    page.text(62, 130 + 16 + PITCH + 0.6, "项目")
    (grid,) = opened(page).grids
    assert rows_of(grid)[1] == ["项目", "名称", "1.00", "企业份额"]


def test_a_picture_among_pages_of_text_is_named():
    text, picture = (read_pages.Page(n, WIDTH, letters=n * 100, picture=not n) for n in (3, 0))
    assert ["第0页" in sentence and "图片" in sentence for sentence in pictures([text, picture])] == [True]
    with pytest.raises(Refused, match="扫描件"):
        check_pages([text, picture, picture])


def test_scans_are_called_scans():
    assert "扫描" in refuses(Page(), Page())
    assert "扫描" in refuses(Page().text(60, 90, TITLE), Page(), Page())


# Text

SENTENCE = "按照预算管理有关规定，目前部门预算的编制实行综合预算管理，即全部收入和支出都反映在预算中。"


def written(page, paragraphs, y=100, left=60, wide=30, indent=2):
    """Paragraphs set in lines of so many letters, the first one indented."""
    for paragraph in paragraphs:
        line, rest = paragraph[: wide - indent], paragraph[wide - indent :]
        page.text(left + indent * 10, y, line)
        while rest:
            y, line, rest = y + PITCH, rest[:wide], rest[wide:]
            page.text(left, y, line)
        y += PITCH
    return page


@pytest.mark.parametrize("indent", [0, 2])
def test_lines_are_joined_to_paragraphs_without_blanks(indent):
    paragraphs = [
        "一、收入说明",
        SENTENCE * 2,
        "（一）基本支出。" + SENTENCE,
        "（二）项目支出。" + SENTENCE,
        SENTENCE * 3,
    ]
    found = opened(written(Page(), paragraphs, indent=indent)).paragraphs
    assert [p.text for p in found] == paragraphs


def test_a_paragraph_goes_on_over_the_end_of_a_page_and_its_number():
    first = written(Page(), [SENTENCE, (SENTENCE * 2)[:88]], y=500).text(400, 590, "第 1 页 共 2 页")
    second = written(Page(), [(SENTENCE * 2)[88:], SENTENCE], indent=0).text(400, 590, "第 2 页 共 2 页")
    assert [p.text for p in opened(first, second).paragraphs] == [SENTENCE, SENTENCE * 2, SENTENCE]


def test_headers_on_most_pages_are_left_out():
    pages = [written(Page().text(300, 40, "某乡2024年预算"), [f"{n}、" + SENTENCE[:20], n * 9]) for n in "一二三四"]
    assert [p.text[:2] for p in opened(*pages).paragraphs] == [
        "一、",
        "一一",
        "二、",
        "二二",
        "三、",
        "三三",
        "四、",
        "四四",
    ]


def test_lines_of_contents_are_known():
    page = Page().text(300, 60, "目录")
    for n, title in enumerate(("部门职责说明", "收支总表", "名词解释", "很长的一个部门一般公共预算财政拨款基本支出表")):
        page.text(60, 100 + 20 * n, title)
        page.text(60 + 10 * len(title) + (9 if n == 3 else 100), 100 + 20 * n, str(n + 1))
    texts = [p.text for p in opened(page).paragraphs]
    assert [text.partition("\t")[2] for text in texts] == ["", "1", "2", "3", "4"]


# Whole documents


def drawn(grids):
    """Tables drawn on as many pages as they need, cells broken where their columns end; merged cells are not drawn."""
    for grid in grids:
        width = 760 / grid.columns
        rows = [
            [_broken(grid.values.get((r, c)), width) for c in range(1, grid.columns + 1)]
            for r in range(1, grid.rows + 1)
        ]
        page, y = Page().text(300, 40, grid.name, 16), 60
        while rows:
            taken = [rows.pop(0)]
            while rows and y + sum(map(height_of, [*taken, rows[0]])) < 560:
                taken.append(rows.pop(0))
            page.table(40, y, [width] * grid.columns, taken)
            yield page
            page, y = Page(), 20


def _broken(text, width):
    fits = max(1, int((width - 4) / SIZE_OF_DIGIT)) if text and text.isascii() else max(1, int((width - 4) / 10))
    return None if text is None else "\n".join(text[at : at + fits] for at in range(0, len(text), fits))


SIZE_OF_DIGIT = 5


@pytest.fixture(scope="module")
def township():
    """The tables of the reference document as its Word file has them."""
    return [grid for grid in open_file(original("liujiaying-2024.docx")).grids if "绩效" not in grid.name][:10]


def test_the_tables_of_a_word_file_drawn_as_a_pdf_give_the_same_lines(township):
    found = read(pdf(*drawn(township)))
    assert found.problems == [] or [p.rule for p in found.problems] == []
    expected = read_original("liujiaying-2024.docx")
    assert found.entries.lines == expected.entries.lines
    assert sum(line.amount for line in found.entries.lines) > Decimal(10_000_000)


def independent(path):
    """{page: figures} of a real PDF as another program reads them."""
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return {n: _figures(page.split()) for n, page in enumerate(text.split("\f"), 1)}


def _figures(words):
    return Counter(word for word in words if word.replace(",", "").replace(".", "").lstrip("-").isdecimal())


@pytest.mark.thorough
@pytest.mark.skipif(not REAL.is_dir() or not shutil.which("pdftotext"), reason="needs ../shared and pdftotext")
@pytest.mark.parametrize("name", BUDGETS)
def test_every_figure_of_the_nine_tables_of_a_real_document_arrives(name):
    path = REAL / f"{name}.pdf"
    found: dict[int, Counter[str]] = {}
    for grid in open_file(path.read_bytes()).grids[:9]:
        for row in range(1, grid.rows + 1):
            page = grid.origins.get(row, (grid, row))[0].page
            words = (word for _, value in grid.row_values(row) for word in str(value).split())
            found.setdefault(page, Counter()).update(_figures(words))
    expected = independent(path)
    assert found == {page: expected[page] for page in found} and len(found) >= 9
    print(f"{name}: {sum(map(Counter.total, found.values()))} figures")
