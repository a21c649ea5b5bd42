"""What a grid says about itself above its headings: unit, year, department, date."""

import datetime
import re

from budget.money import WAN, YUAN
from budget.text import narrow

_UNIT = re.compile(r"(?:单位[:：]|[(（])(?:人民币)?(万元|元)")
_YEAR = re.compile(r"预算年度[:：]?(20\d\d)")
_TITLE_YEAR = re.compile(r"(20\d\d)年(?!\d)")
_CODED = re.compile(r"^(\d{3,12})([\u4e00-\u9fff]{4,})$")
_NAMED = re.compile(r"^(?:编制|填报|预算)?(?:部门|单位)(?:名称)?[:：](?:(\d{3,12}))?([\u4e00-\u9fff]{4,})")
_DATE = re.compile(r"截止(?:时间|日期)?[:：](\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")


def _texts(grid, until):
    cells = (v for r in range(1, min(until, grid.rows) + 1) for _, v in grid.row_values(r) if isinstance(v, str))
    return [narrow(value) for value in (*cells, *grid.captions)]


def units(grid, until):
    """The money units named in the rows down to `until`: [] when none is, two when they are mixed."""
    found = {match for text in _texts(grid, until) for match in _UNIT.findall(text)}
    return [unit for unit in (WAN, YUAN) if unit in found]


def year(grid, until):
    """(budget year said outright, year that the title names); each None where it is not said."""
    texts = _texts(grid, until)
    said = next((int(m[1]) for text in texts if (m := _YEAR.search(text))), None)
    titled = next((int(m[1]) for text in texts if (m := _TITLE_YEAR.search(text))), None)
    return said, titled


def department(grid, until):
    """(unit code or '', name) or None: `909卢龙县…` or `编制部门：…`."""
    for text in _texts(grid, until):
        match = _CODED.match(text) or _NAMED.match(text)
        if match and not match[2].startswith("年"):
            return match[1] or "", match[2]
    return None


def as_of(grid, until):
    """The date of `截止时间：2023-12-31`, or None."""
    for text in _texts(grid, until):
        if match := _DATE.search(text):
            return _date(*map(int, match.groups()))
    return None


def _date(*parts):
    try:
        return datetime.date(*parts)
    except ValueError:
        return None
