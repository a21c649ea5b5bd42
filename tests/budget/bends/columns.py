"""Bends of columns: codes split or joined with names, a unit's columns, last year's, parts of a column."""

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from budget.codes import shipped_names
from tests.budget.bends.paper import CODE, EXTRA, FIGURE, NAME, Col, Paper, Row, Sheet


def _joined(paper: Paper, form: Callable[[str, str], str], heading: str) -> None:
    """Codes and names in one column."""
    for sheet in paper.sheets:
        if sheet.is_tree:
            code, name = _only_code(sheet), sheet.index(NAME)
            for row in sheet.rows:
                words, printed = str(row.cells[name] or "").strip(), str(row.cells[code] or "").strip()
                row.cells[name] = form(printed, words) if printed.isdigit() else words or printed
                del row.cells[code]
            sheet.cols[name].path = (heading,)
            del sheet.cols[code]


def code_space_name(paper: Paper, rng: random.Random) -> None:
    """`2010301 行政运行` in one column."""
    space = rng.choice((" ", "　", "  ", ""))
    _joined(paper, lambda code, name: f"{code}{space}{name}", rng.choice(("科目", "功能分类科目", "科目名称", "项目")))


def code_dash_name(paper: Paper, rng: random.Random) -> None:
    """`2010301-行政运行` in one column."""
    dash = rng.choice(("-", "－", "—", "_"))
    _joined(paper, lambda code, name: f"{code}{dash}{name}", rng.choice(("科目", "科目名称", "支出功能分类科目")))


def code_in_brackets_name(paper: Paper, rng: random.Random) -> None:
    """`[2010301]行政运行` in one column, as the budget software exports it."""
    left, right = rng.choice((("[", "]"), ("【", "】"), ("(", ")"), ("（", "）")))
    _joined(paper, lambda code, name: f"{left}{code}{right}{name}", rng.choice(("科目", "科目名称", "项目")))


def name_code_in_brackets(paper: Paper, rng: random.Random) -> None:
    """`行政运行(2010301)` in one column."""
    left, right = rng.choice((("(", ")"), ("（", "）"), ("[", "]")))
    _joined(paper, lambda code, name: f"{name}{left}{code}{right}", rng.choice(("科目", "科目名称", "项目")))


def _split(paper: Paper, parts: Callable[[str], list[str]], labels: tuple[str, ...], blank_below: bool) -> None:
    """Codes in several columns; parts printed once, blank in the rows below, where that is the habit."""
    for sheet in paper.sheets:
        if sheet.is_tree:
            _split_one(sheet, parts, labels, blank_below)


def _split_one(sheet: Sheet, parts: Callable[[str], list[str]], labels: tuple[str, ...], blank_below: bool) -> None:
    at, before = _only_code(sheet), [""] * len(labels)
    for row in sheet.rows:
        code = (row.cells[at] or "").strip()
        found = parts(code) if row.level and code.isdigit() else [code]  # 合计, a unit's own code: in the first
        found += [""] * (len(labels) - len(found))
        cells = _without_repeats(found, before) if blank_below else found
        row.cells[at : at + 1], before = cells, found
    sheet.cols[at : at + 1] = [Col(("科目编码", text), CODE) for text in labels]


def _only_code(sheet: Sheet) -> int:
    """Where the codes stand; nobody splits or joins codes that another bend has split."""
    (at,) = [i for i, col in enumerate(sheet.cols) if (col.kind, col.side) == (CODE, 0)]
    return at


def _without_repeats(found: list[str], before: list[str]) -> list[str]:
    deepest = max((i for i, text in enumerate(found) if text), default=0)
    return ["" if text == before[i] and i < deepest else text for i, text in enumerate(found)]


def codes_in_three_columns(paper: Paper, rng: random.Random) -> None:
    """类 | 款 | 项, each row with all its parts or with what is new in it."""
    _split(paper, lambda code: [code[:3], code[3:5], code[5:7]], ("类", "款", "项"), rng.random() < 0.5)


def codes_in_two_columns(paper: Paper, rng: random.Random) -> None:
    """类款 | 项: five digits and two."""
    _split(paper, lambda code: [code[:5], code[5:7]], ("类款", "项"), False)


def whole_codes_in_three_columns(paper: Paper, rng: random.Random) -> None:
    """类 | 款 | 项 with the whole code in the column of its level: 201 | 20103 | 2010301."""
    _split(paper, lambda code: [code[:n] if len(code) == n else "" for n in (3, 5, 7)], ("类", "款", "项"), False)


def codes_beside_their_parts(paper: Paper, rng: random.Random) -> None:
    """科目编码 | 类 | 款 | 项: the whole code, and its parts in columns of their own."""
    labels = ("编码", "类", "款", "项")
    _split(paper, lambda code: [code, code[:3], code[3:5], code[5:7]], labels, rng.random() < 0.5)


def unit_columns(paper: Paper, rng: random.Random) -> None:
    """单位编码 and 单位名称 before the codes, the same unit in every row."""
    for sheet in paper.trees():
        name = rng.choice(("单位名称", "单位", "预算单位名称"))
        sheet.insert(0, Col((name,), EXTRA), lambda row: paper.name)
        if name != "单位":
            code = rng.choice(("单位编码", "单位代码", "预算单位编码"))
            sheet.insert(0, Col((code,), EXTRA), lambda row: paper.unit)


def ordinal_column(paper: Paper, rng: random.Random) -> None:
    """序号 or 行次 before everything, numbers in every row."""
    for sheet in paper.sheets:
        numbers = iter(range(1, 1000))
        sheet.insert(
            0, Col((rng.choice(("序号", "行次", "栏次")),), EXTRA), lambda row, numbers=numbers: str(next(numbers))
        )


def remarks_column(paper: Paper, rng: random.Random) -> None:
    """备注 after everything, with a word here and there."""
    for sheet in paper.sheets:
        sheet.insert(
            len(sheet.cols), Col(("备注",), EXTRA, sheet.cols[-1].side), lambda row: rng.choice(("", "", "年初安排"))
        )


def last_year(paper: Paper, rng: random.Random) -> None:
    """Last year's figures beside this year's: 上年预算数 | 本年预算数 in tables 1, 3, 5 and 6."""
    year, times = paper.year - 1, rng.choice((2, 3))
    words = rng.choice(("上年预算数", f"{year}年预算数", "上年执行数", f"{year}年执行数", "上年数"))
    for sheet in paper.of(1, 3, 5, 6):
        for side in range(len(sheet.table.sides)):
            at = sheet.index(FIGURE, side)
            before = [_times(row.cells[at], times) for row in sheet.rows]
            _put_in(sheet, at, ((words, before),), sheet.cols[at].path[:-1], side)


def changes(paper: Paper, rng: random.Random) -> None:
    """上年预算数, 增减额 and 增减% after the total, in tables 3, 5 and 6."""
    times = rng.choice((2, 3))
    for sheet in paper.of(3, 5, 6):
        at = sheet.index(FIGURE)
        if _shows_last_year(paper, sheet):
            raise ValueError("nobody prints last year's figures twice")
        now = [row.cells[at] for row in sheet.rows]
        before = [_times(cell, times) for cell in now]
        less = [None if a is None else b - a for a, b in zip(before, now, strict=True)]
        percents = [None if not a else f"{(1 - times) / Decimal(times) * 100:.2f}%" for a in before]
        columns = (("增减%", percents), ("增减额", less), (f"{paper.year - 1}年预算数", before))
        _put_in(sheet, at + 1, columns, ("与上年相比",))


def _shows_last_year(paper: Paper, sheet: Sheet) -> bool:
    return any("上年" in text or str(paper.year - 1) in text for col in sheet.cols for text in col.path)


def _times(amount: Decimal | None, times: int) -> Decimal | None:
    """Last year's figure: in a sound budget all of them add up, too."""
    return None if amount is None else amount * times


def staff_and_running(paper: Paper, rng: random.Random) -> None:
    """人员经费 and 公用经费 under 基本支出 in table 5, with a 小计 of their own or without."""
    sheet = paper.sheet(5)
    at = next(i for i, col in enumerate(sheet.cols) if col.key == "basic")
    path, of_item = sheet.cols[at].path, _staff_of_items(paper)
    basic = [row.cells[at] for row in sheet.rows]
    staff = [
        _sum_of(of_item, row.key) if cell is not None and row.key else None
        for row, cell in zip(sheet.rows, basic, strict=True)
    ]
    running = [None if b is None or s is None else b - s for b, s in zip(basic, staff, strict=True)]
    sheet.cols[at].path = (*path, "小计")
    _put_in(sheet, at + 1, (("公用经费", running), ("人员经费", staff)), path)
    if rng.random() < 0.5:
        del sheet.cols[at]
        for row in sheet.rows:
            del row.cells[at]


def kinds_in_table_1(paper: Paper, rng: random.Random) -> None:
    """Table 1 divides each class: 合计, 基本支出 (人员经费, 公用经费), 项目支出."""
    sheet, of_item = paper.sheet(1), _staff_of_items(paper)
    at = sheet.index(FIGURE, 1)
    spent = {k: {line.function: line.amount for line in paper.lines if line.kind == k and line.function} for k in KINDS}
    running = {code: amount - of_item.get(code, 0) for code, amount in spent["basic"].items()}
    sheet.cols[at].path = ("支出", "预算数", "合计")
    names = [row.cells[sheet.index(NAME, 1)] for row in sheet.rows]
    keys = [_class_of(paper, name) for name in names]
    columns = [[_sum_of(part, key) if key else None for key in keys] for part in (of_item, running, spent["project"])]
    _put_in(sheet, at + 1, (("项目支出", columns[2]),), ("支出", "预算数"), side=1)
    _put_in(sheet, at + 1, (("公用经费", columns[1]), ("人员经费", columns[0])), ("支出", "预算数", "基本支出"), side=1)


KINDS = ("basic", "project")


def _class_of(paper: Paper, name: str | None) -> str:
    """The code that a row of table 1's right side sums up: a class, total, or '' where it has no spending."""
    if name in ("本年支出合计", "支出总计"):
        return "total"
    bare = (name or "").split("、")[-1]
    codes = {line.function[:3] for line in paper.lines if line.book == "spending"}
    return next((code for code in codes if shipped_names(paper.year).get(("function", code)) == bare), "")


def _put_in(
    sheet: Sheet, at: int, columns: tuple[tuple[str, list[Any]], ...], path: tuple[str, ...], side: int = 0
) -> None:
    """Columns of values put in, the last one first."""
    for words, values in columns:
        one = iter(values)
        sheet.insert(at, Col((*path, words), EXTRA, side), lambda row, one=one: next(one))


def _staff_of_items(paper: Paper) -> dict[str, Decimal]:
    """What of each code's basic spending is staff: together as much as table 6 says."""
    left = sum(line.amount for line in paper.lines if line.kind == "staff")
    of_item: dict[str, Decimal] = {}
    for line in paper.lines:
        if line.kind == "basic":
            of_item[line.function] = min(line.amount, left)
            left -= of_item[line.function]
    return of_item


def _sum_of(of_item: dict[str, Decimal], key: str) -> Decimal:
    return sum((a for code, a in of_item.items() if key == "total" or code.startswith(key)), Decimal(0))


def three_public_wide(paper: Paper, rng: random.Random) -> None:
    """Table 9 as Shanghai prints it: one row, its items as columns."""
    sheet = paper.sheet(9)
    amounts = {row.key: row.cells[sheet.index(FIGURE)] for row in sheet.rows}
    group, vehicles = "“三公”经费预算数", rng.choice(("公务用车购置及运行费", "公务用车购置及运行维护费"))
    columns = {
        "total": (group, "合计"), "abroad": (group, "因公出国（境）费"), "reception": (group, "公务接待费"),
        "vehicles": (group, vehicles, "小计"), "vehicle_purchase": (group, vehicles, "购置费"),
        "vehicle_running": (group, vehicles, "运行费"),
    }  # fmt: skip
    sheet.cols = [Col(path, FIGURE, key=key) for key, path in columns.items()]
    sheet.rows = [Row([amounts[key] for key in columns], "total")]


def total_last(paper: Paper, rng: random.Random) -> None:
    """合计 as the last column instead of the first."""
    for sheet in paper.of(3, 5, 6):
        at = sheet.index(FIGURE)
        sheet.cols.append(sheet.cols.pop(at))
        for row in sheet.rows:
            row.cells.append(row.cells.pop(at))


def only_columns_with_money(paper: Paper, rng: random.Random) -> None:
    """Columns without any amount left out, as a clerk deletes what is empty."""
    for sheet in paper.of(2, 3, 4):
        for at in range(len(sheet.cols) - 1, 0, -1):
            if sheet.cols[at].kind == FIGURE and not any(row.cells[at] for row in sheet.rows):
                del sheet.cols[at]
                for row in sheet.rows:
                    del row.cells[at]


def three_levels_of_headings(paper: Paper, rng: random.Random) -> None:
    """A heading over all figures: 本年支出 or 2024年预算数 above 合计, 基本支出, 项目支出."""
    words = rng.choice(("本年支出", f"{paper.year}年预算数", "预算数", "支出预算"))
    for sheet in paper.of(3, 5, 6):
        for col in sheet.cols:
            if col.kind == FIGURE:
                col.path = (words, *col.path)


COLUMNS = (
    code_space_name, code_dash_name, code_in_brackets_name, name_code_in_brackets, codes_in_three_columns,
    codes_in_two_columns, whole_codes_in_three_columns, codes_beside_their_parts, unit_columns, ordinal_column,
    remarks_column, last_year, changes, staff_and_running, kinds_in_table_1, three_public_wide, total_last,
    only_columns_with_money, three_levels_of_headings,
)  # fmt: skip
