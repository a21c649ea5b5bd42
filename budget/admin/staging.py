"""Files that wait for a person's yes: kept for their user alone, for a day, and gone once saved."""

import hashlib
from datetime import timedelta

from django.utils import timezone

from budget.admin.differences import flatten
from budget.facts import Facts
from budget.intake.read import read
from budget.models import Budget, StagedUpload
from budget.store import load, names_for

KEPT_FOR = timedelta(days=1)
KEPT_AT_ONCE = 5  # by one user, so that nobody fills the disk with previews


def stage(user, name, data, said, reading):
    """Keep a file until it is confirmed; `said` is {region, unit, year} as the person gave them."""
    clean_up(user)
    sha256, draft = hashlib.sha256(data).hexdigest(), draft_of(reading.facts)
    return StagedUpload.objects.create(user=user, name=name, content=data, sha256=sha256, draft=draft, **said)


def clean_up(user):
    """Remove what is older than a day, and all but the newest few of this user."""
    StagedUpload.objects.filter(staged_at__lt=timezone.now() - KEPT_FOR).delete()
    own = StagedUpload.objects.filter(user=user).order_by("-staged_at").values_list("pk", flat=True)
    StagedUpload.objects.filter(pk__in=list(own[KEPT_AT_ONCE - 1 :])).delete()


def read_staged(staged):
    """The `Reading` of a staged file. Raises guard.Refused."""
    return read(bytes(staged.content), staged.region, staged.unit, staged.year)


def existing(facts):
    """The draft of the facts' department and year, None when there is none yet."""
    found = Budget.objects.select_related("department__region", "source").defer("source__content")
    return found.filter(department__region=facts.region, department__unit=facts.unit, year=facts.year).first()


def lock(facts):
    """Hold the draft until the transaction ends: whoever else writes it waits, see `drafts.touch`."""
    where = {"department__region": facts.region, "department__unit": facts.unit, "year": facts.year}
    list(Budget.objects.select_for_update(of=("self",)).filter(**where).values_list("pk"))


def draft_of(facts):
    """What the draft that the facts would replace says now, flat."""
    budget = existing(facts)
    now = load(budget) if budget else Facts(year=facts.year)
    return flatten(now, names_for(facts.year or 0) | now.names)
