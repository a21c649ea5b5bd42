"""The one door: every change of a budget goes through `change`.

It knows who, why, and which version the person saw. It takes what the person wants each part to say, finds what the
person changed, puts it on top of what others did meanwhile, saves all of it or nothing, and writes old and new values
into the journal. Where two people changed the same thing it saves nothing and shows both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction

from budget.declare.document import Document
from budget.documents import DOCUMENTS
from budget.drafts.flat import STATE, Flat, Parts, Said, flatten, gone_records, of_explanations, unflatten, unit_of
from budget.drafts.journal import as_of, difference, newest, put
from budget.drafts.load import load
from budget.drafts.sequences import without_composed
from budget.drafts.write import HEAD_FIELDS, write
from budget.figures.dossier import Dossier
from budget.finding import Finding
from budget.models import Act, Budget, Change, Department, State

Changes = dict[str, tuple[str | None, str | None]]  # {address: (old, new)}
How = Act.How


class Who(NamedTuple):
    """Who does something: an account, or what works on the server, and the name that is written down."""

    name: str
    user: Any = None


ON_THE_SERVER = Who("服务器上的命令")


def person(user: Any) -> Who:
    """Somebody who is logged in, under their own name where it is known; without anybody, the server."""
    if user is None:
        return ON_THE_SERVER
    return Who(user.get_full_name() or user.get_username(), user)


@dataclass(frozen=True)
class Doing:
    """What is done. seen: the number of the last act that the person saw, None for what is there now."""

    who: Who
    how: Act.How
    why: str = ""
    seen: int | None = None
    undoes: Act | None = None


@dataclass(frozen=True)
class Both:
    """A value that two people changed: as it was, as others made it, as this person wants it; None for nothing."""

    address: str
    before: str | None
    theirs: str | None
    mine: str | None


@dataclass(frozen=True)
class Outcome:
    """What became of a change. parts: those that are different now. act: None where nothing was.

    conflicts: what two people changed, for the person to choose, and shown: the version in which others' values stand
    so; closed: why nobody may change the budget now, in one sentence. In either case nothing was saved.
    """

    parts: tuple[str, ...] = ()
    act: Act | None = None
    conflicts: list[Both] = field(default_factory=list)
    shown: int = 0
    closed: str = ""


def now(budget: Budget, dossier: Dossier | None = None) -> Said:
    """What a budget says, as the door compares it; dossier: what it says, where that was loaded."""
    dossier = dossier or load(budget)
    said = {
        one.fingerprint: {name: getattr(one, name) for name in ("rule", "message", "text", "accepted", "by")}
        for one in budget.explanations.all()
    }
    head = {name: getattr(budget, name) for name in HEAD_FIELDS}
    return Said(dossier.entries, head, said, budget.source.sha256 if budget.source else "")


def held(budget: Budget) -> Budget:
    """The budget as it is now, nobody else's until the transaction ends.

    What belongs to it is asked for once it is held: PostgreSQL joins before it waits, and where its file was another
    meanwhile, it would have had none.
    """
    Budget.objects.select_for_update().values_list("pk").get(pk=budget.pk)
    rows = Budget.objects.select_related("department__region", "source")
    return rows.defer("source__content").get(pk=budget.pk)


@transaction.atomic
def open_budget(department: Department, year: int, document: str, doing: Doing) -> tuple[Budget, bool]:
    """(the budget of a body, year and kind, whether it is new); a new one begins its journal."""
    budget, created = Budget.objects.get_or_create(department=department, year=year, document=document)
    if created:
        _note(budget, doing, How.OPENED)
    return held(budget), created


@transaction.atomic
def change(budget: Budget, wanted: Parts, doing: Doing) -> Outcome:
    """Make the parts of a budget say what is wanted; see the module. Parts that are not named stay."""
    budget = held(budget)
    if budget.closed and doing.who.user is not None:
        return Outcome(closed=budget.closed)
    document, there = DOCUMENTS[budget.document], flatten(now(budget))
    before = there if doing.seen is None else as_of(there, budget, doing.seen)
    mine = {part: difference(before.get(part, {}), flat) for part, flat in wanted.items()}
    if conflicts := list(_conflicts(before, there, mine, document)):
        return Outcome(conflicts=conflicts, shown=newest(budget))
    after = without_composed(there | {part: _on_top(there[part], changes) for part, changes in mine.items()})
    changed = {part: found for part, flat in after.items() if (found := difference(there[part], flat))}
    if not changed:
        return Outcome()
    _reopen(budget, doing)
    _write(budget, after, changed)
    return Outcome(tuple(changed), _record(budget, doing, changed))


def _reopen(budget: Budget, doing: Doing) -> None:
    """What the server's owner changes is a draft again, whatever was approved."""
    if budget.closed:
        budget.state, budget.approved_hash, budget.approved_by = State.DRAFT, "", None
        state_is_now(budget, replace(doing, how=How.STATE))


def state_is_now(budget: Budget, doing: Doing) -> None:
    """Save the state of a budget that is held, and note it."""
    before = Budget.objects.values_list("state", flat=True).get(pk=budget.pk)
    budget.save()
    act = _note(budget, doing, doing.how)
    if before != budget.state:
        Change.objects.create(act=act, budget=budget, part=STATE, address=STATE, old=before, new=budget.state)


def _conflicts(before: Parts, there: Parts, mine: dict[str, Changes], document: Document) -> Iterable[Both]:
    """Everything that either changed in a unit that both changed, unless they made it the same."""
    for part, changes in mine.items():
        theirs = difference(before.get(part, {}), there[part])
        differing = [a for a in theirs if a not in changes or changes[a][1] != theirs[a][1]]
        both = [*changes.items(), *theirs.items()]
        unit = partial(unit_of, document=document, gone=gone_records(((a, *values) for a, values in both), document))
        units = set(map(unit, differing)) & set(map(unit, changes))
        for address in dict.fromkeys([*changes, *theirs]):
            if unit(address) in units:
                yield _both(address, before.get(part, {}).get(address), theirs.get(address), changes.get(address))


def _both(address: str, before: str | None, theirs: Any, mine: Any) -> Both:
    return Both(address, before, theirs[1] if theirs else before, mine[1] if mine else before)


def _on_top(flat: Flat, changes: Changes) -> Flat:
    """A part with a person's changes."""
    after = dict(flat)
    for address, (_, new) in changes.items():
        put(after, address, new)
    return after


def _write(budget: Budget, parts: Parts, changed: Iterable[str]) -> None:
    said = unflatten(parts, DOCUMENTS[budget.document])
    for part in changed:
        write(budget, part, said)
    budget.save()


def _record(budget: Budget, doing: Doing, changed: dict[str, Changes]) -> Act:
    act = _note(budget, doing, doing.how)
    Change.objects.bulk_create(
        Change(act=act, budget=budget, part=part, address=address, old=old, new=new)
        for part, changes in changed.items()
        for address, (old, new) in changes.items()
    )
    return act


def _note(budget: Budget, doing: Doing, how: Act.How) -> Act:
    who = doing.who
    return Act.objects.create(
        budget=budget, how=how, why=doing.why[:2000], user=who.user, by=who.name[:150], undoes=doing.undoes
    )


def undo(budget: Budget, act: Act, who: Who, why: str = "") -> Outcome:
    """Take back what an act did, and leave what was done to other things since; both values where they meet."""
    return change(budget, *undoing(budget, act, who, why))


@transaction.atomic
def undoing(budget: Budget, act: Act, who: Who, why: str = "") -> tuple[Parts, Doing]:
    """What `change` is asked for to take an act back."""
    before = as_of(flatten(now(held(budget))), budget, act.pk - 1)
    touched = set(act.changes.values_list("part", flat=True))
    wanted = {part: flat for part, flat in before.items() if part in touched}
    return wanted, Doing(who, How.UNDO, why, seen=act.pk, undoes=act)


def restore(budget: Budget, act: Act, who: Who, why: str = "") -> Outcome:
    """Make the budget say again what it said when an act was done."""
    return change(budget, *restoring(budget, act, who, why))


@transaction.atomic
def restoring(budget: Budget, act: Act, who: Who, why: str = "") -> tuple[Parts, Doing]:
    """What `change` is asked for to make everything as it was when an act was done."""
    there = flatten(now(held(budget)))
    return as_of(there, budget, act.pk), Doing(who, How.RESTORE, why, seen=newest(budget))


@transaction.atomic
def settled(budget: Budget, wanted: Parts, seen: int, shown: int, mine: set[str], theirs: set[str]) -> Parts:
    """What a person wants after they chose between their own values and those of others.

    seen: the version that `wanted` was made from; shown: the one in which both values were shown. mine, theirs: the
    units (`unit_of`) for which they chose the one or the other.
    """
    budget = held(budget)
    document, there = DOCUMENTS[budget.document], flatten(now(budget))
    before, then = as_of(there, budget, seen), as_of(there, budget, shown)
    return {
        part: _settle(then[part], flat, difference(before[part], flat), (mine, theirs), document)
        for part, flat in wanted.items()
    }


def _settle(then: Flat, wanted: Flat, changes: Changes, chosen: tuple[set[str], set[str]], document: Document) -> Flat:
    mine, theirs = chosen
    asked = mine | theirs
    unit = partial(unit_of, document=document, gone=asked)
    after = _on_top(then, {a: both for a, both in changes.items() if unit(a) not in asked})
    kept = {a: text for a, text in after.items() if unit(a) not in mine}
    return kept | {a: text for a, text in wanted.items() if unit(a) in mine}


def said_of(finding: Finding, text: str, by: str, accepted: bool = False) -> dict[str, Any]:
    """What is kept of somebody's saying why a finding may stand, or that its proposal is accepted."""
    return {"rule": finding.rule, "message": finding.message[:2000], "text": text, "accepted": accepted, "by": by}


def explained(said: Said, texts: dict[str, dict[str, Any]], gone: Iterable[str] = ()) -> Flat:
    """The part of explanations with these said ({fingerprint: `said_of`}) or taken back."""
    kept = {key: one for key, one in said.explanations.items() if key not in gone}
    return of_explanations(kept | texts)
