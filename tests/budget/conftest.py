"""What the tests of the numbers share: the real files, and a small ledger."""

import pickle
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from budget.declare.document import Document
from budget.figures.line import Line
from budget.intake.identity import Given
from budget.intake.read import read

_NONE = Document("", "", "")
ORIGINALS = Path(__file__).parent.parent / "files" / "originals"
OPTIONS = {"wanli-2023.xlsx": Given(region="310107", unit="210")}


@lru_cache
def original(name):
    """A file's bytes as a township holds it."""
    return (ORIGINALS / name).read_bytes()


@lru_cache
def _reading(name):
    return read(original(name), OPTIONS.get(name, Given()))


def read_original(name):
    """A `Reading` of a real file that may be changed; the file itself is read once."""
    reading = _reading(name)
    return replace(reading, entries=copied(reading.entries), original=again(reading.original))


def copied(entries):
    """Entries that may be changed; their document is shared."""
    return replace(again(replace(entries, document=_NONE)), document=entries.document)


def again(value):
    """The same plain values anew; a tenth of what a deep copy takes."""
    return pickle.loads(pickle.dumps(value))


def ledger(text):
    """Lines from a small ledger: one a row, facets as words, the amount in 万元 last.

    income general_public_budget 2010301 120.00
    income general_public_budget 2010301 carried 20.00
    """
    return [_line(row.split()) for row in text.strip().splitlines() if row.strip()]


def _line(words):
    book, fund, *rest = words
    amount = Decimal(rest.pop()) * 10000
    facets = {"fund": "" if fund == "." else fund}
    for word in rest:
        if word == "carried":
            facets["carried_over"] = True
        elif word.isdigit():
            facets["economic" if book == "economic" else "function"] = word
        else:
            facets["item" if book == "three_public" else "kind"] = word
    return Line(book, **facets, amount=amount)


@pytest.fixture
def liujiaying():
    """The township of the reference document, from its workbook."""
    return read_original("liujiaying-2024.xlsx")


@pytest.fixture
def wanli():
    """A street office of another province, with its own layout and in yuan."""
    return read_original("wanli-2023.xlsx")
