"""Bends that only a Word document can have: cover and contents, split, nested and wrapped tables, fields, text."""

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.budget.bends.paper import CODE, Paper


def cover_page(paper: Paper, rng: random.Random) -> None:
    """A cover: year and kind, the body's name, the date; the tables themselves have titles without a year."""
    said = rng.choice(("预算部门：", "部门名称：", "", "编制单位："))
    paper.before += [f"{paper.year}年部门预算", f"{said}{paper.name}", f"{paper.year}年2月20日"]
    for sheet in paper.sheets:
        sheet.above[0] = {0: sheet.above[0][0].removeprefix(f"{paper.year}年")}


def contents_page(paper: Paper, rng: random.Random) -> None:
    """A page of contents: every title with dots or a tab and its page."""
    dots = rng.choice(("\t", "……………………", "........", " - - - ", "……………………………………………"))
    paper.before += ["目  录", "一、部门职责及机构设置情况" + dots + "1"]
    paper.before += [f"{i}. {s.above[0][0]}{dots}{rng.choice((i + 3, ''))}" for i, s in enumerate(paper.sheets, 1)]


def in_one_paragraph(paper: Paper, rng: random.Random) -> None:
    """Name and unit in one paragraph above the table, pushed apart with spaces or tabs."""
    gap = rng.choice(("\t\t", "                         ", "　　　　　　", "  "))
    for sheet in paper.sheets:
        sheet.above[1] = {0: gap.join(sheet.above[1].values())}


def title_in_the_table(paper: Paper, rng: random.Random) -> None:
    """Title, name and unit are the first rows of the Word table."""

    def finish(document: Any) -> None:
        for table, sheet in zip(document.tables, paper.sheets, strict=True):
            for paragraph in _above(table._tbl):
                document.element.body.remove(paragraph)
            width = len(sheet.cols)
            half = width - 1
            rows = [_row([(sheet.above[0][0], width)]), _row([(sheet.above[1][0], half), (sheet.above[1][-1], 1)])]
            for at, row in enumerate(rows):
                table._tbl.insert(2 + at, row)

    paper.finish.append(finish)


def _above(element: Any) -> list[Any]:
    found = []
    before = element.getprevious()
    while before is not None and before.tag == qn("w:p") and len(found) < 3:
        found.append(before)
        before = before.getprevious()
    return found


def _row(cells: list[tuple[str, int]]) -> Any:
    def cell(text: str, span: int) -> str:
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'

    return parse_xml(f"<w:tr {nsdecls('w')}>{''.join(cell(*one) for one in cells)}</w:tr>")


def _split(paper: Paper, rng: random.Random, between: Callable[[Any, Any], None], with_headings: bool) -> None:
    """Cut each table by code in two, `between` puts something in the gap."""

    def finish(document: Any) -> None:
        for table, sheet in zip(document.tables, paper.sheets, strict=True):
            if sheet.is_tree and sheet.rows:
                depth = max(len(col.path) for col in sheet.cols)
                rest = _cut(table._tbl, depth, depth + rng.randint(2, len(sheet.rows) - 1), with_headings)
                between(document, (table._tbl, rest, sheet))

    paper.finish.append(finish)


def _cut(table: Any, depth: int, at: int, with_headings: bool) -> Any:
    """The rows from `at` on as a second table behind the first, which loses them."""
    rest = deepcopy(table)
    rows, again = table.tr_lst, rest.tr_lst
    for row in rows[at:]:
        table.remove(row)
    for row in again[depth if with_headings else 0 : at]:
        rest.remove(row)
    table.addnext(rest)
    return rest


def _paragraph(text: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{text}</w:t></w:r></w:p>")


def split_with_headings(paper: Paper, rng: random.Random) -> None:
    """A table goes on as a second one on the next page, its headings repeated."""
    _split(paper, rng, lambda document, cut: cut[0].addnext(_paragraph("")), with_headings=True)


def split_without_headings(paper: Paper, rng: random.Random) -> None:
    """A table goes on as a second one on the next page, without headings."""
    _split(paper, rng, lambda document, cut: cut[0].addnext(_paragraph("")), with_headings=False)


def split_with_a_line(paper: Paper, rng: random.Random) -> None:
    """`续表` and the title once more, with (续), above the second half."""

    def between(document: Any, cut: Any) -> None:
        title = cut[2].above[0][0]
        words = rng.choice(("续表", "（续表）", f"续表：{title}", f"{title}（续）", f"{title}（续表）"))
        cut[0].addnext(_paragraph(words))

    _split(paper, rng, between, with_headings=rng.random() < 0.5)


def _moved(paper: Paper, wrap: Callable[[Any], Any], *, leave_title: bool = True) -> None:
    """Each table put into what `wrap` makes of it."""

    def finish(document: Any) -> None:
        for table in list(document.tables):
            wrapped = wrap(deepcopy(table._tbl))
            table._tbl.addprevious(wrapped)
            table._tbl.getparent().remove(table._tbl)

    paper.finish.append(finish)


def nested_in_a_frame(paper: Paper, rng: random.Random) -> None:
    """A table of one cell around each table, as a frame."""

    def wrap(table: Any) -> Any:
        frame = parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
            "<w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>"
        )
        cell = frame.tr_lst[0].tc_lst[0]
        cell.append(table)
        cell.append(_paragraph(""))
        return frame

    _moved(paper, wrap)


def wrapped_in_a_control(paper: Paper, rng: random.Random) -> None:
    """Each table in a content control (w:sdt), as templates for clerks have them."""

    def wrap(table: Any) -> Any:
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.append(OxmlElement("w:sdtPr"))
        content.append(table)
        control.append(content)
        return control

    _moved(paper, wrap)


def everything_in_a_control(paper: Paper, rng: random.Random) -> None:
    """All paragraphs and tables in one content control, and inside a tracked insertion here and there."""

    def finish(document: Any) -> None:
        body = document.element.body
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        for element in list(body)[:-1]:
            content.append(element)
        control.append(content)
        body.insert(0, control)

    paper.finish.append(finish)


def totals_as_fields(paper: Paper, rng: random.Random) -> None:
    """Totals as fields: w:fldSimple =SUM(ABOVE) around the text that Word last computed."""

    def finish(document: Any) -> None:
        for table, sheet in zip(document.tables, paper.sheets, strict=True):
            depth = max(len(col.path) for col in sheet.cols)
            for row, made in zip(table._tbl.tr_lst[depth:], sheet.rows, strict=True):
                if made.level == "total":
                    _as_fields(row)

    paper.finish.append(finish)


def _as_fields(row: Any) -> None:
    for cell in row.tc_lst:
        paragraph = cell.p_lst[0]
        runs = paragraph.r_lst
        if runs and any(c.isdigit() for c in runs[0].text):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), " =SUM(ABOVE) ")
            field.append(runs[0])
            paragraph.append(field)


def cells_in_controls(paper: Paper, rng: random.Random) -> None:
    """Figures in content controls inside their cells, as in a form made for filling in."""

    def finish(document: Any) -> None:
        for paragraph in document.element.body.iter(qn("w:p")):
            if paragraph.getparent().tag == qn("w:tc") and paragraph.r_lst and rng.random() < 0.5:
                control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
                content.append(paragraph.r_lst[0])
                control.append(content)
                paragraph.append(control)

    paper.finish.append(finish)


def other_years_in_the_text(paper: Paper, rng: random.Random) -> None:
    """A text that names last year, next year and a plan of years more often than the titles name their own."""
    last, years = paper.year - 1, f"{paper.year - 3}年至{paper.year + 2}年"
    story = [
        f"根据《{last}年预算执行情况》和{last}年12月的通知，{last}年收入比{last - 1}年增加。",
        f"{last}年执行数为基数，{last}年结转资金已于{last}年底收回，{years}的规划另行公布。",
        f"截至{last}年12月31日，{last}年资产总额与{last - 1}年相同。",
    ]
    paper.before += [f"{paper.year}年部门预算", paper.name, *story * 3]
    paper.after += story * 4


def rows_before_and_after_the_grid(paper: Paper, rng: random.Random) -> None:
    """Rows that begin after the first column of the grid (w:gridBefore), where Word dropped an empty code cell."""

    def finish(document: Any) -> None:
        for table, sheet in zip(document.tables, paper.sheets, strict=True):
            if sheet.is_tree and sheet.rows:
                for row in table._tbl.tr_lst[-len(sheet.rows) :]:
                    _drop_first(row)

    paper.finish.append(finish)


def _drop_first(row: Any) -> None:
    first = row.tc_lst[0]
    if not "".join(first.itertext()).strip():
        row.remove(first)
        row.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="1"/></w:trPr>'))


def codes_broken_over_lines(paper: Paper, rng: random.Random) -> None:
    """Long names broken over two lines of a cell, codes with a space inside."""
    for sheet in paper.trees():
        for row in sheet.rows:
            row.cells = [c[:6] + "\n" + c[6:] if isinstance(c, str) and len(c) > 8 else c for c in row.cells]
            row.cells[sheet.index(CODE)] = f" {row.cells[sheet.index(CODE)] or ''} "


WORDS = (
    cover_page, contents_page, in_one_paragraph, title_in_the_table, split_with_headings, split_without_headings,
    split_with_a_line, nested_in_a_frame, wrapped_in_a_control, everything_in_a_control, totals_as_fields,
    cells_in_controls, other_years_in_the_text, rows_before_and_after_the_grid, codes_broken_over_lines,
)  # fmt: skip
