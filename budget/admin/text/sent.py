"""What is sent of the text: bounded, and against the text as the person saw it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest

from budget.admin.text.sections import OPENING
from budget.declare.narrative import Narrative
from budget.drafts.door import now
from budget.drafts.flat import flatten, unflatten
from budget.drafts.journal import as_of
from budget.figures.dossier import REASONS, SECTIONS, SENTENCES, Dossier
from budget.models import Budget


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


def form_of(dossier: Dossier, number: int, request: HttpRequest, initial: dict[str, Any]) -> SectionForm:
    """The form of a section, with what was sent."""
    sent = request.POST if request.method == "POST" else None
    return SectionForm(dossier.document.narrative, number, sent, initial=initial)


def as_seen(budget: Budget, dossier: Dossier, seen: int | None) -> Dossier:
    """With the text as it stood when the person saw it: what others did to it since is not theirs to say again."""
    there = flatten(now(budget, dossier))
    parts = {part: there[part] for part in (SECTIONS, SENTENCES, REASONS)}
    was = unflatten(as_of(parts, budget, seen or 0), dossier.document).entries
    text = {name: getattr(was, name) for name in ("preamble", "sections", "composed", "reasons")}
    return replace(dossier, entries=replace(dossier.entries, **text))
