"""What was checked, what was not, and what does not agree, as readers see it."""

from budget.cell import Cell
from budget.checks.ledger import Outcome
from budget.finding import Level

WORDS = {Level.ERROR: "不符", Level.WARNING: "存疑", Level.NOTICE: "提示"}
SHOWN = 12  # links to figures in one entry; the rest are counted


def counts(disclosure):
    """{checked, passed, failed, unknown, not_applicable}: how many rules ended so; noted: passed ones with a notice."""
    outcomes = [entry["outcome"] for entry in disclosure.content["ledger"]]
    found = {outcome.value: outcomes.count(outcome) for outcome in Outcome}
    noted = sum(e["outcome"] == Outcome.PASSED and e["findings"] > 0 for e in disclosure.content["ledger"])
    return found | {"checked": found["passed"] + found["failed"], "noted": noted}


def ledger(disclosure):
    """The ledger with its outcomes in words and links to the figures that each rule looked at."""
    return [_entry(disclosure, entry) for entry in disclosure.content["ledger"]]


def _entry(disclosure, entry):
    links = _links(disclosure, entry["cells"])
    return entry | {
        "outcome_name": Outcome(entry["outcome"]).told(entry["compared"], entry["findings"]),
        "links": links,
        "more": len(entry["cells"]) - len(links),
        "told": [n for n, finding in enumerate(disclosure.content["findings"], 1) if entry["rule"] in finding["rules"]],
        "tables": _tables(disclosure, entry),
    }


def _links(disclosure, cells):
    """Links to the first figures of these addresses."""
    shown = map(Cell.parse, cells[:SHOWN])
    return [{"text": disclosure.naming.words(cell), "href": disclosure.address(cell)} for cell in shown]


def _tables(disclosure, entry):
    """The tables that a rule looked at, each with its page of rules at their figures."""
    keys = dict.fromkeys(Cell.parse(cell).table for cell in entry["cells"])
    found = filter(None, map(disclosure.table, keys))
    return [{"number": t["number"], "href": disclosure.url(f"tables/{t['number']}/checks/")} for t in found]


def rules_at(disclosure, drawn):
    """{cell: [rules that looked at the figure]} of the figures that a drawn table has."""
    printed, found = {str(cell.cell): cell.cell for cell in drawn.cells() if cell.cell}, {}
    for entry in disclosure.content["ledger"]:
        for cell in filter(None, map(printed.get, entry["cells"])):
            found.setdefault(cell, []).append(entry["rule"])
    return found


def findings(disclosure):
    """All findings with their levels in words and the addresses of the figures that were held together."""
    return [
        finding | {"word": WORDS[finding["level"]], "links": _links(disclosure, finding["cells"])}
        for finding in disclosure.content["findings"]
    ]
