"""A county for the tests of its pages: bodies in every state, approved on any day, published on any other."""

import datetime
import hashlib

from django.utils import timezone

from budget.models import Budget, Department, Region, State
from disclosures.models import Publication

YEAR = 2024
CLOSED = {State.APPROVED: "0" * 64}


def region(code="130324", name="卢龙县"):
    """A county."""
    return Region.objects.get_or_create(code=code, defaults={"name": name})[0]


def bodies(count, code="130324"):
    """So many bodies of a county."""
    county = region(code)
    return Department.objects.bulk_create(
        Department(region=county, unit=f"{number:04}", name=f"第{number}乡人民政府") for number in range(1, count + 1)
    )


def ago(days):
    """A day so long before today."""
    return timezone.localdate() - datetime.timedelta(days=days)


def budget(body, state=State.DRAFT, approved=None, year=YEAR):
    """A budget in a state, approved so many days ago."""
    return Budget(
        department=body,
        year=year,
        state=state,
        was_submitted=state != State.DRAFT,
        approved_hash=CLOSED.get(state, ""),
        approved_on=None if approved is None else ago(approved),
    )


def publication(body, days_ago, version=1, year=YEAR, content="{}"):
    """A version that was published so many days ago."""
    return Publication(
        department=body,
        region=body.region_id,
        region_name=body.region.name,
        unit=body.unit,
        name=body.name,
        document="department_budget",
        year=year,
        version=version,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        published_at=timezone.now() - datetime.timedelta(days=days_ago),
        published_by=body.name,
    )
