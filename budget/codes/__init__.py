"""Code lists by edition: function, economic and procurement codes with their names.

The lists here are data of the project (`*.csv`, copied from published documents): `confirmed` entries were
seen in print, `unconfirmed` ones were not. The migration loads them into the database, where the county
may correct them; a file checked without a database is checked against the lists here.
"""

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FUNCTION, ECONOMIC, PROCUREMENT = "function", "economic", "procurement"
SCHEMES = (FUNCTION, ECONOMIC, PROCUREMENT)
LEVELS = {3: "class", 5: "section", 7: "item"}
DEPARTMENT_SCHEME = "部门预算支出经济分类"

_FILES = {FUNCTION: "functional.csv", ECONOMIC: "economic.csv", PROCUREMENT: "procurement.csv"}


class Entry(NamedTuple):
    """One code of one list. edition: the first year the list applies to."""

    scheme: str
    code: str
    name: str
    edition: int
    confirmed: bool


@lru_cache(maxsize=1)
def shipped() -> tuple[Entry, ...]:
    """Every entry of the lists that come with the project."""
    return tuple(entry for scheme, name in _FILES.items() for entry in _read(scheme, name))


def _read(scheme: str, name: str) -> Iterator[Entry]:
    """Entries of one file; the economic one also holds the government's own classification, which is not read."""
    with (Path(__file__).parent / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row.get("scheme", DEPARTMENT_SCHEME) == DEPARTMENT_SCHEME:
                yield Entry(scheme, row["code"], row["name"], int(row["edition"][:4]), row["status"] == "confirmed")


Key = tuple[str, str]  # (scheme, code)


class Names(dict[Key, str]):
    """{(scheme, code): name}; confirmed: the keys whose names are official."""

    confirmed: frozenset[Key] = frozenset()


def names_for(year: int, entries: Iterable[Entry]) -> Names:
    """The `Names` of the edition that applies to a year.

    That is the newest edition not after the year; a code known only from later editions is named by the
    earliest of them.
    """
    chosen = _in_force(year, entries)
    names = Names((key, entry.name) for key, entry in chosen.items())
    names.confirmed = frozenset(key for key, entry in chosen.items() if entry.confirmed)
    return names


def _in_force(year: int, entries: Iterable[Entry]) -> dict[Key, Entry]:
    """The one entry of each code whose edition applies to the year."""
    chosen: dict[Key, Entry] = {}
    for entry in entries:
        key = (entry.scheme, entry.code)
        if key not in chosen or _nearer(entry.edition, chosen[key].edition, year):
            chosen[key] = entry
    return chosen


def _nearer(edition: int, other: int, year: int) -> bool:
    """Whether an edition rather than the other one applies to a year."""
    if edition <= year:
        return other > year or edition > other
    return other > year and edition < other


@lru_cache(maxsize=8)
def shipped_names(year: int) -> Names:
    """Names of the lists that come with the project, for a budget of this year."""
    return names_for(year, shipped())


def level(code: str) -> str:
    """class, section or item, by the length of the code; other lengths count as item."""
    return LEVELS.get(len(code), "item")


def prefixes(code: str) -> list[str]:
    """A code and the codes above it, from the class down: 2080505 → 208, 20805, 2080505."""
    return [code[:n] for n in (3, 5) if n < len(code)] + [code]
