"""A section of a county's standard sentences, for one person: what it says now, and saving what it is to say."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from budget.declare.document import Document
from budget.declare.sentence import Sentence
from budget.documents import DOCUMENTS
from budget.drafts.door import person
from budget.drafts.passages import Sections, keep, passages_of
from budget.drafts.people import has_post
from budget.models import COUNTY_ROLES, Passage, Region, Role

NEW = "new"  # how an address names a sentence that is not there yet


@dataclass
class Place:
    """A section of a kind of document in a county. user: who looks at it, of one of the county's offices."""

    region: Region
    document: Document
    number: int
    user: Any

    @property
    def title(self) -> str:
        """The section's title."""
        return self.document.narrative.titles[self.number - 1]

    @cached_property
    def all(self) -> Sections:
        """The sentences of every section that hold now."""
        return passages_of(self.region.pk, self.document.key)

    @property
    def sentences(self) -> list[Sentence]:
        """Those of this section, in their order."""
        return list(self.all.get(self.number, ()))

    @property
    def versions(self) -> Any:
        """Who changed them and when, the newest first."""
        whose = {"region": self.region, "document": self.document.key, "section": self.number}
        return Passage.objects.filter(**whose).select_related("user").order_by("-id")

    @property
    def version(self) -> int:
        """The number of the newest change; 0 for what stands ready."""
        return self.versions.values_list("pk", flat=True).first() or 0

    def sentence(self, key: str) -> Sentence | None:
        """One of its sentences; None for a new one. Raises Http404."""
        if key == NEW:
            return None
        found = next((one for one in self.sentences if one.key == key), None)
        if found is None:
            raise Http404
        return found

    @property
    def may_edit(self) -> bool:
        """Whether the person may change them."""
        return has_post(self.user, self.region, Role.REVIEWER)

    def must_edit(self) -> None:
        """Raises PermissionDenied where the person may only look."""
        if not self.may_edit:
            raise PermissionDenied

    @transaction.atomic
    def keep(self, seen: int, sentences: list[Sentence] | None) -> str:
        """Save what the section is to say, None for what stands ready: '' when it was, else why not, in a sentence."""
        Region.objects.select_for_update().get(pk=self.region.pk)
        newest = self.versions.first()
        if newest and newest.pk != seen:
            return f"{newest.by}刚刚改过这一部分，没有保存，您写的还在下面；请先在另一页看过，再保存一次。"
        kept = None if sentences is None else tuple(sentences)
        keep(self.region, self.document.key, self.number, kept, person(self.user).name, self.user)
        return ""


def place_of(request: Any, region: str, document: str, number: int) -> Place:
    """The place that an address names, for those who have a post in its county. Raises Http404."""
    declared = DOCUMENTS.get(document)
    if declared is None or not 1 <= number <= len(declared.narrative.titles):
        raise Http404
    county = get_object_or_404(Region, pk=region)
    if not has_post(request.user, county, *COUNTY_ROLES):
        raise Http404
    return Place(county, declared, number, request.user)
