"""Short names for the cells that many rules hold against each other."""

from budget.tables import TABLES
from budget.tables.classes import CLASS_ROWS

T1, T2, T3, T4, T5, T6, T7, T8, T9 = (table.key for table in TABLES[:9])
PROCUREMENT, ASSETS, PROJECTS, SECTIONS, INSTITUTIONS = (
    "procurement", "fixed_assets", "projects", "sections", "institutions",
)  # fmt: skip
CLASSES = tuple(row.key for row in CLASS_ROWS)
TREASURY = ("general_public_budget", "government_fund", "state_capital")
SOURCES = ("fiscal", "special_account", "business", "operating", "superior", "affiliate", "other")
KINDS = ("basic", "project", "operating", "remitted_up", "subsidy_down")
BY_FUND = dict(zip((T5, T7, T8), TREASURY, strict=True))


def income(row):
    """A figure on the left of table 1."""
    return (T1, row, "income")


def spending(row):
    """A figure on the right of table 1."""
    return (T1, row, "spending")


def printed_income_items(view):
    """The rows of table 1 that make up this year's income, in whichever wording the table prints them."""
    treasury = TREASURY if view.figure(income(TREASURY[0])) else ("fiscal",)
    own = ("own_funds",) if view.figure(income("own_funds")) else SOURCES[2:]
    return [income(row) for row in (*treasury, "special_account", *own)]


def has_no_other_money(view):
    """Whether there is treasury money only, this year's and last year's; None when tables 1 and 4 do not say."""
    if not view.has(T1):
        return None
    others = ("special_account", "own_funds", *SOURCES[2:])
    if any(view.amount(*income(row)) for row in others):
        return False
    carried, fiscal = view.amount(*income("carried_over")), view.amount(T4, "carried_over", "income")
    if carried and fiscal is None:
        return None
    return not carried or carried == fiscal


def all_codes(view, *tables):
    """The codes of these tables, without those below the level at which one of them stops."""
    codes = sorted({code for table in tables for code in view.codes(table)})
    return [code for code in codes if not any(view.stops_above(table, code) for table in tables)]


def tree(view, table, columns=None):
    """(sum, its parts) for each code above others, in each column: the total of classes, a class of its sections."""
    for above, below in view.tree(table).items():
        for column in columns or view.columns(table):
            yield (table, above, column), [(table, row, column) for row in below]
