"""Public addresses: each finds a publication through the only gate, and draws it. No script, no cookie, GET only."""

import json
from functools import wraps
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from budget.documents import DEFAULT
from disclosures.content import FORMAT, schema_of
from disclosures.lists import Departments
from disclosures.models import Publication, Withdrawal
from disclosures.outputs import OUTPUTS
from disclosures.page_views import LONG, SHORT
from disclosures.pages import words
from disclosures.pages.disclosure import Disclosure

PER_PAGE = 100  # departments on a page of the list


class Gone(Exception):
    """What was published at an address and withdrawn; its notice."""

    def __init__(self, notice):
        self.notice = notice


def find(region, unit, year, document, version=None):
    """The disclosure at an address; raises Gone where it was withdrawn, Http404 where there never was one."""
    found = Publication.objects.at(region, unit, year, document)
    found = found.filter(version=version) if version else found
    if publication := found.first():
        return Disclosure(publication, pinned=bool(version))
    if notice := _withdrawn(region, unit, year, document, version):
        raise Gone(notice)
    raise Http404("没有这一份公开的预算")


def _withdrawn(region, unit, year, document, version):
    """The notice in place of a version, or of the newest; None where there never was one."""
    if version is None:
        return Withdrawal.objects.at(region, unit, year=year, document=document).first()
    address = {"region": region, "unit": unit, "year": year, "document": document}
    was = Publication.objects.filter(**address, version=version).first()
    return was and Withdrawal.objects.of(was)


def unless_withdrawn(view):
    """A view that answers with the notice where what it is asked for was withdrawn."""

    @require_safe
    @wraps(view)
    def inner(request, **where):
        try:
            return view(request, **where)
        except Gone as gone:
            notice = gone.notice
            current = Publication.objects.at(*_address(notice.publication)).defer("content").first()
            context = {"notice": notice, "was": notice.publication, "current": current}
            return _kept(render(request, "withdrawn.html", context, status=410))

    return inner


def _address(publication):
    return publication.region, publication.unit, publication.year, publication.document


def published(page):
    """The view of one page of what is published: the gate, then the page."""

    @unless_withdrawn
    def view(request, region, unit, year, document, version=None, **where):
        return page(request, find(region, unit, year, document, version), **where)

    return view


@unless_withdrawn
def download(request, region, unit, year, document, format, version=None):
    """A disclosure as a file."""
    if format not in OUTPUTS:
        raise Http404("没有这种格式")
    disclosure, output = find(region, unit, year, document, version), OUTPUTS[format]
    response = HttpResponse(disclosure.file(output), content_type=output.content_type)
    name = quote(output.filename(disclosure.content))
    response["Content-Disposition"] = f"attachment; filename=disclosure{output.suffix}; filename*=UTF-8''{name}"
    drawn = "" if output.as_stored else f"-{format}"  # what is stored is what was hashed
    response["ETag"] = f'"{disclosure.publication.sha256}{drawn}"'
    response["Cache-Control"] = f"public, max-age={LONG if version else SHORT}"
    return response


@require_safe
def home(request):
    """Departments and the years that they have published."""
    found = {}
    for publication in Publication.objects.current().order_by("-year", "document").defer("content"):
        whose = (publication.region, publication.unit)
        found.setdefault(whose, _department_row(publication))["years"].append(_year(publication))
    for notice in Withdrawal.objects.standing():
        was = notice.publication
        years = found.setdefault((was.region, was.unit), _department_row(was))["years"]
        years.append((was.address, f"{_year(was)[1]}（已撤下）"))
    departments = Departments(found.values(), order_by="region")
    RequestConfig(request, paginate=False).configure(departments)
    # The nearest page there is, never an error; how many stand on one is not the reader's to say.
    page = Paginator(departments.rows, PER_PAGE).get_page(request.GET.get("page"))
    departments.paginate(page=page.number, per_page=PER_PAGE)
    return _kept(render(request, "home.html", {"list": departments, "count": len(found)}))


def _department_row(newest):
    return {
        "region": newest.region_name,
        "region_code": newest.region,
        "name": newest.name,
        "href": f"/{newest.region}/{newest.unit}/",
        "years": [],
        "latest": newest.year,
    }


def _year(publication):
    kind = f"（{publication.kind}）" if publication.document != DEFAULT else ""
    return publication.address, f"{publication.year} 年{kind}"


@require_safe
def department(request, region, unit):
    """One department: its years and versions."""
    versions = list(Publication.objects.at(region, unit).defer("content"))
    notices = list(Withdrawal.objects.at(region, unit))
    if not (versions or notices):
        raise Http404("没有这个单位公开的预算")
    whose = versions[0] if versions else notices[0].publication
    context = {"department": whose, "versions": versions, "withdrawals": notices}
    return _kept(render(request, "department.html", context))


@require_safe
def glossary(request):
    """The words in ours: what a body explains stands on its own pages, so nobody's publishing changes this one."""
    return _kept(render(request, "glossary.html", {"plain": words.plain_words()}))


@require_safe
def schema(request, format=FORMAT):
    """The schema of disclosure.json, in the format that is written now or in an older one."""
    found = schema_of(format)
    if found is None:
        raise Http404("没有这种格式")
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    return _kept(HttpResponse(text, content_type="application/schema+json"))


@require_safe
def healthz(request):
    """Whether the portal and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def _kept(response):
    response["Cache-Control"] = f"public, max-age={SHORT}"
    return response
