"""What a grid says about itself in the rows above its headings and in the paragraphs above it."""

import datetime
import re
from dataclasses import dataclass

from budget.intake.grid import Grid
from budget.money import WAN, YUAN
from budget.text import narrow

_UNIT = re.compile(r"(?:单位[:：]|[(（])(?:人民币)?(万元|元)")
_YEAR = re.compile(r"预算年度[:：]?(20\d\d)")
TITLE_YEAR = re.compile(r"(20\d\d)年(?!\d)")
_CODED = re.compile(r"^(\d{3,12})([\u4e00-\u9fff]{4,})$")
_NAMED = re.compile(r"^(?:编制|填报|预算)?(?:部门|单位)(?:名称)?[:：](?:(\d{3,12}))?([\u4e00-\u9fff]{4,})")
_DATE = re.compile(r"截止(?:时间|日期)?[:：](\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")

Owner = tuple[str, str]  # (unit code or '', name)


@dataclass(frozen=True)
class Preface:
    """units: the money units that are named, none or two where that is not clear. year: said outright; titled_year:
    what a title names. owner: whose it is. as_of: the date of `截止时间：2023-12-31`. None where it is not said.
    """

    units: tuple[str, ...] = ()
    year: int | None = None
    titled_year: int | None = None
    owner: Owner | None = None
    as_of: datetime.date | None = None


def preface(grid: Grid, first_heading: int, first_data: int) -> Preface:
    """What stands above the headings; the unit may stand in the headings themselves."""
    above, headings = _texts(grid, first_heading - 1), _texts(grid, first_data)
    return Preface(
        units=tuple(unit for unit in (WAN, YUAN) if any(unit in _UNIT.findall(text) for text in headings)),
        year=_number(_YEAR, above),
        titled_year=_number(TITLE_YEAR, above),
        owner=_owner(above),
        as_of=_as_of(above),
    )


def _texts(grid: Grid, until: int) -> list[str]:
    cells = (v for r in range(1, min(until, grid.rows) + 1) for _, v in grid.row_values(r) if isinstance(v, str))
    return [narrow(value) for value in (*cells, *grid.captions)]


def _number(pattern: re.Pattern[str], texts: list[str]) -> int | None:
    return next((int(m[1]) for text in texts if (m := pattern.search(text))), None)


def _owner(texts: list[str]) -> Owner | None:
    """`909卢龙县…` or `编制部门：…`."""
    for text in texts:
        match = _CODED.match(text) or _NAMED.match(text)
        if match and not match[2].startswith("年"):
            return match[1] or "", match[2]
    return None


def _as_of(texts: list[str]) -> datetime.date | None:
    for text in texts:
        if match := _DATE.search(text):
            return _date(*map(int, match.groups()))
    return None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
