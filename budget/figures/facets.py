"""The facets of a budget line: what one amount is about.

A line has a book, a fund, a kind, codes, an item, and says whether it was carried over from last year.
`SHAPES` is the only place that says which facets a line of each book bears; the database constraint on
`Line`, the admin form and the reader of uploaded files all follow from it.
"""

from typing import Any, NamedTuple

from django.db.models import TextChoices


class Book(TextChoices):
    """Which account a line belongs to."""

    INCOME = "income", "收入"
    SPENDING = "spending", "支出"
    ECONOMIC = "economic", "基本支出经济分类"
    THREE_PUBLIC = "three_public", "“三公”经费"
    KEPT = "kept", "年终结转结余"


class Fund(TextChoices):
    """Where the money comes from."""

    GENERAL = "general_public_budget", "一般公共预算"
    GOVERNMENT = "government_fund", "政府性基金预算"
    STATE_CAPITAL = "state_capital", "国有资本经营预算"
    SPECIAL_ACCOUNT = "special_account", "财政专户管理资金"
    BUSINESS = "business", "事业收入"
    OPERATING = "operating", "经营收入"
    SUPERIOR = "superior", "上级补助收入"
    AFFILIATE = "affiliate", "附属单位上缴收入"
    OTHER = "other", "其他收入"
    NON_FISCAL = "non_fiscal", "财政拨款以外的资金"


class Kind(TextChoices):
    """What sort of spending a line is; staff and running divide basic spending in the economic book.

    A kind added here is a column of table 3, a choice in forms and a term of the rules on table 3.
    """

    BASIC = "basic", "基本支出"
    PROJECT = "project", "项目支出"
    OPERATING = "operating", "经营支出"
    REMITTED_UP = "remitted_up", "上解上级支出"
    SUBSIDY_DOWN = "subsidy_down", "对附属单位补助支出"
    STAFF = "staff", "人员经费"
    RUNNING = "running", "公用经费"


class Item(TextChoices):
    """The rows of table 9; agency operating cost stands beside them in some provinces."""

    ABROAD = "abroad", "因公出国（境）费"
    VEHICLE_PURCHASE = "vehicle_purchase", "公务用车购置费"
    VEHICLE_RUNNING = "vehicle_running", "公务用车运行维护费"
    RECEPTION = "reception", "公务接待费"
    AGENCY_OPERATING_COST = "agency_operating_cost", "机关运行经费"


FISCAL = (Fund.GENERAL, Fund.GOVERNMENT, Fund.STATE_CAPITAL)
OWN = (Fund.BUSINESS, Fund.OPERATING, Fund.SUPERIOR, Fund.AFFILIATE, Fund.OTHER)
FISCAL_KINDS = (Kind.BASIC, Kind.PROJECT)
ECONOMIC_KINDS = (Kind.STAFF, Kind.RUNNING)
SPENDING_KINDS = tuple(kind for kind in Kind if kind not in ECONOMIC_KINDS)

BLANK = ("",)


class AnyBut(tuple[Any, ...]):
    """Any value of a facet except these, but there must be one."""


ANY = AnyBut()


class Facets(NamedTuple):
    """The eight facets of a line, hashable; an unused facet is an empty string.

    project: the code of the project that the money is for, where the township says so.
    """

    book: str
    fund: str = ""
    kind: str = ""
    function: str = ""
    economic: str = ""
    item: str = ""
    project: str = ""
    carried_over: bool = False


IN_WORDS = {
    "book": "账",
    "fund": "资金性质或来源",
    "kind": "支出类型",
    "function": "功能分类科目",
    "economic": "经济分类科目",
    "item": "“三公”经费项目",
    "project": "项目编码",
    "carried_over": "上年结转",
}
_LABELS: dict[str, dict[Any, str]] = {
    **{
        facet: dict(values.choices)
        for facet, values in (("book", Book), ("fund", Fund), ("kind", Kind), ("item", Item))
    },
    "carried_over": {True: "是", False: "否"},
}


def in_words(facet: str, value: Any) -> str:
    """A facet's value as people call it; a code is its own name."""
    return _LABELS.get(facet, {}).get(value, str(value))


class Shape(NamedTuple):
    """One shape that a line may have: facet by facet the values that it may bear."""

    book: str
    fund: tuple[Any, ...]
    kind: tuple[Any, ...] = BLANK
    function: tuple[Any, ...] = BLANK
    economic: tuple[Any, ...] = BLANK
    item: tuple[Any, ...] = BLANK
    project: tuple[Any, ...] = BLANK
    carried_over: tuple[bool, ...] = (False,)


SHAPES = (
    Shape(Book.INCOME, (*FISCAL, Fund.SPECIAL_ACCOUNT, *OWN), function=ANY),
    Shape(Book.INCOME, (*FISCAL, Fund.NON_FISCAL), function=ANY, carried_over=(True,)),
    Shape(Book.SPENDING, (*FISCAL, Fund.NON_FISCAL), FISCAL_KINDS, function=ANY),
    Shape(Book.SPENDING, (*FISCAL, Fund.NON_FISCAL), (Kind.PROJECT,), function=ANY, project=ANY),
    Shape(Book.SPENDING, (Fund.NON_FISCAL,), AnyBut((*FISCAL_KINDS, *ECONOMIC_KINDS)), function=ANY),
    Shape(Book.ECONOMIC, (Fund.GENERAL,), ECONOMIC_KINDS, economic=ANY),
    Shape(Book.THREE_PUBLIC, FISCAL, item=tuple(Item)),
    Shape(Book.KEPT, (*FISCAL, Fund.NON_FISCAL)),
)
