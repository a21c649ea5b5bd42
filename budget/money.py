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
STEPS = {WAN: Decimal(100), YUAN: Decimal(1)}  # the last place to which tables are usually printed, in yuan
LIMIT = Decimal(10) ** 12
FLOAT_NOISE = Decimal("0.000001")  # in yuan: what 0.1 + 0.2 leaves behind, never a real fraction of a cent
BLANKS = {"", "-", "--", "—", "——", "–", "/", "\\", "无"}

_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_IN_BRACKETS = re.compile(r"\((.+)\)")
_WITH_UNIT = re.compile(r"(.*?)\s*(万元|元)")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("，"): ord(","), ord("−"): ord("-")}
_AROUND = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\ufeff"
_LONGEST_SHOWN = 40
_NO_NUMBERS = (bool, datetime.date, datetime.time, datetime.timedelta)


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
    if isinstance(value, _NO_NUMBERS):
        raise Unreadable(f"“{value}”不是数字（是日期或逻辑值），请改成数字")
    if isinstance(value, str):
        return _from_text(value, unit)
    if isinstance(value, float) and not math.isfinite(value):
        raise Unreadable(f"“{value}”不是数字，请改成数字")
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def read_count(value: Any, places: int, limit: int) -> Decimal | None:
    """A count, an area or a percentage, with at most so many places and below so large a limit; None for a blank."""
    number = read_number(value)
    if number is None:
        return None
    if abs(number) >= limit:
        raise Unreadable(f"“{value}”太大，应小于 {limit:,}，请核对")
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if abs(number - rounded) > FLOAT_NOISE:
        raise Unreadable(f"“{value}”的小数超过 {places} 位，请四舍五入后填写")
    return number if number == rounded else rounded


def read_percent(value: Any, places: int, limit: int) -> Decimal | None:
    """A percentage: written 25% or 25, or a fraction such as 0.25, as Excel keeps what it shows as 25%."""
    if isinstance(value, str):
        return read_count(_half_width(value).removesuffix("%"), places, limit)
    is_fraction = isinstance(value, float) and 0 < value <= 1
    return read_count(Decimal(repr(value)) * 100 if is_fraction else value, places, limit)


def is_negative_in_brackets(value: object) -> bool:
    """Whether the text says a negative number the accountants' way, as （100）."""
    return isinstance(value, str) and bool(_IN_BRACKETS.fullmatch(_half_width(value)))


def _half_width(value: str) -> str:
    """The text with full-width signs and digits made narrow, and nothing else changed.

    Not NFKC: that would make digits of what is none (① and ² become 1 and 2), and figures of what stands beside each
    other. White space and marks that cannot be seen count for nothing around a number, never inside it.
    """
    return value.translate(_NARROW).strip(_AROUND)


def _from_text(value: str, unit: str | None) -> Decimal | None:
    if narrow(value) in BLANKS:
        return None
    text, sign = _half_width(value), 1
    if match := _IN_BRACKETS.fullmatch(text):
        text, sign = match[1], -1
    if match := _WITH_UNIT.fullmatch(text):
        text = _without_unit(match, unit, value)
    if text.startswith("#"):
        raise Unreadable(f"“{value}”是公式出错的结果，请改正公式或直接填数字")
    if sign < 0 and text.startswith(("-", "+")):
        raise Unreadable(f"“{value.strip()}”又有括号又有正负号，看不出是正是负，请只用一种")
    if not _NUMBER.fullmatch(text):
        raise Unreadable(f"“{_visible(value)}”不是数字，请改成数字；没有金额请留空")
    return sign * Decimal(text.replace(",", ""))


def _visible(value: str) -> str:
    """The text in one line, with what cannot be seen named by its code, so that the clerk can find it."""
    shown = (c if c.isprintable() else "␣" if c.isspace() else f"[U+{ord(c):04X}]" for c in value.strip())
    return "".join(shown)[:_LONGEST_SHOWN]


def _without_unit(match: re.Match[str], unit: str | None, value: str) -> str:
    if unit is None or match[2] != unit:
        raise Unreadable(f"“{value.strip()}”写了“{match[2]}”，与表头的单位“{unit or '无'}”不同，请只填数字")
    return match[1]


def _to_cents(yuan: Decimal, value: object) -> Decimal:
    if abs(yuan) >= LIMIT:
        raise Unreadable(f"“{value}”太大（一万亿元以上），请核对单位")
    cents = yuan.quantize(CENT, ROUND_HALF_UP)
    if abs(yuan - cents) > FLOAT_NOISE:
        raise Unreadable(f"“{value}”的小数太多，不到一分钱，请四舍五入后填写")
    return cents + 0  # -0.00 becomes 0.00


def show(yuan: Decimal | None, unit: str = WAN) -> str:
    """An amount as readers see it: 13378700 → 1,337.87 (万元, two places, half up); blank stays blank."""
    return "" if yuan is None else f"{(yuan / YUAN_PER[unit]).quantize(CENT, ROUND_HALF_UP) + 0:,}"


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


def shortest(value: Any) -> Any:
    """A number without the zeros that the database pads it with: 6272.0000 → 6272; amounts keep two places."""
    if not isinstance(value, Decimal):
        return value
    short = value.normalize()
    return short.quantize(CENT) if -int(short.as_tuple().exponent) <= 2 else short
