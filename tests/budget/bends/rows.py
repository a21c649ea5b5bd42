"""Bends of rows: fillers, signatures, repeated headings, subtotals, renumbered and renamed classes."""

import random
import re
from decimal import Decimal

from budget.documents.department_budget.tables.classes import chinese
from tests.budget.bends.files import head
from tests.budget.bends.paper import CODE, FIGURE, NAME, Paper, Row, Sheet, with_money_only


def classes_with_money_only(paper: Paper, rng: random.Random) -> None:
    """Tables 1 and 4 print only the classes that have money, numbered anew: 一、 二、 三、"""
    for sheet in paper.of(1, 4):
        with_money_only(sheet)
        _number_anew(sheet)


def _number_anew(sheet: Sheet) -> None:
    name, numbers = sheet.index(NAME, 1), iter(range(1, 100))
    for row in sheet.rows:
        if row.cells[name] and re.match(r"[一二三四五六七八九十]+、", row.cells[name]):
            row.cells[name] = f"{chinese(next(numbers))}、{row.cells[name].split('、')[1]}"


OLD_NAMES = {
    "卫生健康支出": "医疗卫生与计划生育支出", "文化旅游体育与传媒支出": "文化体育与传媒支出",
    "自然资源海洋气象等支出": "国土海洋气象等支出", "资源勘探工业信息等支出": "资源勘探信息等支出",
}  # fmt: skip


def old_names_of_classes(paper: Paper, rng: random.Random) -> None:
    """Classes called as before 2019, from a form that nobody renewed."""
    for sheet in paper.of(1, 2, 3, 4, 5):
        for new, old in OLD_NAMES.items():
            sheet.replace(new, old)


def unit_subtotal(paper: Paper, rng: random.Random) -> None:
    """A row of the unit itself under 合计, with the same figures: a summary that the software prints for each unit."""
    for sheet in paper.trees():
        at = next(i for i, row in enumerate(sheet.rows) if row.level == "total")
        cells = list(sheet.rows[at].cells)
        cells[sheet.index(CODE)], cells[sheet.index(NAME)] = paper.unit, paper.name
        sheet.rows.insert(at + 1, Row(cells))


def class_subtotals(paper: Paper, rng: random.Random) -> None:
    """A 小计 after the rows of each class, without a code."""
    words = rng.choice(("小计", "小  计", "汇总"))
    for sheet in paper.trees():
        for at in range(len(sheet.rows) - 1, -1, -1):
            if sheet.rows[at].level == "class":
                end = next(
                    (i for i in range(at + 1, len(sheet.rows)) if sheet.rows[i].level == "class"), len(sheet.rows)
                )
                sheet.add_row(end, {i: c for i, c in enumerate(sheet.rows[at].cells) if sheet.cols[i].kind == FIGURE})
                sheet.rows[end].cells[sheet.index(NAME)], sheet.rows[end].key = words, sheet.rows[at].key


def total_below(paper: Paper, rng: random.Random) -> None:
    """合计 as the last row, its word in the first column."""
    for sheet in paper.trees():
        total = next(row for row in sheet.rows if row.level == "total")
        sheet.rows.remove(total)
        sheet.rows.append(total)
        total.cells[sheet.index(CODE)], total.cells[sheet.index(NAME)] = rng.choice((("合计", None), (None, "合  计")))


def total_twice(paper: Paper, rng: random.Random) -> None:
    """A second row labelled 合计 without figures, left over from the form."""
    for sheet in paper.trees():
        for _ in range(rng.randint(1, 2)):
            sheet.add_row(len(sheet.rows), {sheet.index(NAME): "合计"})


def fillers(paper: Paper, rng: random.Random) -> None:
    """Rows of a form that nobody filled: …, ——, 无, **, in the name or all along."""
    for sheet in paper.trees():
        for _ in range(rng.randint(2, 4)):
            mark = rng.choice(("…", "……", "—", "——", "无", "**", "***", "-", "/", "..."))
            all_along = mark not in ("…", "……", "**", "***", "...") and rng.random() < 0.5
            width = range(len(sheet.cols)) if all_along else [sheet.index(rng.choice((CODE, NAME)))]
            sheet.add_row(len(sheet.rows), dict.fromkeys(width, mark))


def zeros_without_names(paper: Paper, rng: random.Random) -> None:
    """Rows without code and name whose figures are 0.00: formulas of the form."""
    for sheet in paper.sheets:
        figures = [i for i, col in enumerate(sheet.cols) if col.kind == FIGURE]
        for _ in range(rng.randint(2, 5) if sheet.rows else 0):
            sheet.add_row(len(sheet.rows), dict.fromkeys(figures, Decimal(0)))


def zeros_for_blanks(paper: Paper, rng: random.Random) -> None:
    """0.00 wherever there is nothing."""
    for sheet in paper.trees():
        for row in sheet.rows:
            row.cells = [
                Decimal(0) if c is None and sheet.cols[i].kind == FIGURE else c for i, c in enumerate(row.cells)
            ]


def column_numbers(paper: Paper, rng: random.Random) -> None:
    """A row of column numbers under the headings: 1 2 3 …, A B C, or 栏次, **, ①, 1=2+3 under the figures."""
    kind = rng.choice(("plain", "letters", "栏次", "circled", "**", "sums"))
    for sheet in paper.sheets:
        figures = [i for i, col in enumerate(sheet.cols) if col.kind == FIGURE]
        if kind in ("plain", "letters"):
            sheet.numbers = [str(i + 1) if kind == "plain" else chr(65 + i) for i in range(len(sheet.cols))]
        else:
            numbers = [_number(kind, figures.index(i)) if i in figures else "" for i in range(len(sheet.cols))]
            under = {"栏次": "栏次", "**": "**"}.get(kind, "")
            sheet.numbers = [under if sheet.cols[i].kind == NAME else text for i, text in enumerate(numbers)]


def _number(kind: str, at: int) -> str:
    """The number of one of the figures' columns, from 0."""
    if kind == "circled":
        return "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"[at]
    return "1=2+3" if kind == "sums" and at == 0 else str(at + 1)


def signatures(paper: Paper, rng: random.Random) -> None:
    """`单位负责人：  制表人：  日期` and `第1页，共2页` below the table."""
    for sheet in paper.sheets:
        sheet.below += [
            {0: "单位负责人：张三", len(sheet.cols) // 2: "制表人：李四", -1: f"日期：{paper.year}年2月20日"}
        ]
        sheet.below += [{0: f"第{rng.randint(1, 3)}页，共3页"}, {0: f"打印时间：{paper.year - 1}-12-30 10:20"}]


def headings_repeated(paper: Paper, rng: random.Random) -> None:
    """Headings again in mid-sheet, where a printed page began; with title and unit line, or without."""
    whole = rng.random() < 0.5
    for sheet in paper.trees():
        labels, _ = head(sheet.cols)
        again = [Row(list(row)) for row in labels]
        if whole:
            title, said = sheet.above[0], sheet.above[1]
            again = [_wide(sheet, title), _wide(sheet, said), *again]
        at = rng.randint(2, len(sheet.rows) - 1)
        sheet.rows[at:at] = again


def _wide(sheet: Sheet, line: dict[int, str]) -> Row:
    return Row([line.get(i, line.get(i - len(sheet.cols))) for i in range(len(sheet.cols))])


def notes_below(paper: Paper, rng: random.Random) -> None:
    """Notes under the tables, with figures and years in them."""
    for sheet in paper.sheets:
        sheet.below += [{0: f"注：1.本表反映本部门{paper.year}年收支情况，{paper.year - 1}年为执行数。"}]
        sheet.below += [{0: "2.因四舍五入，尾数可能相差0.01万元。"}]


def indented_names(paper: Paper, rng: random.Random) -> None:
    """Names and codes indented with spaces by their level; 其中： before items."""
    for sheet in paper.trees():
        name, code = sheet.index(NAME), sheet.index(CODE)
        for row in sheet.rows:
            deep = {"section": 2, "item": 4}.get(row.level, 0)
            row.cells[name] = rng.choice((" ", "　")) * deep + str(row.cells[name] or "")
            row.cells[code] = "  " * deep + str(row.cells[code] or "")


ROWS = (
    classes_with_money_only, old_names_of_classes, unit_subtotal, class_subtotals, total_below, total_twice, fillers,
    zeros_without_names, zeros_for_blanks, column_numbers, signatures, headings_repeated, notes_below, indented_names,
)  # fmt: skip
OF_TEXT = (fillers, zeros_without_names, column_numbers, headings_repeated, total_twice)  # Word knows no numbers
