"""The facets of a budget line: what one amount is about.

A line has a book, a fund, a kind, codes, an item, and says whether it was carried over from last year.
`BOOKS` is the only place that says which facets a line of each book bears; the database constraint on
`Line`, the admin form and the reader of uploaded files all follow from it.
"""

from typing import NamedTuple

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
    """What sort of spending a line is; staff and running divide basic spending in the economic book."""

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
OTHER_KINDS = (Kind.OPERATING, Kind.REMITTED_UP, Kind.SUBSIDY_DOWN)
ECONOMIC_KINDS = (Kind.STAFF, Kind.RUNNING)

BLANK = ("",)
ANY_CODE = None  # any code, but there must be one


class Facets(NamedTuple):
    """The seven facets of a line, hashable; an unused facet is an empty string."""

    book: str
    fund: str = ""
    kind: str = ""
    function: str = ""
    economic: str = ""
    item: str = ""
    carried_over: bool = False


BOOKS = (
    # Each row: one shape that a line may have, facet by facet.
    Facets(Book.INCOME, FISCAL + (Fund.SPECIAL_ACCOUNT,) + OWN, BLANK, ANY_CODE, BLANK, BLANK, (False,)),
    Facets(Book.INCOME, FISCAL + (Fund.NON_FISCAL,), BLANK, ANY_CODE, BLANK, BLANK, (True,)),
    Facets(Book.SPENDING, FISCAL + (Fund.NON_FISCAL,), FISCAL_KINDS, ANY_CODE, BLANK, BLANK, (False,)),
    Facets(Book.SPENDING, (Fund.NON_FISCAL,), OTHER_KINDS, ANY_CODE, BLANK, BLANK, (False,)),
    Facets(Book.ECONOMIC, (Fund.GENERAL,), ECONOMIC_KINDS, BLANK, ANY_CODE, BLANK, (False,)),
    Facets(Book.THREE_PUBLIC, FISCAL, BLANK, BLANK, BLANK, tuple(Item), (False,)),
    Facets(Book.KEPT, FISCAL + (Fund.NON_FISCAL,), BLANK, BLANK, BLANK, BLANK, (False,)),
)
