"""The pages of one disclosure: each takes a request and a disclosure and draws it, whether published or a preview.

`PAGES` is the list: public addresses, the preview of a draft, and the drawing of everything before publication follow.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote, unquote

from django.http import Http404
from django.shortcuts import render
from django.urls import path, register_converter
from django_tables2 import RequestConfig

from budget.cell import escape
from budget.declare.records import Form
from budget.documents import taken
from disclosures.lists import Projects
from disclosures.pages import changes, checked, contents, figures, forms, narrative, summary
from disclosures.pages.disclosure import Disclosure, wan

_VALUE = re.compile(r"<\w+:(\w+)>")  # in a page's address
SHORT, LONG = 300, 31_536_000  # seconds that a current page and a pinned version may be kept


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
    found = disclosure.table(summary.T3)
    return draw(
        request,
        disclosure,
        "overview",
        sentences=summary.sentences(disclosure),
        bars=summary.bars(disclosure),
        explanation=disclosure.publication.explanation,
        correction=changes.notice(disclosure),
        spending=figures.figures(disclosure, found) if found else None,
        **checked.counts(disclosure),
    )


def all_tables(request, disclosure):
    """All tables on one page."""
    drawn = [figures.figures(disclosure, table) for table in disclosure.content["tables"]]
    others = [figures.as_printed(disclosure, table) for table in disclosure.content["as_printed"]]
    return draw(request, disclosure, "tables", tables=drawn, others=others)


def table(request, disclosure, number):
    """One table."""
    tables = disclosure.content["tables"]
    found, before, after = _one_of(tables, number, "没有这张表")
    drawn = figures.figures(disclosure, found)
    is_checked = bool(checked.rules_at(disclosure, drawn["f"]))
    around = {"table": found, "before": before, "after": after, "is_checked": is_checked}
    return draw(request, disclosure, "table", **drawn, **around)


def own_table(request, disclosure, number):
    """One table that is kept as printed."""
    found, before, after = _one_of(disclosure.content["as_printed"], number, "没有这张表")
    drawn = figures.as_printed(disclosure, found)
    return draw(request, disclosure, "own_table", **drawn, table=found, before=before, after=after)


def table_checks(request, disclosure, number):
    """One table with the rules that looked at each of its figures."""
    found, before, after = _one_of(disclosure.content["tables"], number, "没有这张表")
    drawn, rules = figures.with_rules(disclosure, found)
    used = {rule for looked in rules.values() for rule in looked}
    explained = [(e["rule"], e["statement"]) for e in disclosure.content["ledger"] if e["rule"] in used]
    return draw(request, disclosure, "table_checks", **drawn, table=found, rules=explained)


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


def records(request, disclosure, key):
    """The records of a form (the projects), to be sorted."""
    form = disclosure.form(key)
    if form is None:
        raise Http404("这份预算没有这种表")
    rows = forms.rows(disclosure, key)
    found = Projects(rows)
    RequestConfig(request, paginate=False).configure(found)
    is_told = any(row["amount"] for row in rows)
    total = wan(str(sum((row["value"] for row in rows), Decimal(0)))) if is_told else ""
    return draw(request, disclosure, "records", list=found, count=len(rows), total=total)


def record(request, disclosure, key, row):
    """One record's sheet (a project's performance sheet)."""
    found = forms.sheet(disclosure, key, row)
    if found is None:
        raise Http404("没有这个项目")
    return draw(request, disclosure, "form", **found)


def listing(request, disclosure, key):
    """Institutions, procurement or fixed assets."""
    found = disclosure.listing(key)
    if found is None:
        raise Http404("这份预算没有这种表")
    return draw(request, disclosure, "listing", **figures.listing(disclosure, found))


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


def all_changes(request, disclosure):
    """What is different from the version before, with the reason."""
    earlier, withdrawal = changes.before(disclosure)
    found = changes.between(disclosure, earlier) if earlier and not withdrawal else []
    told = {"earlier": earlier, "withdrawal": withdrawal, "correction": changes.notice(disclosure), "groups": found}
    return draw(request, disclosure, "changes", **told, count=sum(len(group) for _, group in found))


class RowKey:
    """A record's identity in an address: escaped, since it may hold what no address can."""

    regex = "[^/]+"
    to_python = staticmethod(unquote)
    to_url = staticmethod(escape)


register_converter(RowKey, "row")


class Page(NamedTuple):
    """One kind of page below a disclosure's root. where: what the view is given besides the address.

    each: what of a disclosure there is such a page of: [{name in the address: value}].
    """

    address: str
    view: Callable
    where: dict = {}
    each: Callable = lambda disclosure: [{}]

    def at(self, where):
        """The address of one of them, below the disclosure's root."""
        return _VALUE.sub(lambda match: quote(escape(str(where[match[1]]))), self.address)


def _numbers(key):
    """The numbers of a content's tables."""
    return lambda disclosure: [{"number": one["number"]} for one in disclosure.content[key]]


def _sections(disclosure):
    return [{"number": section["number"]} for section in disclosure.content["narrative"]["sections"]]


def _rows(key):
    def found(disclosure):
        declared, form = disclosure.document.list_of(key), disclosure.form(key)
        return [{"row": one[declared.identity]} for one in form["records"]] if declared and form else []

    return found


def _if(there, key):
    return lambda disclosure: [{}] if there(disclosure, key) else []


def _of_lists():
    """Pages of every list and form that a kind of document declares."""
    found = {records.key: records for document in taken() for records in document.records}
    for key, declared in found.items():
        if isinstance(declared, Form):
            yield Page(f"{declared.path}/", records, {"key": key}, _if(Disclosure.form, key))
            yield Page(f"{declared.path}/<row:row>/", record, {"key": key}, _rows(key))
        else:
            yield Page(f"{declared.path}/", listing, {"key": key}, _if(Disclosure.listing, key))


PAGES = (
    Page("", overview),
    Page("tables/", all_tables),
    Page("tables/<int:number>/", table, each=_numbers("tables")),
    Page("tables/own/<int:number>/", own_table, each=_numbers("as_printed")),
    Page("tables/<int:number>/checks/", table_checks, each=_numbers("tables")),
    Page("narrative/", text),
    Page("narrative/<int:number>/", section, each=_sections),
    *_of_lists(),
    Page("checks/", checks),
    Page("changes/", all_changes),
)


def page_patterns(view_of, **given):
    """Addresses of a disclosure's pages below its root; `view_of` makes a view of a page."""
    return [path(page.address, view_of(page.view), page.where | given) for page in PAGES]
