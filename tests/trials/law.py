"""What must hold of a budget that several people change, read from outside: out of the journal and the draft alone."""

from dataclasses import dataclass, field

from budget.drafts.door import now
from budget.drafts.flat import STATE, flatten
from budget.models import Act, Budget, Change
from tests.trials.broken import demand


@dataclass
class Told:
    """What a person was answered, and what they had before their eyes.

    answer: saved, same, refused, closed, away. wanted: {address: value} that they asked for, None for nothing there.
    saw: {address: value} that stood there as far as they knew. stood: all that they sent back as it stood. seen: a
    version that they had seen, if not a later one. both: where they were refused, what they were shown.
    """

    kind: str
    answer: str
    wanted: dict = field(default_factory=dict)
    saw: dict = field(default_factory=dict)
    seen: int = 0
    both: list = field(default_factory=list)
    target: int = 0  # the act that is taken back, or returned to
    stood: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """An act as the journal has it. changes: {address: (old, new)}."""

    pk: int
    by: str
    how: str
    changes: dict


def draft(pk):
    """{address: value} of all that the draft says."""
    return {a: text for flat in flatten(now(Budget.objects.get(pk=pk))).values() for a, text in flat.items()}


class Journal:
    """The journal of a budget, read on: `says` is what it makes of the budget, from its first act."""

    KEPT = 40  # so many acts back it is remembered what the budget said

    def __init__(self, pk):
        self.pk, self.last, self.says, self.said_at = pk, 0, {}, {}
        list(self.read_on())

    def read_on(self):
        """Each act since, once it is part of what the budget says."""
        for act in Act.objects.filter(budget=self.pk, pk__gt=self.last).order_by("pk"):
            done = Done(act.pk, act.by, act.how, {})
            for change in Change.objects.filter(act=act).exclude(part=STATE).order_by("pk"):
                self._apply(act, change)
                done.changes[change.address] = change.old, change.new
            self.last = act.pk
            self._remember()
            yield done

    def _remember(self):
        self.said_at[self.last] = dict(self.says)
        if len(self.said_at) > self.KEPT:
            del self.said_at[min(self.said_at)]

    def _apply(self, act, change):
        there, told = self.says.get(change.address), f"act {act.pk} ({act.how}, {act.by}) at {change.address}"
        demand(there == change.old, f"{told}: the journal calls {change.old!r} the old value, but it was {there!r}")
        self.says.pop(change.address, None)
        if change.new is not None:
            self.says[change.address] = change.new

    def demand_draft(self):
        """Replayed from its start, the journal gives exactly the draft."""
        there = draft(self.pk)
        differ = {a: (self.says.get(a), there.get(a)) for a in {*self.says, *there} if self.says.get(a) != there.get(a)}
        demand(not differ, f"after act {self.last} the draft is not what its journal gives (journal, draft): {differ}")


def demand_saved(told, done, journal):
    """What was answered “saved” is what the person asked for, all of it, and over nothing that they had not seen."""
    account = f"act {done.pk} ({done.by}, {told.kind})"
    for address, (old, new) in done.changes.items():
        saw = told.saw.get(address)
        demand(address in told.wanted, f"{account} changed {address} from {old!r} to {new!r}, which nobody asked for")
        demand(old == saw, f"{account} wrote {new!r} over {old!r} at {address}, having seen {saw!r}")
    for address, text in told.wanted.items():
        there = journal.says.get(address)
        demand(there == text, f"{account} was answered “saved”, but {address} is {there!r}, not {text!r}")


def demand_restored(told, done, journal):
    """Where nothing came between, the budget says what it said when that act was done."""
    if all(pk <= told.seen or pk == done.pk for pk in journal.said_at):
        demand(journal.says == journal.said_at[told.target], f"act {done.pk} did not restore act {told.target}")


def demand_refused(told, journal):
    """Who was refused has been shown both values of each place, and nothing of theirs was saved."""
    account = f"a refused {told.kind} of {told.wanted}"
    differ = [one for one in told.both if one.theirs != one.mine]
    demand(differ, f"{account} named nothing that two people want differently: {told.both}")
    for one in told.both:
        shown = {said.get(one.address) for pk, said in journal.said_at.items() if pk > told.seen}
        demand(one.theirs in shown, f"{account} was told {one.theirs!r} of {one.address}, where that never stood")
        demand(
            one.mine == told.wanted.get(one.address, one.before), f"{account} was told {one.mine!r} as its own value"
        )
