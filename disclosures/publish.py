"""Publishing: the only writer of publications."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from budget import store
from budget.models import Budget
from disclosures.content import amounts_of, freeze
from disclosures.models import Publication


class Unexplained(Exception):
    """Errors that nobody has explained keep a budget from being published. findings: those errors."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__(f"还有 {len(findings)} 处错误没有说明原因，不能公开；请改正，或写明说明后再公开。")


def content_of(budget, publication=None, published_on=None):
    """The content of a draft as it stands; `publication` is what `content.freeze` records of a publication.

    published_on: the day of the first publication, for the rule about time; None for a mere draft.
    """
    region, facts = budget.department.region.name, store.load(budget)
    facts.published_on, facts.last_year = published_on, _last_year(budget)
    return freeze(facts, store.names_for(budget.year), region, publication)


def _last_year(budget):
    """{(table, row, column): amount} of what was published for the year before, {} when this site holds none."""
    newest = Publication.objects.filter(department=budget.department, year=budget.year - 1).order_by("-version").first()
    return amounts_of(json.loads(newest.content)) if newest else {}


def draft(budget):
    """An unsaved `Publication` of a draft, for the preview: the renderer is the same as for published ones."""
    return _publication(budget, content_of(budget), version=0)


@transaction.atomic
def publish(budget, by, explanation=""):
    """Freeze a budget as the next version of its department and year; returns (publication, created).

    by: the name of who publishes it. explanation: needed when errors are left; it is published too. A budget
    that says the same as its newest version is not published again. Raises Unexplained.
    """
    budget = (
        Budget.objects.select_for_update(of=("self",)).select_related("department__region", "source").get(pk=budget.pk)
    )
    newest = _versions(budget).order_by("-version").first()
    content = content_of(budget, published_on=_first_day(budget))
    errors = [f for f in content["findings"] if f["level"] == "error" and not f["explanation"]]
    if errors and not explanation.strip():
        raise Unexplained(errors)
    if newest and json.loads(newest.content) | {"publication": None} == content and newest.explanation == explanation:
        return newest, False
    content["publication"] = _record(newest.version + 1 if newest else 1, by, explanation)
    publication = _publication(budget, content, content["publication"]["version"])
    publication.save(force_insert=True)
    return publication, True


def _first_day(budget):
    """The day of the first publication, which never changes; today when there is none yet."""
    first = _versions(budget).order_by("version").first()
    return timezone.localtime(first.published_at if first else None).date()


def _versions(budget):
    return Publication.objects.filter(department=budget.department, year=budget.year)


def _record(version, by, explanation):
    now = timezone.localtime().replace(microsecond=0)
    return {"version": version, "published_at": now.isoformat(), "published_by": by, "explanation": explanation}


def _publication(budget, content, version):
    record = content["publication"]
    text = canonical(content)
    return Publication(
        department=budget.department,
        year=budget.year,
        version=version,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        explanation=record["explanation"] if record else "",
        published_at=timezone.datetime.fromisoformat(record["published_at"]) if record else timezone.now(),
        published_by=record["published_by"] if record else "",
    )


def canonical(content):
    """The content as the text that is stored and hashed."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
