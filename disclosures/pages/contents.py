"""The contents list of a disclosure: every page it has, with what is empty said so."""

from disclosures.content import filled_cells
from disclosures.outputs import OUTPUTS

LISTINGS = (("procurement", "政府采购预算"), ("fixed-assets", "固定资产"), ("institutions", "机构设置"))


def contents(disclosure):
    """Groups of links: [{title, links: [{text, href, note}]}]; groups without anything are left out."""
    groups = (
        ("九张表", _tables(disclosure)),
        ("情况说明", _sections(disclosure)),
        ("项目和清单", _records(disclosure)),
        ("核对与下载", _files(disclosure)),
    )
    return [{"title": title, "links": links} for title, links in groups if links]


def is_empty(table):
    """Whether a table has no figure at all."""
    return not any(True for _ in filled_cells(table))


def short(title):
    """A table's title without the words that all of them begin with."""
    return title.removeprefix("部门预算")


def _tables(disclosure):
    links = [
        {
            "text": f"{t['number']}. {short(t['title'])}",
            "href": disclosure.url(f"tables/{t['number']}/"),
            "note": "空" if is_empty(t) else "",
        }
        for t in disclosure.content["tables"]
    ]
    return [*links, {"text": "全部表格在一页", "href": disclosure.url("tables/"), "note": ""}]


def _sections(disclosure):
    return [
        {
            "text": s["title"],
            "href": disclosure.url(f"narrative/{s['number']}/"),
            "note": "" if s["paragraphs"] else "无文字",
        }
        for s in disclosure.content["narrative"]["sections"]
    ]


def _records(disclosure):
    projects = disclosure.content["projects"]
    links = [{"text": f"项目绩效目标（{len(projects)} 个）", "href": disclosure.url("projects/"), "note": ""}]
    links = links if projects else []
    for path, text in LISTINGS:
        if disclosure.listing(path.replace("-", "_"))["records"]:
            links.append({"text": text, "href": disclosure.url(f"{path}/"), "note": ""})
    return links


def _files(disclosure):
    found = [{"text": "核对了什么", "href": disclosure.url("checks/"), "note": ""}]
    if disclosure.is_draft:
        return found
    return found + [
        {"text": f"下载 {output.label}", "href": disclosure.url(f"disclosure.{output.format}"), "note": ""}
        for output in OUTPUTS.values()
    ]
