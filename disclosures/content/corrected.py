"""A correction: what a later version says otherwise than the one before it, frozen into it with its reason."""

from budget.cell import Cell
from budget.checks.changed import Changed, changes
from disclosures.content.shapes import CELL, TEXT, Json, list_of, object_with
from disclosures.content.thaw import names_of, thaw
from disclosures.content.upgrade import upgrade

CORRECTION = "correction"


def correction(before: Json, after: Json, reason: str) -> Json:
    """The notice of `after`, in place of `before`, published in any format: both values of all that differs."""
    record, found = before["publication"], changed(before, after)
    return {
        "version": record["version"],
        "published_at": record["published_at"],
        "reason": reason,
        "withdrawn": None,
        "changes": [as_json(one) for one in found],
    }


def after_withdrawal(before: Json, withdrawn: Json, reason: str) -> Json:
    """The notice in place of what was taken down: what it said is not told again. withdrawn: {at, by, reason}."""
    record = before["publication"]
    kept = {"version": record["version"], "published_at": record["published_at"], "reason": reason}
    return {**kept, "withdrawn": withdrawn, "changes": []}


def changed(before: Json, after: Json) -> list[Changed]:
    """What two contents of any formats say differently."""
    old, new = upgrade(before), upgrade(after)
    return changes(thaw(old).entries, thaw(new).entries, names_of(old) | names_of(new))


def as_json(one: Changed) -> Json:
    """A change as it is kept; amounts in yuan."""
    return {"cell": str(one.cell), "kind": one.kind, "label": one.label, "old": one.old, "new": one.new}


def from_json(one: Json) -> Changed:
    """The inverse."""
    return Changed(Cell.parse(one["cell"]), one["kind"], one["label"], one["old"], one["new"])


def without_notices(content: Json) -> Json:
    """What a content says, apart from its being published and from what was there before."""
    return {key: value for key, value in content.items() if key not in ("publication", CORRECTION)}


def notice_schema() -> Json:
    """The JSON schema of a notice."""
    withdrawn = object_with(
        "when, by whom and why it was taken down; null where it was not", at=TEXT, by=TEXT, reason=TEXT
    )
    value = {"type": ["string", "null"]}
    change = object_with(cell=CELL, kind={"enum": ["amount", "text"]}, label=TEXT, old=value, new=value)
    return object_with(
        "only in a version after the first: in place of which it stands, why, and what it says otherwise",
        version={"type": "integer", "minimum": 1},
        published_at={"type": "string", "format": "date-time"},
        reason=TEXT,
        withdrawn=withdrawn | {"type": ["object", "null"]},
        changes=list_of(change, "old and new of each; amounts in yuan, long texts cut to where they begin to differ"),
    )
