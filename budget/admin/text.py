"""情况说明: its sections and how far each is; one is written freely, or in standard sentences whose figures follow."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse

from budget.admin.drafts import is_changeable
from budget.admin.of_budget import budget_of, budget_page
from budget.admin.page import may_not_change
from budget.admin.save import saved
from budget.cell import Cell
from budget.declare.narrative import Narrative
from budget.declare.sentence import Item
from budget.drafts import sequences
from budget.drafts.door import Doing, How, now, person
from budget.drafts.flat import Flat, Parts, Said, flatten, unflatten
from budget.drafts.journal import as_of
from budget.drafts.load import load, names_of
from budget.drafts.standing import in_sentences, standing, unwritten, with_title
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES, Dossier, Entries
from budget.models import Budget
from budget.sentences.compose import Composed, Composing

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


def text(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """All sections, in order, and what the standard sentences of all of them ask; posted: saved for all at once."""
    budget = budget_of(request, pk)
    refusal = may_not_change(request, budget) if request.method == "POST" else None
    if refusal:
        return refusal
    dossier = load(budget)
    form = _form(dossier, OPENING, request, {"seen": budget.version})
    if request.method == "POST" and form.is_valid():
        doing = Doing(person(request.user), How.FORM, "情况说明", seen=form.cleaned_data["seen"])
        then = reverse("admin:budget_text", args=[pk])
        before = _as_seen(budget, dossier, doing.seen).entries
        return saved(model_admin, request, budget, _of_all(before, request.POST), doing, then)
    composed = Composing(dossier, names_of(budget)).all()
    titles = _titles(dossier)
    own = {
        "rows": [_row(budget, dossier, number, title, composed.get(number)) for number, title in titles],
        "may_change": is_changeable(request, budget),
        "form": form,
        "unwritten": len(unwritten(dossier.entries)),
        "asked": _asked_of_all(dossier.entries, dict(titles), composed, request.POST),
        "gaps": sum(len(one.gaps) for one in composed.values()),
    }
    return budget_page(model_admin, request, budget, "admin/budget/text.html", "情况说明", HERE, **own)


def _form(dossier: Dossier, number: int, request: HttpRequest, initial: dict[str, Any]) -> "SectionForm":
    return SectionForm(
        dossier.document.narrative, number, request.POST if request.method == "POST" else None, initial=initial
    )


def _of_all(entries: Entries, sent: Any) -> Parts:
    """What the text is to say: sections that say nothing in their sentences, or what people wrote in all of them."""
    if "standard" in sent:
        return in_sentences(entries, unwritten(entries))
    return {REASONS: sequences.reasons_flat({**entries.reasons, **_reasons(sent)})}


def _asked_of_all(
    entries: Entries, titles: dict[int, str], composed: dict[int, Composed], sent: Any
) -> list[tuple[str, list[dict[str, Any]]]]:
    """[(title of a section, what its sentences ask)]; what several ask stands at the first."""
    seen: set[str] = set()
    found = []
    for number, one in composed.items():
        reasons = [asked for asked in _asked(entries, one, sent) if asked["reason"].key not in seen]
        seen |= {asked["reason"].key for asked in reasons}
        found += [(titles[number], reasons)] if reasons else []
    return found


def _asked(entries: Entries, composed: Composed, sent: Any) -> list[dict[str, Any]]:
    """What a person is asked for in the sentences of a section, with what is there already."""
    asked = {reason.key: reason for one in composed.items for reason in one.asked}
    kept = entries.reasons
    return [{"reason": r, "text": sent.get(f"reason-{key}", kept.get(key, ""))} for key, r in asked.items()]


def _titles(dossier: Dossier) -> list[tuple[int, str]]:
    """(number, title) of what is declared and of what the text has besides."""
    declared = dict(enumerate(dossier.document.narrative.titles, 1))
    own = {section["number"]: section["title"] for section in dossier.entries.sections}
    return [(OPENING, "开头（可以不写）"), *sorted((declared | own).items())]


def _row(budget: Budget, dossier: Dossier, number: int, title: str, composed: Composed | None) -> Row:
    url = reverse("admin:budget_section", args=[budget.pk, number])
    listed = dossier.entries.records.get(dossier.document.narrative.lists.get(number, ""))
    written = _written(dossier, number)
    if composed and composed.gaps:
        return Row(number, title, f"标准句，还缺 {len(composed.gaps)} 处", False, url)
    if composed or written:
        return Row(number, title, "标准句，齐了" if composed else f"自己写的，{len(written)} 字", True, url)
    if listed or number == OPENING:
        return Row(number, title, "用清单代替" if listed else "没有", True, url)
    return Row(number, title, "还没有写", False, url)


def _written(dossier: Dossier, number: int) -> str:
    """The text of a section; '' where there is none."""
    if number == OPENING:
        return dossier.entries.preamble
    return next((one["text"] for one in dossier.entries.sections if one["number"] == number), "")


class SectionForm(forms.Form):
    """What is sent of a section: its text where it is written freely, and the version that the person saw.

    Of a section in standard sentences, paragraphs and reasons come under names of their own; each is bounded as a text.
    """

    text = forms.CharField(label="文字", required=False, widget=forms.Textarea(attrs={"rows": 16}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, narrative: Narrative, number: int, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.longest = narrative.opening_length if number == OPENING else narrative.text_length

    def clean(self) -> dict[str, Any]:
        """Nothing is cut: what is too long is said."""
        if any(len(typed) > self.longest for typed in self.data.values()):
            raise forms.ValidationError(f"一段文字不能超过 {self.longest} 字，请删短一些。")
        return super().clean() or {}


def section(model_admin: Any, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One section: shown, and saved as it is sent."""
    budget = budget_of(request, pk)
    if refusal := may_not_change(request, budget):
        return refusal
    dossier = load(budget)
    title = dict(_titles(dossier)).get(number)
    if title is None:
        raise Http404
    form = _form(dossier, number, request, {"text": _written(dossier, number), "seen": budget.version})
    if request.method == "POST" and form.is_valid():
        doing = Doing(person(request.user), How.FORM, title, seen=form.cleaned_data["seen"])
        before = _as_seen(budget, dossier, doing.seen)
        wanted = _wanted(budget, before, number, title, request.POST, form.cleaned_data["text"])
        here = "go_on" in request.POST or "standard" in request.POST
        then = reverse("admin:budget_section", args=[pk, number]) if here else reverse("admin:budget_text", args=[pk])
        return saved(model_admin, request, budget, wanted, doing, then)
    own = {"form": form, "section": title, "standing": standing(dossier.document, number)}
    own |= _shown(budget, dossier, number, request.POST)
    return budget_page(model_admin, request, budget, "admin/budget/section.html", title, HERE, **own)


def _as_seen(budget: Budget, dossier: Dossier, seen: int | None) -> Dossier:
    """With the text as it stood when the person saw it: what others did to it since is not theirs to say again."""
    there = flatten(now(budget, dossier))
    parts = {part: there[part] for part in (SECTIONS, SENTENCES, REASONS)}
    was = unflatten(as_of(parts, budget, seen or 0), dossier.document).entries
    text = {name: getattr(was, name) for name in ("preamble", "sections", "composed", "reasons")}
    return replace(dossier, entries=replace(dossier.entries, **text))


def _shown(budget: Budget, dossier: Dossier, number: int, sent: Any) -> dict[str, Any]:
    """The sequence of a section that is written in sentences, and the sentences that it may take besides.

    sent: what somebody typed that could not be saved; it stays where it was typed.
    """
    items = dossier.entries.composed.get(number)
    if not items:
        return {}
    items = tuple(
        one if one.standard else one._replace(own=sent.get(f"own-{n}", one.own)) for n, one in enumerate(items)
    )
    composed = Composing(dossier, names_of(budget)).section(items)
    used = {item.standard for item in items}
    spare = [one for one in dossier.document.narrative.sentences.get(number, ()) if one.key not in used]
    reasons = _asked(dossier.entries, composed, sent)
    return {"composed": composed, "reasons": reasons, "spare": spare, "typed": sent.get("own-new", "")}


def _wanted(budget: Budget, dossier: Dossier, number: int, title: str, sent: Any, free: str) -> Parts:
    """What the person wants the parts of the text to say."""
    items = dossier.entries.composed.get(number)
    if "standard" in sent:
        return _composed(dossier, number, title, standing(dossier.document, number), {})
    if not items or "free" in sent:
        kept = Composing(dossier, names_of(budget)).section(items).text if items else free
        return _freely(dossier, number, title, kept)
    return _composed(dossier, number, title, _sequence(items, sent), _reasons(sent))


def _sequence(items: tuple[Item, ...], sent: Any) -> list[Item]:
    """The sequence with what was taken out, rewritten or added."""
    kept = [
        item if item.standard else item._replace(own=_plain(sent.get(f"own-{at}", item.own)))
        for at, item in enumerate(items)
        if f"remove-{at}" not in sent
    ]
    added = [Item(standard=sent["add"])] if sent.get("add") else []
    own = [Item(own=_plain(sent["own-new"]))] if sent.get("own-new", "").strip() else []
    return [*kept, *added, *own]


def _reasons(sent: Any) -> dict[str, str]:
    return {key.removeprefix("reason-"): _plain(sent[key]) for key in sent if key.startswith("reason-")}


def _plain(typed: str) -> str:
    """What somebody typed, with the line breaks that are kept, and nothing that no database takes."""
    return typed.replace("\r\n", "\n").replace("\x00", "").strip()


def _composed(dossier: Dossier, number: int, title: str, items: Iterable[Item], reasons: dict[str, str]) -> Parts:
    entries = dossier.entries
    known = {one.key for one in dossier.document.narrative.sentences.get(number, ())} | set(dossier.recorded.sentences)
    real = sequences.real(one for one in items if not one.standard or one.standard in known)
    composed = {n: sequence for n, sequence in {**entries.composed, number: real}.items() if sequence}
    return {
        SECTIONS: _with_title(dossier.entries, number, title),
        SENTENCES: sequences.flat_of(composed),
        REASONS: sequences.reasons_flat({**entries.reasons, **reasons}),
    }


def _freely(dossier: Dossier, number: int, title: str, written: str) -> Parts:
    sections = _with_title(dossier.entries, number, title)
    address = str(Cell(SECTIONS, str(number), "text"))
    sections.pop(address, None)
    if plain := _plain(written):
        sections[address] = plain
    rest = {n: items for n, items in dossier.entries.composed.items() if n != number}
    return {SECTIONS: sections, SENTENCES: sequences.flat_of(rest)}


def _with_title(entries: Entries, number: int, title: str) -> Flat:
    """The text as it stands, with this section's title and place in it; the opening has neither."""
    sections = flatten(Said(entries))[SECTIONS]
    return sections if number == OPENING else with_title(sections, number, title)


def urls(wrapped: Any) -> list[Any]:
    """The pages of the text."""
    return [
        path("<int:pk>/text/", wrapped(text), name="budget_text"),
        path("<int:pk>/text/<int:number>/", wrapped(section), name="budget_section"),
    ]
