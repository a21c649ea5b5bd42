"""What layouts print beside this year's figures: last year's, the change on them, in money and in per cent."""

import re
from collections.abc import Iterable

from budget.declare.tables import CHANGE, CHANGE_PERCENT, LAST_YEAR
from budget.text import narrow

_THIS_YEAR = re.compile(r"[本今当]年度?(预算)?(安排)?数?")
_LAST_YEAR = re.compile(r"上一?年(?!.*结[转余])|去年|执行数|决算数|完成数")
_CHANGE = re.compile(r"增减|增长|变动|差额|[比较](上|20)")
_PERCENT = re.compile(r"%|％|比例|幅度|百分|率$")
_YEAR = re.compile(r"20\d\d")
_LONGEST = 16  # a heading, no sentence


def years_of(headings: Iterable[str]) -> set[int]:
    """The years that headings name."""
    return {int(year) for text in headings for year in _YEAR.findall(narrow(text))}


def beside_of(headings: list[str], latest: int, this_year: int) -> str:
    """What a column shows, by the headings over it from the top: last year's, the change; '' for this year's.

    The lowest that says anything decides: 2023年预算数 under 比上年增减 is last year's, 金额 under it the change.
    latest: the latest year that the table's headings name. this_year: whose budget it is, 0 where no title says it:
    the latest may then be last year's all the same.
    """
    said = (_said(narrow(text), max(latest, this_year), this_year) for text in reversed(headings))
    what = next((one for one in said if one is not None), "")
    is_percent = what == CHANGE and any(_PERCENT.search(narrow(text)) for text in headings)
    return CHANGE_PERCENT if is_percent else what


def _said(text: str, latest: int, this_year: int) -> str | None:
    """What one heading says, None for nothing."""
    if _CHANGE.search(text):
        return CHANGE
    if _LAST_YEAR.search(text):
        return LAST_YEAR
    year = max(years_of([text]), default=0)
    if year and year < latest:
        return LAST_YEAR
    return "" if _THIS_YEAR.fullmatch(text) or (year and year == this_year) else None


def is_beside(text: str) -> bool:
    """Whether a text can only be such a heading.

    >>> [is_beside(text) for text in ("2023年预算数", "增减额", "增减%", "上年预算数", "上年结转", "行政运行")]
    [True, True, True, True, False, False]
    """
    bare = narrow(text)
    says = _CHANGE.search(bare) or _LAST_YEAR.search(bare) or (_YEAR.search(bare) and bare.endswith("数"))
    return len(bare) <= _LONGEST and bool(says)
