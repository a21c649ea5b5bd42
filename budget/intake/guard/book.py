"""A workbook as a whole: what its sheets share and what is counted over all of them."""

from budget.intake.guard.limits import MAX_STRINGS
from budget.intake.guard.package import SHARED_STRINGS, Package
from budget.intake.guard.refusal import Refused
from budget.intake.guard.tags import only, tags_of


class Workbook:
    """What is counted over all sheets, and the shared strings they point into."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.cells = self.area = self.merges = self.merged = self.linked = self.extras = 0
        self.strings = self._count_strings()

    def _count_strings(self) -> int:
        """How many shared strings openpyxl will find."""
        part = self._strings_part()
        if part is None or part not in self.package.parts:
            return 0
        tags = tags_of(self.package.parts[part], self.package.place(part), only("si"))
        count = sum(not closes for _, closes, _, _ in tags)
        if count > MAX_STRINGS:
            raise Refused(f"工作簿里的文字超过 {MAX_STRINGS} 条，请删去多余内容后再上传。")
        return count

    def _strings_part(self) -> str | None:
        """The first part declared as such: openpyxl takes that one."""
        return next((name for name, told in self.package.overrides.items() if told == SHARED_STRINGS), None)

    def count(self, what: str, number: int, limit: int, sentence: str) -> None:
        """Add to a total and refuse beyond its limit."""
        total = getattr(self, what) + number
        setattr(self, what, total)
        if total > limit:
            raise Refused(sentence)
