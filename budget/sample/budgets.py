"""An invented budget as a value: lines, lists, projects and the text that says what they say."""

from decimal import Decimal

from budget.declare.fields import Record
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.figures.dossier import Entries
from budget.sample import text
from budget.sample.amounts import lines, sums
from budget.sample.bodies import REGION, Body
from budget.sample.projects import SHOPPING, Planned, planned, sheet

_PRICE = Decimal(5000)  # of a computer


def entries(body: Body, year: int) -> Entries:
    """The budget of a body and year."""
    projects = planned(body, year)
    bought = _bought(body, year, projects)
    assets = _assets(body, year)
    return Entries(
        DEPARTMENT_BUDGET,
        REGION,
        body.unit,
        body.name,
        year,
        lines=lines(body, year),
        records={
            "institutions": _institutions(body),
            "projects": [sheet(one) for one in projects],
            "procurement": [bought],
            "fixed_assets": assets,
        },
        sections=text.sections(
            body, year, sums(body, year), sums(body, year - 1), projects,
            bought=bought["general_public_budget"], assets=assets[0]["value"],
        ),
    )  # fmt: skip


def _institutions(body: Body) -> list[Record]:
    return [
        {"name": f"{body.name}本级", "nature": "行政", "rank": "正科级", "funding": "财政拨款"},
        {"name": "青禾县" + body.name[3:-4] + "综合服务中心", "nature": "事业", "rank": "股级", "funding": "财政拨款"},
    ]


def _bought(body: Body, year: int, projects: list[Planned]) -> Record:
    project = next(one for one in projects if one.kind is SHOPPING)
    number = body.dice(f"computers {year}").randint(2, 6)
    blank = dict.fromkeys(("government_fund", "state_capital", "special_account", "own_funds", "carried_over"))
    return blank | {
        "project": project.kind.name, "project_budget": project.amount, "item": "台式计算机",
        "catalogue_code": "A02010105", "unit": "台", "quantity": Decimal(number), "unit_price": _PRICE,
        "general_public_budget": number * _PRICE, "sme_reserved": number * _PRICE,
        "institution": f"{body.name}本级",
    }  # fmt: skip


def _assets(body: Body, year: int) -> list[Record]:
    other = (4000 + 200 * (year - 2020)) * Decimal(body.staff)
    house = Decimal(body.villages) * 210000
    rows = (
        ("total", None, house + 380000 + other), ("buildings", body.villages * 70, house),
        ("offices", body.villages * 40, house * 4 / 10), ("vehicles", 3, 380000), ("equipment", None, None),
        ("other", body.staff * 9, other),
    )  # fmt: skip
    return [{"kind": kind, "quantity": _number(count), "value": _number(value)} for kind, count, value in rows]


def _number(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
