"""A finding is a value: what a rule found, where, with both figures."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from budget.cell import Cell


class Level(StrEnum):
    """error blocks publication unless explained; warning is probably wrong; notice is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """The level's Chinese name."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]


# What a clerk is to do stands last in a sentence, begun by one of these words; a quoted text is nobody's instruction.
_ADVICE = re.compile(r"[；，](?:请|建议)[^“”]*(?:“[^”]*”[^“”]*)*。$")


def what_is_so(message: str) -> str:
    """A clerk's sentence without what the clerk is to do: what a reader should know.

    >>> what_is_so("表9“合计”是空白；请补上。")
    '表9“合计”是空白。'
    """
    return _ADVICE.sub("。", message)


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree or could not be read.

    rule: id in the list of rules, or of an intake problem. message: one Chinese sentence with place, figures
    and way out. places: where the figures stand in the file, first the one that it is about. expected, found:
    figures as printed, '' for blank. cells: all figures that were held together, first the one that it is about;
    none where it is about no figure. proposal: the figure that is published instead of the printed one when a person
    accepts it, '' where there is none to accept; the comparison alone sets it. reader: the same for the public: what is
    so, without what the clerk is to do; follows from the message where nobody says it otherwise. cause: a short stable
    text, equal in findings of one cause; '' where it is a cause of its own. members: the findings that it tells
    together, the leading one first; none where it tells itself alone.
    """

    rule: str
    level: Level
    message: str
    places: tuple[str, ...] = ()
    expected: str = ""
    found: str = ""
    cells: tuple[Cell, ...] = ()
    proposal: str = ""
    reader: str = ""
    cause: str = ""
    members: tuple["Finding", ...] = ()

    def __post_init__(self) -> None:
        if not all(isinstance(cell, Cell) for cell in self.cells):
            raise TypeError(f"the cells of a finding are cells, not {self.cells!r}")
        if not self.reader:
            object.__setattr__(self, "reader", what_is_so(self.message))

    @property
    def cell(self) -> Cell | None:
        """The figure that it is about, or None."""
        return self.cells[0] if self.cells else None

    @property
    def fingerprint(self) -> str:
        """What an explanation is bound to: the rule, the figure and both amounts; other amounts need another one.

        A finding that tells others together bears that of the leading one.
        """
        if self.members:
            return self.members[0].fingerprint
        what = str(self.cell) if self.cell else self.message
        return hashlib.sha256("|".join((self.rule, what, self.expected, self.found)).encode()).hexdigest()[:16]

    @property
    def alone(self) -> tuple["Finding", ...]:
        """The findings that it tells, as the rules found them: its members, or itself."""
        return self.members or (self,)

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """Of all that it tells and that are as grave as itself: it is explained when each of them is."""
        return tuple(one.fingerprint for one in self.alone if one.level == self.level)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that it tells of, its own first."""
        return tuple(dict.fromkeys(one.rule for one in (self, *self.members)))

    @property
    def about(self) -> tuple[Cell, ...]:
        """The figures that it is about, the first one first."""
        return tuple(dict.fromkeys(one.cell for one in (self, *self.members) if one.cell))

    def as_dict(self) -> dict[str, Any]:
        """The finding as `check_budget --json` prints it (fixed contract)."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "message": self.message,
            "reader": self.reader,
            "cause": self.cause or self.fingerprint,
            "places": list(self.places),
            "cells": [str(cell) for cell in self.cells],
            "expected": self.expected,
            "found": self.found,
        }


def by_level(findings: Iterable[Finding]) -> dict[Level, int]:
    """{level: how many of the findings are of it}, the gravest first."""
    levels = [finding.level for finding in findings]
    return {level: levels.count(level) for level in Level}


def counts(findings: Iterable[Finding]) -> str:
    """错误 8　警告 2　提示 0"""
    return "　".join(f"{level.label} {number}" for level, number in by_level(findings).items())


def errors(findings: Iterable[Finding]) -> int:
    """How many of them are errors."""
    return by_level(findings)[Level.ERROR]
