"""The contents list of a disclosure: every page it has, with what is empty said so."""

from budget.figures.drawn import figures_of
from disclosures.outputs import OUTPUTS


def contents(disclosure):
    """Groups of links: [{title, links: [{text, href, note}]}]; groups without anything are left out."""
    groups = (
        (_counted(disclosure), _tables(disclosure)),
        ("单位自己的其他表", _others(disclosure)),
        ("情况说明", _sections(disclosure)),
        ("项目和清单", _records(disclosure)),
        ("核对与下载", _files(disclosure)),
    )
    return [{"title": title, "links": links} for title, links in groups if links]


def _counted(disclosure):
    count = len(disclosure.content["tables"])
    return f"{'零一二三四五六七八九'[count]}张表" if count < 10 else f"{count} 张表"


def is_empty(table):
    """Whether a table has no figure at all."""
    return not any(True for _ in figures_of(table))


def short(disclosure, title):
    """A table's title without the words that all of them begin with."""
    return title.removeprefix(disclosure.content["document"]["name"])


def _tables(disclosure):
    links = [
        {
            "text": f"{t['number']}. {short(disclosure, t['title'])}",
            "href": disclosure.url(f"tables/{t['number']}/"),
            "note": "空" if is_empty(t) else "",
        }
        for t in disclosure.content["tables"]
    ]
    return [*links, {"text": "全部表格在一页", "href": disclosure.url("tables/"), "note": ""}] if links else []


def _others(disclosure):
    tables = disclosure.content["as_printed"]
    return [{"text": one["title"], "href": disclosure.own_url(one["number"]), "note": ""} for one in tables]


def _sections(disclosure):
    return [
        {
            "text": s["title"],
            "href": disclosure.url(f"narrative/{s['number']}/"),
            "note": "" if s["paragraphs"] or _has_list(disclosure, s["number"]) else "无文字",
        }
        for s in disclosure.content["narrative"]["sections"]
    ]


def _has_list(disclosure, number):
    """Whether a section has the records of a list or form to show, with or without words."""
    key = disclosure.document.narrative.lists.get(number, "")
    found = disclosure.listing(key) or disclosure.form(key)
    return bool(found and found["records"])


def _records(disclosure):
    links = []
    for declared in disclosure.document.forms:
        form = disclosure.form(declared.key)
        if form and form["records"]:
            text = f"{declared.title.removesuffix('表')}（{len(form['records'])} 个）"
            links.append({"text": text, "href": disclosure.url(f"{declared.path}/"), "note": ""})
    for declared in disclosure.document.listings:
        listing = disclosure.listing(declared.key)
        if listing and listing["records"]:
            links.append({"text": declared.sheet, "href": disclosure.url(f"{declared.path}/"), "note": ""})
    return links


def _files(disclosure):
    found = [{"text": "核对了什么", "href": disclosure.url("checks/"), "note": ""}]
    if disclosure.publication.version > 1:
        found.append({"text": "与前一版比改了什么", "href": disclosure.url("changes/"), "note": ""})
    if disclosure.is_draft:
        return found
    return found + [
        {"text": f"下载 {output.label}", "href": disclosure.url(f"disclosure.{output.format}"), "note": ""}
        for output in OUTPUTS.values()
    ]
