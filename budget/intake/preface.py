"""What a file says of whose it is: in the rows above a table's headings, in the lines and titles of its cover.

Forms print `label：value` pairs, several in one cell or line as often as not, so a value ends where the next label or a
wide gap begins. A name is what stands there without its neighbours: the unit's code, the money unit, a year.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budget.intake.grid import Grid, as_typed
from budget.money import WAN, YUAN
from budget.text import narrow

_UNIT = re.compile(r"(?:单位[:：]|[(（])(?:人民币)?(万元|元)")
_YEAR_SAID = re.compile(r"(?:预算|财政|会计)?年度\s*[:：]?\s*(20\d\d)|(?:^|[\s(（])(20\d\d)\s*年度?(?=$|[\s)）])")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年?度?(?!\d|年|[-~至/.]\d)")  # a year, not the year of a date or of a span
_IN_CHINESE = re.compile(r"二[〇○0零]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年")
_DIGITS = {**dict.fromkeys("〇○零", "0"), **{digit: str(n) for n, digit in enumerate("一二三四五六七八九", 1)}}
_DATE = re.compile(r"截[止至](?:时间|日期)?[:：](\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")

# 编制部门：, 填报单位（盖章）：, 预算主管部门：, 单位名称：, 部门（单位）名称：, 单位编码及名称：
_LABEL = re.compile(
    r"(?:编制|填报|编报|申报|预算|主管|公开|报送)*(?:部门|单位)(?:[(（/]?(?:部门|单位)[)）]?)?"
    r"(?P<code>编码|代码)?(?:[及和/]?(?:名称|全称))?(?:[(（](?:盖章|公章|签章)[)）])?[:：]"
)
_OTHER_LABEL = re.compile(
    r"(?:(?:金额|计量|货币)?单位|(?:预算|财政)?年度|(?:编制|填报|制表|填表|报送)?(?:日期|时间)"
    r"|(?:制表|填表|联系)人?|(?:单位)?负责人|联系电话)[:：]"
)
_GAP = re.compile(r"[ \u00a0]{3,}|[\t\n\r]|\u3000{2,}| *\u3000 +")
_CODED = re.compile(r"[\[(（【]?(\d{3,12})[\])）】]?[-—–_:： ]*")
_CODED_LAST = re.compile(r"[\[(（【](\d{3,12})[\])）】]$")
_NAME = re.compile(r"[\u4e00-\u9fff](?:[\u4e00-\u9fff·、“”]|[(（][\u4e00-\u9fff]+[)）])*")
_AFTER_NAME = re.compile(r"20\d\d年|公开\d*表|第\d+页")  # what else stands in such a line
# 2024年…, 万元, another label, a blank form
_NO_NAME = re.compile(r"^年|^.{0,4}元$|^(?:部门|单位)?(?:名称|编码|盖章)|[×Xx]")
_LONGEST_LINE = 100
_FULL_WIDTH = str.maketrans("()", "（）")  # as names print them
_SHORTEST, _SHORTEST_BARE = 2, 4  # 侨联 is a name after its label; without one fewer than four characters say nothing

Owner = tuple[str, str]  # (unit code or '', name or '')


@dataclass(frozen=True)
class Preface:
    """What is said above a table. units: the money units that are named, none or two where that is not clear.

    years: said outright; owners: whose it is. as_of: the date of `截止时间：2023-12-31`, None where it is not said.
    """

    units: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    owners: tuple[Owner, ...] = ()
    as_of: datetime.date | None = None


def preface(grid: Grid, first_heading: int, first_data: int) -> Preface:
    """What stands above the headings; the unit may stand in the headings themselves."""
    above, headings = _texts(grid, first_heading - 1), _texts(grid, first_data)
    return Preface(
        units=tuple(unit for unit in (WAN, YUAN) if any(unit in _UNIT.findall(narrow(text)) for text in headings)),
        years=tuple(years_said(above)),
        owners=tuple(owners(above)),
        as_of=_as_of(above),
    )


def _texts(grid: Grid, until: int) -> list[str]:
    rows = range(1, min(until, grid.rows) + 1)
    return [text for row in rows for text in _of_a_row(grid, row)] + [*grid.captions]


def _of_a_row(grid: Grid, row: int) -> list[str]:
    """The texts of a row; a label that has a cell of its own goes with what stands in the next one."""
    texts: list[str] = []
    for _, value in grid.row_values(row):
        if texts and texts[-1].rstrip().endswith((":", "：")):
            texts[-1] += str(as_typed(value))
        elif isinstance(value, str):
            texts.append(value)
    return texts


def owners(texts: Iterable[str]) -> Iterator[Owner]:
    """Whose a file is, wherever these lines say so: `编制部门：X`, `[501001]X`, `501001-X`."""
    for text in texts:
        owner = _labelled(text) or _bare(text)
        if owner:
            yield owner


def _labelled(text: str) -> Owner | None:
    """(code, name) that a line gives after its labels; both may have one of their own."""
    code, name = "", ""
    for match in _LABEL.finditer(text):
        value = _value(text[match.end() :])
        if match["code"] and value.isascii() and value.isdigit():
            code = code or value
        elif found := _named(value, _SHORTEST):
            code, name = code or found[0], name or found[1]
    return (code, name) if code or name else None


def _value(rest: str) -> str:
    """What stands after a label: up to the next label or a wide gap, or to the end."""
    rest = rest.lstrip(" \t\u00a0\u3000")
    ends = [match.start() for pattern in (_GAP, _LABEL, _OTHER_LABEL) if (match := pattern.search(rest))]
    return rest[: min(ends, default=len(rest))].strip()


def _bare(text: str) -> Owner | None:
    """`909卢龙县…`: a code with a name and nothing else in the line."""
    found = _named(_value(text), _SHORTEST_BARE)
    return found if found and found[0] else None


def _named(value: str, shortest: int) -> Owner | None:
    """(code, name) of a value that is nothing but a name, with or without a code beside it; None for anything else."""
    code, name = _uncoded(narrow(value))
    name = _AFTER_NAME.split(name)[0]
    is_name = _NAME.fullmatch(name) and len(name) >= shortest and not _NO_NAME.search(name)
    return (code, name.translate(_FULL_WIDTH)) if is_name else None


def _uncoded(value: str) -> tuple[str, str]:
    """(code, the rest): `[501001]X`, `501001-X`, `X(501001)`."""
    if coded := _CODED.match(value):
        return coded[1], value[coded.end() :]
    if coded := _CODED_LAST.search(value):
        return coded[1], value[: coded.start()]
    return "", value


def years_said(texts: Iterable[str]) -> Iterator[int]:
    """The years that lines name outright: `预算年度：2024`, `2024年度` beside other things."""
    found = (match for text in texts if len(text) <= _LONGEST_LINE for match in _YEAR_SAID.finditer(text))
    return (int(match[1] or match[2]) for match in found)


def years_in(title: str) -> set[int]:
    """The years that a title names, in digits or in Chinese: 2024年, 2024年度, 二〇二四年.

    >>> years_in("附表1-1 2026年部门预算收支总表"), years_in("２ ０ ２ ４ 年部门预算"), years_in("2024-2026年规划")
    ({2026}, {2024}, {2026})
    """
    return _years_of(narrow(title)) or {year for word in title.split() for year in _years_of(narrow(word))}


def _years_of(bare: str) -> set[int]:
    in_digits = _IN_CHINESE.sub(lambda match: f"20{_DIGITS[match[1]]}{_DIGITS[match[2]]}年", bare)
    return {int(year) for year in _YEAR.findall(in_digits)}


def _as_of(texts: list[str]) -> datetime.date | None:
    for text in texts:
        if match := _DATE.search(narrow(text)):
            return _date(*map(int, match.groups()))
    return None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
