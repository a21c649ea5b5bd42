"""Code lists by edition: function, economic and procurement codes with their names.

The lists here are data of the project (`*.csv`, copied from published documents): `confirmed` entries were
seen in print, `unconfirmed` ones were not. The migration loads them into the database, where the county
may correct them; a file checked without a database is checked against the lists here.
"""

import csv
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
def shipped():
    """Every entry of the lists that come with the project."""
    return tuple(entry for scheme, name in _FILES.items() for entry in _read(scheme, name))


def _read(scheme, name):
    with (Path(__file__).parent / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row.get("scheme", DEPARTMENT_SCHEME) == DEPARTMENT_SCHEME:
                yield Entry(scheme, row["code"], row["name"], int(row["edition"][:4]), row["status"] == "confirmed")


class Names(dict):
    """{(scheme, code): name}; confirmed: the keys whose names are official."""

    confirmed = frozenset()


def names_for(year, entries):
    """The `Names` of the edition that applies to a year.

    That is the newest edition not after the year; a code known only from later editions is named by the
    earliest of them.
    """
    best = {}
    for entry in entries:
        key = (entry.scheme, entry.code)
        if key not in best or _nearer(entry.edition, best[key].edition, year):
            best[key] = entry
    names = Names((key, entry.name) for key, entry in best.items())
    names.confirmed = frozenset(key for key, entry in best.items() if entry.confirmed)
    return names


def _nearer(edition, other, year):
    if edition <= year:
        return other > year or edition > other
    return other > year and edition < other


@lru_cache(maxsize=8)
def shipped_names(year):
    """Names of the lists that come with the project, for a budget of this year."""
    return names_for(year, shipped())


def level(code):
    """class, section or item, by the length of the code; other lengths count as item."""
    return LEVELS.get(len(code), "item")


def prefixes(code):
    """A code and the codes above it, from the class down: 2080505 → 208, 20805, 2080505."""
    return [code[:n] for n in (3, 5) if n < len(code)] + [code]
