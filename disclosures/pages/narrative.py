"""The text in its sections, with each listing where the section speaks of it."""

import re

from disclosures.pages.listings import listing

_SUB = re.compile(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d{1,2}、)")
_BELONGS = {1: "institutions", 8: "procurement", 9: "fixed_assets"}


def section(disclosure, found):
    """What the page draws: {number, title, blocks}; a block is a paragraph or a listing."""
    key = _BELONGS.get(found["number"])
    drawn = listing(disclosure, key) if key and disclosure.listing(key)["records"] else None
    blocks = []
    for text in found["paragraphs"]:
        if drawn and text == drawn["title"]:
            blocks.append({"listing": drawn})
            drawn = None
        else:
            blocks.append({"text": text, "heading": _is_heading(text)})
    if drawn:
        blocks.append({"listing": drawn})
    return {
        "number": found["number"],
        "title": found["title"],
        "blocks": blocks,
        "projects": found["number"] == 7 and disclosure.content["projects"],
    }


def _is_heading(text):
    """Whether a paragraph is a heading inside its section: numbered, short, without a full stop."""
    return bool(_SUB.match(text)) and len(text) <= 24 and "。" not in text
