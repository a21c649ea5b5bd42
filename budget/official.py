"""Loading an official code list: from then on its names count as confirmed."""

from typing import Any, NamedTuple

from django.db import transaction

from budget.models import Code


class Loaded(NamedTuple):
    """How many codes are new, bear another name now, or were confirmed as they stood."""

    new: int
    renamed: int
    confirmed: int


@transaction.atomic
def load_official(scheme: str, edition: int, names: dict[str, str]) -> Loaded:
    """Make {code: name} the confirmed entries of a scheme's edition; other entries stay. Returns `Loaded`.

    They stay because published budgets may bear codes that a later printing of the list has left out.
    """
    listed = _listed(scheme, edition, names)
    new = [code for code in names if code not in listed]
    loaded = _counts(names, list(listed.values()), len(new))
    for code, entry in listed.items():
        entry.name, entry.confirmed = names[code], True
    Code.objects.bulk_update(listed.values(), ["name", "confirmed"])
    Code.objects.bulk_create(
        Code(scheme=scheme, code=code, name=names[code], edition=edition, confirmed=True) for code in new
    )
    return loaded


def _listed(scheme: str, edition: int, names: dict[str, str]) -> dict[str, Any]:
    entries = Code.objects.filter(scheme=scheme, edition=edition)
    return {entry.code: entry for entry in entries if entry.code in names}


def _counts(names: dict[str, str], listed: list[Any], new: int) -> Loaded:
    """What loading changes, told from the entries as they stand before it."""
    same = [entry for entry in listed if entry.name == names[entry.code]]
    return Loaded(new, len(listed) - len(same), sum(not entry.confirmed for entry in same))
