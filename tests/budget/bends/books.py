"""Bends that only a workbook can have: formatting to the edge, hidden sheets, amounts as text, formulas."""

import random
from typing import Any

from openpyxl.styles import Border, PatternFill, Side
from openpyxl.utils import get_column_letter

from tests.budget.bends.paper import Paper

_EDGE = Border(*(Side(style="thin"),) * 4)
_FILL = PatternFill("solid", fgColor="FFFFFF")


def formatted_to_the_edge(paper: Paper, rng: random.Random) -> None:
    """Fill, borders and widths to column IV or XFD and down to row 5,000, without a value."""
    column = rng.choice((256, 16384))
    row = rng.choice((500, 5000))

    def finish(book: Any) -> None:
        for sheet in book.worksheets:
            sheet.column_dimensions.group("A", get_column_letter(column), hidden=False)
            _formatted(sheet, row, column)

    paper.finish.append(finish)


def _formatted(sheet: Any, row: int, column: int) -> None:
    below, right = sheet.max_row + 1, sheet.max_column + 1
    for at in range(below, row, 7):
        sheet.cell(at, 1).border = _EDGE
    for at in range(right, column + 1, 13 if column < 1000 else 400):
        sheet.cell(3, at).fill = _FILL
    sheet.cell(row, column).border = _EDGE


def hidden_empty_sheet(paper: Paper, rng: random.Random) -> None:
    """A hidden sheet that holds nothing, or what a program left there."""

    def finish(book: Any) -> None:
        sheet = book.create_sheet(rng.choice(("Sheet3", "Macro1", "SYS")))
        sheet.sheet_state = rng.choice(("hidden", "veryHidden"))
        if rng.random() < 0.5:
            sheet["A1"] = "v1.0.3"

    paper.finish.append(finish)


def cover_and_contents(paper: Paper, rng: random.Random) -> None:
    """A cover sheet, a contents sheet that names all tables, a sheet of text, before the tables."""
    titles = [sheet.above[0][0] for sheet in paper.sheets]

    def finish(book: Any) -> None:
        cover, contents, text = (book.create_sheet(name, at) for at, name in enumerate(("封面", "目录", "编制说明")))
        cover["B5"], cover["B9"] = f"{paper.year}年部门预算", f"部门名称：{paper.name}"
        for number, title in enumerate(titles, 1):
            contents.append([number, title] if rng.random() < 0.5 else [f"{number}. {title}"])
        text.append([f"{paper.year}年收入比{paper.year - 1}年增加，与{paper.year - 2}年持平。"])

    paper.finish.append(finish)


def amounts_as_text(paper: Paper, rng: random.Random) -> None:
    """Amounts as text: thousands separators, spaces, a full-width dot, a green triangle in Excel."""
    form = rng.choice(("{:,.2f}", " {:,.2f} ", "{:.2f}", "{:,.2f}\u00a0"))

    def finish(book: Any) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, float):
                        cell.value = form.format(cell.value)

    paper.finish.append(finish)


def codes_as_numbers(paper: Paper, rng: random.Random) -> None:
    """201 instead of '201'."""

    def finish(book: Any) -> None:
        for sheet in book.worksheets:
            for (cell,) in sheet.iter_rows(min_col=1, max_col=1, min_row=3):
                if isinstance(cell.value, str) and cell.value.isdigit():
                    cell.value = int(cell.value)

    paper.finish.append(finish)


def title_merged_over_the_table(paper: Paper, rng: random.Random) -> None:
    """The title merged over the whole width, and the row of name and unit over half of it."""

    def finish(book: Any) -> None:
        for sheet in book.worksheets:
            sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=sheet.max_column)
            if sheet.max_column > 3:
                sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=sheet.max_column - 2)

    paper.finish.append(finish)


def begins_away_from_the_corner(paper: Paper, rng: random.Random) -> None:
    """The table begins at B3 or lower, with blank rows and columns before it."""

    def finish(book: Any) -> None:
        for sheet in book.worksheets:
            merged = [str(area) for area in sheet.merged_cells.ranges]
            for area in merged:
                sheet.unmerge_cells(area)
            down, right = rng.randint(1, 2), rng.randint(1, 2)
            sheet.move_range(sheet.dimensions, rows=down, cols=right)

    paper.finish.append(finish)


BOOKS = (
    formatted_to_the_edge, hidden_empty_sheet, cover_and_contents, amounts_as_text, codes_as_numbers,
    title_merged_over_the_table, begins_away_from_the_corner,
)  # fmt: skip
