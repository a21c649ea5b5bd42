"""What a version says otherwise than the one before it: the notice that was frozen, or the two held together."""

import json
from decimal import Decimal
from itertools import groupby

from budget.checks.changed import AMOUNT
from budget.figures.dossier import SECTIONS
from budget.money import WAN
from disclosures.content import CORRECTION, changed, from_json
from disclosures.models import Publication, Withdrawal
from disclosures.pages.disclosure import wan

SHOWN = 5  # changes on the first page


def notice(disclosure):
    """The correction that a version is, as its pages tell it; None for a first version."""
    kept = disclosure.content.get(CORRECTION)
    if kept is None:
        return None
    found = _drawn(disclosure, [from_json(one) for one in kept["changes"]])
    return kept | {"changes": found, "first": found[:SHOWN], "more": max(0, len(found) - SHOWN)}


def before(disclosure):
    """(the version before, the notice that it was withdrawn); None for what there is not."""
    there = disclosure.publication
    address = {"region": there.region, "unit": there.unit, "year": there.year, "document": there.document}
    found = Publication.objects.filter(**address).order_by("-version")
    earlier = (found.filter(version__lt=there.version) if there.version else found).first()
    return earlier, earlier and Withdrawal.objects.of(earlier)


def between(disclosure, earlier):
    """Every change since an earlier version, in groups: [(what it is in, [change])]."""
    found = _drawn(disclosure, changed(json.loads(earlier.content), disclosure.content))
    return [(where, list(group)) for where, group in groupby(found, key=lambda one: one["where"])]


def _drawn(disclosure, found):
    """Changes as readers see them: each with its place on the page, where this version still has it."""
    return [
        {
            "where": _where(disclosure, one.cell),
            "label": one.label,
            "old": _shown(one.kind, one.old),
            "new": _shown(one.kind, one.new),
            "unit": f" {WAN}" if one.kind == AMOUNT else "",
            "by": _by(one),
            "href": disclosure.address(one.cell) if one.new is not None else "",
        }
        for one in found
    ]


def _where(disclosure, cell):
    """The table, the list or the text that it is in."""
    if cell.table == SECTIONS:
        return "情况说明"
    return disclosure.naming.own.get(cell.table) or disclosure.naming.table(cell)


def _shown(kind, text):
    if text is None:
        return ""
    return wan(text) if kind == AMOUNT else text


def _by(one):
    """By how much an amount changed, with its sign."""
    if one.kind != AMOUNT:
        return ""
    change = Decimal(one.new or 0) - Decimal(one.old or 0)
    return f"{'+' if change > 0 else ''}{wan(str(change))}".replace("-", "−")
