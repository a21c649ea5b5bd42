"""Texts that come from the year before: marked, so that none goes out as this year's without having been looked at.

The marks stand in the text itself: every page, file and rule sees them, and rule X01 lets none of them go out.
"""

import re

LOOK = "【照上年，请核对】"  # before a text that may still hold
FILL = "【填本年数】"  # in the place of an amount or a share of the year before
MARKED = re.compile(r"【(?:照上年|填本年数)[^】]*】")
_AMOUNT = re.compile(r"(?<![\d.])[+-]?\d[\d,，]*(?:\.\d+)?(?=\s*(?:亿|千万|百万|万)?元)")
_SHARE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?=\s*[%％])")


def without_figures(text: str) -> str:
    """The text with a mark in the place of each amount of money and each share.

    >>> without_figures("2024年预算收入193.00万元，增长1.6%。")
    '2024年预算收入【填本年数】万元，增长【填本年数】%。'
    """
    return _SHARE.sub(FILL, without_amounts(text))


def without_amounts(text: str) -> str:
    """The text with a mark in the place of each amount of money; a share may be a target, which stays.

    >>> without_amounts("总成本20万元，完成率≥95%")
    '总成本【填本年数】万元，完成率≥95%'
    """
    return _AMOUNT.sub(FILL, text)


def to_look_at(text: str, length: int) -> str:
    """The text under its mark; one that would grow too long is left where it is, in the year before."""
    return LOOK + text if len(LOOK) + len(text) <= length else LOOK


def looked_at(text: str) -> str:
    """The text without the mark; figures that are still to be filled in stay marked."""
    return text.replace(LOOK, "")
