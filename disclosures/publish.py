"""Publishing: the only writer of publications."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from budget.drafts.door import Doing, How, Who, held, state_is_now
from budget.drafts.load import load, names_of
from budget.drafts.states import PUBLISH, correction_reason, move, refusal
from budget.models import State
from budget.text import quoted
from disclosures.content import (
    CORRECTION,
    after_withdrawal,
    canonical,
    correction,
    freeze,
    is_signature,
    without_notices,
)
from disclosures.draw import Undrawable, draw_everything
from disclosures.models import Publication, Withdrawal

UNAPPROVED = "没有经过审核和签批就公开，原因："  # what the public reads before the reason of who broke the glass


class NotPublished(Exception):
    """Why a budget is not published: one Chinese sentence with the way out."""


def content_of(budget, publication=None, published_on=None):
    """The content of a draft as it stands; `publication` is what `content.freeze` records of a publication.

    published_on: the day of the first publication, for the rule about time; None for a mere draft.
    """
    dossier = load(budget)
    dossier.recorded.published_on = published_on
    return freeze(dossier, names_of(budget), budget.department.region.name, publication)


def draft(budget):
    """An unsaved `Publication` of a draft, for the preview: the renderer is the same as for published ones."""
    return _publication(budget, content_of(budget), version=0)


@transaction.atomic
def publish(budget, by="", break_glass="", user=None, reason=""):
    """Freeze a budget as the next version of its department, year and kind; returns (publication, created).

    What is approved and complete is published, under the name of an office or person (by), never of an account; the
    body itself where nobody is named, since it is the body that publishes (《预算法》第十四条). break_glass: why the
    server's owner publishes without approval and completeness; recorded and published. user: the account of the
    publisher, None on the server. reason: why it is corrected, where a version was published; by default as it was said
    when the correction began. A budget that says the same as its newest version is not published again. Every page
    and file is drawn before anything is written. Raises NotPublished.
    """
    budget = held(budget)
    by = _signed(by.strip() or budget.department.name)
    if not break_glass.strip():
        _check_ready(budget, user)
    newest = _versions(budget).first()
    content = content_of(budget, published_on=_first_day(budget))
    why = f"{UNAPPROVED}{break_glass.strip()}" if break_glass.strip() else ""
    publication = newest if newest and _stands_as(newest, content, why) else None
    created = publication is None
    if created:
        content |= _correction(newest, content, reason.strip() or break_glass.strip() or correction_reason(budget))
        publication = _write(budget, content, _record(newest.version + 1 if newest else 1, by, why))
    _note(budget, Who(by, user), publication, why)
    return publication, created


def _stands_as(newest, content, why):
    """Whether the newest version is shown and says the same, under the same explanation."""
    return withdrawn(newest) is None and _says(newest) == content and newest.explanation == why


def _correction(newest, content, reason):
    """The notice of a later version, {} for the first."""
    if newest is None:
        return {}
    if not reason:
        raise NotPublished("这份预算公开过，再公开就是更正；请写明更正的原因，它会随更正一同公开。")
    before, notice = json.loads(newest.content), withdrawn(newest)
    if notice:
        return {CORRECTION: after_withdrawal(before, notice.as_json(), reason)}
    return {CORRECTION: correction(before, content, reason)}


def withdrawn(publication):
    """The notice that a version was taken down, None while it stands."""
    return Withdrawal.objects.of(publication)


def newest_version(budget):
    """The newest version of a budget, whether it is shown or was withdrawn; None before the first."""
    return _versions(budget).first()


def _signed(by):
    if not is_signature(by):
        raise NotPublished(f"公开人{quoted(by)}像是系统账号；请写机关或个人的名称，不写就是编制单位自己。")
    return by


def _check_ready(budget, user):
    """What is approved, by somebody else, unchanged since, and complete."""
    if budget.state == State.PUBLISHED:
        raise NotPublished("已经公开了，不用再公开。")
    if budget.state not in PUBLISH.sources:
        raise NotPublished(f"这份预算现在“{budget.get_state_display()}”，没有审核通过，不能公开。")
    if why_not := refusal(PUBLISH, budget, user):
        raise NotPublished(why_not)


def _write(budget, content, record):
    _check_address(budget)
    content["publication"] = record
    publication = _publication(budget, content, record["version"])
    _check_drawing(publication)
    publication.save(force_insert=True)
    return publication


def _note(budget, who, publication, why):
    """The budget's state, and the act in its journal."""
    said = "；".join(filter(None, (f"第{publication.version}版，校验码 {publication.sha256}", why)))
    doing = Doing(who, How.STATE, said)
    if why:  # the glass was broken: the draft is where it was, on its way through its own office
        state_is_now(budget, doing)
    else:
        move(budget, PUBLISH, doing, who.user)


def as_it_stands(budget):
    """What the draft says, as a publication: its newest version where that says the same, else an unsaved one."""
    newest = _versions(budget).first()
    same = newest and _says(newest) == content_of(budget, published_on=_first_day(budget))
    return newest if same else draft(budget)


def _says(publication):
    """What a publication says, apart from its being published."""
    return without_notices(json.loads(publication.content)) | {"publication": None}


def _check_address(budget):
    """What was published keeps its address for ever, so no other department publishes at it."""
    department = budget.department
    address = {
        "region": department.region_id,
        "unit": department.unit,
        "year": budget.year,
        "document": budget.document,
    }
    if other := Publication.objects.filter(**address).exclude(department=department).first():
        raise NotPublished(f"编码 {other.unit} 下已经公开过{quoted(other.name)}的预算，网址不能再用；请核对单位编码。")


def _check_drawing(publication):
    """Nothing is published that a reader could not open."""
    try:
        draw_everything(publication)
    except Undrawable as reason:
        raise NotPublished(f"{reason}，没有公开；请改正这一处，或把这句话交给技术人员。") from reason


def _first_day(budget):
    """The day of the first publication, which never changes; today when there is none yet."""
    first = _versions(budget).last()
    return timezone.localtime(first.published_at if first else None).date()


def _versions(budget, year=None):
    """The versions of a budget (or of another year's), the newest first."""
    found = Publication.objects.filter(department=budget.department, document=budget.document)
    return found.filter(year=year or budget.year).order_by("-version")


def _record(version, by, explanation):
    now = timezone.localtime().replace(microsecond=0)
    return {"version": version, "published_at": now.isoformat(), "published_by": by, "explanation": explanation}


def _publication(budget, content, version):
    record, text = content["publication"], canonical(content)
    return Publication(
        department=budget.department,
        region=content["region"]["code"],
        region_name=content["region"]["name"],
        unit=content["department"]["unit"],
        name=content["department"]["name"],
        document=content["document"]["key"],
        year=budget.year,
        version=version,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        explanation=record["explanation"] if record else "",
        published_at=timezone.datetime.fromisoformat(record["published_at"]) if record else timezone.now(),
        published_by=record["published_by"] if record else "",
    )
