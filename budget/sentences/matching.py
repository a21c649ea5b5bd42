"""A text that people wrote beside the standard sentences that say the same: which stands for which, and what becomes
of the text where some are put in the place of its own.

Nothing of the text is lost or reordered: it is taken apart into its sentences, which put together again are the text,
byte for byte; one is left out only where a person puts a standard sentence in its place.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from budget.declare.sentence import Item
from budget.sentences.likeness import Said, likeness
from budget.text import narrow

_SENTENCE = re.compile(r"[^。！？]*[。！？]*[”’）)】》]*\s*")
_LEAST = 0.34  # tried on the texts of townships: below it, sentences only speak of the same section
_NOTHING = re.compile(r"(无|没有|不涉及|无此项)(内容|安排)?。?")
_WHY = re.compile(r"原因(?:主要)?(?:是|为|系|：|:)[：:]?")
_MAINLY = re.compile(r"(?:主要(?:是|为|系|用于)|由于|因为)[：:]?")
_CLAUSE = re.compile(r"[；。\n]")
_STOPS = "。；;，,、.！ \t\n"


class Standard(NamedTuple):
    """A standard sentence with the figures of today. nothing: whether it says that there is nothing to say.

    offered: whether it is to be offered where the text says nothing like it.
    """

    key: str
    text: str
    nothing: bool = False
    offered: bool = True


class Place(NamedTuple):
    """A stretch of the text, the standard sentence that says the same, or both.

    own: as it stands in the text, '' for a sentence that could be added. begins: whether it begins a paragraph.
    standard: a key, '' where no standard sentence says it.
    """

    own: str
    begins: bool = True
    standard: str = ""


Rated = tuple[Place, str, float]  # a sentence, the key of the standard one most like it, how much


def taken_apart(text: str) -> list[Place]:
    """The sentences of a text, each with the white space after it; a blank line is one with nothing in it."""
    return [
        Place(sentence, begins=at == 0)
        for line in text.split("\n")
        for at, sentence in enumerate(list(filter(None, _SENTENCE.findall(line))) or [""])
    ]


def places(text: str, standards: list[Standard]) -> list[Place]:
    """A text sentence by sentence, beside the standard ones, in its own order.

    Each is matched with the standard sentence most like it, if that is like it at all; neighbours that one says
    together are one place. Where places apart would have the same one, the first of those most like it has it.
    """
    own = list(_joined(_matched(taken_apart(text), standards)))
    where = {place.standard: at for at, place in enumerate(own) if place.standard}
    added = _added(own, standards, where)
    return [one for at in range(len(own) + 1) for one in (*added.get(at, ()), *own[at : at + 1])]


def _matched(apart: list[Place], standards: list[Standard]) -> Iterator[Place]:
    """The sentences, each with its standard one: of runs of neighbours with the same, the best keeps it."""
    known = [(one, Said(one.text)) for one in standards if one.text]
    each = [(place, *_best(place.own, known)) for place in apart]
    rated = _with_neighbours(each, {standard.key: said for standard, said in known})
    runs = [(key, list(run)) for key, run in groupby(rated, key=lambda one: one[1])]
    best: dict[str, tuple[float, int]] = {}
    for at, (key, run) in enumerate(runs):
        best[key] = max(best.get(key, (0.0, 0)), (max(rating for *_, rating in run), -at))
    for at, (key, run) in enumerate(runs):
        yield from (place._replace(standard=key if best[key][1] == -at else "") for place, *_ in run)


def _best(own: str, known: list[tuple[Standard, Said]]) -> tuple[str, float]:
    """(the key of the standard sentence most like it, how much), ('', 0) where none is."""
    said, nothing = Said(own), bool(_NOTHING.fullmatch(narrow(own)))
    rated = [(likeness(said, one) + (nothing and standard.nothing), -at) for at, (standard, one) in enumerate(known)]
    rating, at = max(rated, default=(0.0, 0))
    return (known[-at][0].key, rating) if rating >= _LEAST else ("", 0.0)


def _with_neighbours(rated: list[Rated], known: dict[str, Said]) -> list[Rated]:
    """A sentence like none goes with the one before it in its paragraph, where both are more like that one's."""
    found = rated[:1]
    for place, key, rating in rated[1:]:
        before, its_key, its_rating = found[-1]
        if its_key and not key and not place.begins:
            both = likeness(Said(before.own + place.own), known[its_key])
            key, rating = (its_key, both) if both > its_rating else (key, rating)
        found.append((place, key, rating))
    return found


def _joined(matched: Iterable[Place]) -> Iterator[Place]:
    """Neighbours with the same standard sentence, or with none, as one place; no paragraph of one's own is joined."""
    for key, run in groupby(matched, key=lambda place: place.standard):
        whole: list[Place] = []
        for place in run:
            if whole and (key or not place.begins):
                between = "\n" if place.begins else ""
                whole[-1] = whole[-1]._replace(own=whole[-1].own + between + place.own)
            else:
                whole.append(place)
        yield from whole


def _added(own: list[Place], standards: list[Standard], where: dict[str, int]) -> dict[int, list[Place]]:
    """{place before which: the sentences that could be added there}: after the one that stands before them as declared.

    No paragraph is broken in two by it.
    """
    at, found = min(where.values(), default=len(own)), dict[int, list[Place]]()
    for one in standards:
        if one.key in where:
            at = where[one.key] + 1
        elif one.offered and one.text:
            found.setdefault(_paragraph_end(own, at), []).append(Place("", standard=one.key))
    return found


def _paragraph_end(own: list[Place], at: int) -> int:
    return next((n for n in range(at, len(own)) if own[n].begins), len(own))


def sequence(found: list[Place], chosen: set[str]) -> list[Item]:
    """What becomes of a section: its own paragraphs in order, the chosen standard sentences in their places.

    Put together again (an item that does not join begins a line), a sequence without any chosen is the text.
    """
    items = list[Item]()
    for place in found:
        if place.standard in chosen:
            items.append(Item(standard=place.standard))
        elif place.own or place.begins and not place.standard:
            _go_on(items, place)
    return items


def _go_on(items: list[Item], place: Place) -> None:
    if items and not place.begins and not items[-1].standard:
        items[-1] = items[-1]._replace(own=items[-1].own + place.own)
    else:
        items.append(Item(own=place.own, joins=not place.begins))


def reason_in(own: str) -> str:
    """The reason that a sentence gives, '' where it gives none.

    >>> reason_in("公用经费增加3万元，主要原因是人员增加。"), reason_in("公用经费58.36万元。")
    ('人员增加', '')
    """
    found = _WHY.search(own) or max(_MAINLY.finditer(own), key=lambda match: match.start(), default=None)
    return own[found.end() :].strip(_STOPS) if found else ""


def reason_about(text: str, named: str) -> str:
    """The reason that a text gives for what it names, in whatever sentence; the last one where it gives several.

    >>> reason_about("收支减少2万元，其中：基本支出增加3万元，主要为人员增加；项目减少5万元。", "基本支出")
    '人员增加'
    """
    speaking = [clause for clause in _CLAUSE.split(text) if named and named in clause]
    return next(filter(None, (reason_in(clause.partition(named)[2]) for clause in reversed(speaking))), "")
