"""What should not stand in a published text: leftovers, wrong years, personal data, odd amounts."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

from budget.carried import MARKED
from budget.cell import Cell
from budget.checks.compare import MISSING, Compared, differs, passed
from budget.checks.view import View
from budget.checks.wording import few
from budget.declare.fields import Record, Rows, Text
from budget.declare.records import Form
from budget.declare.rule import INSPECTION, OPENNESS, rule
from budget.documents.department_budget.rules.vocabulary import stated
from budget.figures.as_printed import AsPrinted
from budget.finding import Level
from budget.text import narrow, quoted


class Leftover(NamedTuple):
    """Something that copying leaves behind: how it looks, what it is, what is to be done about it."""

    pattern: re.Pattern[str]
    what: str
    level: Level
    remedy: str


LEFTOVERS = (
    Leftover(
        # What a cell copied out of a worksheet brings along; shown text is cleaned of it, so it is only a notice.
        re.compile(r"\t|\"\s*$|^\s*\"|\"\"", re.M),
        "多余的引号或制表符",
        Level.NOTICE,
        "公开时不显示，建议在文件里删去",
    ),
    Leftover(MARKED, "从上年带来、还没有核对的文字", Level.ERROR, "请核对或填写，再删去标记"),
    Leftover(re.compile(r"page\s*number", re.I), "模板里的页码标记", Level.WARNING, "请删去"),
    Leftover(re.compile(r"[×xX]{2,}|待填|待定|（略）"), "没有填写的地方", Level.WARNING, "请填写"),
    Leftover(re.compile(r"目标内容\s*\d"), "模板里的“目标内容”字样", Level.WARNING, "请删去"),
    Leftover(re.compile(r"各位代表"), "报告里的“各位代表”", Level.WARNING, "请删去"),
    Leftover(re.compile(r"^(.{2,12}[：:]?)\n\1$", re.M), "重复的标题", Level.WARNING, "请删去一个"),
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年(?!月|\d)")
_NOT_YEARS = re.compile(
    r"《[^》]*》|[\[【〔(（]\d{4}[\]】〕)）]|\d{4}\s*年\s*\d{1,2}\s*月|\d{4}\s*年?[-—至到~]\s*\d{4}\s*年?"
)
_DIGIT_RUN = re.compile(r"(?<![\dA-Za-z])\d{11,19}[\dXx]?(?![\dA-Za-z])")
_MANY_DIGITS = re.compile(r"\d(?:\W*\d){10}")  # few texts have so many, and narrowing all of them takes its time
_IDENTITY = re.compile(r"\d{17}[\dXx]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_CARD = re.compile(r"\d{16,19}")
# GB 11643-1999: the weights of the first seventeen digits, and the check digit for each remainder of 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_MANY_DECIMALS = re.compile(r"\d\.\d{3,}\s*(?:万元|元)")
_DOUBLED = re.compile(r"元元|万元元|万万元")
_YUAN = re.compile(r"\d\s*元(?!/)")  # a unit price, 50元/人, may stand beside 万元
_SENTENCE = re.compile(r"[^。！？；;\n]+")

Placed = tuple[Cell, str]  # (address, text)
Fault = tuple[str, str]  # (what is wrong, to be read after the place; what stands there)


@lru_cache(maxsize=2)  # five rules ask for them, one after the other
def _texts(view: View) -> tuple[Placed, ...]:
    """Every text that will be published: the narrative's, and those of the forms."""
    return tuple(placed for placed in chain(_of_narrative(view), _of_forms(view)) if placed[1])


def _of_narrative(view: View) -> Iterator[Placed]:
    yield stated(0, "text"), view.entries.preamble
    for section in view.entries.sections:
        yield stated(section["number"], "text"), section["text"]


def _of_forms(view: View) -> Iterator[Placed]:
    for form in view.document.forms:
        for number, record in view.numbered(form):
            for column, text in _of_form(form, record):
                yield Cell(form.key, form.row(record, number), column), text


def _of_form(form: Form, record: Record) -> Iterator[tuple[str, str]]:
    """(column, text) of a form's words: each text of its own, each of its rows as one.

    Rows printed across hold dates and percentages. A code is no text, and a name may rightly bear an earlier year.
    """
    for field in form.fields:
        if isinstance(field, Rows) and not field.across:
            yield from _of_rows(field, record[field.key])
        elif isinstance(field, Text) and field.key not in (form.identity, form.naming):
            yield field.key, record[field.key]


def _of_rows(rows: Rows, records: list[Record]) -> Iterator[tuple[str, str]]:
    for number, record in enumerate(records, 1):
        yield f"{rows.key}-{number}", " ".join(record[field.key] for field in rows.fields)


@rule("X01", INSPECTION, of_text=True)
def no_leftovers(view: View) -> Iterator[Compared]:
    """文字里没有模板和复制留下的东西"""
    texts = _texts(view)
    whole = "\n".join(text for _, text in texts)
    for leftover in LEFTOVERS:
        yield _leftover(view, leftover, texts, whole)


def _leftover(view: View, leftover: Leftover, texts: tuple[Placed, ...], whole: str) -> Compared:
    """One kind of leftover in all texts: copied once, it stands in many places, and one finding is enough.

    What is not in the whole is in none of them, and they are many.
    """
    if not texts:
        return MISSING
    found = leftover.pattern.search(whole)
    cells = [cell for cell, text in texts if leftover.pattern.search(text)] if found else []
    return _left(view, leftover, cells) if cells else passed(*(cell for cell, _ in texts))


def _left(view: View, leftover: Leftover, cells: list[Cell]) -> Compared:
    message = f"{few(map(view.words, cells))}有 {len(cells)} 处{leftover.what}，{leftover.remedy}。"
    return differs(leftover.level, message, cells, dict.fromkeys(_place(view, cell) for cell in cells))


def _place(view: View, cell: Cell) -> str:
    return view.place(cell) or view.words(cell)


def _without(view: View, level: Level, faults_in: Callable[[str], Iterable[Fault]]) -> Iterator[Compared]:
    """Every text, held against what should not stand in it."""
    for cell, text in _texts(view):
        faults = dict.fromkeys(faults_in(text))
        for what, actual in faults:
            yield differs(level, f"{view.words(cell)}里{what}", [cell], [_place(view, cell)], "", actual, cause=what)
        if not faults:
            yield passed(cell)


@rule("X02", INSPECTION, of_text=True)
def years_are_this_and_last(view: View) -> Iterator[Compared]:
    """文字里的年份是本年或上年（文件号、书名和日期除外）"""
    return _without(view, Level.WARNING, partial(_other_years, view.entries.year))


def _other_years(this: int | None, text: str) -> Iterator[Fault]:
    if this is None or "年" not in text:
        return
    years = set(map(int, _YEAR.findall(_NOT_YEARS.sub("", text))))
    for year in sorted(years - {this, this - 1}):
        yield f"有 {year} 年，不是本年也不是上年；请核对是不是往年的文字。", str(year)


@rule("X03", OPENNESS, of_text=True)
def no_personal_data(view: View) -> Iterator[Compared]:
    """文字里没有身份证号、手机号、银行卡号"""
    yield from _without(view, Level.ERROR, _personal_data)
    for table in view.entries.as_printed:
        yield from _personal_in(view, table)


def _personal_in(view: View, table: AsPrinted) -> Iterator[Compared]:
    """A table that is kept as printed, which no other rule reads: it passes as a whole, or its cells are named."""
    found = [(cell, what) for cell, text in table.texts() for what, _ in _personal_data(text)]
    for cell, what in dict.fromkeys(found):
        yield differs(Level.ERROR, f"{view.words(cell)}里{what}", [cell], [table.place or view.words(cell)])
    if not found:
        yield passed(Cell(table.key))


def _personal_data(text: str) -> Iterator[Fault]:
    for run in _DIGIT_RUN.findall(narrow(text)) if _MANY_DIGITS.search(text) else ():
        if kind := next((kind for kind, is_one in _PERSONAL if is_one(run)), ""):
            yield f"像是有{kind}；个人信息不能公开，请删去。", ""  # the number itself is not said again


def _is_identity(run: str) -> bool:
    if not _IDENTITY.fullmatch(run):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(run[:-1], _WEIGHTS, strict=True))
    return run[-1].upper() == _CHECK_DIGITS[total % 11]


def _is_mobile(run: str) -> bool:
    return bool(_MOBILE.fullmatch(run))


def _is_card(run: str) -> bool:
    """Luhn: every second digit from the right counts double, its own digits added up."""
    if not _CARD.fullmatch(run):
        return False
    digits = [int(digit) for digit in reversed(run)]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


# Identity and card numbers prove themselves by their check digits, so that an account or a code is not taken for one.
_PERSONAL = (("身份证号", _is_identity), ("手机号", _is_mobile), ("银行卡号", _is_card))


@rule("X04", INSPECTION, of_text=True)
def amounts_are_well_written(view: View) -> Iterator[Compared]:
    """文字里的金额最多两位小数，不写“元元”，一句话里不混用元和万元"""
    return _without(view, Level.WARNING, _badly_written)


def _badly_written(text: str) -> Iterator[Fault]:
    if match := _MANY_DECIMALS.search(text):
        yield f"{quoted(match[0])}的小数多于两位，请改正。", ""
    if match := _DOUBLED.search(text):
        yield f"写着{quoted(match[0])}，请改正。", ""
    if "万元" in text and any(map(_mixes_units, _SENTENCE.findall(text))):
        yield "一句话里混用元和万元，请改正。", ""


def _mixes_units(sentence: str) -> bool:
    return "万元" in sentence and bool(_YUAN.search(sentence))
