"""The way of a budget to the public: one table says who takes it from where to where, and what must hold.

Approval is of a content: its hash is kept, and a change afterwards voids it. Nobody approves what they changed, nobody
publishes what they approved. Each step is an act in the journal.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from budget.checks.ledger import check, findings_of
from budget.drafts import comments
from budget.drafts.complete import Lack, lacks
from budget.drafts.door import Doing, How, Who, held, now, state_is_now
from budget.drafts.flat import SOURCE, STATE, Parts, flatten
from budget.drafts.load import load, names_of
from budget.drafts.people import has_role_for, roles_for
from budget.figures.dossier import Dossier, Entries
from budget.models import Act, Budget, Change, Role, State

Holds = Callable[[Budget, Any], str]  # '' where it does, else one sentence with the way out


@dataclass(frozen=True)
class Transition:
    """One step. name: the word on its button. asks: what the reason is called that must be given, '' for none.

    is_public: it changes what the public sees, so that the public side has its page.
    """

    key: str
    name: str
    sources: tuple[State, ...]
    target: State
    role: Role
    asks: str = ""
    holds: tuple[Holds, ...] = ()
    is_public: bool = False


def lacks_of(budget: Budget) -> list[Lack]:
    """Everything that keeps a budget in the database from going out."""
    dossier = load(budget)
    return lacks(dossier, findings_of(check(dossier, names_of(budget))))


def content_hash(budget: Budget, dossier: Dossier | None = None) -> str:
    """The SHA-256 of all that a budget says; from which file it came is no content. dossier: where it was loaded."""
    said = now(budget, dossier)
    parts = {part: flat for part, flat in flatten(said).items() if part != SOURCE} | _composed(said.entries)
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _composed(entries: Entries) -> Parts:
    """The texts that follow from sentences: last year's figures and the county's wording are in them, too."""
    texts = {str(s["number"]): s["text"] for s in entries.sections if s["number"] in entries.composed}
    return {"composed": texts} if texts else {}


def _is_complete(budget: Budget, user: Any) -> str:
    missing = lacks_of(budget)
    if not missing:
        return ""
    return f"还缺 {len(missing)} 项：{missing[0].sentence}"


def _is_unopened(budget: Budget, user: Any) -> str:
    return "审核人已经打开，不能撤回；请联系审核人退回。" if budget.opened_by_reviewer else ""


def was_changed_by_others(budget: Budget, user: Any) -> str:
    """Whether nothing of it is of this very person."""
    changed = Act.objects.filter(budget=budget, user=user).exclude(how=Act.How.STATE)
    return "您改过这份预算，不能自己审核；请另一位审核人审核。" if changed.exists() else ""


def _was_approved_by_others(budget: Budget, user: Any) -> str:
    return "这份预算是您审核的，不能自己公开；请另一位公开人公开。" if user and budget.approved_by_id == user.pk else ""


def is_as_approved(budget: Budget, user: Any = None) -> str:
    """Whether a budget still says what was approved."""
    same = budget.approved_hash and budget.approved_hash == content_hash(budget)
    return "" if same else "审核以后内容又变了，审核不再有效；请重新送审。"


SUBMIT = Transition("submit", "送审", (State.DRAFT, State.RETURNED), State.SUBMITTED, Role.CLERK, holds=(_is_complete,))
RECALL = Transition("recall", "撤回", (State.SUBMITTED,), State.DRAFT, Role.CLERK, holds=(_is_unopened,))
RETURN = Transition("return", "退回", (State.SUBMITTED, State.APPROVED), State.RETURNED, Role.REVIEWER, "退回的原因")
APPROVE = Transition(
    "approve", "审核通过", (State.SUBMITTED,), State.APPROVED, Role.REVIEWER,
    holds=(was_changed_by_others, _is_complete),
)  # fmt: skip
PUBLISH = Transition(
    "publish", "公开", (State.APPROVED,), State.PUBLISHED, Role.PUBLISHER,
    holds=(_was_approved_by_others, is_as_approved, _is_complete), is_public=True,
)  # fmt: skip
CORRECT = Transition(
    "correct", "更正", (State.PUBLISHED, State.WITHDRAWN), State.RETURNED, Role.PUBLISHER, "更正的原因",
    holds=(_was_approved_by_others,),
)  # fmt: skip
WITHDRAW = Transition(
    "withdraw", "撤下", (State.PUBLISHED,), State.WITHDRAWN, Role.PUBLISHER, "撤下的原因",
    holds=(_was_approved_by_others,), is_public=True,
)  # fmt: skip
TRANSITIONS = {one.key: one for one in (SUBMIT, RECALL, RETURN, APPROVE, PUBLISH, CORRECT, WITHDRAW)}

# What a clerk waits for, or is to do.
NEXT = {
    State.DRAFT: "打开看看还缺什么",
    State.RETURNED: "按退回的意见修改，再送审",
    State.SUBMITTED: "等县里审核",
    State.APPROVED: "等县里公开",
    State.PUBLISHED: "",
    State.WITHDRAWN: "等公开人更正",
}


def refusal(step: Transition, budget: Budget, user: Any) -> str:
    """Why a step cannot be taken: the first thing that must hold and does not, in one sentence; '' where all does."""
    return next(filter(None, (holds(budget, user) for holds in step.holds)), "")


def correction_reason(budget: Budget) -> str:
    """Why the correction was begun that is under way; '' where none is."""
    taken_back = Change.objects.filter(budget=budget, part=STATE, old__in=CORRECT.sources).exclude(new=WITHDRAW.target)
    newest = taken_back.select_related("act").order_by("-id").first()
    return newest.act.why if newest and newest.new == CORRECT.target else ""


def may_take(step: Transition, user: Any, budget: Budget) -> bool:
    """Whether it is somebody's step, in the state that the budget is in."""
    return budget.state in step.sources and has_role_for(user, step.role, budget)


def steps_for(user: Any, budget: Budget) -> list[Transition]:
    """The steps that somebody may take now; whether what must hold does is said when they do."""
    roles = roles_for(user, budget)
    return [step for step in TRANSITIONS.values() if budget.state in step.sources and step.role in roles]


@transaction.atomic
def take(step: Transition, budget: Budget, user: Any, who: Who, why: str = "") -> str:
    """Take a step: '' when it was, else why not, in one sentence. The caller has asked `may_take`.

    What must hold is looked at while nobody else can change the budget.
    """
    budget = held(budget)
    if not may_take(step, user, budget):
        return f"这份预算现在“{budget.get_state_display()}”，不能{step.name}；请刷新页面看看是谁办理的。"
    if step.asks and not why.strip():
        return f"请写明{step.asks}。"
    if why_not := refusal(step, budget, user):
        return why_not
    move(budget, step, Doing(who, How.STATE, why.strip()), user)
    return ""


def move(budget: Budget, step: Transition, doing: Doing, user: Any = None) -> None:
    """Set the state that a step leads to, with what follows from it; the budget is held."""
    budget.state = step.target
    budget.was_submitted = budget.was_submitted or step is SUBMIT
    if step is SUBMIT:
        budget.opened_by_reviewer = False
    if step is APPROVE:
        budget.approved_hash, budget.approved_by = content_hash(budget), user
    elif step.target in (State.DRAFT, State.RETURNED, State.SUBMITTED):
        budget.approved_hash, budget.approved_by = "", None
    if step.target == State.RETURNED:
        comments.send(budget)
    state_is_now(budget, doing)


def opened(budget: Budget, user: Any) -> None:
    """Note that a reviewer looks at what was handed in: from now on it cannot be recalled."""
    if budget.state == State.SUBMITTED and not budget.opened_by_reviewer and has_role_for(user, Role.REVIEWER, budget):
        Budget.objects.filter(pk=budget.pk, state=State.SUBMITTED).update(opened_by_reviewer=True)
