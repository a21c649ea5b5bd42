"""审核和意见: the page on which the county decides and the clerk sees what is asked, and the pages of comments."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone

from budget import deadline
from budget.admin import mend
from budget.admin.drafts import is_changeable
from budget.admin.of_budget import budget_of, budget_page
from budget.admin.page import by
from budget.admin.parts import from_form, from_sections
from budget.admin.review import compared
from budget.admin.review.decision import decision
from budget.admin.told import naming_of
from budget.cell import Cell
from budget.checks.ledger import check_view, findings_of
from budget.checks.naming import Naming
from budget.checks.view import View
from budget.documents import DOCUMENTS
from budget.drafts import comments
from budget.drafts.load import load, names_of
from budget.drafts.people import roles_for
from budget.drafts.states import opened
from budget.figures.dossier import SECTIONS
from budget.figures.drawn import Note, draw, draw_list
from budget.figures.sheet import list_sheet, sheet
from budget.finding import Level
from budget.models import Role

HERE = "review"  # the tab
WHOLE = "all"  # how an address of a page names the whole budget


class SayForm(forms.Form):
    """What somebody says."""

    text = forms.CharField(
        label="意见", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明意见。"},
    )  # fmt: skip


@dataclass
class Read:
    """A budget as one request reads it: loaded, checked and asked about once."""

    budget: object
    user: object

    def __post_init__(self):
        prefetch_related_objects([self.budget], "explanations")
        self.dossier, names = load(self.budget), names_of(self.budget)
        self.entries = self.dossier.entries
        self.view = View(self.dossier, names | self.entries.names, names)
        known = names | self.entries.names | self.entries.called()
        own = self.entries.as_printed
        self.naming = Naming(self.entries.document, known, self.entries.records, self.entries.sections, own)
        self.roles = roles_for(self.user, self.budget)
        self.is_county, self.is_clerk = comments.is_of_the_county(self.roles), Role.CLERK in self.roles

    @cached_property
    def comments(self):
        """Those that the person may read."""
        return list(comments.readable(self.budget, self.roles))

    @cached_property
    def findings(self):
        """Errors first, and of each level those that nobody explained."""
        found = findings_of(check_view(self.view))
        levels = list(Level)
        return sorted(found, key=lambda one: (levels.index(one.level), self.explained(one) is not None))

    def explained(self, finding):
        """Why it may stand, as the clerk says."""
        return self.dossier.recorded.explanation_of(finding.fingerprints)

    def may(self, comment):
        """What the person may do with a comment."""
        return comments.ways(comment, self.user, self.is_county, self.is_clerk)


@by("GET", "HEAD")
def review(model_admin, request, pk):
    """What changed since the return and since last year, findings with their explanations, comments, the decision."""
    budget = budget_of(request, pk)
    opened(budget, request.user)
    read = Read(budget, request.user)
    before = compared.returned(budget, read.entries)
    sent = [one for one in read.comments if one.sent_at]
    asked = compared.asked(sent, before, read.entries, read.naming)
    context = {
        "before": before,
        "asked": asked,
        "tally": list(Counter("改了" if one["is_changed"] else "没有改" for one in asked).items()),
        "unsent": compared.asked([one for one in read.comments if not one.sent_at], None, read.entries, read.naming),
        "unasked": compared.unasked(sent, before, read.naming),
        "last": compared.last_year(budget, read.entries, read.naming, request.user),
        "findings": [_finding(one, read) for one in read.findings],
        "decision": decision(read, request.user),
        "due": _due(budget),
        "parts": _parts(budget),
        "is_county": read.is_county,
    }
    return budget_page(model_admin, request, budget, "admin/budget/review.html", "审核和意见", HERE, **context)


def _finding(one, read):
    return {"finding": one, "explained": read.explained(one), "at": str(one.cell) if one.cell else ""}


def _due(budget):
    if budget.approved_on is None:
        return None
    day, today = deadline.due(budget.approved_on), timezone.localdate()
    return {"told": deadline.told(day, today), "day": deadline.in_words(day, today)}


def _parts(budget):
    """[(words, key)] of the parts that comments are written in."""
    document = DOCUMENTS[budget.document]
    tables = [(f"表{table.number} {table.sheet}", table.key) for table in document.tables]
    return [*tables, *((one.sheet, one.key) for one in document.records), ("情况说明", SECTIONS)]


@by("GET", "HEAD")
def part(model_admin, request, pk, part):
    """A table, list or text whose every cell leads to the page where a comment is written at it."""
    budget = budget_of(request, pk)
    read = Read(budget, request.user)
    drawn = _drawn(read, part)
    if drawn is None:
        raise Http404
    own = {"f": drawn, "parts": _parts(budget), "key": part}
    return budget_page(model_admin, request, budget, "admin/budget/review_part.html", drawn.title, HERE, **own)


def _drawn(read, key):
    entries, noted = read.entries, notes(read.budget, read.comments)
    if key in read.view.filled:
        return draw(sheet(read.view.filled[key]), noted)
    if key == SECTIONS:
        return from_sections(entries, []).drawn
    records = entries.document.list_of(key)
    if records is None:
        return None
    is_form = records in entries.document.forms
    return from_form(records, entries, []).drawn if is_form else draw_list(list_sheet(records, entries), noted)


def waiting(budget, user):
    """[(where, comment, where it is mended)] of what was asked for and nobody has said is done."""
    found = list(comments.readable(budget, roles_for(user, budget)).waiting())
    naming = naming_of(budget) if found else None
    return [(compared.words(one.address, naming), one, _mended_at(budget, one.address)) for one in found]


def _mended_at(budget, address):
    return mend.at(budget, Cell.parse(address)) if address else ""


def notes(budget, found):
    """{cell: what stands at it} of these comments, as far as they are not settled."""
    noted = {}
    for number, one in enumerate(found, 1):
        if one.address and not one.settled_at:
            note = Note(number, "意见", reverse("admin:budget_comments", args=[budget.pk, one.address]))
            noted.setdefault(Cell.parse(one.address), []).append(note)
    return noted


@by("GET", "HEAD", "POST")
def at(model_admin, request, pk, address):
    """The comments at one place: read, write, answer, settle."""
    budget = budget_of(request, pk)
    read = Read(budget, request.user)
    place = "" if address == WHOLE else address
    if not _is_known(place, read.entries.document):
        raise Http404
    form = SayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := _said(request, read, place, form)):
        return answer
    here = [one for one in read.comments if one.address == place]
    cell = Cell.parse(place) if place else Cell("")
    before = compared.returned(budget, read.entries)
    context = {
        "where": compared.words(place, read.naming),
        "now": compared.value_at(read.entries, cell),
        "then": compared.value_at(before.entries, cell) if before else None,
        "comments": [{"comment": one, "ways": _ways(read, one)} for one in here],
        "form": form,
        "may_write": read.is_county and budget.state in comments.WRITTEN,
        "address": address,
        "mend": _mended_at(budget, place) if is_changeable(request, budget) else "",
    }
    return budget_page(model_admin, request, budget, "admin/budget/comments.html", "意见", HERE, **context)


def _ways(read, comment):
    """[(key, the word on its button)]"""
    return [(way, comments.NAMES[way]) for way in read.may(comment)]


def _is_known(place, document):
    cell = Cell.parse(place) if place else None
    return cell is None or bool(document.table(cell.table) or document.list_of(cell.table) or cell.table == SECTIONS)


def _said(request, read, place, form):
    """The answer to what somebody sends; None where the words are missing."""
    way = request.POST.get("way", "write")
    if way == "write":
        return _written(request, read, place, form)
    comment = get_object_or_404(comments.readable(read.budget, read.roles), pk=_number(request.POST.get("comment")))
    if refused := _refused(way, read, comment):
        return refused
    if way in comments.SAYS and not form.is_valid():
        return None
    comments.take(comment, way, request.user, request.POST.get("text", "").strip()[:2000])
    return _back(read.budget, place)


def _written(request, read, place, form):
    if not read.is_county:
        raise PermissionDenied
    if read.budget.state not in comments.WRITTEN:
        words = f"这份预算现在“{read.budget.get_state_display()}”，不能写意见；送审以后再写。"
        return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
    if not form.is_valid():
        return None
    comments.write(read.budget, place, form.cleaned_data["text"], request.user)
    return _back(read.budget, place)


def _refused(way, read, comment):
    if way not in comments.WAYS:
        raise Http404
    if way in read.may(comment):
        return None
    whose = {"clerk": read.is_clerk, "county": read.is_county, "own": read.is_county}
    if not whose[comments.WAYS[way][0]]:
        raise PermissionDenied
    return HttpResponse(
        "这条意见现在不能这样办理，请刷新页面看看。", status=409, content_type="text/plain; charset=utf-8"
    )


def _number(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _back(budget, place):
    return redirect("admin:budget_comments", budget.pk, place or WHOLE)


def urls(wrapped):
    """The addresses of review and comments."""
    return [
        path("<int:pk>/review/", wrapped(review), name="budget_review"),
        path("<int:pk>/review/<slug:part>/", wrapped(part), name="budget_review_part"),
        path("<int:pk>/review/at/<str:address>/", wrapped(at), name="budget_comments"),
    ]
