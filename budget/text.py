"""Words as people type them: cleaned for display, narrowed for comparison. The raw text is always kept."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_QUOTES = re.compile(r"[\"'“”‘’「」]")
_NUMBERING = re.compile(
    r"^(其中[:,、]?)?([一二三四五六七八九十]+[、.,]|\(?[一二三四五六七八九十\d]{1,2}\)|\d{1,2}[、.,])"
)
_OF_WHICH = re.compile(r"^其中[:,]?")
_ORDINAL = re.compile(r"\d{1,2}[.、]")
_BRACKETS = re.compile(r"[()\[\]{}〔〕【】〖〗〈〉《》『』]")  # full-width ones are these already, by NFKC
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def narrow(text: object) -> str:
    """NFKC without white space, zero-width and direction marks: what an amount or a code is read from."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", str(text)))


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
