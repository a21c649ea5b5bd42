"""What the clerk should do next with a budget, in one sentence, and what was checked."""

from dataclasses import dataclass
from typing import NamedTuple

from budget.admin import mend
from budget.admin.drafts import list_url
from budget.checks.ledger import Outcome, check_view, findings_of
from budget.checks.view import View
from budget.drafts.complete import lacks
from budget.drafts.load import load, names_of
from budget.finding import Level


class Sentence(NamedTuple):
    """A sentence with a link in it: before, the link's text and address, after."""

    before: str
    link: str = ""
    url: str = ""
    after: str = "。"


@dataclass
class Shown:
    """A finding for the page: url is where it can be mended, '' when only the file can be; explained: by whom, when."""

    finding: object
    url: str
    explained: dict | None = None


@dataclass
class State:
    """Everything that the top of the budget's page shows."""

    sentence: Sentence
    shown: list[Shown]
    ledger: list
    lacks: list
    tally: list[tuple[str, int]]


def state(budget, import_url):
    """The `State` of a budget in the database."""
    dossier, names = load(budget), names_of(budget)
    view = View(dossier, names | dossier.entries.names, names)
    ledger = check_view(view)
    findings = sorted(findings_of(ledger), key=lambda f: list(Level).index(f.level))
    return State(
        sentence(budget, view, findings, ledger, import_url),
        [Shown(f, mend.url(budget, f), dossier.recorded.explanation_of(f.fingerprints)) for f in findings],
        ledger,
        [{"sentence": one.sentence, "url": mend.of_lack(budget, one)} for one in lacks(dossier, findings)],
        [(o.label, n) for o in Outcome if (n := sum(entry.outcome == o for entry in ledger))],
    )


def sentence(budget, view, findings, ledger, import_url):
    """The next thing to do: begin, mend errors, look at warnings, complete, hand over."""
    if not view.entries.lines:
        return Sentence("还没有任何金额：", "导入 Word 或 Excel 文件", import_url, "，或在下面逐条填写预算明细。")
    for level, say in ((Level.ERROR, "还有 {} 处不符，先看"), (Level.WARNING, "没有错误；还有 {} 处提醒，先看")):
        some = [f for f in findings if f.level == level and not view.recorded.explanation_of(f.fingerprints)]
        if some:
            return _first(budget, some, say, view)
    unknown = [entry for entry in ledger if entry.outcome == Outcome.UNKNOWN]
    if unknown:
        return Sentence(f"没有发现不符；还有 {len(unknown)} 项因为缺数没有核对：{unknown[0].rule.statement}")
    tables = list_url("line", budget)
    return Sentence("核对过的都相符，可以送审；送审前再看一遍", "预算明细", tables)


def _first(budget, findings, say, view):
    first = findings[0]
    in_table = first.cell and view.document.table(first.cell.table)
    words = view.words(first.cell) if in_table else first.message.split("，")[0].rstrip("。；")
    return Sentence(say.format(len(findings)), words, mend.url(budget, first))
