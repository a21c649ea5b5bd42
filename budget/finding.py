"""A finding is a value: what a rule found, where, with both figures."""

import hashlib
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


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree or could not be read.

    rule: id in the list of rules, or of an intake problem. message: one Chinese sentence with place, figures
    and way out. places: where the figures stand in the file, first the one that it is about. expected, found:
    figures as printed, '' for blank. cells: all figures that were held together, first the one that it is about;
    none where it is about no figure. proposal: the figure that is published instead of the printed one when a person
    accepts it, '' where there is none to accept; the comparison alone sets it.
    """

    rule: str
    level: Level
    message: str
    places: tuple[str, ...] = ()
    expected: str = ""
    found: str = ""
    cells: tuple[Cell, ...] = ()
    proposal: str = ""

    def __post_init__(self) -> None:
        if not all(isinstance(cell, Cell) for cell in self.cells):
            raise TypeError(f"the cells of a finding are cells, not {self.cells!r}")

    @property
    def cell(self) -> Cell | None:
        """The figure that it is about, or None."""
        return self.cells[0] if self.cells else None

    @property
    def fingerprint(self) -> str:
        """What an explanation is bound to: the rule, the figure and both amounts; other amounts need another one."""
        what = str(self.cell) if self.cell else self.message
        return hashlib.sha256("|".join((self.rule, what, self.expected, self.found)).encode()).hexdigest()[:16]

    def as_dict(self) -> dict[str, Any]:
        """The finding as `check_budget --json` prints it (fixed contract)."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "message": self.message,
            "places": list(self.places),
            "cells": [str(cell) for cell in self.cells],
            "expected": self.expected,
            "found": self.found,
        }
