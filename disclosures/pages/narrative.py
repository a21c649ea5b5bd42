"""The text in its sections, with each listing where the section speaks of it."""

import re

from budget.cell import Cell
from disclosures.pages.figures import listing

_SUB = re.compile(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d{1,2}、)")


def section(disclosure, found):
    """What the page draws: {number, title, blocks}; a block is a paragraph in pieces or a listing."""
    key = disclosure.document.narrative.lists.get(found["number"], "")
    sheet, form = disclosure.listing(key), disclosure.form(key)
    drawn = listing(disclosure, sheet) if sheet and sheet["records"] else None
    blocks, linked = [], _linked(disclosure, found)
    for at, text in enumerate(found["paragraphs"]):
        if drawn and text == sheet["title"]:
            blocks.append({"listing": drawn})
            drawn = None
        else:
            blocks.append({"pieces": _pieces(text, linked.get(at, ())), "heading": _is_heading(text)})
    if drawn:
        blocks.append({"listing": drawn})
    return {
        "number": found["number"],
        "title": found["title"],
        "blocks": blocks,
        "form": _link(disclosure, form) if form and form["records"] else None,
    }


def _linked(disclosure, found):
    """{number of a paragraph: [(start, end, address of the figure that stands there)]}"""
    linked = {}
    for one in found["figures"]:
        href = disclosure.address(Cell.parse(one["cell"]))
        linked.setdefault(one["paragraph"], []).append((one["start"], one["end"], href))
    return linked


def _pieces(text, linked):
    """[(text, address)] of a paragraph; '' where no figure stands."""
    pieces, at = [], 0
    for start, end, href in linked:
        pieces += [(text[at:start], ""), (text[start:end], href)]
        at = end
    return [piece for piece in (*pieces, (text[at:], "")) if piece[0]]


def _link(disclosure, form):
    """Where the records of a form are listed, in words."""
    declared = disclosure.document.list_of(form["key"])
    what = f"{declared.called}的{declared.title.removeprefix(declared.called).removesuffix('表')}"
    return {"text": f"{len(form['records'])} 个{what}", "href": disclosure.url(f"{declared.path}/")}


def _is_heading(text):
    """Whether a paragraph is a heading inside its section: numbered, short, without a full stop."""
    return bool(_SUB.match(text)) and len(text) <= 24 and "。" not in text
