"""Two people edit one budget at once: nothing that was answered “saved” is lost, nothing that was refused is there."""

import multiprocessing
import random
from collections import Counter
from dataclasses import replace

from budget.documents import DOCUMENTS
from budget.drafts.flat import gone_records, unit_of
from budget.intake.identity import Given
from budget.intake.read import read
from budget.models import Role
from tests.budget.conftest import original
from tests.budget.people import post, saved, signed_in
from tests.trials.broken import demand
from tests.trials.editor import FORM, OTHER, Editor, Wish
from tests.trials.law import Journal, demand_refused, demand_restored, demand_saved, draft
from tests.trials.places import places
from tests.trials.process import Process, all_at_once

NAMES = ("王会计", "李会计")
FILES = ("liujiaying-2024.docx", "liujiaying-2024.xlsx")
LATEST = 0.2  # seconds by which one of two comes after the other
KINDS = {"type": 66, "record": 5, "undo": 9, "restore": 5, "import": 15}  # of a hundred wishes


class Trial:
    """Two editors and a referee, who reads the journal and the draft after each round."""

    def __init__(self, database, seed):
        self.counts, self.random = Counter(), random.Random(seed)
        self.budget = saved(FILES[0])
        self.document = DOCUMENTS[self.budget.document]
        clients = [post(signed_in(name), Role.CLERK, "130324") for name in NAMES]
        files = [(read(original(name), Given()), original(name), name) for name in FILES]
        self.codes = list(self.budget.projects.values_list("code", flat=True))
        self.places = places((self.codes[0], self.codes[-1]))
        self.journal, meeting = Journal(self.budget.pk), multiprocessing.Barrier(2)
        self.journal.demand_draft()
        self.first = self.journal.last
        makes = enumerate(clients, seed)
        self.editors = [Process(Editor(self.budget, client, meeting, self.places, files, own)) for own, client in makes]
        self.record = {a: text for a, text in draft(self.budget.pk).items() if a.startswith(self._going().record)}

    def _going(self):
        """A place in the record that is taken away and put back."""
        return next(place for place in self.places if self.codes[-1] in place.address)

    def run(self, rounds):
        """Hold so many rounds, then read the journal once more from its first act."""
        for number in range(1, rounds + 1):
            self._round(number)
            self.counts["rounds"] += 1
        Journal(self.budget.pk).demand_draft()

    def end(self):
        """Let both go."""
        for editor in self.editors:
            editor.end()

    def _round(self, number):
        wishes = self._wishes(number)
        told = dict(zip(NAMES, all_at_once(self.editors, "do", [(wish,) for wish in wishes]), strict=True))
        for name, wish in zip(NAMES, wishes, strict=True):
            self._count(wish, told[name])
        saved_ = {name: [one for one in mine if one.answer == "saved"] for name, mine in told.items()}
        before = dict(self.journal.says)
        for done in self.journal.read_on():
            self._demand_act(self._whose(done, saved_), done, before)
            before = dict(self.journal.says)
        demand(not any(saved_.values()), f"answered “saved”, and the journal knows nothing of it: {saved_}")
        for one in (one for mine in told.values() for one in mine if one.answer == "refused"):
            demand_refused(one, self.journal)
        self.journal.demand_draft()

    def _count(self, wish, told):
        self.counts[f"at the {wish.way}"] += 1
        self.counts["looked together"] += wish.together
        for one in told:
            self.counts[one.answer] += 1
            if one.kind != "type":
                self.counts[one.kind] += 1

    def _whose(self, done, saved_):
        """What the person of an act was told of it."""
        demand(saved_[done.by], f"nobody was told of {done}")
        return saved_[done.by].pop(0)

    def _demand_act(self, told, done, before):
        """What must hold of an act; a file says what it says, whatever its clerk had seen."""
        if told.kind == "restore":
            demand_restored(told, done, self.journal)
        elif told.kind != "import":
            demand_saved(told, done, self.journal)
        if told.kind not in ("import", "choose"):
            self._demand_apart(told, done, before)

    def _demand_apart(self, told, done, before):
        """Of what cannot be changed apart, nobody changes a part where another stands otherwise than they saw it.

        before: what the budget said before the act.
        """
        saw = self.journal.said_at[told.seen]
        theirs = {a: (saw.get(a), before.get(a)) for a in {*saw, *before} if saw.get(a) != before.get(a)}
        own = saw | told.stood | told.wanted
        others = {a: both for a, both in theirs.items() if own.get(a) != both[1]}
        gone = gone_records(((a, *both) for a, both in (theirs | done.changes).items()), self.document)
        units = [{unit_of(a, self.document, gone) for a in changes} for changes in (others, done.changes)]
        met = units[0] & units[1]
        demand(not met, f"{done} had seen act {told.seen}, and meets what others did since in {met}: {others}")

    # What they are to do.

    def _wishes(self, number):
        first = self._wish(2 * number)
        second = self._like(first, 2 * number + 1) if self.random.random() < 0.45 else self._wish(2 * number + 1)
        if self.random.random() < 0.5:
            return [replace(wish, together=True) for wish in (first, second)]
        late = self.random.random() * LATEST  # so that one looks while the other saves
        return [replace(first, together=False), replace(second, together=False, late=late)]

    def _wish(self, number):
        kind = self.random.choices(list(KINDS), KINDS.values())[0]
        return getattr(self, f"_to_{kind}")(number)

    def _like(self, wish, number):
        """Another wish that meets this one: the same place, the same act, another file."""
        if wish.kind == "import":
            return replace(wish, text=str(number), file=1 - wish.file)
        if wish.kind != "type":
            return wish
        return self._to_type(number, next(place for place in self.places if place.address == wish.place))

    def _way(self):
        return FORM if self.random.random() < 0.4 else OTHER

    def _to_type(self, number, place=None):
        place = place or self.random.choice(self.places)
        again = place.value(number + 500_000) if self.random.random() < 0.2 else ""
        chooses = self.random.choice(["", "mine", "theirs"])
        return Wish("type", self._way(), place=place.address, text=place.value(number), chooses=chooses, again=again)

    def _to_record(self, number):
        return Wish("record", place=self._going().address, record=self.record)

    def _to_undo(self, number):
        if self.journal.last == self.first:  # without what the file said there is nothing to work on
            return self._to_type(number)
        return Wish("undo", self._way(), target=self._recent(), chooses=self.random.choice(["", "mine", "theirs"]))

    def _to_restore(self, number):
        return Wish("restore", target=self._recent())

    def _to_import(self, number):
        return Wish("import", text=str(number), file=self.random.randrange(len(FILES)))

    def _recent(self):
        """One of the last acts since the file came, or that of the file itself."""
        acts = [pk for pk in list(self.journal.said_at)[-6:] if pk > self.first]
        return self.random.choice(acts or [self.first])
