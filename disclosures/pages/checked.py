"""What was checked, what was not, and what does not agree, as readers see it."""

from budget.checks.finding import Level
from budget.checks.ledger import Outcome
from disclosures.pages.disclosure import anchor

WORDS = {Level.ERROR: "不符", Level.WARNING: "存疑", Level.NOTICE: "提示"}


def counts(disclosure):
    """{passed, failed, unknown}: how many rules ended so; unknown holds those with nothing to compare."""
    outcomes = [entry["outcome"] for entry in disclosure.content["ledger"]]
    passed, failed = outcomes.count(Outcome.PASSED), outcomes.count(Outcome.FAILED)
    return {"checked": passed + failed, "passed": passed, "failed": failed, "unknown": len(outcomes) - passed - failed}


def ledger(disclosure):
    """The ledger with its outcomes in words."""
    return [entry | {"outcome_name": Outcome(entry["outcome"]).label} for entry in disclosure.content["ledger"]]


def findings(disclosure):
    """All findings with their levels in words and the address of the figure that each is about."""
    return [
        finding | {"word": WORDS[finding["level"]], "href": _address(disclosure, finding["cell"])}
        for finding in disclosure.content["findings"]
    ]


def _address(disclosure, cell):
    if not cell:
        return ""
    if table := disclosure.table_by_key(cell[0]):
        return disclosure.cell_url(table["number"], cell[1], cell[2])
    return disclosure.url(f"{cell[0].replace('_', '-')}/#{anchor(*cell)}")
