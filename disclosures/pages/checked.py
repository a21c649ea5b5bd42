"""What was checked, what was not, and what does not agree, as readers see it."""

from budget.checks.finding import Level
from budget.checks.ledger import Outcome
from budget.checks.naming import place_in_words
from disclosures.content import names_of
from disclosures.pages.disclosure import anchor

WORDS = {Level.ERROR: "不符", Level.WARNING: "存疑", Level.NOTICE: "提示"}
SHOWN = 12  # links to figures in one entry; the rest are counted


def counts(disclosure):
    """{checked, passed, failed, unknown, not_applicable}: how many rules ended so."""
    outcomes = [entry["outcome"] for entry in disclosure.content["ledger"]]
    found = {outcome.value: outcomes.count(outcome) for outcome in Outcome}
    return found | {"checked": found["passed"] + found["failed"]}


def ledger(disclosure):
    """The ledger with its outcomes in words and links to the figures that each rule looked at."""
    names = _names(disclosure)
    return [_entry(disclosure, entry, names) for entry in disclosure.content["ledger"]]


def _entry(disclosure, entry, names):
    cells = [(sheet, *cell.split("/")) for sheet, cells in entry["cells"].items() for cell in cells]
    links = [{"text": place_in_words(cell, names), "href": address(disclosure, cell)} for cell in cells[:SHOWN]]
    return entry | {
        "outcome_name": Outcome(entry["outcome"]).label,
        "links": links,
        "more": len(cells) - len(links),
        "tables": _tables(disclosure, entry),
    }


def _tables(disclosure, entry):
    """The tables that a rule looked at, each with its page of rules at their figures."""
    found = (disclosure.table_by_key(key) for key in entry["cells"])
    return [{"number": t["number"], "href": disclosure.url(f"tables/{t['number']}/checks/")} for t in found if t]


def _names(disclosure):
    """Names of codes as the tables print them, and of projects."""
    projects = {("project", project["code"]): project["name"] for project in disclosure.content["projects"]}
    return projects | names_of(disclosure.content)


def rules_of(disclosure, key):
    """{(row, column): [rules that looked at the figure]} of one table."""
    found = {}
    for entry in disclosure.content["ledger"]:
        for cell in entry["cells"].get(key, ()):
            found.setdefault(tuple(cell.split("/")), []).append(entry["rule"])
    return found


def findings(disclosure):
    """All findings with their levels in words and the addresses of the figures that were held together."""
    names = _names(disclosure)
    return [
        finding
        | {
            "word": WORDS[finding["level"]],
            "links": [
                {"text": place_in_words(cell, names), "href": address(disclosure, cell)}
                for cell in finding["cells"][:SHOWN]
            ],
        }
        for finding in disclosure.content["findings"]
    ]


def address(disclosure, cell):
    """Where a figure, a project's field or a part of the text stands."""
    key, row, column = cell
    if table := disclosure.table_by_key(key):
        return disclosure.cell_url(table["number"], row, column)
    if key == "projects":
        return disclosure.url(f"projects/{row}/#{column}")
    if key == "sections":
        return disclosure.url(f"narrative/{row}/" if row != "0" else "narrative/")
    return disclosure.url(f"{key.replace('_', '-')}/#{anchor(*cell)}")
