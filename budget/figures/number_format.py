"""Numbers as a worksheet shows them, and back: 12.5 under `0.00` is printed 12.50.

A table that is kept as printed shows what its readers saw, so the format of a cell belongs to its text. What this page
does not know (dates, fractions, scales, formats of one's own) is shown as the plain number.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"
DIGITS = 15  # what a worksheet's numbers hold exactly

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_FILLING = re.compile(r"_.|\*.|\[[^\]]*\]")  # room for a sign, repeated signs, colours and conditions
_PATTERN = re.compile(r"(?P<whole>[#0?,]*[0#?])(?:\.(?P<places>[0#?]+))?(?P<percent>%?)")
_PRINTED = re.compile(r"-?(?P<whole>0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.(?P<places>\d+))?(?P<percent>%?)", re.ASCII)


def shown(value: int | float, code: str = GENERAL) -> str:
    """A number under the format of its cell.

    >>> shown(12.5, "0.00"), shown(-1234.5, "#,##0.00_);(#,##0.00)"), shown(0, '#,##0;-#,##0;"-"')
    ('12.50', '(1,234.50)', '-')
    >>> shown(0.1 + 0.2), shown(2010301), shown(0.125, "0.0%")
    ('0.3', '2010301', '12.5%')
    """
    if code == GENERAL:
        return plain(value)
    sections = code.split(";")
    if value == 0 and len(sections) > 2:
        return _zero(sections[2])
    bare = _bare(sections[0])
    match = _PATTERN.search(bare)
    if not match or set(bare) - set("#0?,.%-+()￥¥$ "):
        return plain(value)
    text = _under(abs(_exact(value)), match)
    if value >= 0 or not text.strip("0,.%"):
        return text
    return f"({text})" if len(sections) > 1 and "(" in _FILLING.sub("", sections[1]) else f"-{text}"


def _bare(section: str) -> str:
    """A section without what only fills or colours it."""
    return _LITERAL.sub("", _FILLING.sub("", section))


def _zero(section: str) -> str:
    """How a format shows nothing: its own sign, as a rule a dash, or what its digits say."""
    if "0" in _bare(section):
        return shown(0, section)
    return "".join(a or b for a, b in _LITERAL.findall(_FILLING.sub("", section))) or _bare(section).strip("#?, ")


def _exact(value: int | float) -> Decimal:
    """A number without what its storage leaves behind: 0.1 + 0.2 is 0.3."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{DIGITS}g}")


def _under(number: Decimal, match: re.Match[str]) -> str:
    if match["percent"]:
        number *= 100
    places = len(match["places"] or "")
    rounded = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):{',' if ',' in match['whole'] else ''}f}"
    optional = places - len((match["places"] or "").rstrip("#?"))
    if optional:
        kept = rounded[-optional:].rstrip("0")
        rounded = (rounded[:-optional] + kept).rstrip(".")
    return rounded + match["percent"]


def plain(value: int | float) -> str:
    """A number as short as it is, never with an exponent."""
    exact = _exact(value)
    return f"{exact if exact == exact.to_integral_value() else exact.normalize():f}"


def typed(text: str) -> tuple[int | float, str] | None:
    """(the number, its format) of a printed number, such that `shown` prints the very same; None for anything else.

    >>> typed("1,234.50"), typed("007"), typed("12.5%")
    ((1234.5, '#,##0.00'), None, (0.125, '0.0%'))
    """
    match = _PRINTED.fullmatch(text)
    if not match or sum(map(str.isdigit, text)) > DIGITS:
        return None
    number = Decimal(text.rstrip("%").replace(",", "")) / (100 if match["percent"] else 1)
    value = int(number) if number == number.to_integral_value() else float(number)
    places = f".{'0' * len(match['places'])}" if match["places"] else ""
    code = f"{'#,##0' if ',' in text else '0'}{places}{match['percent']}"
    return (value, code) if shown(value, code) == text else None
