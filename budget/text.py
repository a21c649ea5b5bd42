"""Words as people type them: cleaned for display, narrowed for comparison. The raw text is always kept."""

import re
import unicodedata
from functools import lru_cache

from budget.marks import thinned

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_QUOTES = re.compile(r"[\"'“”‘’「」]")
_NUMBERING = re.compile(
    r"^(其中[:,、]?)?([一二三四五六七八九十]+[、.,]|\(?[一二三四五六七八九十\d]{1,2}\)|\d{1,2}[、.,])"
)
_OF_WHICH = re.compile(r"^其中[:,]?")
_ORDINAL = re.compile(r"\d{1,2}[.、]")
_INNER = str.maketrans("“”‘’", "‘’“”")
_ENDS_TITLE = re.compile(r"(职能|职责|机构设置|设置情况|构成|概况|名词解释|术语解释|说明|绩效目标|情况|事项)$")
_IS_SENTENCE = re.compile(r"[。；;！？!?]|[，,：:、]$|\d\s*万?元|^(详见|见|注[:：])")
_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(rf"^(第{_CHINESE}(部分|章|篇)|{_CHINESE}[、.,]|\({_CHINESE}\))")
_ENDS = re.compile(r"[。；;：:]$")
_BEGINS = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]")
_WORD_ENDS, _WORD_BEGINS = re.compile(r"[A-Za-z]$"), re.compile(r"[A-Za-z]")
_LONGEST_HEADING = 40
_SHORT = 64
_DIGITS = "零一二三四五六七八九"
_BRACKETS = re.compile(r"[()\[\]{}〔〕【】〖〗〈〉《》『』]")  # full-width ones are these already, by NFKC
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def narrow(text: object) -> str:
    """NFKC without white space, zero-width and direction marks: what an amount or a code is read from.

    Takes linear time for any text: of many combining marks in a row only the first are kept. Short texts are headings,
    codes and amounts, which come again and again.
    """
    whole = str(text)
    return _narrowed_before(whole) if len(whole) <= _SHORT else _narrowed(whole)


def _narrowed(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", thinned(text)))


_narrowed_before = lru_cache(maxsize=8192)(_narrowed)


def label(text: object) -> str:
    """A heading or row label ready for comparison: narrowed, without quotes, numbering and 其中.

    >>> label("    其中：公务用车购置费")
    '公务用车购置费'
    >>> label("二十、住房保障支出")
    '住房保障支出'
    """
    return _label(str(text)) if text is not None else ""


@lru_cache(maxsize=4096)
def _label(text: str) -> str:
    bare = _QUOTES.sub("", narrow(text))
    return _OF_WHICH.sub("", _NUMBERING.sub("", bare))


def quoted(text: object) -> str:
    """A name in quotes. Its own become inner ones, as GB/T 15834 wants: “ ” outside, ‘ ’ inside, “ ” again in those.

    >>> quoted("“三公”经费小计")
    '“‘三公’经费小计”'
    """
    return f"“{str(text).translate(_INNER)}”"


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """What makes a name the same name: width, blanks, brackets and quotes aside, which everybody sets otherwise.

    >>> name_key("政府办公厅(室) 及相关机构事务") == name_key("政府办公厅〔室〕及相关机构事务")
    True
    """
    return _BRACKETS.sub("", _QUOTES.sub("", narrow(name)))


def same_name(one: str, other: str) -> bool:
    """Whether two names of a code, a class, an item or a body are one."""
    return name_key(one) == name_key(other)


def has_forbidden(text: str) -> bool:
    """Whether the text holds control characters or lone surrogates, which no export can carry."""
    return bool(_FORBIDDEN.search(text))


def clean(text: str) -> str:
    """The text as it is shown: stray quotes and tabs taken away, line ends kept, idempotent.

    Once is not enough: what stood between two quotes may begin with a quote itself. A second pass that found more to
    take away would make a published text differ from its own import.

    >>> clean('1."1、招商引资。\\n"\\t\\t')
    '1.1、招商引资。'
    >>> clean('落实"双减"政策')
    '落实"双减"政策'
    """
    while (cleaner := _cleaned_once(text)) != text:
        text = cleaner
    return text


def _cleaned_once(text: str) -> str:
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip(" ") for line in _unquoted(text).split("\n"))
    return "\n".join(line for line in lines if line).strip()


def _unquoted(text: str) -> str:
    """Without the quotes that a cell copied from Excel brings along: around it, and each of its own doubled."""
    text = _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    while '""' in text:
        text = text.replace('""', "")
    text = text.lstrip()
    match = _ORDINAL.match(text)
    ordinal = match[0] if match else ""  # the clerk numbered the goals after pasting: 1."招商引资。"
    return ordinal + _without_outer_quotes(text.removeprefix(ordinal).strip())


def _without_outer_quotes(body: str) -> str:
    """Quotes inside a text are its own, as long as they come in pairs."""
    quotes = body.count('"')
    if quotes == 2 and body.startswith('"') and body.endswith('"'):
        return body[1:-1]
    if quotes % 2:
        return body.removeprefix('"') if body.startswith('"') else body.removesuffix('"')
    return body


def numeral(text: str) -> int:
    """A Chinese numeral below a hundred.

    >>> [numeral(text) for text in ("三", "十", "十二", "二十", "二十一")]
    [3, 10, 12, 20, 21]
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.index(text)
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def is_short(text: str) -> bool:
    """Whether a paragraph may be a heading: short, no sentence, no amount."""
    bare = narrow(text) if len(text) <= 3 * _LONGEST_HEADING else ""
    return 1 < len(bare) <= _LONGEST_HEADING and not _IS_SENTENCE.search(bare)


def ends_as_title(text: str) -> bool:
    """Whether a paragraph ends in a word that titles end in: 主要职能, 编制说明, 名词解释."""
    return bool(_ENDS_TITLE.search(narrow(text)))


def is_heading(text: str) -> bool:
    """Whether a line of a section is a heading inside it: short, and numbered 一、 or worded as a title.

    >>> is_heading("二、机关运行经费预算"), is_heading("（一）出国费0万元，与上年持平。")
    (True, False)
    """
    return is_short(text) and (bool(_NUMBERED.match(narrow(text))) or ends_as_title(text))


def between_lines(before: str, piece: str) -> str:
    """What stands between two lines of words that a width broke: an item begins a line of its own.

    >>> [between_lines(*pair) for pair in (("修建", "道路"), ("用 Office", "for all"), ("修路。", "2、建桥"))]
    ['', ' ', '\\n']
    """
    if _ENDS.search(before) and _BEGINS.match(piece):
        return "\n"
    return " " if _WORD_ENDS.search(before) and _WORD_BEGINS.match(piece) else ""
