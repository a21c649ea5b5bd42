"""The one place where amounts are read and shown.

Inside the project every amount is a `Decimal` in yuan with two places; None is blank, which is not zero.
Files print yuan (元) or ten thousand yuan (万元).
"""

import datetime
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from budget.text import narrow

WAN = "万元"
YUAN = "元"
YUAN_PER = {WAN: Decimal(10000), YUAN: Decimal(1)}
CENT = Decimal("0.01")
LIMIT = Decimal(10) ** 12
FLOAT_NOISE = Decimal("0.000001")  # in yuan: what 0.1 + 0.2 leaves behind, never a real fraction of a cent
BLANKS = {"", "-", "--", "—", "——", "–", "/", "\\", "无"}

_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_IN_BRACKETS = re.compile(r"\((.+)\)")
_WITH_UNIT = re.compile(r"(.*?)(万元|元)")


class Unreadable(ValueError):
    """A value that stands where an amount should and is none; the text says why, in Chinese."""


def read(value: object, unit: str) -> Decimal | None:
    """The amount in a cell printed in `unit` (元 or 万元), as yuan with two places, or None for a blank.

    `value` is what a reader found: None, text, int, float, Decimal. Raises Unreadable.
    """
    number = read_number(value, unit)
    return None if number is None else _to_cents(number * YUAN_PER[unit], value)


def read_number(value: Any, unit: str | None = None) -> Decimal | None:
    """A plain number (quantity, percentage) or None for a blank; `unit` is the one it may carry."""
    if value is None:
        return None
    if isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        raise Unreadable(f"“{value}”不是数字（是日期或逻辑值），请改成数字")
    if isinstance(value, str):
        return _from_text(value, unit)
    if isinstance(value, float) and not math.isfinite(value):
        raise Unreadable(f"“{value}”不是数字，请改成数字")
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def is_negative_in_brackets(value: object) -> bool:
    """Whether the text says a negative number the accountants' way, as （100）."""
    return isinstance(value, str) and bool(_IN_BRACKETS.fullmatch(narrow(value)))


def _from_text(value: str, unit: str | None) -> Decimal | None:
    text = narrow(value)
    if text in BLANKS:
        return None
    sign = 1
    if match := _IN_BRACKETS.fullmatch(text):
        text, sign = match[1], -1
    if match := _WITH_UNIT.fullmatch(text):
        text = _without_unit(match, unit, value)
    if text.startswith("#"):
        raise Unreadable(f"“{value}”是公式出错的结果，请改正公式或直接填数字")
    if not _NUMBER.fullmatch(text):
        raise Unreadable(f"“{value.strip()}”不是数字，请改成数字；没有金额请留空")
    return sign * Decimal(text.replace(",", ""))


def _without_unit(match: re.Match[str], unit: str | None, value: str) -> str:
    if unit is None or match[2] != unit:
        raise Unreadable(f"“{value.strip()}”写了“{match[2]}”，与表头的单位“{unit or '无'}”不同，请只填数字")
    return match[1]


def _to_cents(yuan: Decimal, value: object) -> Decimal:
    cents = yuan.quantize(CENT, ROUND_HALF_UP)
    if abs(yuan) >= LIMIT:
        raise Unreadable(f"“{value}”太大（一万亿元以上），请核对单位")
    if abs(yuan - cents) > FLOAT_NOISE:
        raise Unreadable(f"“{value}”的小数太多，不到一分钱，请四舍五入后填写")
    return cents + 0  # -0.00 becomes 0.00


def show(yuan: Decimal | None, unit: str = WAN) -> str:
    """An amount as readers see it: 13378700 → 1,337.87 (万元, two places, half up); blank stays blank."""
    return "" if yuan is None else f"{in_unit(yuan, unit).quantize(CENT, ROUND_HALF_UP) + 0:,}"


def in_unit(yuan: Decimal, unit: str = WAN) -> Decimal:
    """The exact figure in the unit, without trailing zeros beyond two places: 123456 yuan → 12.3456."""
    exact = Decimal(yuan) / YUAN_PER[unit]
    short = exact.normalize()
    return short if -int(short.as_tuple().exponent) > 2 else exact.quantize(CENT)


def plain(yuan: Decimal | None, unit: str = WAN) -> str:
    """An amount without separators, exact, for findings and machine-read files: 22.39; blank is ''.

    Without a unit it is a count or a percentage, shown as short as it can be.
    """
    if yuan is None:
        return ""
    return f"{in_unit(yuan, unit):f}" if unit else f"{yuan.normalize():f}"
