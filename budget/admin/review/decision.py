"""What a person may decide about a budget now, what keeps them from it, and to which content the decision is bound."""

from dataclasses import dataclass, field

from budget.admin.steps import link
from budget.drafts.complete import lacks
from budget.drafts.states import APPROVE, RETURN, content_hash, steps_for, was_changed_by_others


@dataclass
class Decision:
    """returns: whether it may be given back. approves: whether they may approve it; blocked: why it cannot be.

    hash: the content that they saw. others: further steps, each with its page.
    """

    returns: bool
    approves: bool
    hash: str
    blocked: list[str] = field(default_factory=list)
    others: list[dict[str, str]] = field(default_factory=list)


def decision(read, user):
    """The `Decision` of a person about a budget that a request has read."""
    budget = read.budget
    steps = steps_for(user, budget)
    approves = APPROVE in steps
    return Decision(
        RETURN in steps,
        approves,
        content_hash(budget, read.dossier) if approves else "",
        _blocked(read, user) if approves else [],
        [link(one, budget) for one in steps if one not in (APPROVE, RETURN)],
    )


def _blocked(read, user):
    """Everything that keeps a budget from being approved, by this person or anybody."""
    missing = [lack.sentence for lack in lacks(read.dossier, read.findings)]
    own = was_changed_by_others(read.budget, user) if read.is_clerk else ""
    return [*missing, *([own] if own else [])]
