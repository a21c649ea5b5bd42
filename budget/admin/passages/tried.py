"""A standard sentence tried on a budget of the county, so that a reviewer sees what it says."""

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from budget.admin.passages.place import Place
from budget.declare.sentence import Item, Sentence
from budget.drafts.load import load, names_of
from budget.models import Budget, Line
from budget.sentences.compose import Composing


class Tried(NamedTuple):
    """What a sentence says in a budget of the county. whose: that budget, '' where there is none to show it with."""

    whose: str
    pieces: list[Any]


def tried(place: Place, sentence: Sentence) -> Tried:
    """The sentence with the figures of the newest budget that the person may see."""
    sample = _sample(place)
    if sample is None:
        return Tried("", [])
    budget, composing = sample
    composing.sentences = {**composing.sentences, sentence.key: sentence}
    return Tried(str(budget), list(composing.rendered(Item(standard=sentence.key)).pieces))


def _sample(place: Place) -> tuple[Budget, Composing] | None:
    """The newest budget of the county that the person may see, ready to try sentences on; loaded once a request."""
    if not hasattr(place, "sample"):
        visible = Budget.objects.visible_to(place.user).select_related("department__region", "source")
        whose = {"department__region": place.region, "document": place.document.key}
        filled = visible.filter(Exists(Line.objects.filter(budget=OuterRef("pk"))), **whose)
        budget = filled.order_by("-year", "department__unit").first()
        place.sample = (budget, Composing(load(budget), names_of(budget))) if budget else None
    return place.sample
