"""Places of a budget that people change: figures, a date, a name, sections, fields of projects, rows of a list."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

A_DAY = datetime.date(2024, 1, 1)


@dataclass(frozen=True)
class Place:
    """A value and where it is typed.

    view, keys, query: the address of its page. field: what it is called there. press: the button that saves. value:
    number → what is typed. read: what a field shows → the value as the journal has it.
    """

    address: str
    view: str
    keys: tuple
    field: str
    press: tuple
    value: Callable[[int], str]
    query: str = ""
    read: Callable[[str], str] = lambda text: text.replace("\r\n", "\n")

    def url(self, budget):
        """The page on which it is typed."""
        return reverse(f"admin:budget_{self.view}", args=[budget, *self.keys]) + self.query

    @property
    def record(self):
        """What all values of its record begin with."""
        return "-".join(self.address.split("-")[:2]) + "-"


def places(projects):
    """All of them; projects: the codes of two, of which the second is taken away and put back at times."""
    kept, going = projects
    figures = [("2130705", "project"), ("2010301", "basic"), ("2010301", "project")]
    return [
        *(_figure(*one) for one in figures),
        _head("approved_on", lambda n: str(A_DAY + datetime.timedelta(n % 300))),
        _head("signed_by", lambda n: f"张{n}"),
        *(_section(number) for number in (3, 6)),
        *(_field(kept, key) for key in ("name", "purpose")),
        _field(going, "name"),
        *(_row(number) for number in (1, 2)),
    ]


def _figure(code, kind):
    where = {"view": "grid", "keys": ("t5",), "query": "?unit=元", "press": ("save", "1")}
    address = f"spending-{code}-general_public_budget.{kind}"
    return Place(address, field=f"t5-{code}-{kind}", value=lambda n: f"{1_000_000 + n}.00", read=_yuan, **where)


def _yuan(text):
    return f"{Decimal(text.replace(',', '')):.2f}"


def _head(key, value):
    return Place(f"head--{key}", "head", (), key, ("save", "1"), value)


def _section(number):
    return Place(f"sections-{number}-text", "section", (number,), "text", ("save", "1"), lambda n: f"无。（{n}）")


def _field(code, key):
    return Place(f"projects-{code}-{key}", "projects_sheet", (code,), key, ("do", "save"), lambda n: f"第{n}稿")


def _row(number):
    where = {"view": "list", "keys": ("procurement",), "press": ("do", "save")}
    return Place(f"procurement-{number}-item", field=f"rows-{number}-item", value=lambda n: f"电脑{n}号", **where)
