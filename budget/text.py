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
_ORDINAL = re.compile(r"^(\d{1,2}[.、])?")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def narrow(text):
    """NFKC without white space, zero-width and direction marks: what an amount or a code is read from."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", str(text)))


def label(text):
    """A heading or row label ready for comparison: narrowed, without quotes, numbering and 其中.

    >>> label("    其中：公务用车购置费")
    '公务用车购置费'
    >>> label("二十、住房保障支出")
    '住房保障支出'
    """
    return _label(str(text)) if text is not None else ""


@lru_cache(maxsize=4096)
def _label(text):
    bare = _QUOTES.sub("", narrow(text))
    return _OF_WHICH.sub("", _NUMBERING.sub("", bare))


def has_forbidden(text):
    """Whether the text holds control characters or lone surrogates, which no export can carry."""
    return bool(_FORBIDDEN.search(text))


def clean(text):
    """The text as it is shown: stray quotes and tabs taken away, line ends kept, idempotent.

    >>> clean('1."1、招商引资。\\n"\\t\\t')
    '1.1、招商引资。'
    >>> clean('落实"双减"政策')
    '落实"双减"政策'
    """
    while (cleaner := _cleaned_once(text)) != text:
        text = cleaner
    return text


def _cleaned_once(text):
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip(" ") for line in _unquoted(text).split("\n"))
    return "\n".join(line for line in lines if line).strip()


def _unquoted(text):
    text = _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    while '""' in text:
        text = text.replace('""', "")
    start = _ORDINAL.match(text.lstrip()).group()
    body = text.lstrip()[len(start) :].strip()
    quotes = body.count('"')
    if quotes == 2 and body.startswith('"') and body.endswith('"'):
        return start + body[1:-1]
    if quotes % 2 and body.startswith('"'):
        return start + body[1:]
    if quotes % 2 and body.endswith('"'):
        return start + body[:-1]
    return start + body
