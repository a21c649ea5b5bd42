"""Files that wait for a person's yes: kept for their user alone, for a day, and gone once saved."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from budget.admin.differences import flatten
from budget.drafts.kept import keep_reading, reading_of
from budget.drafts.load import load, names_for, names_of
from budget.drafts.owner import may_not_save, settle_owner
from budget.figures.dossier import Entries
from budget.intake.code_names import keep_names
from budget.intake.guard import Refused
from budget.intake.identity import Given
from budget.intake.read import read
from budget.models import Budget, StagedBatch, StagedUpload

KEPT_FOR = timedelta(days=1)
KEPT_AT_ONCE = 5  # by one user, so that nobody fills the disk with previews


def stage(user, name, data, given, reading):
    """Keep a file and what was read in it until it is confirmed; `given` is what the person said of it."""
    clean_up(user)
    staged = StagedUpload(user=user, name=name, content=data, sha256=reading.sha256)
    return _keep(staged, given, reading)


def say_whose(staged, given):
    """Read the file again with what the person says now; from now on, changes of that draft are told."""
    return _keep(staged, given, read(bytes(staged.content), replace(given, otherwise=_otherwise(staged))))


def _keep(staged, given, reading):
    staged.region, staged.unit, staged.year, staged.document = given.region, given.unit, given.year, given.document
    staged.owner = given.name
    settle_owner(reading.entries)
    _check_owner(staged, reading)
    staged.reading, staged.draft = keep_reading(reading), draft_of(reading.entries)
    staged.save()
    return staged


def clean_up(user):
    """Remove what is older than a day, and all but the newest few of this user."""
    StagedUpload.objects.filter(staged_at__lt=timezone.now() - KEPT_FOR).delete()
    StagedBatch.objects.filter(staged_at__lt=timezone.now() - KEPT_FOR).delete()
    own = StagedUpload.objects.filter(user=user, batch=None).order_by("-staged_at").values_list("pk", flat=True)
    StagedUpload.objects.filter(pk__in=list(own[KEPT_AT_ONCE - 1 :])).delete()


def read_staged(staged):
    """The `Reading` of a staged file, which was read when it was chosen; one of a batch is read when it is asked for.

    Raises guard.Refused, of another's body too.
    """
    given = Given(staged.region, staged.unit, staged.year, staged.document, staged.owner, _otherwise(staged))
    reading = reading_of(staged.reading) or read(bytes(staged.content), given)
    settle_owner(reading.entries)
    _check_owner(staged, reading)
    return reading


def _check_owner(staged, reading):
    if why := may_not_save(staged.user, reading.entries):
        raise Refused(why)


def _otherwise(staged):
    """What the person said of all files of the batch."""
    return staged.batch.document if staged.batch else ""


def _drafts_of(entries):
    found = Budget.objects.filter(department__region=entries.region, department__unit=entries.unit)
    return found.filter(year=entries.year, document=entries.document.key)


def existing(entries):
    """The draft of the entries' department, year and kind, None when there is none yet."""
    return _drafts_of(entries).select_related("department__region", "source").defer("source__content").first()


def lock(entries):
    """Hold the draft until the transaction ends: whoever else writes it waits at the door."""
    list(_drafts_of(entries).select_for_update(of=("self",)).values_list("pk"))


def draft_of(entries):
    """What the draft that the entries would replace says now, flat."""
    budget = existing(entries)
    now = load(budget).entries if budget else Entries(entries.document, year=entries.year)
    return flatten(now, listed(entries, budget) | now.names)


def with_names(reading):
    """(the draft that a reading would change, the county's names); the reading keeps its own that differ from them."""
    draft = existing(reading.entries)
    names = listed(reading.entries, draft)
    keep_names(reading.entries, reading.tables.values(), names)
    return draft, names


def listed(entries, draft):
    """The county's names of codes by which entries are judged: those of the day that their draft, if any, follows."""
    return names_of(draft) if draft else names_for(entries.year or 0)
