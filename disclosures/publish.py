"""Publishing: the only writer of publications."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from budget.drafts.load import load, names_of
from budget.models import Budget
from budget.text import quoted
from disclosures.content import amounts_of, canonical, freeze, is_signature, upgrade
from disclosures.draw import Undrawable, draw_everything
from disclosures.models import Publication


class NotPublished(Exception):
    """Why a budget is not published: one Chinese sentence with the way out."""


class Unexplained(NotPublished):
    """Errors that nobody has explained keep a budget from being published. findings: those errors."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__(f"还有 {len(findings)} 处错误没有说明原因，不能公开；请改正，或写明说明后再公开。")


def content_of(budget, publication=None, published_on=None):
    """The content of a draft as it stands; `publication` is what `content.freeze` records of a publication.

    published_on: the day of the first publication, for the rule about time; None for a mere draft.
    """
    dossier = load(budget)
    dossier.recorded.published_on, dossier.recorded.last_year = published_on, _last_year(budget)
    return freeze(dossier, names_of(budget), budget.department.region.name, publication)


def _last_year(budget):
    """{cell: amount} of what was published for the year before, {} when this site holds none."""
    newest = _versions(budget, budget.year - 1).first()
    return amounts_of(upgrade(json.loads(newest.content))) if newest else {}


def draft(budget):
    """An unsaved `Publication` of a draft, for the preview: the renderer is the same as for published ones."""
    return _publication(budget, content_of(budget), version=0)


@transaction.atomic
def publish(budget, by="", explanation=""):
    """Freeze a budget as the next version of its department, year and kind; returns (publication, created).

    by: the office or person under whose name it is published, never an account; the body itself where nobody is named,
    since it is the body that publishes (《预算法》第十四条). explanation: needed when errors are left; it is published
    too. A budget that says the same as its newest version is not published again. Every page and file is drawn before
    anything is written. Raises NotPublished, Unexplained among it.
    """
    budget = (
        Budget.objects.select_for_update(of=("self",)).select_related("department__region", "source").get(pk=budget.pk)
    )
    by = by.strip() or budget.department.name
    if not is_signature(by):
        raise NotPublished(f"公开人{quoted(by)}像是系统账号；请写机关或个人的名称，不写就是编制单位自己。")
    newest = _versions(budget).first()
    content = content_of(budget, published_on=_first_day(budget))
    errors = [f for f in content["findings"] if f["level"] == "error" and not f["explanation"]]
    if errors and not explanation.strip():
        raise Unexplained(errors)
    if newest and _says(newest) == content and newest.explanation == explanation:
        return newest, False
    _check_address(budget)
    content["publication"] = _record(newest.version + 1 if newest else 1, by, explanation)
    publication = _publication(budget, content, content["publication"]["version"])
    _check_drawing(publication)
    publication.save(force_insert=True)
    return publication, True


def as_it_stands(budget):
    """What the draft says, as a publication: its newest version where that says the same, else an unsaved one."""
    newest = _versions(budget).first()
    same = newest and _says(newest) == content_of(budget, published_on=_first_day(budget))
    return newest if same else draft(budget)


def _says(publication):
    """What a publication says, apart from its being published."""
    return json.loads(publication.content) | {"publication": None}


def _check_address(budget):
    """What was published keeps its address for ever, so no other department publishes at it."""
    department = budget.department
    there = Publication.objects.at(department.region_id, department.unit, budget.year, budget.document)
    if other := there.exclude(department=department).first():
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
