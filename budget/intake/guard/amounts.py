"""What costs a reader much and its writer little, counted first, before anything is built for each of it.

openpyxl makes an object for each name, style and rule, python-docx for each table and paragraph; Unicode normalisation
takes n² steps for n marks on one letter. All of it is counted by linear patterns that stop at the limit.
"""

import re
from dataclasses import dataclass
from functools import partial
from itertools import islice

from budget.intake.guard.limits import (
    MAX_CELL_TEXT,
    MAX_MARKS,
    MAX_NAMES,
    MAX_OTHER_TAGS,
    MAX_PARAGRAPH,
    MAX_PARAGRAPHS,
    MAX_REFERENCES,
    MAX_RICH_RUNS,
    MAX_RULES,
    MAX_STYLE_TAGS,
    MAX_TABLES,
    MAX_TEXT,
    MAX_WORD_RUNS,
    MAX_WORD_STYLES,
)
from budget.intake.guard.package import OFFICE, PLACES, SHARED_STRINGS, WORKSHEET, Package
from budget.intake.guard.parts import Place, is_xml
from budget.intake.guard.refusal import Refused
from budget.intake.guard.tags import LAST_CHARACTER, NAME, Part
from budget.marks import MOST_IN_A_ROW, crowded_xml, more_marks_in_xml

WORKBOOK = OFFICE + "spreadsheetml.sheet.main+xml"
WORD = OFFICE + "wordprocessingml."
TEXTS = (WORD + "document.main+xml", WORD + "footnotes+xml", WORD + "endnotes+xml")
STYLES = "xl/styles.xml"  # where openpyxl looks, whatever the package declares
RAW_REFERENCE = re.compile(rb"&#(?:x0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));")
ANY_TAG = re.compile(rb"<[^\s<>/!?]")
PARAGRAPH = re.compile(rb"<(?:" + NAME + rb":)?+p(?=[\s/>])")
MARKUP = re.compile(rb"<[^<>]*+>")
LONG_TEXT = re.compile(rb">([^<]{%d,})" % (MAX_CELL_TEXT + 1))


@dataclass(frozen=True)
class Bound:
    """At most so many of some tags in a part, what they are called and what to do about more."""

    tags: tuple[str, ...]
    most: int
    what: str
    remedy: str


BOUNDS = {
    WORKBOOK: (Bound(("definedName",), MAX_NAMES, "名称", "请在“公式→名称管理器”里删去多余的名称"),),
    SHARED_STRINGS: (Bound(("r", "rPh"), MAX_RICH_RUNS, "单独设了格式的文字", "请清除文字的格式"),),
    WORKSHEET: (Bound(("cfRule", "dataValidation"), MAX_RULES, "条件格式和数据验证", "请清除多余的规则"),),
    **dict.fromkeys(
        TEXTS,
        (
            Bound(("tbl",), MAX_TABLES, "表格", "请删去多余的表格"),
            Bound(("p",), MAX_PARAGRAPHS, "段落", "请删去多余的段落"),
            Bound(("r",), MAX_WORD_RUNS, "文字片段", "请清除文字的格式"),
        ),
    ),
    WORD + "styles+xml": (Bound(("style",), MAX_WORD_STYLES, "样式", "请把全文复制到新建的空白文档"),),
}


def check_amounts(package: Package) -> None:
    """Refuse what there is too much of, and letters that bear more marks than any does."""
    others = 0
    for name, part in package.parts.items():
        told = package.content_type(name)
        if is_xml(name, part, told):
            place = partial(_place, package, name)
            _check_bounds(part, place, BOUNDS.get(told, ()))
            _check_lengths(part, place, told)
            _check_marks(part, place)
            others += 0 if told in BOUNDS or name == STYLES else part.count(b"<")
    _check_styles(package.parts.get(STYLES, b""))
    if others > MAX_OTHER_TAGS:
        raise Refused(
            f"文件里图形、批注等附加内容过多（标记超过 {MAX_OTHER_TAGS // 10_000} 万个），请删去这些内容后再上传。"
        )


def _place(package: Package, name: str) -> str:
    """A part in words; sheets are asked for their names last, because that is found in the workbook's many tags."""
    return PLACES.get(name) or package.place(name)


def _check_bounds(part: Part, place: Place, bounds: tuple[Bound, ...]) -> None:
    for bound in bounds:
        tags = b"|".join(tag.encode() for tag in bound.tags)
        if _more_than(bound.most, re.compile(rb"<(?:" + NAME + rb":)?+(?:" + tags + rb")(?=[\s/>])"), part):
            raise Refused(f"{place()}里的{bound.what}超过 {bound.most} 个，{bound.remedy}，保存后再上传。")


def _more_than(most: int, pattern: re.Pattern[bytes], part: Part) -> bool:
    return next(islice(pattern.finditer(part), most, None), None) is not None


def _check_styles(part: Part) -> None:
    """All tags, whatever they are called: each is an object."""
    if _more_than(MAX_STYLE_TAGS, ANY_TAG, part):
        raise Refused(
            f"工作簿的样式过多（标记超过 {MAX_STYLE_TAGS // 10_000} 万个），请把各表复制到新建的工作簿（只粘贴值），"
            "保存后再上传。"
        )


def _check_lengths(part: Part, place: Place, told: str) -> None:
    if told in TEXTS:
        _check_paragraphs(part, place)
    elif told in (WORKSHEET, SHARED_STRINGS) and any(
        len(_decoded(match[1])) > MAX_CELL_TEXT for match in LONG_TEXT.finditer(part)
    ):
        raise Refused(f"{place()}里有一格的文字超过 {MAX_CELL_TEXT} 字，请缩短后再上传。")


def _check_paragraphs(part: Part, place: Place) -> None:
    """The whole text, and that between the beginnings of two paragraphs; only what has room for too much is read."""
    if len(part) > MAX_TEXT and len(_decoded(MARKUP.sub(b"", part))) > MAX_TEXT:
        raise Refused(f"{place()}超过 {MAX_TEXT // 10_000} 万字，请删去多余内容后再上传。")
    starts = [match.start() for match in PARAGRAPH.finditer(part)]
    for start, end in zip(starts, [*starts[1:], len(part)], strict=True):
        if end - start > MAX_PARAGRAPH and len(_decoded(MARKUP.sub(b"", part[start:end]))) > MAX_PARAGRAPH:
            raise Refused(f"{place()}里有一段文字超过 {MAX_PARAGRAPH // 10_000} 万字，请分成几段或缩短后再上传。")


def _check_marks(part: Part, place: Place) -> None:
    if part.count(b"&#") > MAX_REFERENCES:
        raise Refused(f"{place()}里以编号写的字超过 {MAX_REFERENCES // 10_000} 万个，请删去多余内容后再上传。")
    text = _without_references(part)
    if more_marks_in_xml(text, MAX_MARKS):
        raise Refused(f"{place()}里的附加符号超过 {MAX_MARKS // 10_000} 万个，请删去这些符号，保存后再上传。")
    if crowded_xml(text):
        raise Refused(f"{place()}里有一个字叠了 {MOST_IN_A_ROW} 个以上的附加符号，请删去这些符号，保存后再上传。")


def _decoded(raw: Part) -> str:
    return bytes(_without_references(raw)).decode("utf-8", "replace")


def _without_references(raw: Part) -> Part:
    return RAW_REFERENCE.sub(_referred, raw) if b"&#" in raw else raw


def _referred(match: re.Match[bytes]) -> bytes:
    number = int(match[1], 16) if match[1] else int(match[2])
    return chr(number).encode("utf-8", "replace") if number <= LAST_CHARACTER else b"?"
