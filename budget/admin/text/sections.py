"""The sections of a text: their titles, what each says, how far it is."""

from dataclasses import dataclass

from django.urls import reverse

from budget.figures.dossier import Dossier
from budget.models import Budget
from budget.sentences.compose import Composed

HERE = "text"
OPENING = 0  # what stands before the first section


@dataclass
class Row:
    """A section in the list of all: how far it is, in words; is_there: whether nothing is left to do."""

    number: int
    title: str
    told: str
    is_there: bool
    url: str


def titles(dossier: Dossier) -> list[tuple[int, str]]:
    """(number, title) of what is declared and of what the text has besides."""
    declared = dict(enumerate(dossier.document.narrative.titles, 1))
    own = {section["number"]: section["title"] for section in dossier.entries.sections}
    return [(OPENING, "开头（可以不写）"), *sorted((declared | own).items())]


def row_of(budget: Budget, dossier: Dossier, number: int, title: str, composed: Composed | None) -> Row:
    """How far a section is, in words."""
    url = reverse("admin:budget_section", args=[budget.pk, number])
    listed = dossier.entries.records.get(dossier.document.narrative.lists.get(number, ""))
    own = written(dossier, number)
    if composed and composed.gaps:
        return Row(number, title, f"标准句，还缺 {len(composed.gaps)} 处", False, url)
    if composed or own:
        return Row(number, title, "标准句，齐了" if composed else f"自己写的，{len(own)} 字", True, url)
    if listed or number == OPENING:
        return Row(number, title, "用清单代替" if listed else "没有", True, url)
    return Row(number, title, "还没有写", False, url)


def written(dossier: Dossier, number: int) -> str:
    """The text of a section; '' where there is none."""
    if number == OPENING:
        return dossier.entries.preamble
    return next((one["text"] for one in dossier.entries.sections if one["number"] == number), "")
