"""Projects as their pages draw them: the list, and one performance sheet."""

from decimal import Decimal
from itertools import groupby

from disclosures.pages.bars import percent
from disclosures.pages.disclosure import wan


def rows(disclosure):
    """The rows of the list of projects."""
    return [
        {
            "ordinal": n,
            "name": p["name"],
            "amount": wan(p["amount"]),
            "value": Decimal(p["amount"] or 0),
            "indicators": len(p["indicators"]),
            "href": address(disclosure, p),
        }
        for n, p in enumerate(disclosure.content["projects"], 1)
    ]


def address(disclosure, project):
    """Where a project's performance sheet is."""
    return disclosure.url(f"projects/{project['code']}/")


def sheet(disclosure, code):
    """What `project.html` draws of the project with this code, or None."""
    projects = disclosure.content["projects"]
    index = next((i for i, p in enumerate(projects) if p["code"] == code), None)
    if index is None:
        return None
    project = projects[index]
    return {
        "p": project,
        "number": index + 1,
        "amounts": {key: wan(project[key]) for key in ("amount", "fiscal_funds", "other_funds")},
        "plan": [step | {"width": percent(step["percent"], 100)} for step in project["payment_plan"]],
        "indicators": indicators(project["indicators"]),
        "before": projects[index - 1] if index else None,
        "after": projects[index + 1] if index + 1 < len(projects) else None,
    }


def indicators(found):
    """Indicators with the number of rows that each level spans, on the first of its rows."""
    drawn = [dict(indicator) for indicator in found]
    _span(drawn, "level1_rows", lambda i: i["level1"])
    _span(drawn, "level2_rows", lambda i: (i["level1"], i["level2"]))
    return drawn


def _span(drawn, name, key):
    for _, group in groupby(drawn, key):
        same = list(group)
        same[0][name] = len(same)
