"""Tables that nothing declares, kept as their file prints them, and what a person is told about each.

A grid is such a table when it holds an amount, or names its money unit and is empty. Covers, contents, frames of text
and the lists of findings that this site writes into files are none.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from budget.figures.as_printed import LONGEST_TITLE, Area, AsPrinted, numbered
from budget.figures.number_format import GENERAL, shown
from budget.finding import Finding, Level
from budget.intake.grid import NOTE, At, Grid
from budget.intake.headings import is_nameless, is_numbering_row
from budget.intake.identity import is_refused
from budget.intake.problems import at, problem
from budget.intake.recognise import Recognised
from budget.text import narrow

_TOP_ROWS, _HEADING_ROWS = 6, 5
_FINDINGS = {"级别", "规则", "位置", "说明"}  # the headings of the lists that this site writes into a clerk's file
_STATEMENT = re.compile(
    r"(单位|部门|名称|年度|年份|日期|时间|编号|电话|填报人|制表人|负责人).{0,4}:"  # 编制单位：…, 单位：万元
    r"|^\d{3,12}(?!年)[\u4e00-\u9fff]{4,}$"  # 909卢龙县…
    r"|^(预算|公开)?(附|附表|附件|表|续表)[\d一二三四五六七八九十-]+(号)?$|^公开\d+表$"  # 附表3
    r"|^\(?(人民币)?(万元|元)\)?$"
)
_TITLED = re.compile(r"表(\(.*\))?(之?[一二三四五六七八九十\d]+)?$")
_SENTENCE = re.compile(r"[。；;：:，,]$")
_CONTENTS = re.compile(r"^目[录次]$")
_AMOUNT = re.compile(r"\(?[-+]?[\d,]+(\.\d+)?%?\)?", re.ASCII)
_YEAR = re.compile(r"(19|20)\d\d")
_MONEY = re.compile(r"万元|[:(]元|元\)|元$")
_BROKEN = re.compile(r"#(REF|VALUE|DIV/0|NAME|N/A|NUM|NULL)[!?]?")

Texts = dict[int, dict[int, str]]  # {row: {column: text}}, blanks left out, from the top


@dataclass
class Kept:
    """What became of the grids that nothing declares. unmatched: names of those that hold no such table."""

    tables: list[AsPrinted] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


def keep(found: Iterable[Recognised]) -> Kept:
    """Keep each of these grids, which are none of the declared tables, as printed, in their order."""
    kept, others = Kept(), dict[str, list[AsPrinted]]()
    for one in found:
        grid = one.grid
        kept.findings += [Finding("R15", Level.ERROR, sentence, (grid.name,)) for sentence in one.why_not]
        table = as_printed(grid)
        if table is None:
            kept.unmatched.append(grid.name)
            continue
        kept.tables.append(table)
        kept.problems += _unreadable(grid)
        doubts = list(_doubts(grid, table))
        kept.findings += doubts
        if not one.why_not and not any(finding.rule in ("R16", "R17") for finding in doubts):
            others.setdefault(table.called, []).append(table)
    kept.findings += [_told(tables) for tables in others.values()]
    kept.tables = numbered(kept.tables)
    return kept


def _told(tables: list[AsPrinted]) -> Finding:
    """One notice for all tables of a title: a township prints the same form once a project."""
    count = f"（共 {len(tables)} 张）" if len(tables) > 1 else ""
    message = f"《{tables[0].title}》{count}不是本站的标准表，按原样保存和公开，不参加核对；请看一看是不是该公开的表。"
    return Finding("R16", Level.NOTICE, message, tuple(dict.fromkeys(table.place for table in tables)))


def _doubts(grid: Grid, table: AsPrinted) -> Iterator[Finding]:
    if grid.hidden:
        message = f"“{grid.name}”隐藏了{grid.hidden}，其中的内容也会原样公开；请核对，不该公开的请在文件里删去。"
        yield Finding("R06", Level.WARNING, message, (grid.name,))
    if is_refused(grid):
        message = f"《{table.title}》是决算表，不是预算；已原样保存，不当作预算读入，请核对是不是放错了文件。"
        yield Finding("R16", Level.WARNING, message, (grid.name,))
    if is_nameless(table.title):
        asked = "请在表的上方写上表题，不该公开的请删去，再重新导入"
        message = f"“{grid.name}”有金额，但没有表题，看不出是什么表；{asked}。"
        yield Finding("R17", Level.ERROR, message, (grid.name,))


def _unreadable(grid: Grid) -> Iterator[Finding]:
    """Cells that would be published without what they should say."""
    for (row, column), sentence in grid.problems.items():
        yield problem("R01", f"{at(grid, row, column)}：{sentence}。", grid.place(row, column))
    for (row, column), value in grid.values.items():
        if isinstance(value, str) and _BROKEN.fullmatch(value.strip()):
            message = f"{at(grid, row, column)}：“{value.strip()}”是公式出错的结果，请改正公式或直接填写。"
            yield problem("R01", message, grid.place(row, column), found=value.strip())


def as_printed(grid: Grid) -> AsPrinted | None:
    """The table that a grid prints, None where it prints none or is hidden."""
    texts = _texts(grid)
    if grid.sheet_hidden or not texts or _is_of_ours(grid):
        return None
    top, over = _over(texts)
    last, notes = _under(texts, top)
    rows = [row for row in texts if top < row <= last]
    columns = sorted({column for row in rows for column in texts[row]})
    if not rows or any(_CONTENTS.match(narrow(text)) for text in (*over, *grid.captions)):
        return None
    title = _title([*reversed(grid.captions), *over]) or " ".join(grid.name.split())[:LONGEST_TITLE]
    around = [*filter(_is_statement, grid.captions), *over]
    table = AsPrinted(
        title,
        tuple(tuple(texts[row].get(column, "") for column in columns) for row in rows),
        _heads(grid, texts, rows, columns),
        tuple(sorted(_areas(grid, rows, columns))),
        tuple(text for text in around if " ".join(text.split()) != title),
        (*notes, *grid.notes),
        grid.name,
    )
    return table if _has_amounts(table) else None


def _texts(grid: Grid) -> Texts:
    found: Texts = {}
    for (row, column), value in sorted(grid.values.items()):
        if (text := _text(value, grid.formats.get((row, column), GENERAL))).strip():
            found.setdefault(row, {})[column] = text
    return found


def _text(value: Any, code: str) -> str:
    """A cell's text as it is shown: numbers under their format, dates by day."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return shown(value, code)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _is_of_ours(grid: Grid) -> bool:
    """Whether it is a list of findings that this site wrote into a clerk's file."""
    rows = range(1, min(grid.rows, _TOP_ROWS) + 1)
    return any({str(value) for _, value in grid.row_values(row)} >= _FINDINGS for row in rows)


def _over(texts: Texts) -> tuple[int, list[str]]:
    """(the last of the rows that stand over the headings, their texts): what stands alone, and statements."""
    several, over, top = any(len(own) > 1 for own in texts.values()), list[str](), 0
    for row in (row for row in texts if row <= _TOP_ROWS):
        own = list(texts[row].values())
        alone = len(own) == 1 and not _is_amount(own[0]) and (several or row == 1)
        if not alone and not all(map(_is_statement, own)):
            break
        over += own
        top = row
    return top, over


def _under(texts: Texts, top: int) -> tuple[int, tuple[str, ...]]:
    """(the last row of the table, its notes): lines at its foot that say that they are notes."""
    notes: list[str] = []
    for row in (row for row in reversed(texts) if row > top):
        own = list(texts[row].values())
        if len(own) != 1 or not NOTE.match(own[0]):
            return row, tuple(notes)
        notes.insert(0, own[0].strip())
    return top, ()


def _is_statement(text: str) -> bool:
    """Whether a line over a table says whose it is, when or in which unit, and not what it is."""
    return bool(_STATEMENT.search(narrow(text)))


def _title(texts: list[str]) -> str:
    """The first of these that is called a table, else the first that may be a title; '' where none may."""
    bare = [" ".join(text.split()) for text in texts]
    able = [text for text in bare if len(text) <= LONGEST_TITLE and not _is_statement(text)]
    able = [text for text in able if not _SENTENCE.search(text)]
    return next((text for text in able if _TITLED.search(narrow(text))), able[0] if able else "")


def _heads(grid: Grid, texts: Texts, rows: list[int], columns: list[int]) -> int:
    """How many of the rows are headings: the first, and those that fill what it leaves open, 栏次 included."""
    count, open_columns = 0, set(columns)
    for row in rows[:_HEADING_ROWS]:
        if count and is_numbering_row(grid, row):
            return count + 1
        filled = set(texts[row])
        if any(map(_is_amount, texts[row].values())):
            break
        hanging = any(grid.merged.get((row, column), (row, 0))[0] < row for column in columns)
        if count and not hanging and not filled & open_columns:
            break
        count, open_columns = count + 1, open_columns - filled
    return count


def _areas(grid: Grid, rows: list[int], columns: list[int]) -> Iterator[Area]:
    """The merged cells that are left once empty rows and columns are gone."""
    at_row, at_column = ({line: n for n, line in enumerate(lines, 1)} for lines in (rows, columns))
    found: dict[At, list[At]] = {}
    for (row, column), first in grid.merged.items():
        if row in at_row and column in at_column:
            found.setdefault(first, []).append((at_row[row], at_column[column]))
    for cells in found.values():
        top, left = min(cells)
        area = Area(top, left, max(r for r, _ in cells) - top + 1, max(c for _, c in cells) - left + 1)
        if len(cells) == area.rows * area.columns > 1:
            yield area


def _is_amount(text: str) -> bool:
    return bool(_AMOUNT.fullmatch(narrow(text)))


def _has_amounts(table: AsPrinted) -> bool:
    """Whether it holds an amount, or is an empty table of amounts: with headings and a money unit."""
    for row in range(table.heads + 1, len(table.rows) + 1):
        for column in range(1, table.columns + 1):
            if table.is_figure(row, column) and not _YEAR.fullmatch(table.rows[row - 1][column - 1].strip()):
                return True
    said = (*table.above, *(text for row in table.rows[: table.heads] for text in row))
    return table.heads > 0 and table.columns > 1 and any(_MONEY.search(narrow(text)) for text in said)
