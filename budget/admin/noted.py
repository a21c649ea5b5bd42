"""Findings with their numbers on a page of the back office, and what stands at the cells that they concern."""

from dataclasses import dataclass, replace

from budget.figures.drawn import Note


@dataclass
class Noted:
    """A finding with its number on the page.

    url: where it can be mended. blocks: whether it keeps a file from being saved.
    """

    number: int
    finding: object
    url: str = ""
    blocks: bool = False

    @property
    def words(self):
        """What stands at the cell itself."""
        if self.blocks:
            return f"读不出“{self.finding.found}”" if self.finding.found else "读不出"
        return _at_cell(self.finding)

    @property
    def note(self):
        """What the table draws."""
        return Note(self.number, self.words, f"#finding-{self.number}")

    @property
    def notes(self):
        """{cell: what the table draws there}: at each figure that the finding is about."""
        members = {one.cell: _at_cell(one) for one in reversed(self.finding.alone)}
        words = members | {self.finding.cell: self.words}
        return {cell: replace(self.note, words=words[cell]) for cell in self.finding.about}


def _at_cell(finding):
    if finding.expected:
        return f"{'' if finding.found else '空白，'}应为 {finding.expected}"
    return finding.level.label


def numbered(findings, url=lambda finding: "", problems=()):
    """Problems and findings, numbered from 1."""
    blocking = [Noted(number, problem, blocks=True) for number, problem in enumerate(problems, 1)]
    return blocking + [Noted(n, finding, url(finding)) for n, finding in enumerate(findings, len(blocking) + 1)]


def notes_of(noted):
    """{cell: notes that stand at it}"""
    found = {}
    for one in noted:
        for cell, note in one.notes.items():
            found.setdefault(cell, []).append(note)
    return found


def about(key, noted):
    """The findings that belong to one table, list or form."""
    return [one for one in noted if any(cell.table == key for cell in one.finding.about)]
