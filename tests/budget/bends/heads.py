"""Bends of what stands above a table: names, units, years, titles."""

import random

from tests.budget.bends.paper import Paper, Sheet


def in_one_cell(paper: Paper, rng: random.Random) -> None:
    """`编制部门：…　　单位：元` typed into one cell, the unit pushed right with spaces."""
    gap = rng.choice(("　　　　", "                    ", "\t\t", "　"))
    for sheet in paper.sheets:
        sheet.above[-1] = {0: f"{_said(rng)}：{paper.unit}{paper.name}{gap}单位{rng.choice('：:')}{sheet.unit}"}


def _said(rng: random.Random) -> str:
    return rng.choice(("编制部门", "编制单位", "填报单位", "部门名称", "单位名称", "部门", "预算单位", "预算部门"))


def code_in_brackets(paper: Paper, rng: random.Random) -> None:
    """`填报单位:[501001]某单位`, as the budget software of several provinces exports it."""
    left, right = rng.choice((("[", "]"), ("【", "】"), ("（", "）"), ("(", ")"), ("［", "］")))
    for sheet in paper.sheets:
        sheet.above[-1] = {0: f"{_said(rng)}:{left}{paper.unit}{right}{paper.name}", -1: f"单位：{sheet.unit}"}


def code_and_dash(paper: Paper, rng: random.Random) -> None:
    """`501001-某单位`, with or without the words before it."""
    dash, said = rng.choice(("-", "－", "—", " - ", "_")), rng.choice(("", "单位名称：", "填报单位："))
    for sheet in paper.sheets:
        sheet.above[-1] = {0: f"{said}{paper.unit}{dash}{paper.name}", -1: f"单位：{sheet.unit}"}


def at_both_ends(paper: Paper, rng: random.Random) -> None:
    """`单位名称：…` at the left end of the row and `金额单位：万元` at the right end, without a code."""
    paper.unit = ""
    called = rng.choice(("金额单位：", "金额单位:", "单位：人民币", "计量单位：", "货币单位："))
    for sheet in paper.sheets:
        sheet.above[-1] = {0: f"{_said(rng)}：{paper.name}", -1: f"{called}{sheet.unit}"}


def name_in_a_cell_of_its_own(paper: Paper, rng: random.Random) -> None:
    """`单位名称：` in one cell and the name in the next, with its code or without."""
    paper.unit = rng.choice((paper.unit, ""))
    for sheet in paper.sheets:
        sheet.above[-1] = {0: f"{_said(rng)}：", 1: f"{paper.unit}{paper.name}", -1: f"单位：{sheet.unit}"}


def unit_in_brackets(paper: Paper, rng: random.Random) -> None:
    """The unit in brackets, `（单位：万元）`, or with a space inside: `单位： 万 元`."""
    form = rng.choice(("（单位：{}）", "(单位:{})", "单位： {}", "单位:{}", "（金额单位：{}）"))
    for sheet in paper.sheets:
        sheet.above[-1][-1] = form.format(sheet.unit)


def widths_mixed(paper: Paper, rng: random.Random) -> None:
    """Half-width and full-width digits, brackets and colons in names and titles."""
    for sheet in paper.sheets:
        sheet.above = [{at: _of_another_width(text, rng) for at, text in line.items()} for line in sheet.above]
        for row in sheet.rows:
            row.cells = [_brackets(cell, rng) if isinstance(cell, str) else cell for cell in row.cells]


def _of_another_width(text: str, rng: random.Random) -> str:
    wide = rng.random() < 0.5
    return "".join(chr(ord(c) + 0xFEE0) if wide and c.isdigit() and c.isascii() else c for c in _brackets(text, rng))


def _brackets(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans("（）：", "():") if rng.random() < 0.5 else str.maketrans("():", "（）："))


def spaced_titles(paper: Paper, rng: random.Random) -> None:
    """Titles and headings spread with spaces or broken by a line end, to fit their cells."""
    space = rng.choice((" ", "　", "  "))
    for sheet in paper.sheets:
        sheet.above[0] = {0: space.join(sheet.above[0][0])}
        for col in sheet.cols:
            col.path = tuple(text[:2] + "\n" + text[2:] if len(text) > 4 else space.join(text) for text in col.path)


def name_in_titles(paper: Paper, rng: random.Random) -> None:
    """`某某镇人民政府2024年部门收支总表`: the body's name in every title."""
    of_them = rng.choice(("", "　", " "))
    for sheet in paper.sheets:
        sheet.above[0] = {0: f"{paper.name}{of_them}{sheet.above[0][0]}"}


def region_in_titles(paper: Paper, rng: random.Random) -> None:
    """`青石县2024年部门预算收支总表`: the county's name in every title, the body's below."""
    county = paper.name[:3]
    for sheet in paper.sheets:
        sheet.above[0] = {0: f"{county}{sheet.above[0][0]}"}


def year_on_its_own(paper: Paper, rng: random.Random) -> None:
    """Titles without a year; `2024年度` or `预算年度：2024` in a row of its own."""
    form = rng.choice(("{}年度", "（{}年度）", "预算年度：{}", "年度：{}", "{}年"))
    for sheet in paper.sheets:
        sheet.above[0] = {0: sheet.above[0][0].removeprefix(f"{paper.year}年")}
        sheet.above.insert(1, {rng.choice((0, len(sheet.cols) // 2)): form.format(paper.year)})


def numbered_tables(paper: Paper, rng: random.Random) -> None:
    """`表1`, `附件2：`, `公开03表`, `预算公开表4` above or before the title."""
    form = rng.choice(("表{}", "附件{}：", "公开{:02}表", "附表1-{}", "预算公开表{}"))
    for sheet in paper.sheets:
        said = form.format(sheet.table.number)
        if rng.random() < 0.5:
            sheet.above[0] = {0: f"{said} {sheet.above[0][0]}"}
        else:
            sheet.above.insert(0, {rng.choice((0, -1)): said})


def title_in_the_sheet_name_only(paper: Paper, rng: random.Random) -> None:
    """No title in the sheet: the tab alone says what it is; the year stands beside the name."""
    if paper.document != Paper.document:
        raise ValueError("then nothing says its kind")
    for sheet in paper.sheets:
        sheet.above = [
            {0: f"{_said(rng)}：{paper.unit}{paper.name}", 2: f"{paper.year}年度", -1: f"单位：{sheet.unit}"}
        ]


def names_that_say_nothing(paper: Paper, rng: random.Random) -> None:
    """Sheet1, Sheet2, 表一, in any order."""
    rng.shuffle(paper.sheets)
    form = rng.choice(("Sheet{}", "{}", "表{}", "g{:02}", "新建表格{}"))
    for at, sheet in enumerate(paper.sheets, 1):
        sheet.name = form.format(at)


def _below_the_title(sheet: Sheet) -> int:
    return len(sheet.above) - 1


def blank_rows_above(paper: Paper, rng: random.Random) -> None:
    """Blank rows above the title and below it."""
    for sheet in paper.sheets:
        sheet.above = [{} for _ in range(rng.randint(1, 3))] + sheet.above
        sheet.above.insert(_below_the_title(sheet), {})


def old_names_of_titles(paper: Paper, rng: random.Random) -> None:
    """Titles as other counties word them: 部门收支总体情况表, 一般公共预算支出情况表 …"""
    for sheet in paper.sheets:
        title = rng.choice(_TITLES[sheet.table.number])
        if paper.document != Paper.document:
            title = title.replace("部门", "单位")
        sheet.above[0] = {0: f"{paper.year}年{title}"}


_TITLES = {
    1: ("部门收支总体情况表", "部门收支预算总表", "部门财务收支预算总表"),
    2: ("部门收入总体情况表", "部门收入预算总表"),
    3: ("部门支出总体情况表", "部门支出预算总表"),
    4: ("财政拨款收支总体情况表", "财政拨款收支预算总表", "部门财政拨款收支预算总表"),
    5: ("一般公共预算支出情况表", "一般公共预算支出预算表", "一般公共预算支出功能分类预算表"),
    6: ("一般公共预算基本支出情况表", "一般公共预算基本支出预算表（经济分类）"),
    7: ("政府性基金预算支出情况表", "政府性基金支出预算表"),
    8: ("国有资本经营预算支出情况表", "国有资本经营预算支出预算表"),
    9: ("一般公共预算“三公”经费支出情况表", "财政拨款“三公”经费预算表", "“三公”经费支出预算表"),
}  # fmt: skip


def units_mixed(paper: Paper, rng: random.Random) -> None:
    """元 in one table, 万元 in another."""
    for sheet in paper.sheets:
        if rng.random() < 0.5 or sheet.table.number == 6:
            sheet.unit = "元"
            for line in sheet.above:
                line.update({at: text.replace("万元", "元") for at, text in line.items()})


def of_a_unit(paper: Paper, rng: random.Random) -> None:
    """A 单位预算: its titles say 单位 where those of a department say 部门, as one of two common forms."""
    paper.document = "unit_budget"
    said = rng.choice(("单位", "预算单位"))
    for sheet in paper.sheets:
        (title,) = [line for line in sheet.above if any(_is_title(text) for text in line.values())]
        title.update({at: text.replace("部门", said, 1) for at, text in title.items()})


def _is_title(text: str) -> bool:
    return text.endswith("表") and "部门" in text


HEADS = (
    in_one_cell, code_in_brackets, code_and_dash, at_both_ends, unit_in_brackets, widths_mixed, spaced_titles,
    name_in_titles, region_in_titles, year_on_its_own, numbered_tables, old_names_of_titles, units_mixed, of_a_unit,
)  # fmt: skip
HEADS_OF_SHEETS = (
    name_in_a_cell_of_its_own, title_in_the_sheet_name_only, names_that_say_nothing, blank_rows_above,
)  # fmt: skip
