"""Public pages: each finds a publication through the only gate, and draws it. No script, no cookie, GET only."""

from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from disclosures.lists import Departments, Projects
from disclosures.models import Publication
from disclosures.outputs import OUTPUTS
from disclosures.pages import checked, contents, figures, listings, narrative, projects, summary, words
from disclosures.pages.disclosure import Disclosure, wan

SHORT, LONG = 300, 31_536_000  # seconds that a current page and a pinned version may be kept
SCHEMA = Path(__file__).parent / "disclosure.schema.json"


def find(region, unit, year, version=None):
    """The disclosure at an address, or Http404."""
    found = Publication.objects.public().filter(department__region=region, department__unit=unit, year=year)
    found = found.filter(version=version) if version else found.order_by("-version")
    if publication := found.first():
        return Disclosure(publication, pinned=bool(version))
    raise Http404("没有这一份公开的预算")


def draw(request, disclosure, template, **context):
    """One page of a disclosure, with its contents list and the headers that let it be kept."""
    context |= {"d": disclosure, "contents": contents.contents(disclosure)}
    response = render(request, f"disclosure/{template}.html", context)
    if not disclosure.is_draft:
        age = LONG if disclosure.pinned else SHORT
        response["Cache-Control"] = f"public, max-age={age}" + (", immutable" if disclosure.pinned else "")
    return response


def overview(request, disclosure):
    """What a citizen asks first, the picture, where the money goes, the contents."""
    spending = figures.figures(disclosure, disclosure.table(summary.T3))
    return draw(
        request,
        disclosure,
        "overview",
        sentences=summary.sentences(disclosure),
        bars=summary.bars(disclosure),
        explanation=disclosure.publication.explanation,
        spending=spending,
        **checked.counts(disclosure),
    )


def all_tables(request, disclosure):
    """All tables on one page."""
    drawn = [figures.figures(disclosure, table) for table in disclosure.content["tables"]]
    return draw(request, disclosure, "tables", tables=drawn)


def table(request, disclosure, number):
    """One table."""
    tables = disclosure.content["tables"]
    found, before, after = _one_of(tables, number, "没有这张表")
    drawn = figures.figures(disclosure, found)
    return draw(request, disclosure, "table", f=drawn, table=found, before=before, after=after)


def table_checks(request, disclosure, number):
    """One table with the rules that looked at each of its figures."""
    found, before, after = _one_of(disclosure.content["tables"], number, "没有这张表")
    drawn = figures.with_rules(disclosure, found, checked.rules_of(disclosure, found["key"]))
    rules = {entry["rule"]: entry["statement"] for entry in disclosure.content["ledger"]}
    used = {rule for row in drawn["rows"] for cell in row["cells"] if "key" in cell for rule in cell["text"].split()}
    explained = [(rule, statement) for rule, statement in rules.items() if rule in used]
    return draw(request, disclosure, "table_checks", f=drawn, table=found, rules=explained)


def text(request, disclosure):
    """The whole narrative."""
    found = disclosure.content["narrative"]
    drawn = [narrative.section(disclosure, section) for section in found["sections"]]
    return draw(request, disclosure, "narrative", sections=drawn, preamble=found["preamble"])


def section(request, disclosure, number):
    """One section of the narrative."""
    found, before, after = _one_of(disclosure.content["narrative"]["sections"], number, "没有这部分情况说明")
    drawn = [narrative.section(disclosure, found)]
    return draw(request, disclosure, "narrative", sections=drawn, number=number, before=before, after=after)


def _one_of(numbered, number, missing):
    """What has this number, what stands before and after it; Http404 when nothing has it."""
    index = next((i for i, found in enumerate(numbered) if found["number"] == number), None)
    if index is None:
        raise Http404(missing)
    before = numbered[index - 1] if index else None
    after = numbered[index + 1] if index + 1 < len(numbered) else None
    return numbered[index], before, after


def all_projects(request, disclosure):
    """The projects, to be sorted."""
    rows = projects.rows(disclosure)
    found = Projects(rows)
    RequestConfig(request, paginate=False).configure(found)
    total = wan(str(sum((row["value"] for row in rows), Decimal(0))))
    return draw(request, disclosure, "projects", list=found, count=len(rows), total=total)


def project(request, disclosure, code):
    """One performance sheet."""
    found = projects.sheet(disclosure, code)
    if found is None:
        raise Http404("没有这个项目")
    return draw(request, disclosure, "project", **found)


def listing(request, disclosure, key):
    """Institutions, procurement or fixed assets."""
    return draw(request, disclosure, "listing", f=listings.listing(disclosure, key))


def checks(request, disclosure):
    """What was checked, what was not, and what does not agree."""
    return draw(
        request,
        disclosure,
        "checks",
        ledger=checked.ledger(disclosure),
        findings=checked.findings(disclosure),
        explanation=disclosure.publication.explanation,
        **checked.counts(disclosure),
    )


PAGES = (
    ("", overview, {}),
    ("tables/", all_tables, {}),
    ("tables/<int:number>/", table, {}),
    ("tables/<int:number>/checks/", table_checks, {}),
    ("narrative/", text, {}),
    ("narrative/<int:number>/", section, {}),
    ("projects/", all_projects, {}),
    ("projects/<str:code>/", project, {}),
    ("procurement/", listing, {"key": "procurement"}),
    ("fixed-assets/", listing, {"key": "fixed_assets"}),
    ("institutions/", listing, {"key": "institutions"}),
    ("checks/", checks, {}),
)


def page_patterns(view_of):
    """Addresses of a disclosure's pages below its root; `view_of` makes a view of a page."""
    return [path(address, view_of(page), where) for address, page, where in PAGES]


def published(page):
    """The view of one page of what is published: the gate, then the page."""

    @require_safe
    def view(request, region, unit, year, version=None, **where):
        return page(request, find(region, unit, year, version), **where)

    return view


@require_safe
def download(request, region, unit, year, format, version=None):
    """A disclosure as a file."""
    if format not in OUTPUTS:
        raise Http404("没有这种格式")
    disclosure, output = find(region, unit, year, version), OUTPUTS[format]
    response = HttpResponse(output.write(disclosure.content), content_type=output.content_type)
    name = quote(output.filename(disclosure.content))
    response["Content-Disposition"] = f"attachment; filename=disclosure{output.suffix}; filename*=UTF-8''{name}"
    response["ETag"] = f'"{disclosure.publication.sha256}-{format}"'
    response["Cache-Control"] = f"public, max-age={LONG if version else SHORT}"
    return response


@require_safe
def home(request):
    """Departments and the years that they have published."""
    found = {}
    for publication in Publication.objects.current().defer("content"):
        department = publication.department
        row = found.setdefault(
            department.pk,
            {
                "region": department.region.name,
                "region_code": department.region_id,
                "name": department.name,
                "href": f"/{department.region_id}/{department.unit}/",
                "years": [],
            },
        )
        row["years"].append(publication.year)
    rows = [row | {"latest": max(row["years"]), "years": sorted(row["years"], reverse=True)} for row in found.values()]
    departments = Departments(rows, order_by="region")
    RequestConfig(request, paginate={"per_page": 100}).configure(departments)
    return _kept(render(request, "home.html", {"list": departments, "count": len(rows)}))


@require_safe
def department(request, region, unit):
    """One department: its years and versions."""
    found = Publication.objects.public().filter(department__region=region, department__unit=unit).defer("content")
    versions = list(found.order_by("-year", "-version"))
    if not versions:
        raise Http404("没有这个单位公开的预算")
    return _kept(render(request, "department.html", {"department": versions[0].department, "versions": versions}))


@require_safe
def glossary(request):
    """The words."""
    newest = Publication.objects.current().order_by("-published_at").first()
    terms = words.printed_terms(Disclosure(newest)) if newest else []
    context = {"plain": words.plain_words(), "terms": terms, "source": Disclosure(newest) if newest else None}
    return _kept(render(request, "glossary.html", context))


@require_safe
def schema(request):
    """The schema of disclosure.json."""
    return _kept(HttpResponse(SCHEMA.read_bytes(), content_type="application/schema+json"))


@require_safe
def healthz(request):
    """Whether the portal and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def _kept(response):
    response["Cache-Control"] = f"public, max-age={SHORT}"
    return response
