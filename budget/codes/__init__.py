"""Code lists by date: function, economic and procurement codes with their names.

The lists here are data of the project (`*.csv`, copied from published documents): `confirmed` entries were
seen in print, `unconfirmed` ones were not. The migrations load them into the database, where the county
may correct them; a file checked without a database is checked against the lists here.

Lists change within a year (财预〔2024〕22号, 财预〔2025〕41号), so an entry holds from a date and, where its code has
ended, until another, with the codes that took its place. Which entry a budget follows its date decides: `day_of`.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from budget.text import same_name

FUNCTION, ECONOMIC, PROCUREMENT = "function", "economic", "procurement"
SCHEMES = (FUNCTION, ECONOMIC, PROCUREMENT)
LEVELS = {3: "class", 5: "section", 7: "item"}
DEPARTMENT_SCHEME = "部门预算支出经济分类"

_FILES = {FUNCTION: "functional.csv", ECONOMIC: "economic.csv", PROCUREMENT: "procurement.csv"}
_FORMER = "former.csv"  # names that a code bore before and that are still in use; since when it does not is not known


class Entry(NamedTuple):
    """One code of one list. since: the day from which it holds. until: the day from which it no longer does.

    successors: the codes that took its place.
    """

    scheme: str
    code: str
    name: str
    since: date
    confirmed: bool
    until: date | None = None
    successors: tuple[str, ...] = ()

    def has_ended(self, day: date) -> bool:
        """Whether it no longer holds on a day."""
        return self.until is not None and self.until <= day


@lru_cache(maxsize=1)
def shipped() -> tuple[Entry, ...]:
    """Every entry of the lists that come with the project."""
    return tuple(entry for scheme, name in _FILES.items() for entry in _read(scheme, name))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _read(scheme: str, name: str) -> Iterator[Entry]:
    """Entries of one file; the economic one also holds the government's own classification, which is not read."""
    for row in _rows(name):
        if row.get("scheme", DEPARTMENT_SCHEME) == DEPARTMENT_SCHEME:
            since, until = date.fromisoformat(row["since"]), row["until"]
            ended = date.fromisoformat(until) if until else None
            successors = tuple(row["successors"].split())
            yield Entry(scheme, row["code"], row["name"], since, row["status"] == "confirmed", ended, successors)


Key = tuple[str, str]  # (scheme, code)


class Ended(NamedTuple):
    """A code that no longer holds. on: since when. successors: what took its place, none where nothing did."""

    on: date
    successors: tuple[str, ...]


class Names(dict[Key, str]):
    """{(scheme, code): name}

    confirmed: the keys whose names are official. ended: {key: Ended} of those that no longer hold. former: {key: names
    that the code bore before}.
    """

    def __init__(self, names: Iterable[tuple[Key, str]] | dict[Key, str] = ()):
        super().__init__(names)
        self.confirmed: frozenset[Key] = frozenset()
        self.ended: dict[Key, Ended] = {}
        self.former: dict[Key, frozenset[str]] = {}

    def is_former(self, key: Key, name: str) -> bool:
        """Whether a code bore this name before."""
        return any(same_name(name, other) for other in self.former.get(key, ()))


def day_of(year: int, approved_on: date | None = None) -> date:
    """The day whose lists a budget follows: of its approval where that is known, else 1 January of its year.

    A budget is drawn up in the months before, by the lists that are issued for its year and hold from its first day;
    what is changed between then and the approval is worked in. An approval before the year counts as on its first day,
    one after it (a slip) as on its last.
    """
    first, last = date(max(year, 1), 1, 1), date(max(year, 1), 12, 31)
    return min(max(approved_on or first, first), last)


def names_for(day: date, entries: Iterable[Entry]) -> Names:
    """The `Names` of the lists that hold on a day.

    Of a code's entries that is the newest not after the day, ended or not; a code known only from later ones is named
    by the earliest of them.
    """
    by_key: dict[Key, list[Entry]] = {}
    for entry in entries:
        by_key.setdefault((entry.scheme, entry.code), []).append(entry)
    chosen = {key: _in_force(day, found) for key, found in by_key.items()}
    names = Names((key, entry.name) for key, entry in chosen.items())
    names.confirmed = frozenset(key for key, entry in chosen.items() if entry.confirmed)
    names.ended = {key: Ended(e.until, e.successors) for key, e in chosen.items() if e.until and e.has_ended(day)}
    names.former = {key: before for key, found in by_key.items() if (before := _before(chosen[key], found))}
    return names


def _in_force(day: date, entries: list[Entry]) -> Entry:
    """The one entry of a code that applies to a day."""
    if len(entries) == 1:  # as nearly all
        return entries[0]
    begun = [entry for entry in entries if entry.since <= day]
    return max(begun, key=lambda entry: entry.since) if begun else min(entries, key=lambda entry: entry.since)


def _before(chosen: Entry, entries: list[Entry]) -> frozenset[str]:
    known = former_names(chosen.scheme, chosen.code)
    if len(entries) == 1 and not known:
        return frozenset()
    earlier = {entry.name for entry in entries if entry.since < chosen.since}
    return frozenset(earlier | set(known)) - {chosen.name}


@lru_cache(maxsize=1)
def _former() -> dict[Key, tuple[str, ...]]:
    found: dict[Key, tuple[str, ...]] = {}
    for row in _rows(_FORMER):
        key = row["scheme"], row["code"]
        found[key] = (*found.get(key, ()), row["name"])
    return found


def former_names(scheme: str, code: str) -> tuple[str, ...]:
    """Names that a code bore before, as far as they are still met; since when it bears another is not known."""
    return _former().get((scheme, code), ())


@lru_cache(maxsize=16)
def shipped_names(year: int, approved_on: date | None = None) -> Names:
    """Names of the lists that come with the project, for a budget of this year."""
    return names_for(day_of(year, approved_on), shipped())


@lru_cache(maxsize=16)  # each table of a file asks
def settled_names(year: int) -> dict[Key, str]:
    """The names that no change of the shipped lists within a year touches, whatever day a budget turns out to be of."""
    first, last = shipped_names(year), shipped_names(year, date(max(year, 1), 12, 31))
    return {key: name for key, name in first.items() if last.get(key) == name}


def level(code: str) -> str:
    """class, section or item, by the length of the code; other lengths count as item."""
    return LEVELS.get(len(code), "item")


@lru_cache(maxsize=4096)  # each line, row and rule asks for the same few hundred
def prefixes(code: str) -> tuple[str, ...]:
    """A code and the codes above it, from the class down: 2080505 → 208, 20805, 2080505."""
    return (*(code[:n] for n in (3, 5) if n < len(code)), code)
