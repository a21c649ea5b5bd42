"""A finding is a value: what a rule found, where, with both figures."""

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
