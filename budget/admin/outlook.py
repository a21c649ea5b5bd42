"""What a file would do to its draft: shown to the person who chose it, and what the confirmation is bound to."""

from dataclasses import dataclass
from functools import cached_property

from budget.admin.differences import NAMES, differences, fingerprint, flatten
from budget.admin.staging import with_names
from budget.checks.ledger import check
from budget.drafts.load import load
from budget.drafts.merge import merge, prints_the_same
from budget.figures.dossier import Entries
from budget.intake.agreement import disagreements


@dataclass
class Outlook:
    """reading: the file's own. draft: the draft that it would change, None when there is none yet.

    listed: the county's names of codes, of the day that the draft follows.
    """

    reading: object
    draft: object
    listed: dict

    @cached_property
    def _now(self):
        return load(self.draft) if self.draft else None

    @cached_property
    def whole(self):
        """The reading as it would be saved: with what the draft has besides."""
        return merge(self._now, self.reading)

    @cached_property
    def findings(self):
        """What then does not agree in the whole budget."""
        return disagreements(self.whole, check(self.whole.dossier, self.listed))

    @cached_property
    def before(self):
        """What the draft says now, flat."""
        entries = self.reading.entries
        now = self._now.entries if self._now else Entries(entries.document, year=entries.year)
        return flatten(now, self.listed | now.names)

    @cached_property
    def after(self):
        """What it would say, flat; names are added, never taken away."""
        entries = self.whole.entries
        new = flatten(entries, self.listed | entries.names)
        return new | {NAMES: self.before[NAMES] | new[NAMES]}

    @property
    def version(self):
        """A fingerprint of what a person sees: the draft, and what becomes of it."""
        return fingerprint([self.before, self.after])

    @property
    def changes(self):
        """{part name: what would be different}"""
        entries = self.whole.entries
        return differences(self.before, self.after, entries.document, {*entries.parts, NAMES})

    @property
    def adds_nothing(self):
        """Whether the draft has this very file already, and says and prints the same as with it."""
        known = self.draft is not None and self.draft.uploads.filter(sha256=self.reading.sha256).exists()
        return known and not self.changes and prints_the_same(self._now.original, self.whole.original)


def outlook(reading):
    """The `Outlook` of a reading, with the database as it is now."""
    return Outlook(reading, *with_names(reading))
