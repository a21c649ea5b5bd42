"""What was published of the year before, for drafts and rules that compare this year's figures with it."""

import json
from decimal import Decimal
from functools import lru_cache

from budget.drafts.year_before import YearBefore
from disclosures.content import amounts_of, document_of, upgrade
from disclosures.models import Publication


def published(budget):
    """The figures of the newest version of the year before; none where it was withdrawn, which nothing repeats.

    None where nothing was published: then the draft may be asked.
    """
    whose = {"department": budget.department_id, "document": budget.document, "year": budget.year - 1}
    newest = Publication.objects.filter(**whose).order_by("-version").defer("content")
    found = newest.select_related("withdrawal").first()
    if found is None:
        return None
    return YearBefore({}, {}) if hasattr(found, "withdrawal") else _figures(found.sha256)


@lru_cache(maxsize=64)  # a publication never changes
def _figures(sha256):
    content = upgrade(json.loads(Publication.objects.filter(sha256=sha256).values_list("content", flat=True)[0]))
    forms = {form.key: form for form in document_of(content).forms}
    records = {one["key"]: _named(forms[one["key"]], one["records"]) for one in content["forms"] if one["key"] in forms}
    return YearBefore(amounts_of(content), records)


def _named(form, records):
    found = ((record[form.naming], record[form.counted]) for record in records)
    return {name: Decimal(amount) for name, amount in found if amount is not None}
