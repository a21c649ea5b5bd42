"""What is to be done with a budget: in one sentence, as a list, and what was checked."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from budget import deadline
from budget.admin import mend
from budget.checks.ledger import Entry, Outcome, check_view, findings_of
from budget.checks.view import View
from budget.drafts.complete import Lack, lacks
from budget.drafts.load import load, names_of
from budget.drafts.looked_at import unseen_in
from budget.drafts.states import APPROVE, PUBLISH, SUBMIT, Transition
from budget.figures.dossier import SECTIONS
from budget.finding import Finding, Level
from budget.models import Budget, State


class Sentence(NamedTuple):
    """A sentence with a link in it: before, the link's text and address, after."""

    before: str
    link: str = ""
    url: str = ""
    after: str = "。"


@dataclass
class Shown:
    """A finding for the page: url is where it can be mended, '' when only the file can be; explained: by whom, when."""

    finding: Finding
    url: str
    explained: dict[str, Any] | None = None


class Group(NamedTuple):
    """Findings of one level under what a clerk has to do with them; folded where they may be left alone."""

    name: str
    level: Level
    shown: list[Shown]


_GROUPS = {
    Level.ERROR: "必须改，或者说明原因",
    Level.WARNING: "可能有误，看一看",
    Level.NOTICE: "供参考，不改也可以送审",
}


class ToDo(NamedTuple):
    """Something that is missing, and where it is put right."""

    sentence: str
    url: str


MANY_SECTIONS = 3  # up to which each is told by itself


@dataclass
class Desk:
    """Everything that the budget's own page shows. open, settled: findings without and with an explanation.

    lacking: how many things keep it from being handed in. carried: how many texts came from the year before and were
    not looked at.
    """

    sentence: Sentence
    until: str
    open: list[Shown]
    settled: list[Shown]
    to_do: list[ToDo]
    lacking: int
    carried: int
    ledger: list[Entry]
    tally: list[tuple[str, int]]

    @property
    def groups(self) -> list[Group]:
        """The open findings by what is to be done with them."""
        by_level = [(level, [one for one in self.open if one.finding.level == level]) for level in Level]
        return [Group(_GROUPS[level], level, found) for level, found in by_level if found]


def desk_of(budget: Budget, steps: list[Transition]) -> Desk:
    """The `Desk` of a budget in the database, for somebody who may take these steps."""
    dossier, names = load(budget), names_of(budget)
    view = View(dossier, names | dossier.entries.names, names)
    ledger = check_view(view)
    shown = [_shown(budget, f, view) for f in sorted(findings_of(ledger), key=_gravest_first)]
    missing = lacks(dossier, [one.finding for one in shown])
    still = [one for one in shown if not one.explained]
    return Desk(
        _sentence(budget, view, still, missing, ledger, steps),
        until(budget),
        still,
        [one for one in shown if one.explained],
        _to_do(budget, [lack for lack in missing if lack.part != "findings"]),
        len(missing),
        len(unseen_in(view.entries)),
        ledger,
        [(o.label, n) for o in Outcome if (n := sum(entry.outcome == o for entry in ledger))],
    )


def _to_do(budget: Budget, missing: list[Lack]) -> list[ToDo]:
    """What is missing, one by one; many sections that are all written on one page are one thing to do."""
    texts = [lack for lack in missing if lack.part == SECTIONS]
    is_many = len(texts) > MANY_SECTIONS
    found = [ToDo(one.sentence, mend.of_lack(budget, one)) for one in missing if not (is_many and one in texts)]
    if is_many:
        url = reverse("admin:budget_text", args=[budget.pk])
        found.insert(
            missing.index(texts[0]), ToDo(f"情况说明还有 {len(texts)} 处没有写，请打开“文字”，一次写好。", url)
        )
    return found


def _shown(budget: Budget, finding: Finding, view: View) -> Shown:
    return Shown(finding, mend.url(budget, finding), view.recorded.explanation_of(finding.fingerprints))


def _gravest_first(finding: Finding) -> tuple[int, int]:
    """By level; of one level what explains most others first: an entry that balances a table settles all its sums."""
    return list(Level).index(finding.level), -len(finding.members)


def until(budget: Budget) -> str:
    """Until when it must be public, as people say it; '' where no approval is known, or it is public already."""
    if budget.approved_on is None or budget.state in (State.PUBLISHED, State.WITHDRAWN):
        return ""
    return deadline.until(deadline.due(budget.approved_on), timezone.localdate())


def _sentence(
    budget: Budget, view: View, still: list[Shown], missing: list[Lack], ledger: list[Entry], steps: list[Transition]
) -> Sentence:
    """The next thing to do: begin, mend errors, look at warnings, complete, hand over; or who has it now."""
    if budget.closed:
        return _waits_for(budget, steps)
    if asked := budget.state == State.RETURNED and budget.comments.waiting().count():
        url = reverse("admin:budget_budget_change", args=[budget.pk], fragment="waiting")
        return Sentence(f"退回了：审核的意见还有 {asked} 条没有办，", "先看这几条", url, "；改好了再送审。")
    if not view.entries.lines:
        url = reverse("admin:budget_grids", args=[budget.pk])
        return Sentence("还没有任何金额：", "在表里填写", url, "，或者导入 Word、Excel 文件。")
    errors = [one for one in still if one.finding.level == Level.ERROR]
    if errors:
        return _first(errors, "还有 {} 处不符，先看", view)
    if missing:
        url = mend.of_lack(budget, missing[0])
        return Sentence(f"没有不符；还缺 {len(missing)} 项，先办：", missing[0].sentence.rstrip("。"), url)
    return _ready(budget, view, still, ledger, steps)


def _ready(budget: Budget, view: View, still: list[Shown], ledger: list[Entry], steps: list[Transition]) -> Sentence:
    """Nothing keeps it from being handed in; what is worth a look is said with it."""
    submit = reverse("admin:budget_step", args=[budget.pk, SUBMIT.key]) if SUBMIT in steps else ""
    warnings = [one for one in still if one.finding.level == Level.WARNING]
    if warnings:
        return Sentence(f"都齐了，没有错误；还有 {len(warnings)} 处提醒可以看一看，看过就", "送审", submit)
    unknown = sum(entry.outcome == Outcome.UNKNOWN for entry in ledger)
    said = f"，{unknown} 项因为缺数没有核对" if unknown else ""
    return Sentence(f"都齐了，核对过的都相符{said}：现在可以", "送审", submit)


_WAITING = {
    State.SUBMITTED: "已送审，等县里审核。",
    State.APPROVED: "审核通过，等县里公开。",
    State.PUBLISHED: "已公开。",
    State.WITHDRAWN: "已撤下，公众看不到内容；要改的，由公开人更正后退回。",
}


def _waits_for(budget: Budget, steps: list[Transition]) -> Sentence:
    """Whose turn it is while a budget is closed."""
    if not steps or budget.state in (State.PUBLISHED, State.WITHDRAWN):
        return Sentence(_WAITING[State(budget.state)], after="")
    names = "，或".join(one.name for one in steps)
    return Sentence(_WAITING[State(budget.state)], f"请{names}", _place_of(budget, steps))


def _place_of(budget: Budget, steps: list[Transition]) -> str:
    """Where somebody decides of a budget that waits for them."""
    if PUBLISH in steps:
        return reverse("admin:disclosures_publish", args=[budget.pk])
    return reverse("admin:budget_review", args=[budget.pk]) if APPROVE in steps else ""


def _first(some: list[Shown], say: str, view: View) -> Sentence:
    first = some[0].finding
    in_table = first.cell and view.document.table(first.cell.table)
    words = view.words(first.cell) if in_table and first.cell else first.message.split("，")[0].rstrip("。；")
    return Sentence(say.format(len(some)), words, some[0].url or f"#{first.fingerprint}")
