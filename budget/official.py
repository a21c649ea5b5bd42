"""Loading an official code list: from then on its names count as confirmed."""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from budget.intake.code_list import Listed
from budget.models import Code


class Loaded(NamedTuple):
    """How many codes are new, bear another name now, or were confirmed as they stood."""

    new: int
    renamed: int
    confirmed: int


@transaction.atomic
def load_official(scheme: str, since: date, codes: dict[str, Listed]) -> Loaded:
    """Make {code: Listed} the confirmed entries of a scheme from a day on; other entries stay. Returns `Loaded`.

    They stay because published budgets may bear codes that a later printing of the list has left out. A code that ended
    before the list holds ends the entry that is in force then: the list says so of an older one, not of its own.
    """
    ended = {code: one for code, one in codes.items() if one.until and one.until <= since}
    codes = {code: one for code, one in codes.items() if code not in ended}
    listed = _listed(scheme, since, codes)
    new = [code for code in codes if code not in listed]
    loaded = _counts(codes, list(listed.values()), len(new))
    for code, entry in listed.items():
        _set(entry, codes[code])
    Code.objects.bulk_update(listed.values(), _SET)
    Code.objects.bulk_create(_set(Code(scheme=scheme, code=code, since=since), codes[code]) for code in new)
    _end(scheme, ended)
    return loaded


_SET = ["name", "confirmed", "until", "successors"]


def _set(entry: Any, listed: Listed) -> Any:
    entry.name, entry.confirmed = listed.name, True
    entry.until, entry.successors = listed.until, " ".join(listed.successors)
    return entry


def _end(scheme: str, ended: dict[str, Listed]) -> None:
    """Codes that no longer hold: the newest entry that began before the end has it from now on."""
    for code, one in ended.items():
        begun = Code.objects.filter(scheme=scheme, code=code, since__lt=one.until).order_by("-since")
        if entry := begun.first():
            entry.until, entry.successors = one.until, " ".join(one.successors)
            entry.save(update_fields=["until", "successors"])


def _listed(scheme: str, since: date, codes: dict[str, Listed]) -> dict[str, Any]:
    entries = Code.objects.filter(scheme=scheme, since=since)
    return {entry.code: entry for entry in entries if entry.code in codes}


def _counts(codes: dict[str, Listed], listed: list[Any], new: int) -> Loaded:
    """What loading changes, told from the entries as they stand before it."""
    same = [entry for entry in listed if entry.name == codes[entry.code].name]
    return Loaded(new, len(listed) - len(same), sum(not entry.confirmed for entry in same))
