"""各单位: the county's first page. Who has not begun, who waits for whom, what is overdue; the same rows as Excel."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budget.documents import DEFAULT, DOCUMENTS, taken
from budget.drafts.people import counties_of, has_post
from budget.models import Region, Role
from disclosures.county.standing import Stage, newest_year, standings, timeliness, years_of
from disclosures.county.workbook import workbook

OVERDUE, CORRECTED = "overdue", "corrected"
FLAGS = {OVERDUE: ("逾期未公开", lambda one: one.is_overdue), CORRECTED: ("更正过", lambda one: one.is_corrected)}


@dataclass(frozen=True)
class Asked:
    """Which rows somebody asks for. show: a stage or a flag, '' for all."""

    region: Region
    year: int
    document: str
    show: str = ""

    def query(self, **other: object) -> str:
        """The address's query of these rows, or of others."""
        own = {"region": self.region.code, "year": self.year, "document": self.document, "show": self.show}
        return urlencode({key: value for key, value in (own | other).items() if value != ""})

    def of(self, rows):
        """The rows that are asked for."""
        if self.show in FLAGS:
            return list(filter(FLAGS[self.show][1], rows))
        return [one for one in rows if one.stage == self.show] if self.show else rows

    @property
    def title(self) -> str:
        """卢龙县 2024 年部门预算"""
        return f"{self.region.name} {self.year} 年{DOCUMENTS[self.document].name}"


def asked(request, counties):
    """What a request asks for; another county's does not exist."""
    given = request.GET
    region = next((one for one in counties if given.get("region", one.code) == one.code), None)
    document, show = given.get("document", DEFAULT), given.get("show", "")
    if region is None or document not in {one.key for one in taken()} or show not in ("", *Stage.values, *FLAGS):
        raise Http404
    return Asked(region, _year(given.get("year"), region, document), document, show)


def _year(text, region, document):
    if text is None:
        return newest_year(region, document)
    if not (text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2099):
        raise Http404
    return int(text)


def counties_or_403(request):
    """The counties of a person who has a post in one."""
    counties = counties_of(request.user)
    if not counties:
        raise PermissionDenied
    return counties


@require_safe
def board(request):
    """Everybody's state and time, in the order of what is most urgent."""
    counties = counties_or_403(request)
    wanted = asked(request, counties)
    rows = standings(wanted.region, wanted.year, wanted.document, request.user)
    context = {
        "title": f"{wanted.title}：各单位",
        "asked": wanted,
        "rows": wanted.of(rows),
        "count": len(rows),
        "filters": _filters(wanted, rows),
        "first": next((one for one in rows if one.is_overdue), None),
        "overdue": sum(one.is_overdue for one in rows),
        "waiting": list(_waiting(wanted, request.user, rows)),
        "time": timeliness(rows),
        "publishes": has_post(request.user, wanted.region, Role.PUBLISHER),
        "reminds": has_post(request.user, wanted.region, *WAITS),
        "others": _others(wanted, counties),
        "today": timezone.localdate(),
    }
    return render(request, "admin/county/board.html", admin.site.each_context(request) | context)


def _filters(wanted, rows):
    """(words, how many, query, whether it is the one shown)"""
    found = [("全部", len(rows), "")]
    found += [(words, sum(map(is_so, rows)), key) for key, (words, is_so) in FLAGS.items()]
    found += [(stage.label, sum(one.stage == stage for one in rows), stage.value) for stage in Stage]
    return [
        (words, n, wanted.query(show=key), wanted.show == key) for words, n, key in found if n or key == wanted.show
    ]


WAITS = {Role.REVIEWER: (Stage.SUBMITTED, "等您审核"), Role.PUBLISHER: (Stage.APPROVED, "等您公开")}


def _waiting(wanted, user, rows):
    """[(what for, how many, query)] of what waits for this very person."""
    roles = [role for role in WAITS if has_post(user, wanted.region, role)]
    for stage, words in (WAITS[role] for role in roles):
        if count := sum(one.stage == stage for one in rows):
            yield words, count, wanted.query(show=stage.value)


def _others(wanted, counties):
    """Links to the other years, kinds and counties: [(words, query, whether it is the one shown)] each."""
    return [
        [(f"{year} 年", wanted.query(year=year, show=""), year == wanted.year) for year in _years(wanted)],
        [(one.name, wanted.query(document=one.key, show=""), one.key == wanted.document) for one in taken()],
        [(one.name, wanted.query(region=one.code, show=""), one == wanted.region) for one in counties],
    ]


def _years(wanted):
    return sorted({*years_of(wanted.region), wanted.year}, reverse=True)


@require_safe
def download(request):
    """The rows that are asked for, as Excel."""
    wanted = asked(request, counties_or_403(request))
    rows = wanted.of(standings(wanted.region, wanted.year, wanted.document, request.user))
    day = timezone.localdate()
    response = HttpResponse(
        workbook(f"{wanted.title}公开进度（{day:%Y-%m-%d}）", rows),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    name = quote(f"{wanted.title.replace(' ', '')}公开进度{day:%Y%m%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=county.xlsx; filename*=UTF-8''{name}"
    return response
