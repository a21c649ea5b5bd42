"""The pages of the county's standard sentences: all sections, one section, one sentence with its rows."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from budget.admin.passages.edited import Edited
from budget.admin.passages.place import NEW, Place, place_of
from budget.admin.passages.tried import tried
from budget.declare.sentence import Sentence
from budget.documents import DEFAULT, DOCUMENTS
from budget.drafts.passages import newest_of, passages_of
from budget.drafts.people import counties_of
from budget.sentences.rows import NAMES

LATEST = 10  # changes that a page names


@require_safe
def sections(request):
    """All sections of a kind of document in a county, with who changed each."""
    counties = counties_of(request.user)
    wanted = request.GET.get("region", counties[0].pk if counties else "")
    key = request.GET.get("document", DEFAULT)
    county = next((one for one in counties if one.pk == wanted), None)
    if county is None or key not in DOCUMENTS:
        raise Http404
    document, newest, there = DOCUMENTS[key], newest_of(county, key), passages_of(county.pk, key)
    rows = [
        {"number": n, "title": title, "newest": newest.get(n), "count": len(there.get(n, ()))}
        for n, title in enumerate(document.narrative.titles, 1)
    ]
    own = {"rows": rows, "county": county, "counties": counties, "document": document, "kinds": _kinds()}
    return _page(request, "sections", "标准句", **own)


def _kinds():
    return [one for one in DOCUMENTS.values() if one.narrative.sentences]


@require_http_methods(["GET", "HEAD", "POST"])
def section(request, region, document, number):
    """The sentences of a section in their order; a POST moves one, takes one out, or takes those that stand ready."""
    place = place_of(request, region, document, number)
    why = ""
    if request.method == "POST":
        place.must_edit()
        why = place.keep(_seen(request), _ordered(place, request.POST.get("do", "")))
        if not why:
            messages.success(request, "已保存，县里各单位的情况说明从现在起用它。")
            return redirect(_url("county_section", place))
    own = {"place": place, "rows": [_row(place, one) for one in place.sentences], "why": why}
    own |= {"versions": place.versions[:LATEST], "new": _url("county_sentence", place, NEW)}
    return _page(request, "section", place.title, **own)


def _ordered(place: Place, do: str) -> list[Sentence] | None:
    """The sentences after a button of the list; None for those that stand ready."""
    what, _, key = do.partition(" ")
    found = place.sentences
    at = next((n for n, one in enumerate(found) if one.key == key), None)
    if what == "ready":
        return None
    if at is None or what not in ("up", "down", "remove"):
        raise Http404
    one = found.pop(at)
    if what != "remove":
        found.insert(max(0, at + (-1 if what == "up" else 1)), one)
    return found


def _row(place: Place, sentence: Sentence) -> dict[str, Any]:
    return {"sentence": sentence, "url": _url("county_sentence", place, sentence.key), "shown": tried(place, sentence)}


@require_http_methods(["GET", "HEAD", "POST"])
def sentence(request, region, document, number, sentence):
    """One sentence, row by row; a POST moves rows, shows what they would say, or saves."""
    place = place_of(request, region, document, number)
    place.must_edit()
    edited = Edited(place, place.sentence(sentence), request.POST if request.method == "POST" else None)
    if edited.do == "save" and not (why := edited.saved(_seen(request))):
        messages.success(request, "已保存，县里各单位的情况说明从现在起用它。")
        return redirect(_url("county_section", place))
    own = {"place": place, "edited": edited, "why": why if edited.do == "save" else edited.why}
    own |= {"back": _url("county_section", place), "kinds": NAMES.items()}
    return _page(request, "sentence", edited.called or "新的一句", **own)


def _seen(request: Any) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else -1


def _url(name: str, place: Place, *more: str) -> str:
    return reverse(name, args=[place.region.pk, place.document.key, place.number, *more])


def _page(request: Any, template: str, title: str, **context: Any) -> Any:
    common = admin.site.each_context(request) | {"title": title}
    return render(request, f"admin/passages/{template}.html", common | context)
