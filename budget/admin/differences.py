"""What a budget says, flat: one entry for each figure and text, so that two versions can be held side by side.

`flatten` gives {part: {key: [label, value]}} of plain JSON values; a blank has no entry. `differences` names
what one version has and the other has not, `fingerprint` is the version of a draft.
"""

import hashlib
import json
from typing import NamedTuple

from budget.codes import prefixes
from budget.facets import Book, Fund, Item, Kind
from budget.facts import BOOK_PARTS, INDICATOR_FIELDS
from budget.listings import LISTINGS
from budget.listings.declare import AMOUNT
from budget.money import WAN, plain
from budget.text import clean

PART_NAMES = (
    {book.value: book.label for book in Book}
    | {listing.key: listing.title for listing in LISTINGS}
    | {"projects": "项目", "sections": "情况说明", "names": "科目名称"}
)
_PROJECT_LABELS = {
    "name": "名称",
    "amount": "预算数",
    "fiscal_funds": "财政资金",
    "other_funds": "其他资金",
    "purpose": "资金用途",
}
_CONTEXT, _LONGEST = 12, 60


class Difference(NamedTuple):
    """One thing that two versions say differently; old is '' where it is new, new is '' where it is gone."""

    label: str
    old: str
    new: str


def flatten(facts, names):
    """Everything that the facts say; `names` is {(scheme, code): name}."""
    flat = {book.value: _lines(facts, book, names) for book in BOOK_PARTS}
    flat |= {listing.key: _records(listing, facts) for listing in LISTINGS}
    flat |= {"projects": _projects(facts), "sections": _sections(facts), "names": _names(facts)}
    if facts.assets_as_of:
        flat["fixed_assets"]["as_of"] = ["截止日期", facts.assets_as_of.isoformat()]
    return flat


def fingerprint(flat):
    """The version of a draft: equal drafts have equal fingerprints."""
    return hashlib.sha256(json.dumps(flat, sort_keys=True).encode()).hexdigest()


def differences(old, new, parts):
    """{part name: [Difference]} of the parts that two flat versions say differently."""
    found = {}
    for part in [*PART_NAMES] if parts is None else [name for name in PART_NAMES if name in parts]:
        if rows := list(_of_part(old.get(part, {}), new.get(part, {}))):
            found[PART_NAMES[part]] = rows
    return found


def _of_part(old, new):
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key, ["", ""]), new.get(key, ["", ""])
        if clean(before[1]) != clean(after[1]):
            yield Difference(after[0] or before[0], *_around_the_change(before[1], after[1]))


def _around_the_change(old, new):
    """Long texts cut to the place where they begin to differ."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _CONTEXT)
    return tuple(_cut(text, start) for text in (old, new))


def _cut(text, start):
    inner = text[start : start + _LONGEST]
    return f"{'…' if start and inner else ''}{inner}{'…' if start + _LONGEST < len(text) else ''}"


def _filled(entries):
    return {key: [label, value] for key, label, value in entries if value != ""}


def _lines(facts, book, names):
    lines = (line for line in facts.lines if line.book == book)
    return _filled(("|".join(map(str, line.facets)), _line_label(line, names), _amount(line.amount)) for line in lines)


def _line_label(line, names):
    scheme = "function" if line.function else "economic"
    code = line.function or line.economic
    words = [
        code,
        names.get((scheme, code), ""),
        line.item and Item(line.item).label,
        Fund(line.fund).label,
        line.kind and Kind(line.kind).label,
        "上年结转" if line.carried_over else "",
    ]
    return " ".join(word for word in words if word)


def _amount(value):
    return plain(value, WAN) if value is None else f"{plain(value, WAN)}万元"


def _records(listing, facts):
    return _filled(
        entry
        for number, record in enumerate(getattr(facts, listing.key), 1)
        for entry in _record(listing, record, number)
    )


def _record(listing, record, number):
    first = listing.fields[0].key
    row = record[first] if listing.kinds else f"第{number}行"
    shown = listing.kinds[row].strip() if listing.kinds else row
    for f in listing.stored():
        heading = "".join(f.heading[-1].split()).split("（")[0]
        yield f"{row}|{f.key}", f"{shown} {heading}", (_amount if f.kind == AMOUNT else _text)(record[f.key])
    if listing.group:
        yield f"{row}|{listing.group}", f"{shown} 采购单位", record[listing.group]


def _text(value):
    if value is None:
        return ""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


def _projects(facts):
    return _filled(entry for project in facts.projects for entry in _project(project))


def _project(project):
    code, name = project["code"], f"“{project['name']}”"
    for key, label in _PROJECT_LABELS.items():
        show = _text if key in ("name", "purpose") else _amount
        yield f"{code}|{key}", f"{name}{label}", show(project[key])
    for number, step in enumerate(project["payment_plan"], 1):
        yield f"{code}|plan|{number}", f"{name}资金支出计划", f"{step['until']} {_text(step['percent'])}%"
    for number, goal in enumerate(project["goals"], 1):
        yield f"{code}|goal|{number}", f"{name}绩效目标 {number}", goal
    for number, indicator in enumerate(project["indicators"], 1):
        yield f"{code}|indicator|{number}", f"{name}绩效指标 {number}", " / ".join(map(indicator.get, INDICATOR_FIELDS))


def _sections(facts):
    texts = [("0", "开头", facts.preamble)]
    for section in facts.sections:
        texts.append((f"{section['number']}|title", f"第{section['number']}部分标题", section["title"]))
        texts.append((f"{section['number']}|text", section["title"], section["text"]))
    return _filled(texts)


def _names(facts):
    own = {code for line in facts.lines for code in (line.function, line.economic) if code}
    used = {above for code in own for above in prefixes(code)}
    return _filled((f"{s}|{c}", f"{c} 的名称", name) for (s, c), name in sorted(facts.names.items()) if c in used)
