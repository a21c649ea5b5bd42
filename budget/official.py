"""Loading an official code list: from then on its names count as confirmed."""

from typing import NamedTuple

from django.db import transaction

from budget.models import Code


class Loaded(NamedTuple):
    """How many codes are new, bear another name now, or were confirmed as they stood."""

    new: int
    renamed: int
    confirmed: int


@transaction.atomic
def load_official(scheme, edition, names):
    """Make {code: name} the confirmed entries of a scheme's edition; other entries stay. Returns `Loaded`."""
    old = {code.code: code for code in Code.objects.filter(scheme=scheme, edition=edition)}
    renamed = confirmed = 0
    for code, name in names.items():
        if entry := old.get(code):
            renamed += entry.name != name
            confirmed += entry.name == name and not entry.confirmed
            entry.name, entry.confirmed = name, True
    Code.objects.bulk_update([old[code] for code in names if code in old], ["name", "confirmed"])
    new = [
        Code(scheme=scheme, code=c, name=n, edition=edition, confirmed=True) for c, n in names.items() if c not in old
    ]
    Code.objects.bulk_create(new)
    return Loaded(len(new), renamed, confirmed)
