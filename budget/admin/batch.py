"""The files of an archive: staged each for itself, read a few at a time, saved one by one.

There is no worker beside the web server: each request does what fits into a few seconds, and the page asks for more.
A file is a transaction of its own. It is saved only over the draft that it was read against; what the batch itself has
saved of the same budget meanwhile does not count as somebody else's change.
"""

import hashlib
import logging
import time

from django.db import transaction

from budget.admin.differences import fingerprint
from budget.admin.outlook import outlook
from budget.admin.preview import for_a_form
from budget.admin.staging import clean_up, draft_of, lock, read_staged
from budget.drafts.handed_in import FAILED, in_brief, problems_of
from budget.drafts.save import save
from budget.finding import counts
from budget.intake.guard import Refused
from budget.models import StagedBatch, StagedUpload

AT_ONCE = 5  # seconds of work in one request, and then the file that is at hand
LONGEST = 2000
State = StagedUpload.State
READY = (State.NEW, State.CHANGED, State.SOURCE)
CHANGED_MEANWHILE = "草稿后来被别人改过，没有保存；请打开核对，再单独确认。"


def begin(user, name, members, given):
    """Stage every file of an archive, unread; the archive that the person handed in before is forgotten."""
    clean_up(user)
    with transaction.atomic():
        StagedBatch.objects.filter(user=user).delete()
        batch = StagedBatch.objects.create(
            user=user, name=name, region=given.region, year=given.year, document=given.document
        )
        for order, member in enumerate(members, 1):
            _stage(batch, order, member)
    return batch


def _stage(batch, order, member):
    data, why = b"", ""
    try:
        data = member.read()
    except Refused as refusal:
        why = str(refusal)
    StagedUpload.objects.create(
        batch=batch,
        order=order,
        user=batch.user,
        name=member.name[-200:],
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        region=batch.region,
        year=batch.year,
        state=State.REFUSED if why else State.WAITING,
        said=why,
    )


def listed(batch):
    """The files of a batch without their bytes."""
    return batch.files.order_by("order").defer("content", "reading", "draft")


def waiting(batch):
    """Those that nobody has read yet."""
    return batch.files.filter(state=State.WAITING).order_by("order")


def ready(batch):
    """Those that can be saved: read, without problems, and not in the draft already."""
    return batch.files.filter(state__in=READY).order_by("order")


def some(files, work):
    """Do a piece of work on each of these files until the time of one request is over."""
    begun = time.monotonic()
    for pk in list(files.values_list("pk", flat=True)):
        _without_stopping(pk, work)
        if time.monotonic() - begun > AT_ONCE:
            break


def _without_stopping(pk, work):
    """One file that cannot be worked on must not keep the page from the others."""
    try:
        work(pk)
    except Exception:
        logging.getLogger(__name__).exception("staged file %s", pk)
        StagedUpload.objects.filter(pk=pk).update(state=State.REFUSED, said=FAILED)


def look_at(pk):
    """Read a file of a batch and note what it is, and what stands against it."""
    staged = StagedUpload.objects.get(pk=pk)
    staged.state, staged.said = _seen(staged)
    staged.said = staged.said[:LONGEST]
    staged.save(update_fields=["state", "said", "target", "seen"])


def _seen(staged):
    """(state, in words) of a file; which draft it was read against is noted."""
    try:
        reading = read_staged(staged)
    except Refused as refusal:
        return State.REFUSED, str(refusal)
    if problems := problems_of(reading):
        return State.KEPT_OUT, for_a_form(in_brief(problems))
    ahead = outlook(reading)
    staged.target, staged.seen = target_of(reading.entries), fingerprint(ahead.before)
    return _state(ahead), f"{_called(reading.entries)}　{counts(ahead.findings)}"


def _state(ahead):
    if ahead.draft is None:
        return State.NEW
    if ahead.adds_nothing:
        return State.SAME
    return State.CHANGED if ahead.changes else State.SOURCE


def target_of(entries):
    """Which budget entries belong to, as one text."""
    return f"{entries.region}/{entries.unit}/{entries.year}/{entries.document.key}"


def _called(entries):
    return f"{entries.unit} {entries.name}{entries.year}年{entries.document.name}"


@transaction.atomic
def save_one(pk, log):
    """Save a file of a batch, if its draft is still the one that it was read against; `log` is told what was saved."""
    staged = StagedUpload.objects.select_for_update(of=("self",)).get(pk=pk)
    if staged.state not in READY:
        return
    reading = read_staged(staged)
    lock(reading.entries)
    if problems_of(reading) or fingerprint(draft_of(reading.entries)) != staged.seen:
        staged.state, staged.said = State.STALE, CHANGED_MEANWHILE
        staged.save(update_fields=["state", "said"])
        return
    saved = save(reading, bytes(staged.content), staged.short, staged.user)
    log(saved, staged)
    done(staged, reading.entries)


def done(staged, entries):
    """Note that a file of a batch is saved; the others of its budget were read against the draft as it was before."""
    before, now = staged.seen, fingerprint(draft_of(entries))
    staged.batch.files.filter(target=target_of(entries), seen=before).update(seen=now)
    staged.state, staged.content = State.SAVED, b""
    staged.save(update_fields=["state", "content"])
