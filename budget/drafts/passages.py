"""The standard sentences of a county: its own where its reviewer wrote some, else those that stand ready."""

from typing import Any

from budget.declare.sentence import Sentence, as_json, from_json
from budget.documents import DOCUMENTS
from budget.models import Passage, Region

Sections = dict[int, tuple[Sentence, ...]]  # {number of a section: its standard sentences}


def passages_of(region: str, document: str) -> Sections:
    """The sentences of every section that hold in a county now: one query."""
    rows = Passage.objects.filter(region=region, document=document).order_by("id").values_list("section", "sentences")
    ready, newest = DOCUMENTS[document].narrative.sentences, dict(rows)
    own = {number: tuple(map(from_json, kept)) for number, kept in newest.items() if kept is not None}
    return ready | own


def newest_of(region: Region, document: str) -> dict[int, Passage]:
    """{number of a section: its newest change}, of those that were changed: one query."""
    return {one.section: one for one in Passage.objects.filter(region=region, document=document).order_by("id")}


def by_key(sections: Sections) -> dict[str, Sentence]:
    """{key: the sentence} of all sections."""
    return {one.key: one for sentences in sections.values() for one in sentences}


def keep(
    region: Region, document: str, section: int, sentences: tuple[Sentence, ...] | None, by: str, user: Any = None
) -> Passage:
    """A county's reviewer puts other sentences in the place of a section's; None for those that stand ready."""
    kept = None if sentences is None else as_json(sentences)
    return Passage.objects.create(
        region=region, document=document, section=section, sentences=kept, user=user, by=by[:150]
    )
