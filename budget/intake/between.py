"""Lines between two tables: which of them leave the tables one."""

import re
from collections.abc import Iterable

from budget.text import narrow

LONGEST_TITLE = 60
PAGE_NUMBER = re.compile(
    r"^[-–—]*(第?\d{1,3}页?|第?[一二三四五六七八九十]{1,3}页)([,/]?共\d{1,3}页|[,/]\d{1,3}页?)?[-–—]*$"
)
_NUMBER = r"[一二三四五六七八九十\d]*"
GOES_ON = re.compile(rf"^续$|^续(上|前)?表{_NUMBER}|\(续(上|前)?表?{_NUMBER}\)$|续表{_NUMBER}$")
UNIT = re.compile(r"^\(?(金额)?单位[:：]")


def may_stand_between(text: str) -> bool:
    """Whether a line between two tables leaves them one: blank, a page number, 续表, （续） or `表名（续）`.

    >>> [may_stand_between(text) for text in ("", "第 3 页", "- 3 -", "续表", "收支总表（续）", "二、支出")]
    [True, True, True, True, True, False]
    """
    bare = narrow(text)
    return not bare or bool(PAGE_NUMBER.match(bare)) or says_goes_on(text)


def says_goes_on(text: str) -> bool:
    """Whether a line says that the table before it goes on: 续表, `收支总表（续）`."""
    bare = narrow(text)
    return len(bare) <= LONGEST_TITLE and bool(GOES_ON.search(bare))


def goes_on_over(lines: Iterable[str]) -> bool:
    """Whether a table may go on over all that stands between it and the next; the unit is repeated only under 续表."""
    between = list(lines)
    own = [line for line in between if not may_stand_between(line)]
    return all(UNIT.match(narrow(line)) for line in own) and (not own or any(map(says_goes_on, between)))
