"""A finding is a value: what a rule found, where, with both figures."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """error blocks publication unless explained; warning is probably wrong; notice is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self):
        """The level's Chinese name."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree or could not be read.

    rule: id in the list of rules, or of an intake problem. message: one Chinese sentence with place, figures
    and way out. places: where the figures stand in the file, first the one that it is about. expected, found:
    figures as printed, '' for blank. cells: (table or listing, row, column) of all figures that were held
    together, first the one that it is about; none where it is about no figure.
    """

    rule: str
    level: Level
    message: str
    places: tuple[str, ...] = ()
    expected: str = ""
    found: str = ""
    cells: tuple[tuple[str, str, str], ...] = ()

    @property
    def cell(self):
        """The figure that it is about, or None."""
        return self.cells[0] if self.cells else None

    @property
    def fingerprint(self):
        """What an explanation is bound to: the rule, the figure and both amounts; other amounts need another one."""
        what = "/".join(self.cell) if self.cell else self.message
        return hashlib.sha256("|".join((self.rule, what, self.expected, self.found)).encode()).hexdigest()[:16]

    @property
    def proposal(self):
        """What a person may accept instead of the printed figure: the sum over a blank, or what rounding hid."""
        is_blank = self.cell and self.expected and "是空白" in self.message
        is_rounding = self.level == Level.NOTICE and self.cell and "四舍五入" in self.message
        return self.expected if is_blank or is_rounding else ""

    def as_dict(self):
        """The finding as `check_budget --json` prints it (fixed contract)."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "message": self.message,
            "places": list(self.places),
            "expected": self.expected,
            "found": self.found,
        }
