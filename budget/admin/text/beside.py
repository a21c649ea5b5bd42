"""A section that is written freely, beside the standard sentences that say the same with the figures of today."""

from dataclasses import dataclass
from typing import Any

from budget.declare.sentence import Item, Reason, reasons_of
from budget.figures.dossier import Dossier
from budget.figures.fill import Names
from budget.sentences.compose import Composing, Rendered
from budget.sentences.likeness import Difference, Said, differences
from budget.sentences.matching import Place, Standard, places, reason_about, reason_in
from budget.text import name_key

PUT, REASON = "put-", "reason-"


@dataclass(frozen=True)
class Pair:
    """A stretch of the clerk's text and the standard sentence that says the same; either may be missing.

    is_chosen: whether the standard sentence was asked for, on a page that could not be saved.
    """

    place: Place
    standard: Rendered | None
    differences: list[Difference]
    reasons: list[dict[str, Any]]
    is_chosen: bool


class Beside:
    """A text beside the standard sentences of its section."""

    def __init__(self, dossier: Dossier, names: Names, number: int, text: str):
        composing, self.kept, self.text = Composing(dossier, names), dossier.entries.reasons, text
        declared = dossier.document.narrative.sentences.get(number, ())
        rendered = [composing.rendered(Item(standard=one.key)) for one in declared]
        self.standards = {one.item.standard: one for one in rendered if one.sentence}
        self.places = places(text, [_standard(one) for one in self.standards.values()]) if text else []

    def pairs(self, sent: Any) -> list[Pair]:
        """What is shown, in the order of the text; none where there is nothing to choose."""
        found = [self._pair(place, sent) for place in self.places if place.own.strip() or place.standard]
        return found if any(pair.standard for pair in found) else []

    def _pair(self, place: Place, sent: Any) -> Pair:
        standard = self.standards.get(place.standard)
        if not standard or _says_the_very_same(place, standard):
            return Pair(place, None, [], [], False)
        found = differences(Said(place.own), Said(standard.text))
        return Pair(place, standard, found, self._reasons(place, standard, sent), bool(sent.get(PUT + place.standard)))

    def _reasons(self, place: Place, standard: Rendered, sent: Any) -> list[dict[str, Any]]:
        """What the standard sentence asks for, with what the clerk's own gives as the reason."""
        given, shown = reason_in(place.own) or self._given_elsewhere(place, standard), []
        for reason in self.asked(standard):
            text = sent.get(REASON + reason.key, given or self.kept.get(reason.key, ""))
            if text or reason in standard.asked:
                shown.append({"reason": reason, "text": text, "is_asked": reason in standard.asked})
        return shown

    def _given_elsewhere(self, place: Place, standard: Rendered) -> str:
        """The reason for what a sentence that could be added speaks of, where another of the clerk's gives it."""
        amounts = Said(standard.text).amounts
        return reason_about(self.text, amounts[0].named) if amounts and not place.own else ""

    def asked(self, standard: Rendered) -> list[Reason]:
        """The reasons that a standard sentence may ask for, whatever the figures are today."""
        return reasons_of(standard.sentence) if standard.sentence else []

    def chosen(self, sent: Any) -> set[str]:
        """The standard sentences that are to stand, of those that the text is beside."""
        return {place.standard for place in self.places if place.standard and sent.get(PUT + place.standard)}

    def reasons(self, chosen: set[str], sent: Any) -> dict[str, str]:
        """What was typed as the reasons of those that are to stand."""
        keys = [reason.key for one in chosen for reason in self.asked(self.standards[one])]
        return {key: sent[REASON + key] for key in keys if REASON + key in sent}


def _standard(one: Rendered) -> Standard:
    """A standard sentence as it is compared. Of one that only asks for words, the clerk has them already.

    It is not offered unasked where it is spare, nor where it denies what the text has, whatever the figures.
    """
    assert one.sentence
    text = one.text if any(not piece.asks and not piece.gap for piece in one.pieces) else ""
    denies = one.sentence.nothing and not one.sentence.when
    return Standard(one.sentence.key, text, one.sentence.nothing, not one.sentence.spare and not denies)


def _says_the_very_same(place: Place, standard: Rendered) -> bool:
    """Whether it would change nothing, now or later."""
    return name_key(place.own) == name_key(standard.text) and not any(piece.cell for piece in standard.pieces)
