"""Tags by regular expressions: exact for well-formed XML without a DOCTYPE, linear for anything.

A parser would have to be trusted with what is hostile on purpose, and builds a tree before anything can be counted.
The quantifiers are possessive (`++`, `*+`): what they took they never give back, so nothing is tried twice.
"""

import re
from collections.abc import Iterator

from budget.intake.guard.refusal import ASK_AGAIN, Refused

ASIDE = rb"!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
NAME = rb"[^\s<>/:=\"'!?]++"
_ATTRIBUTES = rb"((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)"
_REST = rb"(?(closes)|(?:(?<!/>)([^<]*+)</[^<>]*+>)?+)"  # an opening tag's text and end, when nothing else is inside
TAG = rb"(?P<closes>/)?+(?:" + NAME + rb":)?+(%s)(?=[\s/>])" + _ATTRIBUTES + rb">" + _REST
EVERY_TAG = re.compile(rb"<(?:" + TAG % NAME + rb"|" + ASIDE + rb"|())", re.S)
ATTRIBUTE = re.compile(rb"(?<=\s)([^\s=<>\"'/]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
REFERENCE = re.compile(r"&(?:#x0*([0-9a-fA-F]{1,6})|#0*([0-9]{1,7})|(amp|lt|gt|quot|apos));")
LAST_CHARACTER = 0x10FFFF
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

Part = bytes | bytearray  # a part's content; the inflated ones are bytearrays, so as not to be copied
Tag = tuple[bytes, bytes | None, bytes, bytes | None]  # (name, "/" when it closes, attributes as written, text)


def only(*names: str) -> re.Pattern[bytes]:
    """A pattern for these tags alone; the regular expression engine passes the others by."""
    return re.compile(rb"<(?:" + TAG % "|".join(names).encode() + rb"|" + ASIDE + rb"|([!?]))", re.S)


def tags_of(part: Part, place: str, pattern: re.Pattern[bytes] = EVERY_TAG) -> Iterator[Tag]:
    """Every `Tag` of a part, its name without prefix; text is that of an element with nothing else in it, or None.

    Such an element counts as one tag.
    """
    for match in matches(part, place, pattern):
        closes, name, attributes, text, _ = match.groups()
        if name:
            yield name, closes, attributes, text


def matches(part: Part, place: str, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """The pattern's matches up to the first "<" that begins nothing; going on from there would take quadratic time."""
    for match in pattern.finditer(part):
        if match[pattern.groups] is not None:
            raise Refused(f"{place}不是完好的 XML，{ASK_AGAIN}。")
        yield match


def childless(attributes: bytes, text: bytes | None) -> bool:
    """Whether a tag has nothing inside but text."""
    return text is not None or attributes.endswith(b"/")


def attributes_of(raw: bytes) -> dict[bytes, bytes]:
    """{name as written: value as written} of a tag."""
    return {name: double or single for name, double, single in ATTRIBUTE.findall(raw)}


def texts_of(raw: bytes) -> dict[str, str]:
    """{name without prefix: value} of a tag, character references resolved."""
    return {text_of(name).split(":")[-1]: text_of(value) for name, value in attributes_of(raw).items()}


def text_of(raw: Part) -> str:
    """Raw bytes as text, character references resolved."""
    text = bytes(raw).decode("utf-8", "replace")
    return REFERENCE.sub(_referred, text) if "&" in text else text


def _referred(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(number) if number <= LAST_CHARACTER else "\ufffd"
