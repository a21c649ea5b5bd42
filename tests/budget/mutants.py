"""Budgets changed figure by figure, and consistent budgets at random: what must be found, and what must not."""

from dataclasses import replace
from decimal import Decimal

from budget import codes
from budget.checks.ledger import check, findings_of
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.figures.dossier import Dossier, Entries
from budget.figures.line import Line, sort_key
from budget.finding import Level
from budget.intake.identity import Given
from budget.intake.read import read
from disclosures.content import freeze
from disclosures.outputs import OUTPUTS
from tests.budget.layouts import relaid
from tests.budget.small import as_printed, names, wan


def mutants(dossier):
    """(kind, changed cells, dossier) of every single change of a printed figure."""
    figures = dossier.original.figures
    for at, p in enumerate(figures):
        if p.amount is not None:
            yield "by 0.01", (p.cell,), _with(dossier, {at: p.amount + wan("0.01")})
            yield "by 1.00", (p.cell,), _with(dossier, {at: p.amount + wan(1)})
            if p.amount:
                yield "to blank", (p.cell,), _with(dossier, {at: None})
    for one, other in neighbours(figures):
        p, q = figures[one], figures[other]
        if (p.amount or 0) != (q.amount or 0):
            yield "swapped", (p.cell, q.cell), _with(dossier, {one: q.amount, other: p.amount})


def neighbours(figures):
    """Positions of figures beside each other in a row, and below each other in a column."""
    below = {}
    for at, p in enumerate(figures):
        if at and figures[at - 1].cell[:2] == p.cell[:2]:
            yield at - 1, at
        column = (p.cell.table, p.cell.column)
        if column in below:
            yield below[column], at
        below[column] = at


def _with(dossier, amounts):
    figures = list(dossier.original.figures)
    for at, amount in amounts.items():
        figures[at] = figures[at]._replace(amount=amount)
    return replace(dossier, original=replace(dossier.original, figures=figures))


def is_found(dossier, cells):
    """Whether a finding names one of the cells, as what it is about or as one that it was held against."""
    return any(set(f.cells) & set(cells) for entry in check(dossier, names()) for f in entry.findings)


def is_told_once(dossier, cells):
    """Whether all that a change breaks is told by one error, at a changed figure."""
    told = [f for f in findings_of(check(dossier, names())) if f.rule[0] in "IT" and f.level == Level.ERROR]
    return len(told) == 1 and told[0].cell in cells


CODES = (
    "2010301", "2010302", "2010350", "2070109", "2080505", "2101101", "2120803", "2130705", "2210201",
)  # fmt: skip


def random_budget(dice):
    """A consistent budget: what each code spends is what it is given."""
    lines, basic = {}, 0

    def add(amount, *facets, **named):
        line = Line(*facets, **named)
        lines[line.facets] = lines.get(line.facets, 0) + amount

    for code in dice.sample(CODES, 6):
        amount = Decimal(dice.randrange(1, 10_000_000)) / dice.choice((1, 100)) * 100
        amount = amount.quantize(Decimal(1) if dice.random() < 0.5 else Decimal(100))
        fund = {"2070109": "non_fiscal", "2120803": "government_fund"}.get(code, "general_public_budget")
        is_project = fund == "government_fund" or (dice.random() < 0.4 and not code.endswith(("01", "50")))
        kind = "project" if is_project else "basic"
        add(amount, "spending", fund, kind, code)
        carried = amount if dice.random() < 0.3 else (amount / 3).quantize(Decimal(1)) if dice.random() < 0.2 else 0
        if carried:
            add(carried, "income", fund, function=code, carried_over=True)
        if amount - carried:
            own = dice.choice(("business", "special_account", "other")) if fund == "non_fiscal" else fund
            add(amount - carried, "income", own, function=code)
        basic += amount if fund == "general_public_budget" and kind == "basic" else 0
    if basic:
        half = (basic / 2).quantize(Decimal(1))
        add(half, "economic", "general_public_budget", "staff", economic="30101")
        add(basic - half, "economic", "general_public_budget", "running", economic="30201")
    add(wan(dice.randrange(1, 50)), "three_public", "general_public_budget", item="vehicle_running")
    found = [Line(*facets, amount=amount) for facets, amount in lines.items()]
    lines = sorted(found, key=sort_key)
    return Dossier(Entries(DEPARTMENT_BUDGET, "130324", "909", "某乡人民政府", 2024, lines=lines))


def wrongly_found(dossier, layout):
    """Errors and warnings of the identities, and problems of the reader, on a consistent budget in a layout."""
    data = OUTPUTS["xlsx"].write(freeze(as_printed(dossier), codes.shipped_names(2024), ""))
    reading = read(relaid(data, layout), Given("130324", "909", 2024))
    found = [f for entry in check(reading.dossier) for f in entry.findings]
    return reading.problems + [f for f in found if f.rule[0] in "IT" and f.level != Level.NOTICE]
