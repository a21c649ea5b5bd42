"""The content of a publication: one plain document of everything the reader will see.

It is what `publish` freezes and hashes, what every page and file is drawn from, and what
`disclosure.json` is. Its schema is `disclosures/disclosure.schema.json`. Amounts are strings in yuan with
two places; blank is null. Texts are cleaned for display; the raw text stays in the draft.
"""

from datetime import date
from decimal import Decimal

from budget.checks.ledger import check, findings_of
from budget.checks.naming import place_in_words
from budget.facts import INDICATOR_FIELDS, Amount, Facts
from budget.fill import fill
from budget.listings import LISTINGS
from budget.listings.declare import AMOUNT, NUMBER, add_up
from budget.listings.fixed_assets import PARTS
from budget.sheets import sheet
from budget.tables import TABLES
from budget.text import clean

FORMAT = 1


def freeze(facts, names, region_name, publication=None):
    """The content of a budget's `Facts`; `names` is {(scheme, code): name} of the year's code lists.

    publication: {version, published_at, published_by, explanation}, None for a draft.
    """
    ledger = check(facts, names)
    names = names | facts.names | {("project", project["code"]): clean(project["name"]) for project in facts.projects}
    filled = [fill(table, facts.lines, names) for table in TABLES]
    derived = {table.table.key: table.figures() for table in filled}
    return {
        "format": FORMAT,
        "region": {"code": facts.region, "name": region_name},
        "department": {"unit": facts.unit, "name": facts.name},
        "year": facts.year,
        "publication": publication,
        "tables": [sheet(table) for table in filled],
        "listings": [_listing(listing, facts) for listing in LISTINGS],
        "projects": [_project(project) for project in facts.projects],
        "narrative": _narrative(facts),
        "lines": [_line(line) for line in facts.lines],
        "ledger": [_entry(entry) for entry in ledger],
        "findings": [_finding(finding, names, facts.explanations) for finding in findings_of(ledger)],
        "printed": list(_printed_otherwise(facts.printed, derived)),
        "unprinted": list(_unprinted(facts.printed, derived)),
    }


def _amount(value):
    return None if value is None else f"{value:.2f}"


def _number(value):
    return None if value is None else f"{value.normalize():f}"


def _line(line):
    return {**line.facets._asdict(), "amount": _amount(line.amount)}


def _listing(listing, facts):
    records = [_record(listing, record) for record in getattr(facts, listing.key)]
    return {
        "key": listing.key,
        "title": listing.title,
        "sheet": listing.sheet,
        "note": listing.note if records else "",
        "group": listing.group,
        "as_of": facts.assets_as_of.isoformat() if listing.key == "fixed_assets" and facts.assets_as_of else None,
        "fields": [{"key": f.key, "heading": _heading(f, facts.year), "kind": f.kind} for f in listing.fields],
        "kinds": listing.kinds or {},
        "records": records,
        "totals": _totals(listing, records, facts),
    }


def _heading(field, year):
    return [text.replace("2024年", f"{year}年") for text in field.heading]


def _record(listing, record):
    found = {}
    for field in listing.fields:
        value = add_up(record, field.sum_of) if field.sum_of else record[field.key]
        found[field.key] = _shown(field, value)
    return found | ({listing.group: clean(record[listing.group])} if listing.group else {})


def _shown(field, value):
    if field.kind == AMOUNT:
        return _amount(value)
    return _number(value) if field.kind == NUMBER else clean(value)


def _totals(listing, records, facts):
    """Derived totals: of all purchases and of each institution; of the assets beside the printed total."""
    if listing.key == "fixed_assets":
        values = {record["kind"]: record["value"] for record in facts.fixed_assets}
        parts = [values[kind] for kind in PARTS if values.get(kind) is not None]
        return {"value": _amount(sum(parts))} if parts else {}
    if not listing.group or not records:
        return {}
    groups = dict.fromkeys(record[listing.group] for record in facts.procurement if record[listing.group])
    return {"total": _sums(listing, facts.procurement)} | {
        group: _sums(listing, [r for r in facts.procurement if r[listing.group] == group]) for group in groups
    }


def _sums(listing, records):
    keys = [f for f in listing.fields if f.kind == AMOUNT and f.key not in ("unit_price", "project_budget")]
    sums = {}
    for field in keys:
        amounts = [add_up(record, field.sum_of or (field.key,)) for record in records]
        amounts = [amount for amount in amounts if amount is not None]
        sums[field.key] = _amount(sum(amounts)) if amounts else None
    return sums


def _project(project):
    return {
        "code": project["code"],
        "name": clean(project["name"]),
        "amount": _amount(project["amount"]),
        "fiscal_funds": _amount(project["fiscal_funds"]),
        "other_funds": _amount(project["other_funds"]),
        "purpose": clean(project["purpose"]),
        "payment_plan": [{"until": s["until"], "percent": _number(s["percent"])} for s in project["payment_plan"]],
        "goals": [clean(goal) for goal in project["goals"]],
        "indicators": [{key: clean(i[key]) for key in INDICATOR_FIELDS} for i in project["indicators"]],
    }


def _narrative(facts):
    return {
        "preamble": [clean(text) for text in facts.preamble.split("\n") if text.strip()],
        "sections": [
            {
                "number": s["number"],
                "title": clean(s["title"]),
                "paragraphs": [clean(text) for text in s["text"].split("\n") if text.strip()],
            }
            for s in facts.sections
        ],
    }


def _finding(finding, names, explanations):
    """A finding with its figures by their keys; places of the township's own file mean nothing to readers."""
    words = [place_in_words(cell, names) for cell in finding.cells]
    return finding.as_dict() | {
        "places": list(dict.fromkeys(words)),
        "cells": [list(cell) for cell in finding.cells],
        "explanation": explanations.get(finding.fingerprint),
    }


def _entry(entry):
    return {
        "rule": entry.rule.id,
        "statement": entry.rule.statement,
        "source": entry.rule.source,
        "of_text": entry.rule.of_text,
        "outcome": entry.outcome.value,
        "compared": entry.compared,
        "missing": entry.missing,
        "findings": len(entry.findings),
        "remarks": list(entry.remarks),
        "cells": _by_sheet(entry.cells),
    }


def _by_sheet(cells):
    """{table or listing: ["row/column", …]} of the figures that a rule looked at."""
    found = {}
    for sheet_, row, column in cells:
        found.setdefault(sheet_, []).append(f"{row}/{column}")
    return found


def _printed_otherwise(printed, derived):
    """The figures that the township's file prints otherwise than the lines add up: cell, amount, unit, last place."""
    for p in printed:
        if p.table in derived and (p.row, p.column) in derived[p.table]:
            amount, _ = derived[p.table][p.row, p.column]
            if (amount or 0) != (p.amount or 0) or (p.amount is None) != (amount is None):
                yield {
                    "cell": [p.table, p.row, p.column],
                    "amount": _amount(p.amount),
                    "unit": p.unit,
                    "step": f"{p.step:.2f}",
                }


def _unprinted(printed, derived):
    """Rows and columns of our tables that the township's file leaves out of a table which it prints."""
    for key, figures in derived.items():
        if cells := [p[1:3] for p in printed if p.table == key]:
            stood = [set(keys) for keys in zip(*cells, strict=True)]
            rows, columns = (
                list(dict.fromkeys(cell[at] for cell in figures if cell[at] not in stood[at])) for at in (0, 1)
            )
            if rows or columns:
                yield {"table": key, "rows": rows, "columns": columns}


def filled_cells(table):
    """(half row, column key, amount as text) of every filled figure of one of a content's tables."""
    for row in table["rows"]:
        for side, half in zip(table["sides"], row["sides"], strict=True):
            for column, amount in zip(side["columns"], half["amounts"], strict=True):
                if amount is not None:
                    yield half, column["key"], amount


def amounts_of(content):
    """{(table, row, column): amount} of every filled figure of a content's tables, in yuan."""
    return {
        (table["key"], half["key"], column): Decimal(amount)
        for table in content["tables"]
        for half, column, amount in filled_cells(table)
    }


def facts_of(content):
    """The `Facts` that a content says, so that the same rules run on what is published."""
    listings = {listing["key"]: listing for listing in content["listings"]}
    assets = listings["fixed_assets"]["as_of"]
    facts = Facts(
        region=content["region"]["code"],
        unit=content["department"]["unit"],
        name=content["department"]["name"],
        year=content["year"],
        lines=[Amount(**line | {"amount": Decimal(line["amount"])}) for line in content["lines"]],
        names=names_of(content),
        projects=[_project_of(project) for project in content["projects"]],
        assets_as_of=date.fromisoformat(assets) if assets else None,
        preamble="\n".join(content["narrative"]["preamble"]),
        sections=[
            {"number": s["number"], "title": s["title"], "text": "\n".join(s["paragraphs"])}
            for s in content["narrative"]["sections"]
        ],
    )
    for listing in LISTINGS:
        setattr(facts, listing.key, [_record_of(listing, r) for r in listings[listing.key]["records"]])
    return facts


def names_of(content):
    """{(facet, code): name} as the tables of a content print them."""
    facets = {table.key: table.sides[0].rows.facet for table in TABLES if table.sides[0].is_tree}
    return {
        (facets[table["key"]], half["key"]): half["labels"][1]
        for table in content["tables"]
        if table["key"] in facets
        for row in table["rows"]
        for half in row["sides"]
        if half["key"] != "total"
    }


def _record_of(listing, record):
    numbers = {f.key for f in listing.fields if f.kind in (AMOUNT, NUMBER)}
    keys = [*listing.blank(), *([listing.group] if listing.group else [])]
    return {k: _decimal(record[k]) if k in numbers else record[k] for k in keys}


def _project_of(project):
    amounts = {key: _decimal(project[key]) for key in ("amount", "fiscal_funds", "other_funds")}
    plan = [{"until": s["until"], "percent": _decimal(s["percent"])} for s in project["payment_plan"]]
    return project | amounts | {"payment_plan": plan}


def _decimal(text):
    return None if text is None else Decimal(text)
